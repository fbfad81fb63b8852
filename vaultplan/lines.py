"""The lines of a note's body, each with its place and what it stands in."""

from dataclasses import dataclass
from enum import Enum


class Where(Enum):
    """What a line stands in; only TEXT and HEADING lines say something of their own."""

    TEXT = "text"
    HEADING = "heading"
    CODE = "code"
    COMMENT = "comment"
    QUOTE = "quote"
    MATH = "math"
    MARKER = "marker"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `start`…`end` are character offsets in the note's text, without the line ending.

    `number` counts from 1 at the top of the note (front matter included); `level` is the level of
    a heading, else 0.
    """

    number: int
    start: int
    end: int
    text: str
    where: Where
    level: int = 0
