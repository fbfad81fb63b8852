"""Reading: bounded, never waiting, never through a link."""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from vaultplan.disk.refusals import LARGEST, refusal
from vaultplan.disk.within import Way, open_file, patiently
from vaultplan.problems import Problem

_SMALL = 2**20


class File(NamedTuple):
    """A note as a walk saw it.

    `path` is relative to the vault, with `/`, in NFC; `raw` is the same as the file system spells
    it. `size` is in bytes, `mtime_ns` in nanoseconds since 1970.
    """

    path: str
    raw: str
    size: int
    mtime_ns: int


def read(root: Path, file: File) -> bytes | Problem:
    """The bytes of a note, or why there are none."""
    try:
        return load(root, file.raw, LARGEST)
    except OSError as error:
        return refusal(file.path, error)


def read_each(root: Path, files: Iterable[File]) -> Iterator[tuple[File, bytes | Problem]]:
    """The same of many notes, soonest done if those of one folder follow each other."""
    with Way(root) as way:
        for file in files:
            found: bytes | Problem
            try:
                found = _load(partial(way.open, file.raw), LARGEST)
            except OSError as error:
                found = refusal(file.path, error)
            yield file, found


def read_small(root: Path, path: str) -> bytes | Problem | None:
    """A settings file of at most 1 MB (ours, or one below `.obsidian`); None if there is none."""
    try:
        return load(root, path, _SMALL)
    except FileNotFoundError:
        return None
    except OSError as error:
        return refusal(path, error)


def load(root: Path, raw: str, limit: int) -> bytes:
    """The bytes of a regular file below the root, at most `limit` of them.

    Raises:
        OSError: ENXIO if it is no regular file, EOVERFLOW if it is larger, else as `open_file`.
    """
    return _load(partial(open_file, root, raw), limit)


def _load(opening: Callable[[], int], limit: int) -> bytes:
    file = patiently(opening)
    try:
        return load_open(file, limit)
    finally:
        os.close(file)


def load_open(file: int, limit: int) -> bytes:
    """The bytes of an open regular file from its current position.

    Raises:
        OSError: as `load`.
    """
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.ENXIO, os.strerror(errno.ENXIO))
    if found.st_size > limit:
        raise OSError(errno.EOVERFLOW, os.strerror(errno.EOVERFLOW))
    data = os.read(file, found.st_size + 1)
    if len(data) == found.st_size:
        return data
    # It grew or shrank meanwhile, or the file system gives less at a time.
    pieces = [data]
    length = len(data)
    while data and length <= limit:
        data = os.read(file, limit + 1 - length)
        pieces.append(data)
        length += len(data)
    if length > limit:
        raise OSError(errno.EOVERFLOW, os.strerror(errno.EOVERFLOW))
    return b"".join(pieces)


def holds(file: int, data: bytes) -> bool:
    """Whether an open file, at its beginning, has these bytes and no more.

    Raises:
        OSError: it cannot be read, or is no regular file.
    """
    try:
        return load_open(file, len(data)) == data
    except OSError as error:
        if error.errno == errno.EOVERFLOW:
            return False
        raise
