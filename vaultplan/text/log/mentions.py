"""Reading contacts from a daily note: the items that tell of people, anywhere in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vaultplan.text.lines import Line, Where
from vaultplan.text.links import Link, find_links
from vaultplan.text.log.items import Item, items_of
from vaultplan.text.log.reading import DONE, LogLine, LogWords, goes_on, words_of
from vaultplan.text.log.words import begins_with_kind, clean, visible

_NOBODY = -1
_PLANNED = -2
_GENERATED = "^vp-"  # a copy of a generated task line: its log line tells of it already


@dataclass(frozen=True, slots=True)
class _Said:
    """What one item says: its kind and text, and whether it is planned or struck out."""

    kind: str
    text: str
    void: bool


def read_mentions(
    lines: Sequence[Line], words: LogWords, day: date, *, any_item: bool
) -> tuple[LogLine, ...]:
    """Read the items of a daily note that begin with a kind and a colon, and link someone.

    With `any_item` the items without a kind count too if their own words link someone. What is
    nested in an item belongs to it, but not planned tasks, nor items with a kind of their own.
    """
    items = items_of(lines, 0, len(lines))
    said = [_read(lines, item, words) for item in items]
    tellers = _tellers(items, said, any_item=any_item)
    links: dict[int, list[Link]] = {}
    for at, number in _own_lines(lines, items):
        teller = tellers[number]
        if teller >= 0 and lines[at].where is Where.TEXT:
            links.setdefault(teller, []).extend(find_links(words_of(lines, at)))
    return tuple(
        LogLine(
            day=day,
            kind=said[number].kind,
            text=said[number].text,
            line=lines[item.first].number,
            start=lines[item.first].start,
            end=lines[item.last].end,
            bare=False,
            links=tuple(links[number]),
        )
        for number, item in enumerate(items)
        if tellers[number] == number and links.get(number)
    )


def _read(lines: Sequence[Line], item: Item, words: LogWords) -> _Said:
    first = visible(lines[item.first].text[item.at :], goes_on=goes_on(lines, item.first))
    kind, text = begins_with_kind(clean(first), words.kinds)
    below = (words_of(lines, at) for at in range(item.first + 1, item.own + 1))
    text = clean(" ".join([text, *below]))
    struck = text.startswith("~~") and text.endswith("~~")
    generated = _GENERATED in lines[item.first].text
    return _Said(kind, text, void=item.box not in DONE or struck or generated)


def _tellers(items: Sequence[Item], said: Sequence[_Said], *, any_item: bool) -> list[int]:
    """For each item the number of the item its links belong to: itself, one above, or none.

    Below a planned task only what is ticked counts again.
    """
    tellers: list[int] = []
    for number, (item, one) in enumerate(zip(items, said, strict=True)):
        above = tellers[item.parent] if item.parent >= 0 else _NOBODY
        planned = above == _PLANNED and not item.box
        kindless = any_item and above in (_NOBODY, _PLANNED) and bool(find_links(one.text))
        if one.void:
            tellers.append(_PLANNED)
        elif item.bullet and not planned and (one.kind or kindless):
            tellers.append(number)
        else:
            tellers.append(above)
    return tellers


def _own_lines(lines: Sequence[Line], items: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Each line that stands in an item, and the number of the innermost one."""
    inside: list[int] = []
    number = 0
    for at in range(len(lines)):
        while inside and items[inside[-1]].last < at:
            inside.pop()
        if number < len(items) and items[number].first == at:
            inside.append(number)
            number += 1
        if inside:
            yield at, inside[-1]
