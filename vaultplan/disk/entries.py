"""The entries of the journal: what a note was before a run wrote it, and after.

An entry is a file: one line of JSON, then the old text, then the new one. Its ending says how far
the note is: `.pending` about to be written, or half written; `.done` written; `.left` found to be
neither old, new nor torn, for the person to look at.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from vaultplan.disk.temporary import write_all

PENDING = ".pending"
DONE = ".done"
LEFT = ".left"
_LONGEST_HEAD = 2**16
_NEW = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Change:
    """One note that a run wrote.

    `root` is the vault's absolute path, `raw` the note's path below it as the file system spells
    it, `label` says what was done. `made` is a note that was not there before, `removed` one that
    is not there after; `keys` are those of the steps that were ticked for it.
    """

    label: str
    root: str
    raw: str
    made: bool = False
    removed: bool = False
    keys: tuple[str, ...] = ()


def listed(run: Path, state: str) -> list[Path]:
    """The entries of a run that are in a state, in the order they were written."""
    try:
        return sorted(entry for entry in run.iterdir() if entry.suffix == state)
    except OSError:
        return []


def blank(entry: Path) -> None:
    """Make an entry that says nothing yet, for its name to be on the disk when it is filled.

    Raises:
        OSError: it cannot be made.
    """
    os.close(os.open(entry, _NEW | os.O_EXCL, 0o600))


def keep(entry: Path, change: Change, before: bytes, after: bytes) -> None:
    """Write what a new entry says, and be sure that the disk has it.

    Raises:
        OSError: the disk has not.
    """
    head = {
        "label": change.label,
        "root": change.root,
        "path": change.raw,
        "made": change.made,
        "removed": change.removed,
        "keys": change.keys,
        "before": len(before),
        "after": len(after),
        "digest": _digest(before, after),
    }
    file = os.open(entry, _NEW, 0o600)
    try:
        write_all(file, b"".join([json.dumps(head).encode(), b"\n", before, after]))
        os.fsync(file)
    finally:
        os.close(file)


def change_of(entry: Path) -> Change | None:
    """What an entry is about; None if it was not written to its end."""
    try:
        with entry.open("rb") as file:
            head = json.loads(file.readline(_LONGEST_HEAD))
        keys = tuple(map(str, head.get("keys", ())))
        return Change(
            label=str(head["label"]),
            root=str(head["root"]),
            raw=str(head["path"]),
            made=bool(head.get("made")),
            removed=bool(head.get("removed")),
            keys=keys,
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def texts_of(entry: Path) -> tuple[bytes, bytes] | None:
    """The old and the new text in an entry; None if it was not written to its end."""
    try:
        first, _, body = entry.read_bytes().partition(b"\n")
        head = json.loads(first)
        before, after = body[: head["before"]], body[head["before"] :]
        whole = head["digest"] == _digest(before, after)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return (before, after) if whole else None


def _digest(before: bytes, after: bytes) -> str:
    digest = hashlib.blake2b(before, digest_size=16)
    digest.update(after)
    return digest.hexdigest()
