"""Writing over a person's note in place, if it still is what the pass has read.

In place, because a file put in its stead would lose the creation time, links and attributes.
"""

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from vaultplan.disk.leases import Leases
from vaultplan.disk.read import holds
from vaultplan.disk.refusals import busy, changed, refusal
from vaultplan.disk.temporary import write_all
from vaultplan.disk.within import Spot, patiently, spot, vault_path
from vaultplan.problems import Problem

TORN = "note-torn"
"""The rule of the problem that leaves a note half written."""


def overwrite(root: Path, raw: str, before: bytes, after: bytes, leases: Leases) -> Problem | None:
    """Write `after` into a note that holds `before`; else a problem, and the note is as it was.

    Only if the rule of the problem is `TORN` the note is neither.
    """
    path = vault_path(raw)
    try:
        with spot(root, raw) as place:
            file = patiently(partial(place.open, os.O_RDWR))
            try:
                if not leases.take(file, place):
                    return busy(path)
                if not (_is_there(place, file) and holds(file, before)):
                    return changed(path)
                problem = _put(path, file, before, after)
                if problem is None and not _is_there(place, file):
                    return changed(path)
                return problem
            finally:
                with suppress(OSError):
                    os.close(file)
    except OSError as error:
        return refusal(path, error, "unwritable")


def take_away(root: Path, raw: str, before: bytes, leases: Leases) -> Problem | None:
    """Take away a note that holds `before`; else a problem, and the note stays."""
    path = vault_path(raw)
    try:
        with spot(root, raw) as place:
            file = patiently(partial(place.open, os.O_RDWR))
            try:
                if not leases.take(file, place):
                    return busy(path)
                if not (_is_there(place, file) and holds(file, before)):
                    return changed(path)
                place.remove()
                place.sync_folder()
                return None
            finally:
                with suppress(OSError):
                    os.close(file)
    except OSError as error:
        return refusal(path, error, "unwritable")


def shared(one: bytes, other: bytes) -> int:
    """How many bytes two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def is_torn(now: bytes, before: bytes, after: bytes) -> bool:
    """Whether a note is one whose writing, or whose restoring, was stopped half-way.

    Then it is the beginning of `before`, some of `after`, and the rest of `before`, each at its
    own offset; each part may be empty.
    """
    start = shared(now, before)
    end = start + shared(now[start:], after[start:])
    return now[end:] == before[end:]


def _is_there(place: Spot, file: int) -> bool:
    """Whether the open file still is what has the name (editors put new files in its stead)."""
    found = place.look()
    return found is not None and os.path.samestat(found, os.fstat(file))


def _put(path: str, file: int, before: bytes, after: bytes) -> Problem | None:
    """Write what differs; put the old bytes back if that fails."""
    start = shared(before, after)
    try:
        _write(file, start, after)
    except OSError as error:
        failure = refusal(path, error, "unwritable")
        try:
            _write(file, start, before)
        except OSError:
            message = f"{failure.message}; it is half written"
            return Problem(path, 0, TORN, "error", message, failure.fix)
        return failure
    except BaseException:
        with suppress(OSError):
            _write(file, start, before)
        raise
    return None


def _write(file: int, start: int, text: bytes) -> None:
    """Make an open file hold a text of which it holds the first `start` bytes."""
    os.lseek(file, start, os.SEEK_SET)
    write_all(file, text[start:])
    if os.fstat(file).st_size != len(text):
        os.ftruncate(file, len(text))
    os.fsync(file)
