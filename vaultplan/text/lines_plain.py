"""The lines of a note in which nothing needs to be remembered from one line to the next.

That is most notes: headings, words, items that begin with words, and at most one block, with no
code, quotes, comments or math anywhere. What `lines` finds out line by line, one look at the whole
body says of these; every other note is left to it, and where this answers, the two agree.
"""

import re

from vaultplan.text.comments import marker
from vaultplan.text.lines import Line, Where

# A line that begins otherwise may open something, or stand in what is open; four columns may be
# code, hence three blanks at most.
_ODD = re.compile(
    r"""\n(?! \n | \Z
        | [ ]{0,3} (?: [^\W\d_] | [\[(!|"'] | [*_]{1,2}[^\W\d_]
                     | (?:[-*+]|[0-9]{1,9}[.)])[ ](?:[^\W\d_]|\[|[0-9]{4}-) )
        | \#{1,6}[ ] | \#[^\W\d_] | -{3,}(?:\n|\Z)
    )""",
    re.VERBOSE,
)
_SIGN = "<!--"


def plain_block(text: str, body: int) -> range | None:
    """Where the block of a plain note stands, without its last newline; None if it is not plain.

    `body` is the offset where the body starts. A note without a block has an empty one at its end.
    """
    if not text.endswith("\n", 0, body) or "\r" in text or ("%" in text and "%%" in text):
        return None
    block = _only_block(text, body)
    if block is None or _ODD.search(text, body - 1, block.start) or _ODD.search(text, block.stop):
        return None
    return block


def plain_lines(text: str, block: range, start: int, stop: int) -> tuple[Line, ...]:
    """The lines between two line starts in the body of a plain note, as `lines_of` tells them.

    `block` is what `plain_block` says of the note.
    """
    first = text.count("\n", 0, start) + 1
    parts = text[start:stop].split("\n")
    if not parts[-1]:
        del parts[-1]
    lines: list[Line] = []
    for number, part in enumerate(parts, first):
        where, level = _TEXT, 0
        if block.start <= start < block.stop:
            where = _MARKER if _SIGN in part else _BLOCK
        elif part[:1] == "#":
            level = _level(part)
            where = _HEADING if level else _TEXT
        end = start + len(part)
        lines.append(Line(number, start, end, part, where, level))
        start = end + 1
    return tuple(lines)


# Looked up once: a large vault has some hundred thousand lines.
_TEXT, _HEADING, _MARKER, _BLOCK = Where.TEXT, Where.HEADING, Where.MARKER, Where.BLOCK


def _only_block(text: str, body: int) -> range | None:
    """From where to where the only block reaches, empty at the end without one; None for more."""
    begin = text.find(_SIGN, body) if "<" in text else -1
    if begin < 0:
        return range(len(text), len(text))
    end = text.find(_SIGN, begin + 1)
    if end < 0 or text.find(_SIGN, end + 1) >= 0:
        return None
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    first = text[begin : text.find("\n", begin)]
    alone = text[begin - 1] == text[end - 1] == "\n"
    paired = (marker(first), marker(text[end:stop])) == ("begin", "end")
    return range(begin, stop) if alone and paired else None


def _level(heading: str) -> int:
    """How many `#` a heading begins with; 0 for a tag."""
    level = len(heading) - len(heading.lstrip("#"))
    return level if heading[level] == " " else 0
