"""The first half of a pass: from the files of a vault to its notes as read."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from vaultplan.disk.read import File, read_each, read_small
from vaultplan.disk.skips import Skips
from vaultplan.disk.stamp import Look
from vaultplan.disk.state import Seen, load_seen
from vaultplan.disk.walk import walk
from vaultplan.passes.twins import copies_among
from vaultplan.plan.facts import Facts, Lexicon, lexicon_of, read_facts
from vaultplan.problems import FewerNotesError, NoVaultError, Problem, WrongUseError
from vaultplan.settings import Settings, read_settings
from vaultplan.settings.obsidian import Obsidian, read_obsidian
from vaultplan.settings.table import FILE
from vaultplan.text.linkstyle import LinkStyle
from vaultplan.text.note import Note, read_note

TEMPLATES = "Templates"
LOOK_AGAIN_SECONDS = 1.0
_ENOUGH_NOTES, _ENOUGH_LEFT = 20, 0.7
_BROKEN = frozenset({"encoding", "front-matter", "note-busy", "unreadable"})
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Unattended:
    """What holds for a pass that nobody asked for.

    `good` are the notes as they could last be read; one that cannot be read now counts as it was.
    `unsettled` gives the paths of notes that a person may be writing, which are not to be written.
    `feeds` is the folder of the feeds where another machine writes the notes; None: they are
    written here, and the feeds stand in the vault.
    """

    good: Mapping[str, Facts]
    unsettled: Callable[[], Collection[str]]
    feeds: Path | None


@dataclass(frozen=True)
class Place:
    """Where and when a pass runs, as the door says: the vault, the state kept outside, the time.

    `wait` sleeps for some seconds, None if nothing is to be waited for; `today` is what the person
    asked for, if anything; `tell` hears how much is read, and of how much. `look` is how the notes
    looked just before, if anybody looked.
    """

    root: Path
    state: Path
    now: datetime
    wait: Callable[[float], None] | None
    today: date | None = None
    tell: Callable[[int, int], None] | None = None
    unattended: Unattended | None = None
    look: Look | None = None

    @property
    def feeds(self) -> Path:
        """The folder that the paths of feeds start from."""
        return (self.unattended and self.unattended.feeds) or self.root


@dataclass(frozen=True)
class Sight:
    """What a pass saw: the notes that could be read, the bytes of each, and all problems.

    `paths` are all notes there are; `raw` says how the file system spells each path; `held` are
    not to be written now.
    """

    settings: Settings
    lexicon: Lexicon
    style: LinkStyle
    today: date
    facts: Mapping[str, Facts]
    before: Mapping[str, bytes]
    raw: Mapping[str, str]
    paths: tuple[str, ...]
    problems: tuple[Problem, ...]
    held: frozenset[str] = frozenset()

    @property
    def seen(self) -> Seen:
        """What the next pass is to remember of this one."""
        typed = frozenset(path for path, facts in self.facts.items() if facts.entry)
        return Seen(len(self.paths), typed)


def open_settings(root: Path) -> Settings:
    """Read `vaultplan.toml` at the root of a vault.

    Raises:
        NoVaultError: there is none.
        WrongUseError: it cannot be read, or says something it cannot mean.
    """
    data = read_small(root, FILE)
    if data is None:
        raise NoVaultError(f"{root}: there is no {FILE}; `vaultplan init` makes this a vault")
    if isinstance(data, Problem):
        raise WrongUseError(f"{data.path}: {data.message}; {data.fix or 'make it readable'}")
    return read_settings(data)


def obsidian_of(root: Path) -> Obsidian:
    """What the vault's Obsidian says, if there is one."""

    def small(path: str) -> bytes | None:
        data = read_small(root, path)
        return None if isinstance(data, Problem) else data

    return read_obsidian(small)


def today_of(settings: Settings, place: Place) -> date:
    """Whose day it is: as asked, else the settings' `today`, else now in the settings' zone."""
    asked = place.today or settings.today
    if asked:
        return asked
    zone = ZoneInfo(settings.timezone) if settings.timezone else None
    return place.now.astimezone(zone).date()


def look(place: Place) -> Sight:
    """Read everything there is to read; twice if a note is not what it was last time, and may wait.

    An editor or a synchroniser that is just saving a note empties it for an instant.
    """
    settings = open_settings(place.root)
    sight = _look(place, settings)
    if place.wait and not load_seen(place.state).typed <= sight.seen.typed:
        place.wait(LOOK_AGAIN_SECONDS)
        sight = _look(place, settings)
    return sight


