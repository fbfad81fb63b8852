"""The fields of a new note: from `KEY=VALUE` as people type it to properties."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from vaultplan.kinds.fields import Common, Entry, Spelled, spell, spelled
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.parts import plain
from vaultplan.kinds.values import (
    CLOCK,
    DAY,
    FIT,
    LINK,
    LINKS,
    MOMENT,
    OBJECTIVES,
    TEXT,
    TEXTS,
    WORDS,
    Odd,
)
from vaultplan.plan import Plan
from vaultplan.plan.naming import fold
from vaultplan.plan.vault import Vault, find
from vaultplan.problems import AmbiguousNameError, WrongUseError
from vaultplan.settings import Habits, Settings
from vaultplan.text.daily import DailyNames
from vaultplan.text.escape import clean
from vaultplan.text.links import Link, parse_link, stem_of
from vaultplan.text.linkstyle import LinkStyle, Place, write_link
from vaultplan.text.scalars import written
from vaultplan.text.yaml12 import read_yaml
from vaultplan.text.yaml_errors import YamlError
from vaultplan.when import parse_when

# Which notes are meant by a name in a field of links; in any other field all of them are.
_MEANT = {
    "career_goal": "career-goal",
    "goals": "goal",
    "introduced_by": "contact",
    "met_at": "event",
    "people": "contact",
    "plan": "plan",
    "previous": "plan",
}
_MEMBER = re.compile(r"(?:\[\[[^\[\]]*\]\]|[^,])+")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Known:
    """What a value may refer to: the vault, its habits, and the note that is being made."""

    plan: Plan
    style: LinkStyle
    daily: DailyNames
    path: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a new note: its value as YAML, and as it is to be read back."""

    name: str
    source: str
    value: Any
    said: tuple[str, ...] = ()


