"""What `init` writes: settings, folders, templates for Obsidian, and index notes."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vaultplan.disk.places import make_folder
from vaultplan.disk.read import File, read
from vaultplan.disk.skips import Skips
from vaultplan.disk.walk import walk
from vaultplan.disk.write import new_file
from vaultplan.kinds import KINDS
from vaultplan.kinds.parts import is_blank
from vaultplan.passes.reading import TEMPLATES, obsidian_of, open_settings
from vaultplan.passes.templates import template_text
from vaultplan.problems import Problem, WrongUseError
from vaultplan.settings import COMPUTED
from vaultplan.settings.table import FILE
from vaultplan.text.note import Note, read_note

FOLDERS = ("Contacts", "Goals", "Plans", "Events")


@dataclass(frozen=True, slots=True)
class Start:
    """What was written; the notes not written because one of that name is elsewhere.

    `by_hand` are properties that notes fill by hand, so that they are not to be computed.
    """

    made: tuple[str, ...]
    taken: tuple[str, ...]
    by_hand: tuple[str, ...] = ()


def start(root: Path, vault_id: str, timezone: str) -> Start:
    """Make a folder a vault, adding only what is not there.

    A second note of one name would make Obsidian rewrite the links to the first, so such a note
    is not written.

    Raises:
        WrongUseError: the folder cannot be written, or its settings cannot be read.
    """
    files = walk(root, Skips())[0]
    names = {Path(file.path).stem.casefold() for file in files}
    made, taken = [], []
    by_hand = _by_hand(root, files)
    if _new(root, FILE, settings_text(root.name, vault_id, timezone, by_hand)):
        made.append(FILE)
        for folder in FOLDERS if not files else ():
            _checked(make_folder(root, folder))
            made.append(f"{folder}/")
    settings = open_settings(root)
    for path, text in (*_templates(root), *index_notes(settings.home)):
        if Path(path).stem.casefold() in names:
            taken.append(path)
        elif _new(root, path, text):
            made.append(path)
    lost = tuple(path for path in taken if not (root / path).is_file())
    return Start(tuple(made), lost, by_hand if FILE in made else ())


def _by_hand(root: Path, files: Iterable[File]) -> tuple[str, ...]:
    """The properties that could be computed but that notes hold a value of their own in."""
    found = set()
    for file in files:
        data = read(root, file)
        note = data if isinstance(data, Problem) else read_note(file.path, data)
        if isinstance(note, Note):
            found |= {one.key for one in note.front.properties if not is_blank(one.value)}
    return tuple(name for name in COMPUTED if name in found)


def _checked(result: bool | Problem) -> bool:  # noqa: FBT001  (what disk answers)
    if isinstance(result, Problem):
        fix = result.fix or "make room for it, then run init again"
        raise WrongUseError(f"{result.path}: {result.message}; {fix}")
    return result


def _new(root: Path, path: str, text: str) -> bool:
    return _checked(new_file(root, path, text.encode()))


def settings_text(name: str, vault_id: str, timezone: str, by_hand: Collection[str] = ()) -> str:
    """The settings of a new vault; what is kept by hand is not computed."""
    computed = ", ".join(f'"{each}"' for each in COMPUTED if each not in by_hand)
    zone = f'timezone = "{timezone}"\n' if timezone else ""
    return (
        "# Settings of vaultplan; every key is optional. docs/settings.md tells them all.\n"
        f'vault_id = "{vault_id}"\n'
        f"vault_name = {scalar_toml(name)}\n"
        f"{zone}"
        "# These properties are kept up to date in every note that has them.\n"
        f"computed = [{computed}]\n"
    )


def scalar_toml(text: str) -> str:
    """A basic string of TOML."""
    escaped = "".join(
        f"\\u{ord(sign):04x}" if ord(sign) < 0x20 or sign in '"\\\x7f' else sign  # noqa: PLR2004
        for sign in text
    )
    return f'"{escaped}"'


def _templates(root: Path) -> Iterator[tuple[str, str]]:
    """A template for every kind, in the folder that Obsidian takes templates from."""
    folder = next(iter(obsidian_of(root).templates), TEMPLATES)
    for kind in KINDS:
        yield f"{folder}/{kind.name}.md", template_text(kind)


def _block(begin: str) -> list[str]:
    return [f"<!-- vaultplan:begin {begin} -->", "<!-- vaultplan:end -->"]


_INDEX = {
    "Home": (
        ("What is due first", "agenda limit=10"),
        ("How it goes", "progress"),
        ("What could not be read", "problems"),
    ),
    "Follow-ups": (("What is due", "agenda"),),
    "Contacts": (
        ("Everyone in your follow-ups", 'contacts sort="next_follow_up"'),
        ("Mentors", "mentors"),
        ("Given and received", "ledger"),
    ),
    "Goals": (
        ("Goals and how they stand", "goals"),
        ("Opportunities", "opportunities"),
        ("What others see of you", "brand"),
    ),
    "Progress": (
        ("Targets and what was reached", "progress"),
        ("How you rate yourself", "assessment"),
        ("What is ahead", "timeline"),
    ),
    "Network": (
        ("Whom you know", "network"),
        ("Week by week", "activity"),
        ("Events", "events"),
        ("Organisations", "organisations"),
    ),
}


def index_notes(home: str) -> Iterator[tuple[str, str]]:
    """The index notes: nothing but blocks under headings, to be moved and written around."""
    for name, parts in _INDEX.items():
        lines = [f"# {name}", ""]
        for heading, begin in parts:
            lines += [f"## {heading}", "", *_block(begin), ""]
        yield name_in(home, f"{name}.md"), "\n".join(lines)


def name_in(folder: str, name: str) -> str:
    """The path of a note in a folder of the vault."""
    return name if folder == "." else f"{folder}/{name}"
