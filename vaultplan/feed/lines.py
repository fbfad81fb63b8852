"""How a component becomes lines: the values are icalendar's, the lines are written here.

icalendar turns each line of each component into text and bytes and back some ten times, which is
four fifths of making a feed. Its values are kept and shared instead; the bytes are the same.
"""

from functools import lru_cache
from typing import Protocol, Self

from icalendar import Component, Parameters
from icalendar.prop import vText

_NONE = Parameters()
_LONGEST_LINE = 75


class Value(Protocol):
    """What icalendar wants of a value."""

    params: Parameters

    def to_ical(self) -> bytes:
        """The value as bytes."""


class Text(vText):
    r"""TEXT; icalendar 7.3 alone would write a typed `\N` (as in `C:\New`) as a line break."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        """A text; none has parameters, so they all have the same."""
        text = str.__new__(cls, value)
        text.params = _NONE
        return text

    @property
    def tail(self) -> str:
        """What follows the name: escaped as RFC 5545, 3.3.11 says."""
        text = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return ":" + text.replace("\n", "\\n")

    def to_ical(self) -> bytes:
        """The value as bytes."""
        return self.tail[1:].encode()


class Shared:
    """A value that many components share: written once. `tail` is what follows the name."""

    __slots__ = ("params", "tail", "written")

    def __init__(self, value: Value) -> None:
        self.params = value.params
        self.written = value.to_ical()
        params = f";{value.params.to_ical().decode()}" if value.params else ""
        self.tail = f"{params}:{self.written.decode()}"

    def to_ical(self) -> bytes:
        """The value as bytes."""
        return self.written


def written(component: Component) -> bytes:
    """A component in folded lines, in icalendar's order."""
    lines: list[bytes] = []
    _write(component, lines)
    return b"".join(lines)


def _write(component: Component, lines: list[bytes]) -> None:
    values = dict(component.items())
    lines.append(f"BEGIN:{component.name}\r\n".encode())
    names = _ordered(type(component), tuple(values))
    lines += [_folded(name + values[name].tail) for name in names]
    for inner in component.subcomponents:
        _write(inner, lines)
    lines.append(f"END:{component.name}\r\n".encode())


@lru_cache(64)
def _ordered(kind: type[Component], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(kind(dict.fromkeys(names)).sorted_keys())


def _folded(line: str) -> bytes:
    """One line in pieces of at most 75 bytes (RFC 5545, 3.1), no character or escape in two."""
    data = line.encode()
    if len(data) <= _LONGEST_LINE:
        return data + b"\r\n"
    pieces, start, room = [], 0, _LONGEST_LINE
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # within a character  # noqa: PLR2004
            end -= 1
        end -= data[end - 1] == ord("\\")
        pieces.append(data[start:end])
        start, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join([*pieces, data[start:]]) + b"\r\n"
