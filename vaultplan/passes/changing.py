"""Changing notes because a command says so: each once, and all of it can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial

from vaultplan.disk.journal import Journal
from vaultplan.disk.settle import MENDED
from vaultplan.disk.turns import turn
from vaultplan.passes.amend import amend
from vaultplan.passes.change import Change
from vaultplan.passes.outcome import FileChange, plan_of
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, Lexicon
from vaultplan.problems import NotWrittenError, Problem

_TRIES = 3

Wanted = Callable[[Sight, Plan], Mapping[str, Sequence[Change]]]
"""What a command wants changed in contacts' notes, by the path of the note."""

Rewrite = Callable[[Facts], Facts]
"""What to make of a note; raises `NotWrittenError` if that cannot be made of it."""

Rewrites = Callable[[Sight, Plan], Mapping[str, Rewrite]]
"""What a command makes of notes of any kind, by the path of the note."""


@dataclass(frozen=True)
class Done:
    """What a command changed: the old and new bytes of each note, and what follows now."""

    changes: Mapping[str, FileChange]
    plan: Plan


def change(place: Place, label: str, wanted: Wanted, *, dry_run: bool = False) -> Done:
    """Change contacts' notes by log lines and single properties; else as `rewrite`.

    Raises:
        Stop: there is no vault, the command cannot be understood, or a note cannot be written.
    """

    def amended(sight: Sight, plan: Plan) -> dict[str, Rewrite]:
        return {
            path: partial(_amended, changes=changes, lexicon=sight.lexicon)
            for path, changes in wanted(sight, plan).items()
        }

    return rewrite(place, label, amended, dry_run=dry_run)


def rewrite(place: Place, label: str, wanted: Rewrites, *, dry_run: bool = False) -> Done:
    """Change notes in one run of the journal; `label` is what the journal calls it.

    A note that changes meanwhile is read again. If one change cannot be made, none is.

    Raises:
        Stop: there is no vault, the command cannot be understood, or a note cannot be written.
    """
    if dry_run:
        sight = look(place)
        return _done(sight, _rewritten(sight, wanted), {})
    with Journal(place.state / "journal", place.now, label) as journal:
        torn = [one for one in journal.recover(place.root) if one.rule not in MENDED]
        written: dict[str, FileChange] = {}
        for again in range(_TRIES):
            # Who was too late once waits for its turn, lest twenty commands at once all give up.
            with turn(place.state) if again else nullcontext():
                sight = look(place)
                notes = _rewritten(sight, wanted, frozenset(written))
                for one in torn:
                    if one.path in notes:
                        raise NotWrittenError(one)
                problem = _write(journal, place, sight, notes, written)
            if problem is None:
                break
        if problem:
            raise _stopped(problem, written)
        journal.prune()
    return _done(sight, notes, written)


def write(place: Place, label: str, sight: Sight, notes: Mapping[str, Facts]) -> Done:
    """Write notes as they were shown to the person, in one run of the journal, and nothing else.

    Raises:
        NotWrittenError: one was changed since, or cannot be written.
    """
    written: dict[str, FileChange] = {}
    with Journal(place.state / "journal", place.now, label) as journal:
        problem = _write(journal, place, sight, notes, written)
        if problem:
            raise _stopped(problem, written)
        journal.prune()
    return _done(sight, notes, written)


def _amended(facts: Facts, *, changes: Sequence[Change], lexicon: Lexicon) -> Facts:
    found = amend(facts, changes, lexicon)
    if isinstance(found, Problem):
        raise NotWrittenError(found)
    return found


def _rewritten(
    sight: Sight, wanted: Rewrites, written: frozenset[str] = frozenset()
) -> dict[str, Facts]:
    """The notes as they are to be, without those that are so already."""
    notes = {}
    for path, make in wanted(sight, plan_of(sight)).items():
        if path in written:
            continue
        after = make(sight.facts[path])
        if after.note.text != sight.facts[path].note.text:
            notes[path] = after
    return notes


def _write(
    journal: Journal,
    place: Place,
    sight: Sight,
    notes: Mapping[str, Facts],
    written: dict[str, FileChange],
) -> Problem | None:
    for path, facts in sorted(notes.items()):
        change = FileChange(sight.before[path], facts.note.text.encode())
        problem = journal.write_note(place.root, sight.raw[path], change.before, change.after)
        if problem:
            return problem
        written[path] = change
    return None


def _stopped(problem: Problem, written: Mapping[str, FileChange]) -> NotWrittenError:
    """The end of a run on a note that cannot be written; those before it have been."""
    if not written:
        return NotWrittenError(problem)
    others = f"{len(written)} other notes were" if len(written) > 1 else "another note was"
    fix = f"{others} changed, and `vaultplan undo` takes that back"
    return NotWrittenError(problem._replace(fix="; ".join(filter(None, (problem.fix, fix)))))


def _done(sight: Sight, notes: Mapping[str, Facts], written: Mapping[str, FileChange]) -> Done:
    changes = {
        path: FileChange(sight.before[path], facts.note.text.encode())
        for path, facts in notes.items()
    }
    known = replace(sight, before={**sight.before})
    return Done({**written, **changes}, plan_of(known, notes))
