"""Write leases: while we hold one, other programs that open the note wait for us (Linux).

fcntl(2), "Leases". Everywhere else, and on file systems without them, a note is compared and
written without one.
"""

import os
import signal
import sys
from contextlib import suppress
from functools import partial

from vaultplan.disk.temporary import fresh, sweep
from vaultplan.disk.within import Spot, patiently

if sys.platform == "linux":
    import fcntl


class Leases:
    """Takes leases, and remembers which file systems give none; one for a run."""

    def __init__(self) -> None:
        self._given: dict[int, bool] = {}

    def take(self, file: int, place: Spot) -> bool:
        """Take the lease of a note open for writing; closing the note gives it back.

        False if another program has the note open. True also where there are no leases.
        """
        if sys.platform != "linux":
            return True
        device = os.fstat(file).st_dev
        if self._given.get(device) is False:
            return True
        try:
            patiently(partial(_lease, file))
        except BlockingIOError:
            if device not in self._given:
                self._given[device] = _gives(place)
            return not self._given[device]
        except OSError:
            # Another person's file, or a file system that says plainly that it has no leases.
            return True
        self._given[device] = True
        return True


def _lease(file: int) -> None:
    # Who opens the note makes the kernel signal us. The usual SIGIO would end the process;
    # SIGURG is ignored unless someone handles it.
    fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
    fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)


def _gives(place: Spot) -> bool:
    """Whether the file system gives a lease on a file that nobody else can have open.

    If that cannot be found out the note counts as being in use.
    """
    for way in (_nameless, _named):
        with suppress(OSError):
            file = way(place)
            try:
                _lease(file)
            except OSError:
                return False
            finally:
                os.close(file)
            return True
    return True


def _nameless(place: Spot) -> int:
    """An open file without a name in the folder of a place."""
    return place.beside(b".").open(os.O_RDWR | os.O_TMPFILE)


def _named(place: Spot) -> int:
    """An open file whose name is gone at once, where all files must have one."""
    probe = place.beside(b"lease")
    sweep(probe)
    probe = fresh(probe)
    try:
        return probe.open(os.O_RDWR | os.O_CREAT | os.O_EXCL)
    finally:
        probe.remove()
