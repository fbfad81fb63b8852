"""The folders of the journal, one for each run, and which runs are over.

    20261120T153000.000000-0001/        when the run began (UTC), and which of that moment
        000001.done …                   its entries
    20261120T153000.000000-0001.lock    locked while the run lives

The lock's file goes when nothing is pending any more, so that the next run need not look.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from itertools import takewhile
from pathlib import Path

from vaultplan.disk.entries import DONE, LEFT, PENDING, listed
from vaultplan.disk.temporary import lock
from vaultplan.disk.within import patiently

_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}-\d{4}")
_LOCK = ".lock"
_ONE_MOMENT = 10_000


def begin(journal: Path, now: datetime) -> tuple[Path, int]:
    """Make the folder of a new run; the folder and its open lock.

    Raises:
        OSError: it cannot be made.
    """
    private_folder(journal)
    for number in range(1, _ONE_MOMENT):
        run = journal / f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{number:04}"
        try:
            run.mkdir(mode=0o700)
        except FileExistsError:
            continue
        file = os.open(_lock_of(run), os.O_RDWR | os.O_CREAT, 0o600)
        # Another run may just be looking whether this one lives.
        with suppress(BlockingIOError):
            patiently(partial(_lock, file))
        sync_folder(journal)
        return run, file
    raise FileExistsError


@contextmanager
def claimed(run: Path) -> Iterator[bool]:
    """Whether the run of a folder is dead; then its lock is ours meanwhile."""
    try:
        file = os.open(_lock_of(run), os.O_RDWR)
    except FileNotFoundError:
        yield True
        return
    except OSError:
        yield False
        return
    try:
        yield lock(file)
    finally:
        os.close(file)


def finish(run: Path) -> None:
    """Close a run that is over, unless something is pending in it."""
    if listed(run, PENDING):
        return
    if not listed(run, DONE) and not listed(run, LEFT):
        remove(run)
        return
    with suppress(OSError):
        _lock_of(run).unlink()


def remove(run: Path) -> None:
    """Remove a run: its lock first, for nobody looks for a lock without a folder."""
    with suppress(OSError):
        _lock_of(run).unlink(missing_ok=True)
    with suppress(OSError):
        for entry in run.iterdir():
            entry.unlink(missing_ok=True)
        run.rmdir()


def run_folders(journal: Path) -> list[Path]:
    """The folders of all runs, the oldest first."""
    return [journal / name for name in _names(journal) if _is_run(name)]


def unfinished(journal: Path) -> list[Path]:
    """The folders of the runs that live, or were killed, the oldest first."""
    names = [name.removesuffix(_LOCK) for name in _names(journal) if name.endswith(_LOCK)]
    return [journal / name for name in names if _is_run(name)]


def moment_of(run: Path) -> datetime:
    """When the run of a folder began."""
    stamp, _, _ = run.name.partition("-")
    return datetime.fromisoformat(stamp).replace(tzinfo=UTC)


def size_of(run: Path) -> int:
    """How many bytes the entries of a run have."""
    with suppress(OSError), os.scandir(run) as entries:
        return sum(entry.stat().st_size for entry in entries)
    return 0


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this person alone.

    Raises:
        OSError: it cannot be made.
    """
    missing = list(takewhile(lambda above: not above.is_dir(), [folder, *folder.parents]))
    for below in reversed(missing):
        below.mkdir(mode=0o700, exist_ok=True)
        sync_folder(below.parent)


def sync_folder(folder: Path) -> None:
    """Make the disk remember a folder's names, where it can."""
    with suppress(OSError):
        file = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _is_run(name: str) -> bool:
    try:
        return bool(_NAME.fullmatch(name) and moment_of(Path(name)))
    except ValueError:
        return False


def _names(journal: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in journal.iterdir())
    except OSError:
        return []


def _lock_of(run: Path) -> Path:
    return run.with_name(run.name + _LOCK)


def _lock(file: int) -> None:
    if not lock(file):
        raise BlockingIOError
