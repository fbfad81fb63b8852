"""Temporary files beside the files they are for, and locks that a crash does not leave behind."""

import os
import stat
import sys
from contextlib import suppress

from vaultplan.disk.within import Spot

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_MARK = b".vaultplan-"
_END = b".tmp"
_LONGEST = 200


def lock(file: int) -> bool:
    """Take the lock of an open file, which its closing gives back; False if another has it.

    Where there are no locks it is as if nobody else were there.
    """
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def fresh(place: Spot) -> Spot:
    """A hidden name beside a file that nothing has yet: `.NAME.vaultplan-XXXX.tmp`."""
    return place.beside(_start(place) + os.urandom(4).hex().encode() + _END)


def sweep(place: Spot) -> None:
    """Remove the temporary files that killed runs left beside a file."""
    start = _start(place)
    for name in place.neighbours():
        if not (name.startswith(start) and name.endswith(_END)):
            continue
        left = place.beside(name)
        found = left.look()
        if found is None or not stat.S_ISREG(found.st_mode):
            continue
        with suppress(OSError):
            file = left.open(os.O_RDONLY)
            try:
                if lock(file):
                    left.remove()
            finally:
                os.close(file)


def write_all(file: int, data: bytes) -> None:
    """Write all of the bytes to an open file.

    Raises:
        OSError: as the system says; some of them may be written.
    """
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def _start(place: Spot) -> bytes:
    # A name may have 255 bytes; what is cut off must leave whole characters.
    stem = place.alone[:_LONGEST].decode(errors="ignore").encode()
    return b"." + stem + _MARK
