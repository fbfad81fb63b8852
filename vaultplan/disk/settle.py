"""Finding out what became of the notes that a killed run was about to write, and mending them."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from vaultplan.disk.entries import DONE, LEFT, Change, change_of, texts_of
from vaultplan.disk.inplace import is_torn
from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST, refusal
from vaultplan.disk.within import vault_path
from vaultplan.problems import Problem

MENDED = frozenset({"note-restored", "note-unclear"})
"""The rules of the problems that leave no note half written."""
Write = Callable[[str, bytes, bytes], Problem | None]


def settle(root: Path, entry: Path, write: Write) -> Problem | None:
    """Find out what became of a note that a killed run was about to write, and mend it.

    `write` writes a note back: its path, what it holds, what it is to hold.
    """
    change, texts = change_of(entry), texts_of(entry)
    if change is None or texts is None:
        # The run was killed before the entry was whole, so before it touched the note.
        close_entry(entry, written=False)
        return None
    if change.root != os.path.realpath(root):
        return None
    try:
        now = load(root, change.raw, LARGEST)
    except FileNotFoundError:
        return _gone(entry, change)
    except OSError as error:
        return refusal(vault_path(change.raw), error)
    if now not in texts:
        return _mend(write, entry, change, (now, *texts))
    close_entry(entry, written=now == texts[1])
    return None


def _gone(entry: Path, change: Change) -> Problem | None:
    """A note that is not there: one that was to be made, or to be taken away, is as it may be."""
    if change.made or change.removed:
        close_entry(entry, written=change.removed)
        return None
    # Deletion is believed late: after a power cut a disk may not be mounted yet.
    return _unclear(vault_path(change.raw), entry, "which is not there now")


def _mend(write: Write, entry: Path, change: Change, texts: tuple[bytes, bytes, bytes]) -> Problem:
    """Restore a note if it is torn; the texts are what it is now, was, and was to be.

    What was to be made is never torn, as it comes into the vault whole: another note has its name.
    """
    path = vault_path(change.raw)
    now, before, _ = texts
    if change.made or not is_torn(*texts):
        left = entry.with_suffix(LEFT)
        with suppress(OSError):
            entry.rename(left)
        return _unclear(path, left, "which was changed since and stays as it is")
    if problem := write(change.raw, now, before):
        return problem
    close_entry(entry, written=False)
    message = "a run was stopped while it wrote this note; its text from before is back"
    return Problem(path, 0, "note-restored", "warning", message)


def close_entry(entry: Path, *, written: bool) -> None:
    """Mark an entry as done, or drop it; if that fails, the next run will find out as much."""
    with suppress(OSError):
        if written:
            entry.rename(entry.with_suffix(DONE))
        else:
            entry.unlink()


def _unclear(path: str, entry: Path, which: str) -> Problem:
    """Say that a note is not restored, and where its old text is."""
    message = f"a run was stopped while it wrote this note, {which}"
    return Problem(path, 0, "note-unclear", "warning", message, place_of(entry))


def place_of(entry: Path) -> str:
    """Where the old text in an entry is, in words."""
    return f"its text from before is in {entry}, below the first line"
