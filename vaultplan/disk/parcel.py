"""A file of parts, of which only those are read that are asked for.

It begins with lines of text: for which Python it is, then each part's name, size and checksum, then
an empty line. The parts follow. Nothing here imports what takes time, since a pass that has nothing
to do does nothing else.
"""

import marshal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Self
from zlib import crc32

_FIRST = b"vaultplan 2 %d.%d" % sys.version_info[:2]
_END = b"\n\n"
_HEAD = 1000
_FORMAT = 2
"""Of marshal: with a later one the bytes would also tell where else a value is held."""


class Parcel:
    """The parts in a file, for a `with`: none if there is no such file or it is of another kind."""

    def __init__(self, path: Path) -> None:
        self._parts: dict[bytes, tuple[int, int, bytes]] = {}
        self._file: BinaryIO | None = None
        with suppress(OSError):
            self._file = path.open("rb", buffering=0)

    def __enter__(self) -> Self:
        with suppress(OSError, ValueError):
            self._open()
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def _open(self) -> None:
        """Learn where the parts are.

        Raises:
            OSError: it cannot be read.
            ValueError: it does not begin as it must.
        """
        head, end, _ = self._file.read(_HEAD).partition(_END) if self._file else (b"", b"", b"")
        first, *lines = head.split(b"\n")
        start = len(head) + len(end)
        for name, size, check in map(bytes.split, lines if first == _FIRST and end else ()):
            self._parts[name] = start, int(size), check
            start += int(size)

    def data(self, name: bytes) -> bytes | None:
        """The bytes of a part; None if there is none, or if it was cut off or changed."""
        if self._file is None or name not in self._parts:
            return None
        start, size, check = self._parts[name]
        try:
            self._file.seek(start)
            data = self._file.read(size)
        except OSError:
            return None
        return data if _check(data) == check else None

    def value(self, name: bytes) -> Any:
        """The value of a part; None if it has no whole one."""
        data = self.data(name)
        return None if data is None else plain_from(data)


def wrapped(parts: Mapping[bytes, bytes]) -> bytes:
    """Parts as the bytes of one file."""
    lines = [b"%s %d %s" % (name, len(data), _check(data)) for name, data in parts.items()]
    return b"".join((b"\n".join((_FIRST, *lines)), _END, *parts.values()))


def plain(value: Any) -> bytes:
    """A value of numbers, texts and the like as bytes; equal values in one order have the same."""
    return marshal.dumps(value, _FORMAT)


def plain_from(data: bytes) -> Any:
    """The value in such bytes, which must be whole."""
    return marshal.loads(data)  # noqa: S302  (our own bytes, as a checksum says)


def _check(data: bytes) -> bytes:
    return b"%08x" % crc32(data)
