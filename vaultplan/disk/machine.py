"""What this machine remembers beside the vaults: its own name, and which are being watched."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vaultplan.disk.read import load
from vaultplan.disk.runs import private_folder
from vaultplan.disk.temporary import lock, write_all
from vaultplan.disk.write import new_file
from vaultplan.problems import Problem

_NAME, _LOCK = "machine", "watch.lock"
_SHORT = 100
_WORD = re.compile(r"[0-9a-zA-Z-]{8,64}")


def machine_of(folder: Path, fresh: str) -> str:
    """The name of this machine, kept in a folder above the vaults' states; `fresh` if it has none.

    Raises:
        OSError: it cannot be kept.
    """
    private_folder(folder)
    made = new_file(folder, _NAME, f"{fresh}\n".encode())
    if isinstance(made, Problem):
        raise OSError(made.message)
    name = load(folder, _NAME, _SHORT).decode(errors="replace").strip()
    if not _WORD.fullmatch(name):
        raise OSError(f"{folder / _NAME} does not hold a name; delete it")
    return name


@contextmanager
def watching(state: Path) -> Iterator[int | None]:
    """Be the one process that watches a vault, by a lock in its state, which no crash leaves.

    None if it is; else the number of the process that watches already (0 if it is not known).

    Raises:
        OSError: the lock cannot be made.
    """
    private_folder(state)
    file = os.open(state / _LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        if not lock(file):
            said = b""
            with suppress(OSError):
                said = os.read(file, _SHORT)
            yield int(said) if said.strip().isdigit() else 0
            return
        os.ftruncate(file, 0)
        write_all(file, f"{os.getpid()}\n".encode())
        yield None
    finally:
        os.close(file)
