"""How changes are seen: the system tells of them, or everything is looked at every so often."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, time_ns
from typing import TYPE_CHECKING

from vaultplan.disk.skips import Skips
from vaultplan.disk.stamp import recent, stamp
from vaultplan.disk.walk import walk
from vaultplan.watch.mounts import afar
from vaultplan.watch.notices import Blind, Lost, Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaultplan.watch.kernel import Watch

RESCAN_SECONDS = 600.0
POLL_SECONDS = 1.0
_POLL_SHARE = 20  # of all time; a look at a large vault may take that part of it
_CONTENT, _CTIME = 1, 4
_MOUNTS = Path("/proc/self/mountinfo")

Look = dict[str, tuple[int, ...]]
"""By path, as the file system spells it: how a note looks from outside."""


class Eyes:
    """Sees the changes in a vault, and tells of them, or gives them when it is asked to look."""

    def __init__(self, root: Path, hear: "Callable[[Notice], object]", *, poll: bool) -> None:
        self._root, self._hear, self._polls = root, hear, poll
        self._watch: Watch | None = None
        self._seen: Look = {}
        self._doubtful: set[str] = set()
        self._mark = _mark(root)
        self.next_scan = 0.0

    def open(self) -> str:
        """Begin to see; the reason if that is only by looking at intervals."""
        why = "looking at intervals" if self._polls else ""
        if not self._polls and (kind := _afar(self._root)):
            why = f"looking at intervals, as a {kind} mount does not tell of changes"
        elif not self._polls and (blind := self._start()):
            why = f"looking at intervals, as {blind}"
        self._polls = bool(why)
        self._seen = self._look()
        self._plan(0.0)
        return why

    def close(self) -> None:
        """See nothing any more."""
        watch, self._watch = self._watch, None
        if watch:
            watch.close()

    def poll(self) -> bool:
        """From now on only look at intervals; False if that is so already."""
        self.close()
        before, self._polls = self._polls, True
        self._plan(0.0)
        return not before

    def look_after(self) -> bool:
        """Watch the vault's folder anew if it is another one than before, such as a mount."""
        mark = _mark(self._root)
        deaf = self._watch is not None and not self._watch.works
        if mark is None or (mark == self._mark and not deaf):
            return False
        self._mark = mark
        self.close()
        if not self._polls and (why := self._start()):
            self._hear(Blind(why))
        self._hear(Lost())
        return True

    def ages(self) -> Iterator[tuple[str, float]]:
        """Each note, and when it was last changed, in seconds since 1970."""
        for raw, mark in self._seen.items():
            yield raw, (mark[_CTIME] if len(mark) > _CTIME else mark[_CONTENT]) / 1e9

    def scan(self) -> set[str]:
        """Look at every note from outside; those that look otherwise than last time.

        Those that had changed right before the last time too: a second change may look the same.
        """
        begun, doubtful = monotonic(), self._doubtful
        before, now = self._seen, self._look()
        self._seen = now
        self._plan(monotonic() - begun)
        changed = {raw for raw in now.keys() | before.keys() if now.get(raw) != before.get(raw)}
        return changed | doubtful

    def below(self, folders: Iterable[str]) -> Iterator[str]:
        """The notes that are now in some folders or below."""
        top = os.fsencode(self._root)
        for folder in folders:
            if not any(name.startswith(".") for name in folder.split("/")):
                found = stamp(top + b"/" + os.fsencode(folder)) or {}
                yield from (os.fsdecode(path[len(top) + 1 :]) for path in found)

    def _start(self) -> str:
        """Let the system tell; the reason if it does not."""
        from vaultplan.watch.kernel import Watch, why_blind  # noqa: PLC0415  (polling needs none)

        try:
            self._watch = Watch(self._root, self._hear)
        except OSError as error:
            return why_blind(error)
        return ""

    def _plan(self, cost: float) -> None:
        pause = max(POLL_SECONDS, cost * _POLL_SHARE) if self._polls else RESCAN_SECONDS
        self.next_scan = monotonic() + pause

    def _look(self) -> Look:
        top, at = os.fsencode(self._root), time_ns()
        found = stamp(top)
        if found is not None:
            self._doubtful = {os.fsdecode(path[len(top) + 1 :]) for path in recent(found, at)}
            return {os.fsdecode(path[len(top) + 1 :]): mark for path, mark in found.items()}
        # A folder cannot be listed; it may be one that is left out.
        files, _ = walk(self._root, Skips())
        return {file.raw: (file.size, file.mtime_ns) for file in files}


def _mark(root: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        about = root.stat()
        return about.st_dev, about.st_ino
    return None


def _afar(root: Path) -> str:
    """The file system of a vault that others may change without our system knowing."""
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    return afar(mounts, os.path.realpath(root))
