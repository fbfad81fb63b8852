"""What the system tells of changes in a folder, by watchdog; the only room that knows it."""

import errno
import logging
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)

from vaultplan.settings.obsidian import FILES as OBSIDIAN
from vaultplan.watch.notices import Blind, Lost, Notice, Touched

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

Hear = Callable[[Notice], object]

# Not those of reading: a pass would fill the queue with what it opens itself.
_EVENTS: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    *(FileAttribEvent, FileClosedEvent, FileCreatedEvent),
    *(FileDeletedEvent, FileModifiedEvent, FileMovedEvent),
]
_FULL = {
    errno.ENOSPC: "the system watches no more folders; raise fs.inotify.max_user_watches",
    errno.EMFILE: "the system has no more watchers; raise fs.inotify.max_user_instances",
}
_HIDDEN_BUT_READ = {
    os.fsencode(str(above)) for path in OBSIDIAN for above in Path(path).parents if above.name
}


class Watch:
    """Hears of every change below a folder, from when it is made until it is closed.

    Raises:
        OSError: the system does not let us watch; `why_blind` says why.
    """

    def __init__(self, root: Path, hear: Hear) -> None:
        self._complaints = _Complaints(hear)
        self._log = logging.getLogger("watchdog")
        self._log.addHandler(self._complaints)
        self._log.propagate = False
        warnings.filterwarnings("ignore", "Callback with id")
        folder = os.path.realpath(root)
        try:
            self._observer, self._end = _observer(folder, hear)
            handler = _Handler(folder, hear)
            self._observer.schedule(handler, folder, recursive=True, event_filter=_EVENTS)
            self._observer.start()
        except BaseException:
            self._log.removeHandler(self._complaints)
            raise

    @property
    def works(self) -> bool:
        """Whether changes are still heard of."""
        threads = (self._observer, *self._observer.emitters)
        return all(thread.is_alive() for thread in threads)

    def close(self) -> None:
        """Stop watching."""
        self._observer.stop()
        self._observer.join()
        self._end()
        self._log.removeHandler(self._complaints)


def why_blind(error: OSError) -> str:
    """Why the system does not let us watch, and what to do."""
    return _FULL.get(error.errno or 0, f"the system does not watch here ({error.strerror})")


class _Handler(FileSystemEventHandler):
    """Turns events into notices; it must not open anything, which would be an event too."""

    def __init__(self, folder: str, hear: Hear) -> None:
        self._start = folder.rstrip(os.sep) + os.sep
        self._hear = hear

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell of a path, or of two."""
        before, after = self._raw(event.src_path), self._raw(event.dest_path)
        if before:
            renamed = not event.is_directory and after.lower().endswith(".md")
            self._hear(Touched(before, folder=event.is_directory, believed=renamed))
        if after:
            self._hear(Touched(after, folder=event.is_directory))

    def _raw(self, path: bytes | str) -> str:
        """A path below the vault, with `/`; empty if it is not."""
        text = os.fsdecode(path)
        return text[len(self._start) :].replace(os.sep, "/") if text.startswith(self._start) else ""


class _Complaints(logging.Handler):
    """Whatever watchdog has to complain of, something may not have been told."""

    def __init__(self, hear: Hear) -> None:
        super().__init__(logging.WARNING)
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002  (logging's signature)
        """Hear a complaint."""
        self._hear(Lost())


if sys.platform == "linux":
    from watchdog.observers.api import BaseObserver
    from watchdog.observers.inotify import InotifyEmitter
    from watchdog.observers.inotify_c import (
        CallbackId,
        InotifyEvent,
        InotifyFD,
        Mask,
        WatchCallback,
        WatchDescriptor,
    )

    class _Inotify(InotifyFD):
        """The kernel's queue: without hidden folders, and telling what watchdog only logs."""

        def __init__(self, folder: str, hear: Hear) -> None:
            super().__init__()
            self._top = os.fsencode(folder).rstrip(b"/") + b"/"
            self._hear = hear

        def add_callback(
            self, path: bytes, mask: Mask, callback: WatchCallback, id_: CallbackId
        ) -> WatchDescriptor:
            """Watch one folder; watchdog goes on without it if it cannot be."""
            below = path.removeprefix(self._top)
            if path != below and _is_left_out(below):
                raise OSError(errno.EACCES, os.strerror(errno.EACCES))
            try:
                return super().add_callback(path, mask, callback, id_)
            except OSError as error:
                if error.errno in _FULL:
                    self._hear(Blind(why_blind(error)))
                raise

        def handle_event(self, event: InotifyEvent) -> None:
            """Handle an event; when the queue has overflowed, all folders are watched anew."""
            super().handle_event(event)
            if event.is_queue_overflow:
                self._hear(Lost())

    def _observer(folder: str, hear: Hear) -> "tuple[BaseObserver, Callable[[], None]]":
        """An observer, and what ends it when it is stopped."""
        queue = _Inotify(folder, hear)
        queue.start()

        def end() -> None:
            queue.stop()
            queue.join()

        return BaseObserver(InotifyEmitter, inotify_fd=queue), end

else:
    from watchdog.observers import Observer

    def _observer(folder: str, hear: Hear) -> "tuple[BaseObserver, Callable[[], None]]":  # noqa: ARG001  (as above)
        """An observer, and what ends it when it is stopped."""
        return Observer(), lambda: None


def _is_left_out(below: bytes) -> bool:
    """Whether no note is in a folder by its name alone; Obsidian's settings are looked at."""
    if below in _HIDDEN_BUT_READ:
        return False
    return any(name.startswith(b".") or name == b"node_modules" for name in below.split(b"/"))
