"""Templates: the built-in one of every kind, and the vault's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaultplan.disk.read import read
from vaultplan.disk.skips import Skips, is_skipped
from vaultplan.disk.walk import walk
from vaultplan.kinds.fields import declared
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.parts import is_blank
from vaultplan.passes.reading import TEMPLATES, obsidian_of
from vaultplan.plan.facts import Lexicon
from vaultplan.plan.naming import fold
from vaultplan.problems import Problem
from vaultplan.settings import COMPUTED
from vaultplan.text.escape import inline
from vaultplan.text.note import read_note
from vaultplan.text.template import fill, plain_days

DATED = ("interaction", "opportunity", "assessment", "review")
"""The kinds whose `date` is the day on which they are written, unless it says otherwise."""

# In quotes, as Obsidian itself takes the bare one for a mapping, and spells it out as such when
# another property is edited; with a format, whatever the plugin's own date format is.
_TODAY = '"{{date:YYYY-MM-DD}}"'
_COMPUTED = {
    "contact": ("last_contact:", "next_follow_up:", "follow_up_state:"),
    "goal": ("progress:",),
}


def template_text(kind: Kind) -> str:
    """A new note of a kind, with every field it may fill; Obsidian fills the title and the day."""
    lines = ["---", f"type: {kind.name}"]
    for one in declared(kind.record):
        if one.name == "date" and kind.name in DATED:
            lines.append(f"date: {_TODAY}")
        elif one.name not in COMPUTED:
            lines.append(f"{one.name}:")
    lines += _COMPUTED.get(kind.name, ())
    lines += ["---", "", "# {{title}}", ""]
    if kind.body:
        lines += [kind.body, ""]
    if kind.logs:
        lines += ["## Log", ""]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled in; `said` tells of one that could not be used."""

    text: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A template of the vault, and what it comes to; without a text, `why` it cannot be used.

    It is `named` after the kind wanted, `marked` as a note of it, or `typed`: a note of any kind.
    """

    path: str
    named: bool
    marked: bool = False
    typed: bool = False
    text: str = ""
    why: str = ""


def filled_template(
    kind: Kind, root: Path, lexicon: Lexicon, stem: str, name: str, now: datetime
) -> Filled:
    """The vault's own template of a kind, else the built-in one, filled for a note.

    `stem` is the name of the note's file, which is what Obsidian fills in; the built-in one has
    the whole `name` as its heading.
    """
    found = [one for one in _own(kind, root, lexicon, stem, now) if one.marked or one.named]
    usable = [one for one in found if one.text and (one.marked or not one.typed)]
    if usable:
        best = min(usable, key=lambda one: (not one.marked, not one.named, one.path))
        return Filled(plain_days(best.text))
    said = tuple(
        f"{one.path} could not be used ({one.why}); the built-in template was"
        for one in found
        if one.why
    )
    return Filled(built_in(kind, name, now), said)


def built_in(kind: Kind, name: str, now: datetime) -> str:
    """The built-in template of a kind, filled for a note of a name."""
    return plain_days(fill(template_text(kind), inline(name), now.date(), now.time()))


def _own(kind: Kind, root: Path, lexicon: Lexicon, stem: str, now: datetime) -> Iterator[_Found]:
    """The templates of the vault; one with commands of Templater has no text."""
    skips = Skips(folders=(TEMPLATES, *obsidian_of(root).templates))
    for file in walk(root, Skips())[0]:
        data = read(root, file) if is_skipped(file.path, skips) else b""
        if not data or isinstance(data, Problem):
            continue
        text = data.decode("utf-8-sig", "replace")
        filled = fill(text, stem, now.date(), now.time())
        note = read_note(file.path, filled.encode())
        named = _is_named(file.path, kind)
        if "<%" in text or (isinstance(note, Problem) and note.rule == "template"):
            yield _Found(file.path, named, why="it holds commands that only Obsidian can run")
            continue
        if isinstance(note, Problem):
            yield _Found(file.path, named, why=note.message)
            continue
        entry, _ = lexicon.kinds.read(note, lexicon.daily)
        keys = [one.key.casefold() for one in note.front.properties if not is_blank(one.value)]
        marked = entry is not None and entry.kind == kind.name
        yield _Found(file.path, named, marked, "type" in keys or entry is not None, filled)


def _is_named(path: str, kind: Kind) -> bool:
    """Whether a template is named after a kind: `Contact.md`, `person template.md`."""
    words = fold(path.rpartition("/")[2].removesuffix(".md")).replace("-", " ").split()
    name = " ".join(word for word in words if word not in ("template", "new"))
    known = (kind.name, kind.plural, *kind.habits.types)
    return name in {word.replace("-", " ") for word in known}
