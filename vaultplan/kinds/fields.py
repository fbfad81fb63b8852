"""Declaring the fields of a kind once, and reading a note's properties into them."""

import json
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from vaultplan.kinds.parts import is_blank, plain
from vaultplan.kinds.values import TEXT, TEXTS, WORDS, Odd, Shape
from vaultplan.problems import Problem, Severity
from vaultplan.settings import Habits
from vaultplan.text.daily import DailyNames
from vaultplan.text.front import Property

Item_co = TypeVar("Item_co", covariant=True)

_SOFT = {"unknown-word"}


def declare(shape: Shape, doc: str, *names: str) -> Any:
    """Declare a field: its shape, its meaning, and the other names people give it."""
    return field(default=shape.empty, metadata={"shape": shape, "doc": doc, "names": names})


@dataclass(frozen=True)
class Common:
    """The fields that every kind has."""

    name: str = declare(TEXT, "its name, else the file name", "full name")
    aliases: tuple[str, ...] = declare(TEXTS, "other names it is called by", "alias")
    tags: tuple[str, ...] = declare(WORDS, "tags, with or without `#`", "tag")
    id: str = declare(TEXT, "any text that is its own; keeps its calendar entries over renames")


@dataclass(frozen=True)
class Entry(Generic[Item_co]):
    """A note that is of a kind: its place, what it is called, and its typed fields.

    `mark` is the word that made it one of its kind; `written` holds the property of each field that
    stands in the note, be it empty. `parts` keeps what was made of the note alone, by what it is.
    """

    kind: str
    path: str
    name: str
    mark: str
    common: Common
    item: Item_co
    written: Mapping[str, Property] = field(compare=False)
    parts: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def key(self) -> str:
        """What the note is known by, over edits and, with an id, over renames."""
        return self.common.id or self.path

    def line(self, field_name: str) -> int:
        """The line of a field, the note's first if the field is not written."""
        written = self.written.get(field_name)
        return written.line if written else 1

    def source(self, field_name: str) -> str:
        """`path:line` of a field."""
        return f"{self.path}:{self.line(field_name)}"


@lru_cache(1 << 12)
def spell(key: str) -> str:
    """A property's name as it is compared: without case, `-`, `_` and blanks."""
    return re.sub(r"[\s_-]+", "", key).casefold()


def declared(record: type) -> tuple[Field[Any], ...]:
    """The declared fields of a kind's record."""
    return tuple(one for one in fields(record) if "shape" in one.metadata)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A field with every spelling under which it is found, its own first, then the person's."""

    name: str
    shape: Shape
    spellings: tuple[str, ...]


def spelled(record: type, habits: Habits) -> tuple[Spelled, ...]:
    """The fields of a record, as the notes of one vault spell them."""
    found = []
    for one in declared(record):
        names = (one.name, *habits.keys.get(one.name, ()), *one.metadata["names"])
        found.append(
            Spelled(one.name, one.metadata["shape"], tuple(dict.fromkeys(map(spell, names))))
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class Declaration(Generic[Item_co]):
    """The fields of a record and the common ones; the first `own` fields are the record's."""

    record: type[Item_co]
    own: int
    fields: tuple[Spelled, ...]

    @classmethod
    def of(cls, record: type[Item_co], habits: Habits) -> "Declaration[Item_co]":
        """The fields of a record, as the notes of one vault spell them."""
        own = spelled(record, habits)
        return cls(record, len(own), (*own, *spelled(Common, habits)))


@lru_cache(1 << 12)
def _meant(
    declaration: Declaration[Any], keys: tuple[str, ...]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Which fields some spellings mean: the place of each, and those that mean it, its own first.

    Notes made from one template have the same, so most are asked for once.
    """
    there = frozenset(keys)
    fields = enumerate(declaration.fields)
    found = ((place, [key for key in one.spellings if key in there]) for place, one in fields)
    return tuple((place, tuple(spellings)) for place, spellings in found if spellings)


class Reading(NamedTuple, Generic[Item_co]):
    """What was read from a note: its records, the property of each field there, and problems.

    Of several spellings of one field the first with a value is its property.
    """

    item: Item_co
    common: Common
    written: Mapping[str, Property]
    problems: tuple[Problem, ...]


def read_fields(
    declaration: Declaration[Item_co],
    properties: Mapping[str, Property],
    daily: DailyNames,
    path: str,
) -> Reading[Item_co]:
    """Read the records from properties by spelling; a bad value is one problem, and left out."""
    own: dict[str, Any] = {}
    common: dict[str, Any] = {}
    written: dict[str, Property] = {}
    problems = []
    for place, spellings in _meant(declaration, tuple(properties)):
        one, there = declaration.fields[place], properties[spellings[0]]
        if len(spellings) > 1:
            several = map(properties.__getitem__, spellings)
            there = next((each for each in several if not is_blank(each.value)), there)
        written[one.name] = there
        try:
            if not is_blank(there.value):
                values = own if place < declaration.own else common
                values[one.name] = one.shape.read(there.value, daily)
        except Odd as odd:
            problems.append(_problem(path, there, odd))
    item, shared = _record(declaration.record, own), _record(Common, common)
    return Reading(item, shared, written, tuple(problems))


def _record(record: type[Item_co], values: Mapping[str, Any]) -> Item_co:
    """A record with these values; for the others it has those of its class, which are none.

    A frozen one would be told each of its thirty fields by a call of its own.
    """
    made = record.__new__(record)
    made.__dict__.update(values)
    return made


def _problem(path: str, written: Property, odd: Odd) -> Problem:
    value = written.value
    shown = (
        json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else plain(value)
    )
    shown = shown if len(shown) <= 40 else shown[:39] + "…"  # noqa: PLR2004
    severity: Severity = "warning" if odd.rule in _SOFT else "error"
    return Problem(
        path,
        written.line,
        odd.rule,
        severity,
        f"{written.key}: “{shown}” cannot be read, and is left out",
        f"write {odd.expected}",
    )
