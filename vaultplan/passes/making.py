"""Making one new note, never over anything that is there."""

from collections.abc import Callable
from dataclasses import dataclass

from vaultplan.disk.journal import Journal
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.plan.facts import read_facts
from vaultplan.problems import Problem, WrongUseError
from vaultplan.text.note import read_note

_ELSE = "give other values"


@dataclass(frozen=True, slots=True)
class Draft:
    """A note to be made, at a path; an empty text says that it is there already."""

    path: str
    text: str


def make(place: Place, label: str, draft_of: Callable[[Sight], Draft], *, dry_run: bool) -> Draft:
    """Read the vault, draft a note from it, and write it unless it is there or only to be shown.

    `label` is what the journal calls it.

    Raises:
        Stop: there is no vault, nothing can be drafted, or the note would not be read as meant.
    """
    sight = look(place)
    draft = draft_of(sight)
    if draft.text:
        _check(draft, sight)
        if not dry_run:
            write_new(place, label, draft.path, draft.text)
    return draft


def write_new(place: Place, label: str, path: str, text: str, raw: str = "") -> None:
    """Write a new note at a path; `raw` is how the file system spells it, if otherwise.

    Raises:
        WrongUseError: something of that name is there, or it cannot be written.
    """
    with Journal(place.state / "journal", place.now, label) as journal:
        problem = journal.make_note(place.root, raw or path, text.encode())
        journal.prune()
    if problem:
        raise WrongUseError(f"{path}: {problem.message}; {problem.fix}")


def _check(draft: Draft, sight: Sight) -> None:
    note = read_note(draft.path, draft.text.encode())
    if isinstance(note, Problem):
        raise WrongUseError(f"{draft.path} was not written: {note.message}; {_ELSE}")
    facts = read_facts(note, sight.lexicon)
    errors = [problem for problem in facts.problems if problem.severity == "error"]
    if errors or facts.entry is None:
        reason = errors[0].message if errors else "it would be a note of no kind"
        raise WrongUseError(f"{draft.path} was not written: {reason}; {_ELSE}")
