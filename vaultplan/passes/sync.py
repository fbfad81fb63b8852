"""The product in one sentence: read → parse → plan → render → write."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vaultplan.disk import Journal, replace_file, save_seen
from vaultplan.disk.places import present
from vaultplan.disk.settle import MENDED
from vaultplan.passes.outcome import FileChange, Outcome, work_out
from vaultplan.passes.reading import Place, Sight, guard, look
from vaultplan.passes.render import Kept
from vaultplan.plan import Plan
from vaultplan.plan.people import Todo
from vaultplan.problems import Problem
from vaultplan.rules.steps import State

TICK, RENDERED = "tick", "sync"
"""What the journal calls the two kinds of changes of a pass: what was ticked, and what follows."""
_TRIES = 3
_REFUSALS = frozenset({"note-changed", "note-busy"})


@dataclass(frozen=True)
class Report:
    """What a pass did: paths written, how many generated places needed nothing, and the rest."""

    plan: Plan
    read: Mapping[str, int]
    notes: int
    written: tuple[str, ...]
    unchanged: int
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]

    @property
    def due(self) -> tuple[Todo, ...]:
        """The steps that are due or overdue, the oldest first."""
        states = (State.DUE, State.OVERDUE)
        due = [
            todo
            for todo in self.plan.todos
            if todo.step.state in states and not todo.step.provisional
        ]
        return tuple(sorted(due, key=lambda todo: (todo.step.due, todo.path, todo.step.name)))

    @property
    def refused(self) -> bool:
        """Whether a note changed meanwhile, so that nothing was written there."""
        return any(problem.rule in _REFUSALS for problem in self.problems)


def sync(place: Place, *, accept_fewer: bool = False) -> Report:
    """One pass over the vault.

    If a note changes while the pass runs, everything is read again; a note that goes on changing
    is left alone, and what was ticked for it stays ticked.

    Raises:
        Stop: there is no vault, its settings are wrong, or most of its notes are gone.
    """
    with Journal(place.state / "journal", place.now, RENDERED) as journal:
        problems = list(journal.recover(place.root))
        torn = frozenset(problem.path for problem in problems if problem.rule not in MENDED)
        written: list[str] = []
        refusals: tuple[Problem, ...] = ()
        for attempt in range(_TRIES):
            sight = look(place)
            if not accept_fewer:
                guard(place, sight)
            last = attempt == _TRIES - 1
            refused = torn | {problem.path for problem in refusals if last}
            outcome = work_out(sight, refused)
            found = _write_notes(outcome, sight, journal, place, written)
            refusals = (*refusals, *found) if last else found
            if not found:
                break
        problems += refusals
        if not any(problem.path in outcome.first for problem in found):
            problems += _write_feeds(outcome, place, written)
        problems += filter(None, [save_seen(place.state, sight.seen)])
        journal.prune()
    return _report(sight, outcome, tuple(dict.fromkeys(written)), problems)


def preview(place: Place, *, accept_fewer: bool = False) -> tuple[Report, dict[str, FileChange]]:
    """What a pass would do, and the old and new bytes of each file that it would write."""
    sight = look(place)
    if not accept_fewer:
        guard(place, sight)
    outcome = work_out(sight)
    changes = {
        path: FileChange(sight.before[path], after.encode())
        for path, after in sorted(outcome.notes.items())
        if sight.before[path] != after.encode()
    }
    for path, after in outcome.feeds.items():
        before = present(place.root, path)
        if before != after:
            changes[path] = FileChange(before or b"", after)
    return _report(sight, outcome, tuple(changes), ()), changes


def _write_notes(
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


def _write_feeds(outcome: Outcome, place: Place, written: list[str]) -> Iterator[Problem]:
    for path, data in outcome.feeds.items():
        result = replace_file(place.root, path, data)
        if isinstance(result, Problem):
            yield result
        elif result:
            written.append(path)


def _report(
    sight: Sight, outcome: Outcome, written: tuple[str, ...], problems: Iterable[Problem]
) -> Report:
    plan = outcome.plan
    counts = Counter(entry.kind for entry in plan.vault.entries.values())
    filled = {path for path, facts in plan.vault.facts.items() if facts.blocks}
    return Report(
        plan=plan,
        read=dict(sorted(counts.items())),
        notes=len(sight.paths),
        written=written,
        unchanged=len((filled | set(outcome.feeds)) - set(written)),
        kept=outcome.kept,
        problems=tuple(sorted({*outcome.problems, *problems})),
    )
