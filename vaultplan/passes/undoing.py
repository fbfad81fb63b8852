"""Taking back what a command or a tick changed, and nothing that was written since."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaultplan.disk import Change, Journal, change_of, runs, texts_of, vault_path
from vaultplan.disk.journal import RECOVER
from vaultplan.passes.outcome import FileChange
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.passes.sync import RENDERED
from vaultplan.plan.facts import Facts, read_facts
from vaultplan.problems import Problem
from vaultplan.text.note import Note, read_note
from vaultplan.text.takeback import Piece, take_back
from vaultplan.text.tasks import open_again

UNDO = "undo"
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_DECLINED = "it was changed there since, and stays; take it back by hand"


@dataclass(frozen=True, slots=True)
class Step:
    """One note that was changed: the journal's entry, its name there, and what was done."""

    entry: Path
    name: str
    change: Change

    @property
    def path(self) -> str:
        """The note's path in the vault."""
        return vault_path(self.change.raw)


@dataclass(frozen=True, slots=True)
class Past:
    """What one command, or the ticks of one pass, changed and nobody took back yet."""

    at: datetime
    label: str
    steps: tuple[Step, ...]

    @property
    def paths(self) -> list[str]:
        """The notes that were changed."""
        return sorted({step.path for step in self.steps})


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the old and new bytes by note (after None: it is gone), and what not."""

    changes: dict[str, FileChange]
    declined: tuple[Problem, ...]


def past_changes(place: Place) -> tuple[Past, ...]:
    """What can be taken back in a vault, the newest first."""
    root = os.path.realpath(place.root)
    found = []
    gone: set[str] = set()
    for run in runs(place.state / "journal"):
        steps = []
        for entry in run.entries:
            change = change_of(entry)
            if change is None or change.root != root:
                continue
            if change.label.startswith(UNDO):
                gone.add(change.label.removeprefix(f"{UNDO} "))
            elif change.label not in (RENDERED, RECOVER):
                steps.append(Step(entry, f"{run.name}/{entry.stem}", change))
        left = tuple(step for step in steps if step.name not in gone)
        if left:
            found.append(Past(run.at, left[0].change.label, left))
    return tuple(found)


def undo(place: Place, past: Past, *, dry_run: bool = False) -> Undone:
    """Take back what was changed then; a note in which it was changed since is left as it is.

    Boxes that said so outside of blocks are opened again, or the next pass would hear them.
    """
    with Journal(place.state / "journal", place.now, UNDO) as journal:
        if not dry_run:
            journal.recover(place.root)
        sight = look(place)
        undoing = _Undoing(place, sight, None if dry_run else journal)
        for step in reversed(past.steps):
            undoing.take_back(step)
        undoing.open_boxes({key for step in past.steps for key in step.change.keys})
    return Undone(undoing.changes, tuple(undoing.declined))


class _Undoing:
    """The notes as they stand while one after the other is taken back."""

    def __init__(self, place: Place, sight: Sight, journal: Journal | None) -> None:
        self._place = place
        self._sight = sight
        self._journal = journal
        self._now = dict(sight.before)
        self.changes: dict[str, FileChange] = {}
        self.declined: list[Problem] = []

    def take_back(self, step: Step) -> None:
        """Take back one change, or note down why not."""
        texts, now = texts_of(step.entry), self._now.get(step.path)
        if texts is None or now is None:
            self._decline(step.path, "the note, or what it was, is not there any more")
            return
        was = _without(step.path, (*texts, now), step.change, self._sight)
        if was is None:
            self._decline(step.path, _DECLINED)
        else:
            self._write(step.path, step.change.raw, was, f"{UNDO} {step.name}")

    def open_boxes(self, keys: set[str]) -> None:
        """Open the boxes of steps again in lines that a pass would still hear."""
        for path, facts in self._sight.facts.items():
            if not any(placed.task.key in keys and placed.task.ticked for placed in facts.tasks):
                continue
            lines = _LINES.findall(self._now[path].decode())
            opened = [
                _opened(line) if any(f"^vp-{key}-" in line for key in keys) else line
                for line in lines
            ]
            self._write(path, self._sight.raw[path], "".join(opened).encode(), UNDO)

    def _write(self, path: str, raw: str, after: bytes, label: str) -> None:
        before = self._now[path]
        if self._journal:
            root = self._place.root
            problem = (
                self._journal.write_note(root, raw, before, after, label=label)
                if after
                else self._journal.remove_note(root, raw, before, label=label)
            )
            if problem:
                self.declined.append(problem)
                return
        first = self.changes.get(path)
        self.changes[path] = FileChange(first.before if first else before, after)
        self._now[path] = after

    def _decline(self, path: str, why: str) -> None:
        self.declined.append(Problem(path, 0, "not-undone", "warning", why))


def _opened(line: str) -> str:
    body = line.rstrip("\r\n")
    return open_again(body) + line[len(body) :]


def _without(
    path: str, texts: tuple[bytes, bytes, bytes], change: Change, sight: Sight
) -> bytes | None:
    """A note's text without a change to it; empty if it was made then; None if that cannot be."""
    notes = [read_note(path, text) for text in texts]
    if not all(isinstance(note, Note) for note in notes):
        return None
    before, after, now = (read_facts(note, sight.lexicon) for note in notes)  # type: ignore[arg-type]
    pieces = [tuple(_pieces(facts, sight)) for facts in (before, after, now)]
    if change.made:
        return b"" if pieces[1] == pieces[2] or _alike(pieces[1], pieces[2]) else None
    taken = take_back(*pieces)
    if taken is None:
        return None
    text = "".join(piece.text for piece in taken).encode()
    note = read_note(path, text)
    if isinstance(note, Problem) or not _log_as_meant(
        before, after, now, read_facts(note, sight.lexicon)
    ):
        return None
    return text


def _alike(one: tuple[Piece, ...], other: tuple[Piece, ...]) -> bool:
    return [piece.key for piece in one] == [piece.key for piece in other]


def _pieces(facts: Facts, sight: Sight) -> Iterator[Piece]:
    """The lines of a note; blocks and computed properties are alike, whatever is in them."""
    listed = sight.settings.computed
    keys = {one.line: one.key for one in facts.note.front.properties if one.key in listed}
    ends = {block.start: block.stop for block in facts.blocks}
    at, stop, content = 0, 0, ""
    for number, line in enumerate(_LINES.findall(facts.note.text), 1):
        stop = ends.get(at, stop)
        if at < stop:
            content += line
        else:
            if content:
                yield Piece("\0block", content)
                content = ""
            yield Piece(f"\0{keys[number]}" if number in keys else line, line)
        at += len(line)
    if content:
        yield Piece("\0block", content)


def _log_as_meant(before: Facts, after: Facts, now: Facts, new: Facts) -> bool:
    """Whether the log has lost what it had won then, and nothing else."""
    logs = [
        Counter((line.day, line.kind, line.text) for line in each.log)
        for each in (before, after, now, new)
    ]
    won, lost = logs[1] - logs[0], logs[0] - logs[1]
    return logs[3] == logs[2] - won + lost
