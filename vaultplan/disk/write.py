"""Writing files that are vaultplan's own: always the old bytes or the new ones, never half."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from vaultplan.disk.read import holds
from vaultplan.disk.refusals import refusal
from vaultplan.disk.temporary import fresh, lock, sweep, write_all
from vaultplan.disk.within import Spot, spot
from vaultplan.problems import Problem


def replace_file(
    root: Path, path: str, data: bytes, mode: int = 0o644, *, durable: bool = True
) -> bool | Problem:
    """Make a generated file hold these bytes; False if it does already, and nothing is written.

    One that is not `durable` may be lost, or broken, if the machine stops within some seconds.

    An existing file keeps its mode; a new one gets `mode` (less the umask). Missing folders are
    made, inside the root only. A link or a folder of that name is a problem.
    """
    try:
        with spot(root, path, make=True) as place:
            return _replace(place, data, mode, durable=durable)
    except OSError as error:
        return refusal(path, error, "unwritable")


def new_file(root: Path, path: str, data: bytes) -> bool | Problem:
    """Make a file that is not there yet; False if anything has its name, and nothing is written."""
    try:
        with spot(root, path, make=True) as place:
            sweep(place)
            if place.look() is not None:
                return False
            with _written(place, data, None, 0o644) as temporary:
                return _link(temporary, place, data)
    except OSError as error:
        return refusal(path, error, "unwritable")


def _replace(place: Spot, data: bytes, mode: int, *, durable: bool) -> bool:
    found = place.look()
    if found is not None and not stat.S_ISREG(found.st_mode):
        number = errno.ELOOP if stat.S_ISLNK(found.st_mode) else errno.ENXIO
        raise OSError(number, os.strerror(number))
    if found is not None and found.st_size == len(data) and _holds(place, data):
        return False
    sweep(place)
    with _written(place, data, found, mode, durable=durable) as temporary:
        os.replace(temporary.name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
    if durable:
        place.sync_folder()
    return True


def _holds(place: Spot, data: bytes) -> bool:
    """Whether a file has these bytes; one that cannot be read has not."""
    try:
        file = place.open(os.O_RDONLY)
    except OSError:
        return False
    try:
        return holds(file, data)
    except OSError:
        return False
    finally:
        os.close(file)


@contextmanager
def _written(
    place: Spot, data: bytes, like: os.stat_result | None, mode: int, *, durable: bool = True
) -> Iterator[Spot]:
    """A temporary file beside a place, with the bytes on the disk; gone afterwards at any rate."""
    temporary = fresh(place)
    try:
        file = temporary.open(os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600 if like else mode)
        try:
            # The lock tells other runs that this one is alive.
            lock(file)
            if like:
                _resemble(file, like)
            write_all(file, data)
            if durable:
                os.fsync(file)
        finally:
            os.close(file)
        yield temporary
    finally:
        temporary.remove()


def _resemble(file: int, like: os.stat_result) -> None:
    """Give a file another one's owner, as far as we may, and mode."""
    with suppress(OSError, AttributeError):
        os.fchown(file, like.st_uid, like.st_gid)
    with suppress(OSError, AttributeError):
        os.fchmod(file, stat.S_IMODE(like.st_mode))


def _link(temporary: Spot, place: Spot, data: bytes) -> bool:
    """Give a written file its real name unless something has it."""
    try:
        os.link(temporary.name, place.name, src_dir_fd=place.folder, dst_dir_fd=place.folder)
    except FileExistsError:
        return False
    except OSError:
        return _create(place, data)
    place.sync_folder()
    return True


def _create(place: Spot, data: bytes) -> bool:
    """Write a new file where there are no hard links (FAT), removed again if that fails."""
    try:
        file = place.open(os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        return False
    try:
        write_all(file, data)
        os.fsync(file)
    except BaseException:
        place.remove()
        raise
    finally:
        os.close(file)
    return True
