"""What contacts are called, from a glance at their notes: for the Tab key, where nobody waits."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from vaultplan.disk.read import File, read
from vaultplan.disk.walk import walk
from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Common, Entry, spell, spelled
from vaultplan.names import Called, spellings, spoken
from vaultplan.passes.memory import Names
from vaultplan.passes.reading import obsidian_of, open_settings, skips_of
from vaultplan.plan.facts import Lexicon, lexicon_of
from vaultplan.problems import Problem
from vaultplan.settings import Habits, Settings
from vaultplan.text.note import Note, read_note

_MARKS = ("type", "tags", "tag", "categories", "category")
_NAMES = ("name", "aliases", "organisation")
_KEY = re.compile(r"""["']?([\w -]+)["']?[ \t]*:(?:\s|\Z)""")
# Fewer letters stand in nearly every note.
_TELLING = 3
_INNER = tuple(" \t\r#-")
_spelled = lru_cache(maxsize=1000)(spell)


def contacts(root: Path, typed: str, names: Names | None = None) -> Iterator[Called]:
    """The contacts that a text may call; of `names` only the notes are read that changed since."""
    settings, obsidian = open_settings(root), obsidian_of(root)
    lexicon, wanted = lexicon_of(settings, obsidian), wanted_keys(settings)
    for file in walk(root, skips_of(settings, obsidian))[0]:
        if names and file.raw.encode() not in names.changed:
            known = names.people.get(file.path)
            found = Called(file.path, *known) if known else None
        else:
            found = at_a_glance(root, file, lexicon, wanted, typed)
        if found:
            yield found


def at_a_glance(
    root: Path, file: File, lexicon: Lexicon, wanted: Collection[str], typed: str = ""
) -> Called | None:
    """What the contact in a note is called; none if there is none in it that a text may call.

    As little of the note is read as will do, so that one counts that cannot be read as a whole.
    """
    data = read(root, file)
    note = None if isinstance(data, Problem) else _glance(file.path, data, wanted, typed)
    entry = lexicon.kinds.read(note, lexicon.daily)[0] if note else None
    return called_by(entry) if entry else None


def called_by(entry: Entry[Any]) -> Called | None:
    """What a contact is called; none if it is something else."""
    if not isinstance(entry.item, Contact):
        return None
    return Called(entry.path, entry.name, entry.common.aliases, entry.item.organisation)


def wanted_keys(settings: Settings) -> frozenset[str]:
    """The keys, as compared, that say whether a note is a contact, and what it is called."""
    habits = settings.kinds.get("contact", Habits())
    fields = (*spelled(Common, habits), *spelled(Contact, habits))
    return frozenset(_MARKS).union(*(one.spellings for one in fields if one.name in _NAMES))


def _glance(path: str, data: bytes, wanted: Collection[str], typed: str) -> Note | None:
    """A note by a few of its properties; none if nothing of what was typed stands in them.

    To read all of its YAML takes three times as long.
    """
    front, fence, _ = data.partition(b"\n---")
    few = _few(front.decode("utf-8", "replace"), wanted) if fence else ""
    if few is not None:
        if "\\" not in few and not _may_call(typed, f"{path} {few}"):
            return None
        note = read_note(path, few.encode())
        if isinstance(note, Note):
            return note
    whole = read_note(path, data)
    return whole if isinstance(whole, Note) else None


def _few(front: str, wanted: Collection[str]) -> str | None:
    """The lines of the wanted keys, as front matter; None if it takes more to tell them."""
    opening, *lines = front.split("\n")
    if opening.strip("\ufeff \t\r") != "---":
        return ""
    kept, keep = ["---"], None
    for line in lines:
        key = _KEY.match(line)
        if key:
            keep = _spelled(key[1]) in wanted
        elif line.strip() and (keep is None or not line.startswith(_INNER)):
            return None
        if keep:
            kept.append(line)
    return None if "{{" in front or "<%" in front else "\n".join((*kept, "---", ""))


def _may_call(typed: str, text: str) -> bool:
    if len(typed) < _TELLING:
        return True
    words = spoken(typed).replace("/", " ").split()
    return any(all(word in form for word in words) for form in spellings(text))
