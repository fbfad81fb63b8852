"""Taking back what a command or a tick changed, and nothing that was written since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from vaultplan.disk.entries import texts_of
from vaultplan.disk.journal import Journal
from vaultplan.disk.settle import MENDED
from vaultplan.passes.change import AddLine
from vaultplan.passes.outcome import FileChange, plan_of
from vaultplan.passes.past import UNDO, Past, Step, is_of_pass, later_steps, past_changes
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.passes.render import is_renewed
from vaultplan.passes.reverting import is_as_made, read_text, silenced, with_dates_back, without
from vaultplan.passes.ticks import Saying, changed_lines, heard
from vaultplan.plan.facts import Facts
from vaultplan.problems import Problem, WrongUseError

_OTHERS = "`vaultplan undo --list` shows what else can be taken back"
_GONE = "the note is not there any more: deleted, renamed or moved"
_BROKEN = "the note cannot be read; `vaultplan check` says why"
_FORGOTTEN = "what it was before is not in the journal any more"
_CHANGED = "it was changed there since, and stays"
_HALF = "the note is half written since a run was stopped"
_UNHEARD = "something was ticked or moved since that no pass has heard; run `vaultplan sync` first"
_BOX = "a box that says the same cannot be opened"


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the old and new bytes by note (after nothing: it is gone), and what not.

    `restored` is what was found half done by a run that was stopped before.
    """

    past: Past
    changes: Mapping[str, FileChange]
    declined: tuple[Problem, ...]
    restored: tuple[Problem, ...]


def undo(place: Place, number: int = 1, *, dry_run: bool = False) -> Undone:
    """Take back the last change, or one further back; a note in which it was changed since stays.

    Boxes that said so are opened again, or the next pass would hear them; blocks follow with it.

    Raises:
        WrongUseError: there are not so many.
        Stop: there is no vault.
    """
    with Journal(place.state / "journal", place.now, UNDO) as journal:
        found = () if dry_run else journal.recover(place.root)
        past = past_changes(place)
        if number > len(past):
            raise WrongUseError(
                f"there is no change {number} to take back; `vaultplan undo --list` shows them"
                if past
                else "there is nothing to take back"
            )
        torn = frozenset(problem.path for problem in found if problem.rule not in MENDED)
        undoing = _Undoing(place, look(place), torn)
        for step in reversed(past[number - 1].steps):
            undoing.take_back(step)
        undoing.open_boxes()
        changes = undoing.changes if dry_run else _written(journal, place, undoing)
        journal.prune()
    return Undone(past[number - 1], changes, tuple(undoing.declined), found)


class _Undoing:
    """The notes as they are to be while one change after the other is taken back.

    `facts` are those that change (None: to go), `taken` the steps taken back in each.
    """

    def __init__(self, place: Place, sight: Sight, torn: frozenset[str]) -> None:
        self.sight = sight
        self.facts: dict[str, Facts | None] = {}
        self.taken: dict[str, list[Step]] = {}
        self.declined: list[Problem] = []
        self._place = place
        self._torn = torn

    @property
    def changes(self) -> dict[str, FileChange]:
        """The old and new bytes of the notes: first those with boxes only."""
        return {
            path: FileChange(self.sight.before[path], facts.note.text.encode() if facts else b"")
            for path, facts in sorted(
                self.facts.items(), key=lambda item: (item[0] in self.taken, item[0])
            )
        }

    def take_back(self, step: Step) -> None:
        """Take back one change, or note down why not."""
        path = step.path
        found = self._without(step)
        if isinstance(found, str):
            self.decline(path, found)
            return
        self.facts[path] = found
        self.taken.setdefault(path, []).append(step)

    def decline(self, path: str, why: str) -> None:
        """Note down why a change to a note stays."""
        self.declined.append(Problem(path, 0, "not-undone", "warning", why, _OTHERS))

    def open_boxes(self) -> None:
        """Open the boxes that were heard, and those that would be heard now.

        A copy of a task line is silent once its step is done; it would say so again. What was said
        and not heard yet must not fall silent either: there nothing is taken back.
        """
        if not any(any(changed_lines(facts)) for facts in self._all_facts().values()):
            return
        before, after = _sayings(self.sight), _sayings(self._new_sight())
        heard_later = {saying.key for saying in after}
        lost = {saying.person for saying in before if saying.key not in heard_later}
        for path in lost & self.taken.keys():
            del self.facts[path], self.taken[path]
            self.decline(path, _UNHEARD)
        new = self._new_sight()
        keys = _done(_sayings(new)) - _done(before)
        keys.update(
            key for steps in self.taken.values() for one in steps for key in one.change.keys
        )
        for path, facts in new.facts.items() if self.taken else ():
            opened = silenced(facts, keys, new)
            if opened:
                self.facts[path] = opened

    def _new_sight(self) -> Sight:
        gone = {path for path, facts in self.facts.items() if facts is None}
        left = tuple(path for path in self.sight.paths if path not in gone)
        return replace(self.sight, facts=self._all_facts(), paths=left)

    def _all_facts(self) -> dict[str, Facts]:
        known = {**self.sight.facts, **self.facts}
        return {path: facts for path, facts in known.items() if facts}

    def _without(self, step: Step) -> Facts | str | None:
        """A note without a change (None: it was made then), or why it stays."""
        sight, path = self.sight, step.path
        if path in self._torn:
            return _HALF
        now = self._all_facts().get(path)
        if now is None:
            return _BROKEN if path in sight.paths else _GONE
        texts = texts_of(step.entry)
        before, after = (read_text(path, text, sight) for text in texts or (b"", b""))
        if texts is None or before is None or after is None:
            return _FORGOTTEN
        if step.change.made:
            return None if is_as_made(after, now, sight) else _CHANGED
        text = with_dates_back(before, after, now, self._later(step))
        dated = read_text(path, text.encode(), sight)
        return (dated and without(before, after, dated, sight)) or _CHANGED

    def _later(self, step: Step) -> Iterator[tuple[Facts, Facts, bool]]:
        for later in later_steps(self._place, step):
            texts = texts_of(later.entry)
            before, after = (read_text(step.path, text, self.sight) for text in texts or (b"", b""))
            if before and after:
                yield before, after, is_of_pass(later)


def _sayings(sight: Sight) -> tuple[Saying, ...]:
    """What a pass would hear now."""
    plan = plan_of(sight)
    return heard(plan, partial(is_renewed, plan, sight.style)).sayings


def _done(sayings: Iterable[Saying]) -> set[str]:
    """The keys of the steps that are said to be done."""
    return {saying.key for saying in sayings if isinstance(saying.change, AddLine)}


def _written(journal: Journal, place: Place, undoing: _Undoing) -> dict[str, FileChange]:
    """Write the notes, those with boxes only first; if one of these stays, all others do."""
    written: dict[str, FileChange] = {}
    stuck = False
    for path, change in undoing.changes.items():
        names = [step.name for step in undoing.taken.get(path, ())]
        if names and stuck:
            undoing.decline(path, _BOX)
            continue
        raw, label = undoing.sight.raw[path], " ".join((UNDO, *names))
        problem = (
            journal.write_note(place.root, raw, change.before, change.after, label=label)
            if undoing.facts[path]
            else journal.remove_note(place.root, raw, change.before, label=label)
        )
        if problem:
            undoing.declined.append(problem)
            stuck = stuck or not names
        else:
            written[path] = change
    return written
