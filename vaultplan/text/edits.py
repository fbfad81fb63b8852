"""Replacements in a text, woven in back to front so that offsets stay true."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` where the characters `start`…`end` of a note stand (an insertion if equal)."""

    start: int
    end: int
    text: str


def weave(text: str, edits: Iterable[Edit]) -> str:
    """Apply all edits to a text; everything outside their spans stays as it is.

    Insertions at one place keep their given order.

    Raises:
        ValueError: two edits want the same characters, which is a defect of the caller.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise ValueError(f"edits overlap: {before} and {after}")
    for edit in reversed(ordered):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def newline_of(text: str) -> str:
    """The line ending a text uses: CRLF if its first line ends so, else LF."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
