"""The way from the vault's folder down to a file, with no link on it.

Every file is reached folder by folder from the vault's own, each opened without following links,
so that nothing outside is read or written even if a folder turns into a link meanwhile. Where
the system has no folder descriptors (Windows), the way is looked at instead.
"""

import errno
import os
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

PATIENCE = 0.5
"""Seconds to wait for a file that another program holds."""

BY_STEPS = os.open in os.supports_dir_fd
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_STEP = getattr(os, "O_PATH", 0) | _FOLDER
# A FIFO or a tape must not hang us, a terminal must not become ours.
_FILE = _NO_LINK | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FILE |= getattr(os, "O_BINARY", 0)
_NOWHERE = frozenset({b"", b".", b".."})
_PAUSE = 0.01
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file stands or will stand: an open folder, and its name in there.

    Without folder descriptors `folder` is None and `name` a whole path.
    """

    folder: int | None
    name: bytes

    @property
    def alone(self) -> bytes:
        """The name without folders."""
        return self.name.rpartition(b"/")[2]

    def beside(self, name: bytes) -> "Spot":
        """The place of another name in the same folder."""
        above, slash, _ = self.name.rpartition(b"/")
        return Spot(self.folder, above + slash + name)

    def open(self, flags: int, mode: int = 0o600) -> int:
        """Open without following a link, without waiting; the mode is for a new file."""
        if self.folder is None and (found := self.look()) and stat.S_ISLNK(found.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        return os.open(self.name, flags | _FILE, mode, dir_fd=self.folder)

    def look(self) -> os.stat_result | None:
        """What stands there, be it a link; None if nothing does."""
        try:
            return os.stat(self.name, dir_fd=self.folder, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def remove(self) -> None:
        """Take it away if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self.name, dir_fd=self.folder)

    def neighbours(self) -> list[bytes]:
        """The names in the same folder, its own included."""
        if self.folder is None:
            with os.scandir(self.name.rpartition(b"/")[0]) as entries:
                return [entry.name for entry in entries]
        with self._listing() as listing, os.scandir(listing) as entries:
            return [os.fsencode(entry.name) for entry in entries]

    def sync_folder(self) -> None:
        """Make the disk remember the folder's names, where it can."""
        with suppress(OSError), self._listing() as listing:
            os.fsync(listing)

    @contextmanager
    def _listing(self) -> Iterator[int]:
        above = self.name.rpartition(b"/")[0] or b"."
        listing = os.open(above, os.O_RDONLY | _FOLDER, dir_fd=self.folder)
        try:
            yield listing
        finally:
            os.close(listing)


def vault_path(raw: str) -> str:
    """A file system's spelling of a path as the vault says it: NFC."""
    return raw if raw.isascii() else unicodedata.normalize("NFC", raw)


def patiently(act: Callable[[], _T]) -> _T:
    """Do what another program may hold up for a moment, such as opening a file it has a lease on.

    Raises:
        BlockingIOError: it was still held up after `PATIENCE`.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def open_file(root: Path, raw: str, flags: int = os.O_RDONLY) -> int:
    """Open a file below the root.

    Raises:
        OSError: EXDEV if the path does not lead down, ENOTDIR or ELOOP if a link is on it, or as
            the system says.
    """
    *folders, name = _parts(raw)
    if not BY_STEPS:
        return Spot(None, _look_at(root, folders, make=False) + b"/" + name).open(flags)
    here = _go_down(root, folders, make=False)
    try:
        return os.open(name, flags | _FILE, dir_fd=here)
    finally:
        os.close(here)


class Way:
    """Opens files below the root one after the other, as `open_file` does.

    The folder of the last one stays open, as the next one mostly is in it too. Close it after use.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = ""
        self._here = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        if self._here >= 0:
            os.close(self._here)
            self._here = -1

    def open(self, raw: str) -> int:
        """Open a file to read it.

        Raises:
            OSError: as `open_file`.
        """
        if not BY_STEPS:
            return open_file(self._root, raw)
        folder, slash, name = raw.rpartition("/")
        if self._here < 0 or folder + slash != self._folder:
            self.close()
            self._here = _go_down(self._root, _parts(folder) if slash else [], make=False)
            self._folder = folder + slash
        return os.open(_parts(name)[0], os.O_RDONLY | _FILE, dir_fd=self._here)


@contextmanager
def spot(root: Path, raw: str, *, make: bool = False) -> Iterator[Spot]:
    """Go to the folder of a vault-relative path; `make` creates the folders that are missing.

    Raises:
        OSError: as `open_file`.
    """
    *folders, name = _parts(raw)
    if not BY_STEPS:
        yield Spot(None, _look_at(root, folders, make=make) + b"/" + name)
        return
    here = _go_down(root, folders, make=make)
    try:
        yield Spot(here, name)
    finally:
        os.close(here)


def _go_down(root: Path, folders: list[bytes], *, make: bool) -> int:
    """Open the last of the folders, one step at a time."""
    here = os.open(root, _STEP)
    for folder in folders:
        try:
            below = _step(here, folder, make=make)
        finally:
            os.close(here)
        here = below
    return here


def _step(here: int, folder: bytes, *, make: bool) -> int:
    """Open one folder further down."""
    try:
        return os.open(folder, _STEP | _NO_LINK, dir_fd=here)
    except FileNotFoundError:
        if not make:
            raise
    with suppress(FileExistsError):
        os.mkdir(folder, dir_fd=here)
    return os.open(folder, _STEP | _NO_LINK, dir_fd=here)


def _look_at(root: Path, folders: list[bytes], *, make: bool) -> bytes:
    """Look at each folder on the way instead of holding it; the path of the last one."""
    here = os.fsencode(root)
    for folder in folders:
        here += b"/" + folder
        if make:
            with suppress(FileExistsError):
                Path(os.fsdecode(here)).mkdir()
        if not stat.S_ISDIR(os.lstat(here).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    return here


def _parts(raw: str) -> list[bytes]:
    """The names on a path, as bytes, whatever the locale; none may lead up or elsewhere."""
    try:
        parts = raw.encode("utf-8", "surrogateescape").split(b"/")
    except UnicodeEncodeError:
        parts = [b""]
    windows = b"\\:" if os.sep == "\\" else b""
    for part in parts:
        if part in _NOWHERE or b"\0" in part or (windows and any(sign in part for sign in windows)):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    return parts
