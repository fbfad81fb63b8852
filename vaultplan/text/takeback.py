"""Taking a change to a text back, though the text went on since.

A text is a list of pieces, mostly lines. A change is known by the text before and after it; what
was changed at other places since stays. Where the change itself was changed since, nothing is
taken back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `key` is what it is compared by, so that what is generated is alike."""

    key: str
    text: str


def take_back(
    before: Sequence[Piece], after: Sequence[Piece], now: Sequence[Piece]
) -> list[Piece] | None:
    """The text of now without the change from `before` to `after`; None if it cannot be told apart.

    Pieces of one key are alike: of two such the one of now stays.
    """
    kept = _positions(after, now)
    found: list[tuple[int, int, Sequence[Piece]]] = []
    for start, end, old in _changes(after, before):
        place = _place(start, end, kept, len(after), len(now))
        if place is None:
            return None
        found.append((*place, old))
    result = list(now)
    for start, end, old in reversed(found):
        result[start:end] = old
    return result


def _changes(
    after: Sequence[Piece], before: Sequence[Piece]
) -> Iterator[tuple[int, int, Sequence[Piece]]]:
    """What to put where in `after` to have `before` again."""
    for tag, start, end, first, last in _compared(after, before).get_opcodes():
        if tag != "equal":
            yield start, end, before[first:last]


def _positions(after: Sequence[Piece], now: Sequence[Piece]) -> dict[int, int]:
    """Where each piece of `after` stands now, of those that still do."""
    blocks = _compared(after, now).get_matching_blocks()
    return {block.a + offset: block.b + offset for block in blocks for offset in range(block.size)}


def _compared(one: Sequence[Piece], other: Sequence[Piece]) -> SequenceMatcher[str]:
    first, second = [piece.key for piece in one], [piece.key for piece in other]
    return SequenceMatcher(None, first, second, autojunk=False)


def _place(
    start: int, end: int, kept: dict[int, int], length: int, now: int
) -> tuple[int, int] | None:
    """Where the pieces from start to end of `after` stand now, all of them and together.

    Of no pieces it is the place between their neighbours, as long as one of them is there.
    """
    if start < end:
        places = [kept.get(at) for at in range(start, end)]
        first = places[0]
        if first is None or places != list(range(first, first + end - start)):
            return None
        return first, first + end - start
    if start == 0 and length == 0:
        return (0, 0) if now == 0 else None
    if start > 0 and start - 1 in kept:
        return kept[start - 1] + 1, kept[start - 1] + 1
    if start < length and start in kept:
        return kept[start], kept[start]
    return None
