"""A property of a note, whichever reader found it."""

from typing import NamedTuple

from vaultplan.text.scalars import Value


class Property(NamedTuple):
    """One property of a note: its value, and where that stands.

    `line` counts from 1, `start` and `end` are offsets of the value as written (equal if there is
    none, just behind the colon). `single` says that the value is one plain or quoted text on one
    line, or empty, among lines of `key: value`: only such a value may be spliced.

    A named tuple, as a large vault makes some hundred thousand of them.
    """

    key: str
    value: Value
    line: int
    start: int
    end: int
    single: bool
