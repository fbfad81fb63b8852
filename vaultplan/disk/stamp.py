"""How a vault looks from outside: every note's size, times and inode, without opening any.

It imports nothing that takes time, since a pass that has nothing to do does nothing else.
"""

import marshal
import os
import stat
import sys
from typing import Any
from zlib import crc32

Stamp = dict[bytes, tuple[int, int, int, int, int]]
"""By path: mode, size, inode, and the times of the last change of content and of anything."""

RECENT_NS = 50_000_000
"""Two changes within so short a time may have the same time (Linux counts in steps of 4–10 ms)."""

_NOTE = b".md"
_MAGIC = b"vaultplan 1 %d.%d\n" % sys.version_info[:2]


def stamp(root: bytes, ending: bytes = _NOTE) -> Stamp | None:
    """Look at every note below a folder, and at every link; None if a folder cannot be listed.

    What is hidden is left out; what the settings leave out is not, which only makes it look again.
    Other files than notes have another `ending`.
    """
    found: Stamp = {}
    waiting = [root]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    name = entry.name
                    if name.startswith(b"."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif name.lower().endswith(ending) or entry.is_symlink():
                        about = entry.stat(follow_symlinks=False)
                        found[entry.path] = _mark(about)
    except OSError:
        return None
    return found


def mark_of(path: bytes) -> tuple[int, int, int, int, int] | None:
    """The same of one file; None if it is not there."""
    try:
        return _mark(os.lstat(path))
    except OSError:
        return None


def recent(seen: Stamp, since: int) -> set[bytes]:
    """What was changed so shortly before a moment (in ns) that it may change again unseen."""
    return {path for path, mark in seen.items() if mark[4] > since - RECENT_NS}


def _mark(about: os.stat_result) -> tuple[int, int, int, int, int]:
    kind = stat.S_IFMT(about.st_mode)
    return kind, about.st_size, about.st_ino, about.st_mtime_ns, about.st_ctime_ns


def pack(value: Any) -> bytes:
    """A value as bytes that say whether they are whole, for this Python alone."""
    data = marshal.dumps(value)
    return b"%s%08x\n%s" % (_MAGIC, crc32(data), data)


def unpack(data: bytes) -> Any:
    """The value in such bytes; None if they are of another Python, cut off or changed."""
    head = len(_MAGIC)
    body = data[head + 9 :]
    if data[:head] != _MAGIC or data[head : head + 9] != b"%08x\n" % crc32(body):
        return None
    return marshal.loads(body)  # noqa: S302  (our own bytes, as the checksum says)
