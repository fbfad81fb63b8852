"""What in a vault is never read: hidden things, templates, ignored paths, temporary files."""

import fnmatch
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_NEVER = frozenset({"node_modules", "__pycache__"})
# Office programs' owner files; Syncthing's temporary files on Windows.
_TEMPORARY = ("~$", "~syncthing~")

_Segment = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Skips:
    """What a person leaves out.

    `folders` are vault-relative folders (the templates'). `ignore` are globs on vault-relative
    paths as in a `.gitignore`: `*`, `?` and `[…]` stay within a name, `**` stands for any folders,
    a glob without a slash fits at any depth, one ending in a slash fits folders only; what fits is
    skipped with all below it.
    """

    folders: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glob:
    """One glob: a test for each name on a path, None for `**`."""

    segments: tuple[_Segment | None, ...]
    only_folders: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """How far the globs have got on the way to a folder: how many segments of each fit so far.

    A glob that cannot fit below is not here any more, so that most folders carry none.
    """

    reached: tuple[tuple[Glob, frozenset[int]], ...]

    def enter(self, name: str, *, folder: bool) -> "Trail | None":
        """Go on to a name in the folder; None if it is skipped.

        `folder` tells whether the name is a folder's.
        """
        if name.startswith(".") or name in _NEVER or name.startswith(_TEMPORARY):
            return None
        if not self.reached:
            return self
        alive = []
        for glob, places in self.reached:
            further = _advance(glob, places, name)
            if len(glob.segments) in further and (folder or not glob.only_folders):
                return None
            if further:
                alive.append((glob, further))
        return Trail(tuple(alive))


def trail(skips: Skips) -> Trail:
    """The start of every way through a vault."""
    globs = [_folder(path) for path in skips.folders] + [_glob(text) for text in skips.ignore]
    return Trail(tuple((glob, _closure(glob, {0})) for glob in globs if glob.segments))


def is_skipped(path: str, skips: Skips) -> bool:
    """Whether a walk leaves out the file at a vault-relative path (for watchers)."""
    way: Trail | None = trail(skips)
    *folders, name = path.split("/")
    for folder in folders:
        way = way and way.enter(folder, folder=True)
    return way is None or way.enter(name, folder=False) is None


def _names(path: str) -> list[str]:
    spelled = unicodedata.normalize("NFC", path)
    return [name for name in spelled.split("/") if name not in {"", "."}]


def _folder(path: str) -> Glob:
    tests = tuple(re.compile(re.escape(name)).fullmatch for name in _names(path))
    return Glob(tests, only_folders=True)


def _glob(text: str) -> Glob:
    names = _names(text)
    anchored = "/" in text.strip().removesuffix("/")
    tests = tuple(
        None if name == "**" else re.compile(fnmatch.translate(name)).fullmatch for name in names
    )
    if names and not anchored:
        tests = (None, *tests)
    return Glob(tests, only_folders=text.endswith("/"))


def _advance(glob: Glob, places: frozenset[int], name: str) -> frozenset[int]:
    """The places that a name leads to from the places reached."""
    further = set()
    for place in places:
        if place == len(glob.segments):
            continue
        fits = glob.segments[place]
        if fits is None:
            further.add(place)
        elif fits(name):
            further.add(place + 1)
    return _closure(glob, further)


def _closure(glob: Glob, places: set[int]) -> frozenset[int]:
    """A `**` also stands for no folder at all."""
    for place, fits in enumerate(glob.segments):
        if fits is None and place in places:
            places.add(place + 1)
    return frozenset(places)
