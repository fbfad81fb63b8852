"""Taking a change to a text back, though the text went on since.

A text is a list of pieces, mostly lines. A change is known by the text before and after it; what
was changed at other places since stays. Where the change itself was changed since, nothing is
taken back.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: `body` and what ends it, such as a line ending.

    `key` is what it is compared by, so that what is generated is alike.
    """

    key: str
    body: str
    end: str = ""

    @property
    def text(self) -> str:
        """The piece as it stands in the text."""
        return self.body + self.end


def take_back(
    before: Sequence[Piece], after: Sequence[Piece], now: Sequence[Piece]
) -> list[Piece] | None:
    """The text of now without the change from `before` to `after`; None if it cannot be told apart.

    Pieces of one key are alike: such a one stays as it is now, unless the change was to its body or
    end and nobody touched that since.
    """
    old, kept = _alike(after, before), _alike(after, now)
    found: list[tuple[int, int, Sequence[Piece]]] = []
    for start, end, pieces in _changes(old, before, len(after)):
        place = _place(start, end, kept, len(after), len(now))
        if place is None:
            return None
        found.append((*place, pieces))
    result = list(now)
    for at, there in kept.items():
        if at in old:
            result[there] = _merged(before[old[at]], after[at], now[there])
    for start, end, pieces in reversed(found):
        result[start:end] = pieces
    return result


def _merged(before: Piece, after: Piece, now: Piece) -> Piece:
    return Piece(
        now.key,
        before.body if now.body == after.body else now.body,
        before.end if now.end == after.end else now.end,
    )


def _changes(
    old: Mapping[int, int], before: Sequence[Piece], length: int
) -> Iterator[tuple[int, int, Sequence[Piece]]]:
    """What to put where in a text of some `length` to have `before` again."""
    start = first = 0
    for at in (*sorted(old), length):
        last = old.get(at, len(before))
        if (start, first) != (at, last):
            yield start, at, before[first:last]
        start, first = at + 1, last + 1


def _alike(one: Sequence[Piece], other: Sequence[Piece]) -> dict[int, int]:
    """Where the pieces of one text stand in another, in the same order.

    Fixed points are the pieces that both have once, as in a patience diff; between them what
    follows and what precedes one is compared. Linear but for sorting, whatever the texts.
    """
    here, there = [piece.key for piece in one], [piece.key for piece in other]
    found: dict[int, int] = {}
    start = first = 0
    for end, last in (*_fixed(here, there), (len(here), len(there))):
        while start < end and first < last and here[start] == there[first]:
            found[start] = first
            start, first = start + 1, first + 1
        if end < len(here):
            found[end] = last
        behind = end + 1, last + 1
        while start < end and first < last and here[end - 1] == there[last - 1]:
            end, last = end - 1, last - 1  # noqa: PLW2901  (they walk)
            found[end] = last
        start, first = behind
    return found


def _fixed(here: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the keys that both have once, as many of them as are in the same order."""
    counts = Counter(here), Counter(there)
    places = {key: at for at, key in enumerate(there) if counts[1][key] == 1}
    pairs = [
        (at, places[key]) for at, key in enumerate(here) if counts[0][key] == 1 and key in places
    ]
    # The longest rising row: of the rows of each length the lowest end, and what precedes it.
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1] = [place]
        rows[length : length + 1] = [number]
        before.append(rows[length - 1] if length else -1)
    longest = []
    number = rows[-1] if rows else -1
    while number >= 0:
        longest.append(pairs[number])
        number = before[number]
    return longest[::-1]


def _place(
    start: int, end: int, kept: Mapping[int, int], length: int, now: int
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
    if length == 0:
        return (0, 0) if now == 0 else None
    if start > 0 and start - 1 in kept:
        return kept[start - 1] + 1, kept[start - 1] + 1
    if start < length and start in kept:
        return kept[start], kept[start]
    return None
