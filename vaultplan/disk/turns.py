"""Taking turns: of several commands that want to change the same note, one at a time."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vaultplan.disk.runs import private_folder
from vaultplan.disk.temporary import lock

_NAME = "turn.lock"
_PATIENCE = 60.0  # seconds; whoever has the turn may be a program that somebody has stopped
_PAUSE = 0.02


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Have the turn among all that ask for it in a folder; the end of the process gives it back.

    Where it cannot be had the work goes on without: a note is compared before it is written anyway.
    """
    file = _opened(folder)
    try:
        deadline = time.monotonic() + _PATIENCE
        while file is not None and not lock(file) and time.monotonic() < deadline:
            time.sleep(_PAUSE)
        yield
    finally:
        if file is not None:
            os.close(file)


def _opened(folder: Path) -> int | None:
    with suppress(OSError):
        private_folder(folder)
        return os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
    return None
