"""Changing notes because a command says so: each once, and all of it can be taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from vaultplan.disk import Journal
from vaultplan.passes.amend import amend
from vaultplan.passes.change import Change
from vaultplan.passes.outcome import FileChange, plan_of
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts
from vaultplan.problems import NotWrittenError, Problem

_TRIES = 3

Wanted = Callable[[Sight, Plan], Mapping[str, Sequence[Change]]]
"""What a command wants changed, by the path of the note."""


@dataclass(frozen=True)
class Done:
    """What a command changed: the old and new bytes of each note, and what follows now."""

    changes: Mapping[str, FileChange]
    plan: Plan


def change(place: Place, label: str, wanted: Wanted, *, dry_run: bool = False) -> Done:
    """Change notes; `label` is what the journal calls it.

    A note that changes meanwhile is read again. If one change cannot be made, none is.

    Raises:
        Stop: there is no vault, the command cannot be understood, or a note cannot be written.
    """
    if dry_run:
        sight = look(place)
        return _done(sight, _amended(sight, wanted), {})
    with Journal(place.state / "journal", place.now, label) as journal:
        journal.recover(place.root)
        written: dict[str, FileChange] = {}
        for _ in range(_TRIES):
            sight = look(place)
            amended = _amended(sight, wanted, frozenset(written))
            problem = _write(journal, place, sight, amended, written)
            if problem is None:
                break
        if problem:
            raise NotWrittenError(problem)
        journal.prune()
    return _done(sight, amended, written)


def _amended(
    sight: Sight, wanted: Wanted, written: frozenset[str] = frozenset()
) -> dict[str, Facts]:
    """The notes as they are to be, without those that are so already."""
    amended = {}
    for path, changes in wanted(sight, plan_of(sight)).items():
        if path in written:
            continue
        found = amend(sight.facts[path], changes, sight.lexicon)
        if isinstance(found, Problem):
            raise NotWrittenError(found)
        if found.note.text != sight.facts[path].note.text:
            amended[path] = found
    return amended


def _write(
    journal: Journal,
    place: Place,
    sight: Sight,
    amended: Mapping[str, Facts],
    written: dict[str, FileChange],
) -> Problem | None:
    for path, facts in sorted(amended.items()):
        change = FileChange(sight.before[path], facts.note.text.encode())
        problem = journal.write_note(place.root, sight.raw[path], change.before, change.after)
        if problem:
            return problem
        written[path] = change
    return None


def _done(sight: Sight, amended: Mapping[str, Facts], written: Mapping[str, FileChange]) -> Done:
    changes = {
        path: FileChange(sight.before[path], facts.note.text.encode())
        for path, facts in amended.items()
    }
    known = replace(sight, before={**sight.before})
    return Done({**written, **changes}, plan_of(known, amended))