def _look(place: Place, settings: Settings) -> Sight:
    obsidian = obsidian_of(place.root)
    skips = skips_of(settings, obsidian)
    lexicon = lexicon_of(settings, obsidian)
    files, problems = walk(place.root, skips)
    # Each note is two steps: to read it, and to hear what it says.
    notes, before, odd = _read(place.root, _told(place, files, 0, 2 * len(files)))
    held = _held(place, [file.path for file in files])
    held |= _keep_good(place, notes, odd)
    copies = copies_among(notes)
    for copy in copies:
        del notes[copy.path]
    heard = _told(place, notes.values(), len(files), len(files) + len(notes))
    return Sight(
        settings=settings,
        lexicon=lexicon,
        style=style_of(settings, obsidian),
        today=today_of(settings, place),
        facts={note.path: read_facts(note, lexicon) for note in heard},
        before=before,
        raw={file.path: file.raw for file in files},
        paths=tuple(file.path for file in files),
        problems=(*problems, *odd, *copies),
        held=held,
    )


def skips_of(settings: Settings, obsidian: Obsidian) -> Skips:
    """What is never read: the templates, and what the settings leave out."""
    return Skips(folders=(TEMPLATES, *obsidian.templates), ignore=settings.ignore)


def _held(place: Place, paths: Iterable[str]) -> frozenset[str]:
    """The notes that a pass which nobody asked for is not to write: all, or the unsettled ones."""
    if place.unattended is None:
        return frozenset()
    return frozenset(paths if place.unattended.feeds else place.unattended.unsettled())


def _keep_good(place: Place, notes: dict[str, Note], odd: Iterable[Problem]) -> frozenset[str]:
    """Let notes that cannot be read just now count as they last could be; their paths."""
    good = place.unattended.good if place.unattended else {}
    kept = {
        one.path: good[one.path].note for one in odd if one.rule in _BROKEN and one.path in good
    }
    if kept:
        ordered = sorted((notes | kept).items())
        notes.clear()
        notes.update(ordered)
    return frozenset(kept)


def style_of(settings: Settings, obsidian: Obsidian) -> LinkStyle:
    """How to write links: as the settings say, else as Obsidian does in this vault."""
    own = settings.links
    return LinkStyle(
        markdown="markdown" in own or (obsidian.markdown_links and "wiki" not in own),
        full="full" in own or (obsidian.link_format == "absolute" and "shortest" not in own),
        relative=obsidian.link_format == "relative" and not own & {"shortest", "full"},
    )


def _told(place: Place, items: Collection[_T], before: int, of: int) -> Iterator[_T]:
    """The items one by one, each told when it is done with; `before` them so many were."""
    for number, item in enumerate(items, before + 1):
        yield item
        if place.tell:
            place.tell(number, of)


def _read(
    root: Path, files: Iterable[File]
) -> tuple[dict[str, Note], dict[str, bytes], list[Problem]]:
    notes: dict[str, Note] = {}
    before: dict[str, bytes] = {}
    problems = []
    for file, data in read_each(root, files):
        found = data if isinstance(data, Problem) else read_note(file.path, data)
        if isinstance(found, Problem):
            problems.append(found)
        elif isinstance(data, bytes):
            notes[file.path] = found
            before[file.path] = data
    return notes, before, problems


def guard(place: Place, sight: Sight) -> None:
    """Stop before anything is written if far fewer notes are there than last time.

    Raises:
        FewerNotesError: under seven tenths of twenty or more, as the disk may not be mounted; or a
            whole folder cannot be read.
    """
    for problem in sight.problems:
        if problem.rule == "unreadable" and not problem.path.endswith(".md"):
            raise FewerNotesError(
                f"{problem.path}: {problem.message}, with every note in it; nothing was written. "
                "Mend that, or run again with --accept-fewer"
            )
    last = load_seen(place.state).notes
    if last >= _ENOUGH_NOTES and len(sight.paths) < _ENOUGH_LEFT * last:
        raise FewerNotesError(
            f"{place.root}: {len(sight.paths)} notes where the last pass saw {last}; nothing was "
            "written. If that is right (and not a disk that is missing or a synchroniser at work), "
            "run again with --accept-fewer"
        )
