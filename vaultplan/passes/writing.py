"""Writing what a pass has worked out: notes through the journal, then the calendar files."""

from collections.abc import Iterator

from vaultplan.disk.journal import Journal
from vaultplan.disk.write import replace_file
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.reading import Place, Sight
from vaultplan.problems import Problem

TICK, RENDERED = "tick", "sync"
"""What the journal calls the two kinds of changes of a pass: what was ticked, and what follows."""


def write_notes(
    outcome: Outcome, sight: Sight, journal: Journal, place: Place, written: list[str]
) -> tuple[Problem, ...]:
    """Write the notes that differ; a log line that cannot be written stops the blocks.

    They would otherwise show as done what is not written down anywhere.
    """
    problems: list[Problem] = []
    now = dict(sight.before)
    for texts, label in ((outcome.first, TICK), (outcome.notes, RENDERED)):
        for path in sorted(texts) if not problems else ():
            after = texts[path].encode()
            keys = outcome.ticked.get(path, ()) if label == TICK else ()
            problem = journal.write_note(
                place.root, sight.raw[path], now[path], after, label=label, keys=keys
            )
            if problem:
                problems.append(problem)
            elif now[path] != after:
                written.append(path)
                now[path] = after
    return tuple(problems)


def write_feeds(outcome: Outcome, place: Place, written: list[str]) -> Iterator[Problem]:
    """Write the calendar files that differ."""
    for path, data in outcome.feeds.items():
        result = replace_file(place.feeds, path, data)
        if isinstance(result, Problem):
            yield result
        elif result:
            written.append(path)
