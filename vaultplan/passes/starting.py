"""What `init` writes: settings, folders, templates for Obsidian, and index notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vaultplan.disk import Skips, new_file, read_small, walk
from vaultplan.disk.places import make_folder
from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import declared
from vaultplan.kinds.kind import Kind
from vaultplan.passes.reading import TEMPLATES
from vaultplan.problems import Problem, WrongUseError
from vaultplan.settings import COMPUTED, Settings, read_settings
from vaultplan.settings.obsidian import read_obsidian
from vaultplan.settings.table import FILE

FOLDERS = ("Contacts", "Goals", "Plans", "Events")


@dataclass(frozen=True, slots=True)
class Start:
    """What was written, and the notes not written because one of that name is elsewhere."""

    made: tuple[str, ...]
    taken: tuple[str, ...]


def start(root: Path, vault_id: str, timezone: str) -> Start:
    """Make a folder a vault, adding only what is not there.

    A second note of one name would make Obsidian rewrite the links to the first, so such a note
    is not written.

    Raises:
        WrongUseError: the folder cannot be written, or its settings cannot be read.
    """
    names = {Path(file.path).stem.casefold() for file in walk(root, Skips())[0]}
    made, taken = [], []
    if _new(root, FILE, settings_text(root.name, vault_id, timezone)):
        made.append(FILE)
        for folder in FOLDERS:
            _checked(make_folder(root, folder))
    data = read_small(root, FILE)
    settings = read_settings(data) if isinstance(data, bytes) else Settings()
    for path, text in (*_templates(root), *index_notes(settings.home)):
        if Path(path).stem.casefold() in names:
            taken.append(path)
        elif _new(root, path, text):
            made.append(path)
    return Start(tuple(made), tuple(path for path in taken if not (root / path).is_file()))


def _checked(result: bool | Problem) -> bool:  # noqa: FBT001  (what disk answers)
    if isinstance(result, Problem):
        raise WrongUseError(f"{result.path}: {result.message}")
    return result


def _new(root: Path, path: str, text: str) -> bool:
    return _checked(new_file(root, path, text.encode()))


def settings_text(name: str, vault_id: str, timezone: str) -> str:
    """The settings of a new vault."""
    computed = ", ".join(f'"{each}"' for each in COMPUTED)
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

    def small(path: str) -> bytes | None:
        data = read_small(root, path)
        return None if isinstance(data, Problem) else data

    folder = next(iter(read_obsidian(small).templates), TEMPLATES)
    for kind in KINDS:
        yield f"{folder}/{kind.name}.md", template_text(kind)


def template_text(kind: Kind) -> str:
    """A new note of a kind, with every field it may fill; Obsidian fills the title in."""
    lines = ["---", f"type: {kind.name}"]
    lines += [f"{one.name}:" for one in declared(kind.record) if one.name not in COMPUTED]
    if kind.name == "contact":
        lines += ["last_contact:", "next_follow_up:", "follow_up_state:"]
    lines += ["---", "", "# {{title}}", ""]
    if kind.name == "contact":
        lines += ["## Follow-up", "", *_block("checklist"), ""]
    if kind.logs:
        lines += ["## Log", ""]
    return "\n".join(lines)


def _block(begin: str) -> list[str]:
    return [f"<!-- vaultplan:begin {begin} -->", "<!-- vaultplan:end -->"]


_INDEX = {
    "Home": (
        ("What is due first", "agenda limit=10"),
        ("How it goes", "progress"),
        ("What could not be read", "problems"),
    ),
    "Follow-ups": (("What is due", "agenda"),),
    "Contacts": (("Everyone in your follow-ups", 'contacts sort="next_follow_up"'),),
    "Goals": (("Goals and how they stand", "goals"),),
    "Progress": (("Targets and what was reached", "progress"),),
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