def field_called(key: str, kind: Kind, settings: Settings) -> Spelled:
    """The field of a kind with a name, or another name that people give it.

    Raises:
        WrongUseError: there is none, or vaultplan fills it.
    """
    own = settings.kinds.get(kind.name, Habits())
    fields = (*spelled(kind.record, own), *spelled(Common, own))
    names = [one.name for one in fields]
    wanted = spell(key)
    found = [one for one in fields if spell(one.name) == wanted]
    found += [one for one in fields if wanted in one.spellings]
    if not found:
        near = get_close_matches(key.casefold(), names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"its fields are {', '.join(names)}"
        raise WrongUseError(f"{key}: a note of kind {kind.name} has no such field; {hint}")
    if found[0].name in settings.computed:
        raise WrongUseError(f"{key} is computed from the log; leave it out")
    return found[0]


def filled(one: Spelled, text: str, known: Known) -> Field:
    """A field filled with what a person typed.

    Raises:
        WrongUseError: it cannot take that; the message says what it can.
        AmbiguousNameError: a name fits several notes.
    """
    if _HALF.search(text):
        raise WrongUseError(f"{one.name}: half a character is in it; type it again")
    text = text.strip()
    try:
        source, said = _source(one, text, known) if text else ("", ())
        value = one.shape.read(_value(source, text), known.daily) if source else one.shape.empty
    except Odd as odd:
        raise WrongUseError(f"{one.name}: “{text}” cannot be read; write {odd.expected}") from None
    return Field(one.name, source, value, tuple(said))


def _value(source: str, text: str) -> Any:
    try:
        return read_yaml(source).value
    except YamlError:
        return text


def _source(one: Spelled, text: str, known: Known) -> tuple[str, Iterable[str]]:
    """A value as YAML, and what there is to say about it."""
    shape = one.shape
    if shape == LINK:
        link, said = _link(one.name, text, known)
        return written(link), said
    if shape == LINKS:
        whole = _called(text, _entries(one.name, known))
        members = [text] if whole else _members(text)
        links = [_link(one.name, member, known) for member in members]
        return _list(link for link, _ in links), [word for _, said in links for word in said]
    return _plain(one, text, known), ()


def _plain(one: Spelled, text: str, known: Known) -> str:
    """A value that is no link, as YAML."""
    shape = one.shape
    if shape in (TEXTS, WORDS):
        return _list(_members(text))
    if shape in (FIT, OBJECTIVES):
        said = " ".join(text.split())
        bare = ":" in said and not said.startswith(("{", "["))
        return f"{{{said}}}" if bare else said
    if shape in (DAY, MOMENT, CLOCK):
        return written(_day(one, text, known))
    value = shape.read(text, known.daily)
    if isinstance(value, bool | int | float):
        return plain(value)
    return written(value if isinstance(value, str) and shape != TEXT else text)


def _members(text: str) -> list[str]:
    """The parts of a text between commas, those inside a wikilink left alone."""
    return [part.strip() for part in _MEMBER.findall(text) if part.strip()]


def _list(members: Iterable[str]) -> str:
    return "".join(f"\n  - {written(member)}" for member in members)


def _day(one: Spelled, text: str, known: Known) -> str:
    try:
        one.shape.read(text, known.daily)
    except Odd:
        try:
            return parse_when(text, known.plan.today).isoformat()
        except WrongUseError as error:
            raise WrongUseError(f"{one.name}: {error}") from None
    return text


def _link(field: str, text: str, known: Known) -> tuple[str, tuple[str, ...]]:
    """A link to the note of a name; one that is not there yet is said."""
    vault = known.plan.vault
    given = parse_link(text)
    if given:
        path = find(vault.targets, given, known.path)
        return text, () if path else (_missing(given.target),)
    entries = _entries(field, known)
    whole = _called(text, entries)
    found = whole or _begun(text, entries)
    if len(found) > 1:
        candidates = "\n".join(f"  {path}" for path in found)
        raise AmbiguousNameError(
            f"{field}: “{text}” may be one of these; write more of the name, or the path:\n"
            f"{candidates}"
        )
    path = found[0] if found else find(vault.targets, Link(stem_of(text)), known.path)
    if path:
        guessed = (f"“{text}” in {field} is {path}",) if found and not whole else ()
        return link_to(path, known.path, vault, known.style), guessed
    name = clean(text)
    if parse_link(f"[[{name}]]") != Link(name):
        raise WrongUseError(f"{field}: no note can be called “{text}”; use letters or digits")
    return f"[[{name}]]", (_missing(name),)


def link_to(path: str, source: str, vault: Vault, style: LinkStyle) -> str:
    """A link for a property of the note `source`; Obsidian follows no Markdown link in one."""
    name = stem_of(path).rpartition("/")[2]
    wiki = replace(style, markdown=False)
    return write_link(wiki, vault.targets, path, name, source, Place.INLINE)


def _missing(name: str) -> str:
    return f"There is no note “{name}” yet; the link waits for it"


def _entries(field: str, known: Known) -> tuple[Entry[Any], ...]:
    vault, kind = known.plan.vault, _MEANT.get(field)
    return vault.of_kind(kind) if kind else tuple(vault.entries.values())


def _called(text: str, entries: Iterable[Entry[Any]]) -> list[str]:
    """The paths of the notes of a name, an alias, a file name or a path."""
    wanted = fold(text)
    return [entry.path for entry in entries if wanted in map(fold, _names(entry))]


def _begun(text: str, entries: Iterable[Entry[Any]]) -> list[str]:
    """The paths of the notes of which a name, or a word in it, begins so."""
    wanted = f" {fold(text)}"
    return [
        entry.path for entry in entries if any(wanted in f" {fold(name)}" for name in _names(entry))
    ]


def _names(entry: Entry[Any]) -> Iterable[str]:
    stem = stem_of(entry.path)
    return (entry.name, *entry.common.aliases, stem.rpartition("/")[2], stem, entry.path)
