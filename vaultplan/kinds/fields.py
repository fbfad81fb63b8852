"""Declaring the fields of a kind once, and reading a note's properties into them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Generic, TypeVar

from vaultplan.kinds.parts import is_blank
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

    `mark` is the word that made it one of its kind; `lines` tells the line of each field that was
    written in the note.
    """

    kind: str
    path: str
    name: str
    mark: str
    common: Common
    item: Item_co
    lines: Mapping[str, int]

    @property
    def key(self) -> str:
        """What the note is known by, over edits and, with an id, over renames."""
        return self.common.id or self.path

    def source(self, field_name: str) -> str:
        """`path:line` of a field, of the note's first line if the field is not written."""
        return f"{self.path}:{self.lines.get(field_name, 1)}"


def spell(key: str) -> str:
    """A property's name as it is compared: without case, `-`, `_` and blanks."""
    return re.sub(r"[\s_-]+", "", key).casefold()


def declared(record: type) -> Iterator[Field[Any]]:
    """The declared fields of a kind's record."""
    yield from (one for one in fields(record) if "shape" in one.metadata)


def spellings(one: Field[Any], habits: Habits) -> tuple[str, ...]:
    """Every spelling under which a field is found, the person's own first."""
    own = habits.keys.get(one.name, ())
    return tuple(dict.fromkeys(map(spell, (one.name, *own, *one.metadata.get("names", ())))))


def read_fields(
    record: type[Item_co],
    properties: Mapping[str, Property],
    habits: Habits,
    daily: DailyNames,
    path: str,
) -> tuple[Item_co, dict[str, int], tuple[Problem, ...]]:
    """Read a record from properties by spelling; a bad value is one problem and counts as absent.

    Returns the record, the line of each field that was there, and the problems.
    """
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    problems = []
    for one in declared(record):
        found = [properties[key] for key in spellings(one, habits) if key in properties]
        written = next((each for each in found if not is_blank(each.value)), None)
        if written is None:
            continue
        try:
            values[one.name] = one.metadata["shape"].read(written.value, daily)
            lines[one.name] = written.line
        except Odd as odd:
            problems.append(_problem(path, written, odd))
    return record(**values), lines, tuple(problems)


def _problem(path: str, written: Property, odd: Odd) -> Problem:
    shown = str(written.value)
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
