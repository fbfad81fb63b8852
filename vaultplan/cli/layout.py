"""Words laid out in cells: lines broken between words, tables, and short blocks instead of them.

Nothing here prints. A line is a list of styled words; `wide` counts the cells it takes.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from vaultplan.cli.styled import Line, Styled

GAP = "  "
_WORD = re.compile(r"[^ ]+")
_OPENING = re.compile(r" *(?:\d{1,4}\. |\d{4}-\d\d-\d\d  )?")  # of a list by number or by day
# What is one sign on the screen: a flag, or a letter with its marks, tones and joined signs.
_SIGN = re.compile(
    r"[\U0001f1e6-\U0001f1ff]{2}"
    r"|.(?:\u200d.|[\u0300-\u036f\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f])*",
    re.DOTALL,
)
_PADDED = 200


def wide(text: str) -> int:
    """How many cells a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # noqa: PLC0415  (not for a program that prints only ASCII)

    return cell_len(text)


def broken(text: str, width: int) -> list[tuple[int, int]]:
    """Where each line of a text begins and ends; only a word wider than a line is broken."""
    lines: list[tuple[int, int]] = []
    used = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        long = wide(word[0])
        gap = start - lines[-1][1] if lines else 0
        if lines and used + gap + long <= width:
            lines[-1] = (lines[-1][0], end)
            used += gap + long
        else:
            pieces = [(start, end)] if long <= width else list(_folded(text, start, end, width))
            lines += pieces
            used = wide(text[slice(*pieces[-1])])
    return lines or [(0, 0)]


def _folded(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """The pieces of a word, after a sign that parts it where there is one."""
    used = part = 0
    for sign in _SIGN.finditer(text, start, end):
        cells = wide(sign[0])
        while used + cells > width and sign.start() > start:
            cut = part if part > start else sign.start()
            yield start, cut
            start, used = cut, wide(text[cut : sign.start()])
        used += cells
        if sign[0] in "/@":
            part = sign.end()
    yield start, end


def wrapped(line: Line, width: int) -> Iterator[Line]:
    """A line as lines of some width, the later ones further in than the first."""
    text = "".join(part.text for part in line)
    if wide(text) <= width:
        yield line
        return
    opening = _OPENING.match(text)
    first = opening.end() if opening else 0
    indent = len(text) - len(text.lstrip(" "))
    hang = min(first if first > indent else indent + 2, width // 3)
    lead = min(indent, width // 3)
    for number, (start, end) in enumerate(broken(text[indent:], width - hang)):
        inward = lead if number == 0 else hang
        yield [Styled(" " * inward), *_cut(line, start + indent, end + indent)]


def _cut(line: Line, start: int, end: int) -> Iterator[Styled]:
    """What stands from one place of a line to another."""
    at = 0
    for text, style in line:
        part = text[max(0, start - at) : max(0, end - at)]
        at += len(text)
        if part:
            yield Styled(part, style)


def table_lines(heads: Line, rows: Sequence[Line], width: int | None) -> Iterator[Line]:
    """Rows under their heads; in a terminal that is too narrow for them, a block for each row."""
    natural = [max(map(_wide, column)) for column in zip(heads, *rows, strict=True)]
    gaps = len(GAP) * (len(heads) - 1)
    if width is None:
        natural = [min(each, _PADDED) for each in natural]
    elif sum(natural) + gaps > width:
        fitting = _fitting(heads, rows, width - gaps)
        if fitting is None:
            for row in rows:
                yield from _block(heads, row, width)
            return
        natural = fitting
    for row in (heads, *rows) if any(head.text for head in heads) else rows:
        yield from _row(row, natural, fold=width is not None)


def _wide(cell: Styled) -> int:
    return wide(cell.text)


def _row(row: Line, widths: Sequence[int], *, fold: bool) -> Iterator[Line]:
    cells = [
        [cell.text[start:end] for start, end in broken(cell.text, room)] if fold else [cell.text]
        for cell, room in zip(row, widths, strict=True)
    ]
    for pieces in zip_longest(*cells, fillvalue=""):
        line: list[Styled] = []
        blank = 0
        for piece, cell, room in zip(pieces, row, widths, strict=True):
            if piece:
                line += [Styled(" " * blank), Styled(piece, cell.style)]
                blank = 0
            blank += max(0, room - wide(piece)) + len(GAP)
        yield line


def _fitting(heads: Line, rows: Sequence[Line], room: int) -> list[int] | None:
    """Widths of columns that are too wide together; None if words would have to be broken.

    The first column stays whole where it can, and no cell becomes much higher than three lines,
    unless the table has no heads: a list of values by their names may be as high as it likes.
    """
    widest, least = [], []
    for number, column in enumerate(zip(*rows, strict=True)):
        natural = max(map(_wide, column))
        word = max(wide(word) for cell in (heads[number], *column) for word in cell.text.split(" "))
        few = -(-natural // 3) if heads[-1].text else 0
        first = min(natural, room // 2) if number == 0 else 0
        widest.append(max(natural, min(word, room)))
        least.append(max(min(word, room // 2), few, first))
    if sum(least) > room:
        return None
    share = max(
        cap
        for cap in range(room + 1)
        if sum(map(max, least, (min(each, cap) for each in widest))) <= room
    )
    found = [max(low, min(high, share)) for low, high in zip(least, widest, strict=True)]
    for number, high in enumerate(widest):
        found[number] += max(0, min(high - found[number], room - sum(found)))
    return found


def _block(heads: Line, row: Line, width: int) -> Iterator[Line]:
    """A row as a block: its name, and below it what is known, each with its head."""
    yield from wrapped([row[0]], width)
    line: list[Styled] = []
    for head, cell in zip(heads[1:], row[1:], strict=True):
        if not cell.text:
            continue
        said = [Styled(f"{head.text.lower()} ".lstrip(), "faint"), cell]
        more = [*line, Styled(" · ", "faint"), *said]
        if line and sum(map(_wide, more)) <= width:
            line = more
            continue
        if line:
            yield from wrapped(line, width)
        line = [Styled("  "), *said]
    if line:
        yield from wrapped(line, width)
