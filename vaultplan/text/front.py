"""Front matter: read as Obsidian reads it, changed one value at a time, never serialised."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from vaultplan.text.edits import Edit, newline_of, weave
from vaultplan.text.properties import Property
from vaultplan.text.scalars import Value, written
from vaultplan.text.yaml_errors import YamlError
from vaultplan.text.yaml_plain import read_plain

__all__ = [
    "Front",
    "FrontError",
    "Property",
    "SpliceError",
    "Value",
    "differs_only_in",
    "read_front",
    "set_property",
]

_OPENING = re.compile(r"\ufeff?---[ \t]*+\r?\n")
_CLOSING = re.compile(r"\n---[ \t]*+(?:\r?\n|\Z)")
_LONGEST = 1_000_000


class FrontError(Exception):
    """The front matter cannot be read; says what is wrong, on which line, and what to do."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class SpliceError(Exception):
    """A property cannot be set without touching more than its value; says why."""


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter of a note.

    `start` and `end` enclose the text between the fences (`end` is where the closing fence line
    begins), `body` is where the rest of the note begins. Without front matter all three are the
    same: 0, or 1 behind a byte order mark.
    """

    properties: tuple[Property, ...]
    start: int
    end: int
    body: int


def read_front(text: str) -> Front:
    """Read the front matter of a note.

    As in Obsidian it begins with the note (behind a byte order mark), between two lines `---`;
    without the second one there is none.

    Raises:
        FrontError: Obsidian cannot read it either.
    """
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end() - 1)
    if not opening or not closing:
        nothing = int(text.startswith("\ufeff"))
        return Front((), nothing, nothing, nothing)
    start, end = opening.end(), closing.start() + 1
    if end - start > _LONGEST:
        raise FrontError(f"front matter of more than {_LONGEST:,} characters; shorten it", 1)
    inner = text[start:end]
    try:
        found = read_plain(inner, 2, start) or _read_block(text[: closing.end()], inner, start)
    except YamlError as error:
        line = 2 + min(error.line, inner.rstrip().count("\n"))
        raise FrontError(f"front matter cannot be read: {error}", line) from None
    return Front(tuple(found.values()), start, end, closing.end())


def _read_block(text: str, inner: str, start: int) -> dict[str, Property]:
    from vaultplan.text.yaml_block import read_block  # noqa: PLC0415  (few notes need a parser)

    return read_block(text, inner, start)


def set_property(text: str, front: Front, key: str, value: str) -> Edit:
    """The edit that gives a property another value and changes nothing else.

    `front` is what `read_front` makes of `text`. `value` is the text that shall be read there, ""
    for nothing. A key that is missing becomes the last one; front matter that is missing begins.

    Raises:
        SpliceError: it holds more than one line, or something else would change with it.
    """
    old = next((known for known in front.properties if known.key == key), None)
    name = repr(key[:40])
    if any("\ud800" <= char <= "\udfff" for char in key + value):
        raise SpliceError(f"{name} cannot be set: half a character is in it")
    if old is None:
        edit = _new_line(text, front, key, value)
    elif old.value == value or (old.value is None and not value):
        return Edit(old.start, old.end, text[old.start : old.end])
    elif not old.single:
        raise SpliceError(f"{name} is more than a text on one line; change it by hand")
    else:
        edit = _new_value(text, old, value)
    if not _as_wished(text, front, weave(text, [edit]), key, value):
        raise SpliceError(f"{name} cannot be set without changing more; change it by hand")
    return edit


def _new_line(text: str, front: Front, key: str, value: str) -> Edit:
    newline = newline_of(text)
    line = f"{written(key)}: {written(value)}" if value else f"{written(key)}:"
    if front.body == front.start:
        return Edit(front.start, front.start, f"---{newline}{line}{newline}---{newline}")
    indent = ""
    if front.properties:
        first = text.split("\n", front.properties[0].line)[front.properties[0].line - 1]
        indent = first[: len(first) - len(first.lstrip(" "))]
    return Edit(front.end, front.end, f"{indent}{line}{newline}")


def _new_value(text: str, old: Property, value: str) -> Edit:
    """Put a value where the old one stands; nothing takes the space before it along."""
    start, end = old.start, old.end
    behind = text[end : end + 1]
    if not value:
        alone = behind in {"", "\r", "\n"} and text[start - 2 : start] == ": "
        return Edit(start - alone, end, "")
    if start < end:
        return Edit(start, end, written(value))
    if behind in {" ", "\t"}:
        start, behind = start + 1, text[start + 1 : start + 2]
        return Edit(start, start, written(value) + ("" if behind in " \t\r\n" else " "))
    return Edit(start, start, f" {written(value)}")


def _as_wished(before: str, front: Front, after: str, key: str, value: str) -> bool:
    try:
        new = read_front(after)
    except FrontError:
        return False
    read = [known.value for known in new.properties if known.key == key]
    as_told = read == [value] or (not value and read == [None])
    return as_told and _same_but((before, front), (after, new), {key})


def differs_only_in(before: str, after: str, keys: Collection[str]) -> bool:
    """Whether two states of a note agree in their body, their fences and all other properties."""
    try:
        fronts = read_front(before), read_front(after)
    except FrontError:
        return False
    return _same_but((before, fronts[0]), (after, fronts[1]), keys)


def _same_but(before: tuple[str, Front], after: tuple[str, Front], keys: Collection[str]) -> bool:
    (old, was), (new, now) = before, after
    if old[was.body :] != new[now.body :]:
        return False
    fences = (old[: was.start], old[was.end : was.body]) == (
        new[: now.start],
        new[now.end : now.body],
    )
    begun = was.body == was.start and old[: was.start] == new[: was.start]
    return (fences or begun) and _others(was, keys) == _others(now, keys)


def _others(front: Front, keys: Collection[str]) -> list[tuple[str, str]]:
    """The other properties; spelled out, as 1 and true are equal to Python, and NaN never is."""
    return [(known.key, repr(known.value)) for known in front.properties if known.key not in keys]
