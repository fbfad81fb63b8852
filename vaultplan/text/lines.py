"""The lines of a note's body, each with its place and what it stands in.

Blocks are told apart as CommonMark 0.31 does (code, quotes, lists, HTML comments), and Obsidian's
own signs beside them: `%%` comments, `$$` math, and the blocks that vaultplan fills.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from vaultplan.text.comments import PERCENT, Ahead, block_ends, marker


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


class Line(NamedTuple):
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


_QUIET = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ[(!|\"'")
_SIGN = re.compile(
    r"(?P<heading>#{1,6}(?=[ \t]|$))|(?P<quote>>)|(?P<fence>`{3,}(?=[^`]*$)|~{3,})"
    r"|(?P<comment><!--)|(?P<percent>%%(?!%))|(?P<math>\$\$)"
    r"|(?P<rule>(?P<mark>[-*_])(?:[ \t]*(?P=mark)){2,}[ \t]*$)"
    r"|(?P<item>(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|$))"
)
_PLAIN_ITEM = re.compile(r"[-*+] (?:[A-Za-z\[]|[0-9]{4}-)")
_INTERRUPTS = re.compile(r"(?:[-*+]|1[.)])[ \t]+[^ \t]")
_CLOSES = {"comment": re.compile("-->"), "percent": PERCENT, "math": re.compile(r"\$\$")}
_CODE_INDENT = 4
_FENCED = {"fence": Where.CODE, "math": Where.MATH}  # else a comment
_ALONE = {"heading": Where.HEADING, "rule": Where.TEXT}
_DEEPEST = 50  # bullets on one line; what follows them is text


def lines_of(text: str, body: int) -> tuple[Line, ...]:
    r"""Tell what each line of a note's body stands in; `body` is the offset where it starts.

    Lines end with `\n` or `\r\n`. Between a begin marker and an end marker that is the next marker
    every line is BLOCK; a begin marker without such an end makes only its own line MARKER.
    """
    start = body or int(text.startswith("\ufeff"))
    number = text.count("\n", 0, start) + 1
    parts = text[start:].split("\n")
    last = len(parts) - 1
    ends = block_ends(parts) if "vaultplan:" in text else {}
    state = _State(text)
    lines: list[Line] = []
    end = -1
    for at, part in enumerate(parts):
        line = part[:-1] if part[-1:] == "\r" and at < last else part
        if at <= end:
            where = Where.MARKER if at == end else Where.BLOCK
        else:
            where = state.place(line, start)
            if where is Where.MARKER:
                end = ends.get(at, -1)
        level = len(line.split(None, 1)[0]) if where is Where.HEADING else 0
        lines.append(Line(number + at, start, start + len(line), line, where, level))
        start += len(part) + 1
    return tuple(lines if parts[last] else lines[:-1])


def _column(line: str, at: int) -> int:
    """Which column a character stands in; a tab reaches to the next multiple of four."""
    return len(line[:at].expandtabs(4)) if "\t" in line[:at] else at


@dataclass(frozen=True, slots=True)
class _Open:
    """A fence, comment or math that is not closed yet, and the column of the item it stands in."""

    where: Where
    closes: str
    column: int = 0


class _State:
    """What stands open at the end of the line before."""

    __slots__ = ("_ahead", "_items", "_open", "_paragraph", "_quote", "_signs")

    def __init__(self, text: str) -> None:
        self._ahead = Ahead(text)
        self._signs = "%%" in text or "<!--" in text
        self._open: _Open | None = None
        self._items: list[int] = []  # columns where the contents of the open list items start
        self._paragraph = False
        self._quote = ""  # in a quote: "text" for a paragraph, or the sign of a fence

    def place(self, line: str, start: int) -> Where:
        """Tell what the next line stands in; `start` is its offset in the note."""
        opened = self._open
        if opened and self._goes_on(line, start, opened):
            return opened.where
        if line[:1] in _QUIET:
            return self._words(line, start, 0)
        if _PLAIN_ITEM.match(line):
            self._leave(0)
            self._items.append(2)
            self._paragraph = True
            if self._signs:
                self._look_for_comment(line, start, 2)
            return Where.TEXT
        if body := line.lstrip(" \t"):
            return self._begin(line, start, body)
        self._paragraph, self._quote = False, ""
        return Where.TEXT

    def _goes_on(self, line: str, start: int, opened: _Open) -> bool:
        """Whether a line still belongs to what is open; the line that closes it does."""
        body = line.lstrip(" \t")
        indent = _column(line, len(line) - len(body)) - opened.column
        if body and opened.column and indent < 0:
            self._open = None
            return False
        if opened.where is Where.CODE:
            closes = body.startswith(opened.closes) and indent < _CODE_INDENT
            if closes and not body.rstrip(" \t").strip(opened.closes[0]):
                self._open = None
        elif close := _CLOSES[opened.closes].search(line):
            self._open = None
            self._look_for_comment(line, start, close.end())
        return True

    def _begin(self, line: str, start: int, body: str) -> Where:
        """Take a line by the sign it begins with, if there is one."""
        at = len(line) - len(body)
        indent = _column(line, at)
        depth = bisect_right(self._items, indent)
        coded = indent - (self._items[depth - 1] if depth else 0) >= _CODE_INDENT
        sign = None if coded else _SIGN.match(body)
        if sign is None or self._is_words(sign, depth):
            if coded and not self._paragraph and self._quote != "text":
                self._leave(depth)
                return Where.CODE
            return self._words(line, start, depth)
        quote = self._quote
        self._leave(depth)
        if sign.lastgroup == "quote":
            return self._quoted(body.lstrip("> \t"), quote)
        if sign.lastgroup == "item":
            return self._item(line, start, at + sign.end())
        if sign.lastgroup in _ALONE:
            return _ALONE[sign.lastgroup]
        return self._fenced(sign, line, start, at)

    def _leave(self, depth: int) -> None:
        """Close the list items from this depth on, and the paragraph and the quote."""
        del self._items[depth:]
        self._paragraph, self._quote = False, ""

    def _is_words(self, sign: re.Match[str], depth: int) -> bool:
        """Whether what looks like a list item goes on with a paragraph (CommonMark 5.3)."""
        inside = self._paragraph and depth == len(self._items)
        return inside and sign.lastgroup == "item" and not _INTERRUPTS.match(sign.string)

    def _words(self, line: str, start: int, depth: int) -> Where:
        """Take a line of plain words; it may go on with a paragraph of a deeper item or a quote."""
        if self._quote == "text":
            return Where.QUOTE
        if not self._paragraph:
            self._leave(depth)
            self._paragraph = True
        if self._signs:
            self._look_for_comment(line, start, 0)
        return Where.TEXT

    def _quoted(self, words: str, before: str = "") -> Where:
        """Take a line of a quote: what follows its signs, and what `_quote` was before."""
        sign = _SIGN.match(words)
        kind = sign.lastgroup if sign else ""
        if before in ("", "text"):
            alone = not words or kind in _ALONE or kind == "comment"
            self._quote = sign[0] if sign and kind == "fence" else "" if alone else "text"
        elif not words.startswith(before) or words.strip(before[0] + " \t"):
            self._quote = before
        return Where.QUOTE

    def _item(self, line: str, start: int, at: int) -> Where:
        """Take a list item, and the items that start on the same line; `at` is after its bullet."""
        sign: re.Match[str] | None = None
        words = line
        for _ in range(_DEEPEST):
            words = line[at:].lstrip(" \t")
            column = _column(line, at)
            gap = _column(line, len(line) - len(words)) - column
            self._items.append(column + (gap if words and gap <= _CODE_INDENT else 1))
            if not words or gap > _CODE_INDENT:
                return Where.TEXT
            sign = _SIGN.match(words)
            if sign is None or sign.lastgroup != "item":
                break
            at = len(line) - len(words) + sign.end()
        kind = sign.lastgroup if sign else ""
        if sign and kind in ("fence", "comment"):
            return self._fenced(sign, line, start, len(line) - len(words))
        if kind == "quote":
            return self._quoted(words.lstrip("> \t"))
        self._paragraph = kind not in _ALONE
        self._look_for_comment(line, start, at)
        return Where.TEXT

    def _fenced(self, sign: re.Match[str], line: str, start: int, at: int) -> Where:
        """Take a line that opens code, a comment or math, and perhaps closes it again."""
        kind = sign.lastgroup or ""
        where = _FENCED.get(kind, Where.COMMENT)
        column = self._items[-1] if self._items and kind in ("fence", "comment") else 0
        if kind == "comment" and marker(line):
            return Where.MARKER
        close = _CLOSES[kind].search(line, at + 2) if kind in _CLOSES else None
        if close:
            self._paragraph = kind != "comment"
            self._look_for_comment(line, start, close.end())
            rest = line[close.end() :].strip(" \t")
            return Where.TEXT if rest and not rest.startswith("<!--") else where
        if kind == "math" and not self._ahead.comes("$$", start + len(line)):
            return self._words(line, start, len(self._items))
        self._open = _Open(where, sign[0] if kind == "fence" else kind, column)
        return where

    def _look_for_comment(self, line: str, start: int, at: int) -> None:
        """Note the comment that a line opens in the middle, if it is closed further down."""
        closes = self._ahead.left_open(line, start, at) if self._signs else ""
        if closes:
            self._open = _Open(Where.COMMENT, "percent" if closes == "%%" else "comment")
