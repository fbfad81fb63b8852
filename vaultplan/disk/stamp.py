"""How a vault looks from outside: every note's size, times and inode, without opening any.

It imports nothing that takes time, since a pass that has nothing to do does nothing else.
"""

import os
import time
from collections.abc import Callable
from operator import attrgetter

Mark = tuple[int, int, int, int, int]
"""Mode, size, inode, and the times of the last change of content and of anything."""

Stamp = dict[bytes, Mark]
"""The mark of each path."""

Look = tuple[int, Stamp | None]
"""The time (in ns since 1970) before a look at the notes, and how they looked."""

RECENT_NS = 50_000_000
"""Two changes within so short a time may have the same time (Linux counts in steps of 4–10 ms)."""

_NOTE = b".md"
_mark: Callable[[os.stat_result], Mark] = attrgetter(
    "st_mode", "st_size", "st_ino", "st_mtime_ns", "st_ctime_ns"
)


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
                        found[entry.path] = _mark(entry.stat(follow_symlinks=False))
    except OSError:
        return None
    return found


def look(root: bytes) -> Look:
    """Look at every note below a folder, and at the clock before."""
    return time.time_ns(), stamp(root)


def mark_of(path: bytes) -> Mark | None:
    """The same of one file; None if it is not there."""
    try:
        return _mark(os.lstat(path))
    except OSError:
        return None


def recent(seen: Stamp, since: int) -> set[bytes]:
    """What was changed so shortly before a moment (in ns) that it may change again unseen."""
    return {path for path, mark in seen.items() if mark[4] > since - RECENT_NS}
