"""The items of the lists in a note's body: how they nest, and which lines belong to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vaultplan.text.lines import Line, Where

_START = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<bullet>[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)"
    r"(?:\[(?P<box>.)\](?:[ \t]+|$))?|(?=(?:\*\*|__)[\[0-9]))"
)
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*")
_DEEPER = 2  # columns; some write two below `1. `, where CommonMark asks for three
_CODE_INDENT = 4


@dataclass(frozen=True, slots=True)
class Item:
    """A list item, or (without a bullet) a paragraph that begins in bold with a digit or a link.

    `first`…`last` are indices of lines: the item with all that is nested in it; `own` is the last
    line of its first paragraph. `box` is the character in its checkbox, if there is one; `at` is
    where its words start in its first line; `parent` the index of the item it is nested in, or -1.
    """

    first: int
    last: int
    own: int
    bullet: str
    box: str
    at: int
    parent: int


def items_of(lines: Sequence[Line], start: int, end: int) -> tuple[Item, ...]:
    """Find the items among the lines `start`…`end` (`end` excluded), in their order."""
    walk = _Walk()
    for at in range(start, end):
        walk.take(at, lines[at])
    return walk.items()


def column_of(text: str) -> int:
    """The column a line's first character other than a blank stands in."""
    blanks = len(text) - len(text.lstrip(" \t"))
    return len(text[:blanks].expandtabs(4)) if "\t" in text[:blanks] else blanks


class _Walk:
    """What is open so far: for each open item its number and the column that still belongs to it.

    A paragraph has the column 0 and ends at a blank line.
    """

    def __init__(self) -> None:
        self._starts: list[tuple[int, int, re.Match[str]]] = []  # line, parent, how it begins
        self._last: list[int] = []
        self._own: list[int] = []
        self._open: list[tuple[int, int]] = []
        self._words = -2  # the last line with words that a paragraph may go on from

    def take(self, at: int, line: Line) -> None:
        """Take the next line."""
        text = line.text
        if line.where is Where.HEADING:
            self._close(0)
        elif not text.strip(" \t"):
            if self._in_paragraph():
                self._close(0)
        elif line.where is Where.TEXT:
            self._take_words(at, text)
        elif line.where is Where.COMMENT and self._follows(at) and not _opens_comment(text):
            self._last[self._open[-1][0]] = self._words = at
        else:
            self._leave(column_of(text))
            self._belongs(at)

    def items(self) -> tuple[Item, ...]:
        """All items found."""
        self._close(0)
        return tuple(
            Item(first, last, own, start["bullet"] or "", start["box"] or "", start.end(), parent)
            for (first, parent, start), last, own in zip(
                self._starts, self._last, self._own, strict=True
            )
        )

    def _take_words(self, at: int, text: str) -> None:
        start = _START.match(text)
        rule = text[-1] in "-*_ \t" and _RULE.fullmatch(text)
        bold = start is not None and not start["bullet"]
        if not rule and self._follows(at) and (not start or (bold and not self._in_paragraph())):
            number = self._open[-1][0]
            if self._own[number] == at - 1:
                self._own[number] = at
            self._last[number] = self._words = at
            return
        column = column_of(text)
        self._leave(column)
        self._words = -2 if rule else at
        if bold and self._in_paragraph():
            self._close(0)
        if not start or rule or (bold and (self._open or column >= _CODE_INDENT)):
            self._belongs(at)
            return
        number = len(self._starts)
        self._starts.append((at, self._open[-1][0] if self._open else -1, start))
        self._last.append(at)
        self._own.append(at)
        self._open.append((number, 0 if bold else column + _DEEPER))

    def _follows(self, at: int) -> bool:
        """Whether a line goes on with the paragraph of the line before, inside an item."""
        return bool(self._open) and self._words == at - 1

    def _in_paragraph(self) -> bool:
        return bool(self._open) and self._open[0][1] == 0

    def _belongs(self, at: int) -> None:
        if self._open:
            self._last[self._open[-1][0]] = at

    def _leave(self, column: int) -> None:
        while self._open and column < self._open[-1][1]:
            self._close(len(self._open) - 1)

    def _close(self, depth: int) -> None:
        while len(self._open) > depth:
            number = self._open.pop()[0]
            if self._open:
                parent = self._open[-1][0]
                self._last[parent] = max(self._last[parent], self._last[number])


def _opens_comment(text: str) -> bool:
    return text.lstrip(" \t").startswith(("<!--", "%%"))
