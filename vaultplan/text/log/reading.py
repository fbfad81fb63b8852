"""Reading a log: its headings, its dated items, paragraphs and sub-headings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from vaultplan.text.lines import Line, Where
from vaultplan.text.links import Link, find_links
from vaultplan.text.log.items import Item, items_of
from vaultplan.text.log.words import (
    Dated,
    DayOf,
    clean,
    heading_name,
    read_date,
    read_kind,
    visible,
)

DONE = ("", "x", "X")  # the boxes of items that are no plans
_WORDS = (Where.TEXT, Where.HEADING)


@dataclass(frozen=True, slots=True)
class LogWords:
    """The words a log is known by: `headings`, casefolded, and `kinds` (`thank-you`)."""

    headings: frozenset[str]
    kinds: frozenset[str]


class LogLine(NamedTuple):
    """One thing that happened: `kind` is empty without one, `text` what follows it.

    `line` is the number of its first line; `start`…`end` is the span of the whole item with all
    that is nested in it, from the start of its line, without the last line ending. `bare` is a
    line of nothing but bullet, date and kind. `links` are those in it, the date's own left out.
    """

    day: date
    kind: str
    text: str
    line: int
    start: int
    end: int
    bare: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """Something odd on one line of a log; the words mean what they mean in a Problem."""

    line: int
    rule: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a log with a date: its item, its date, and the log line if it counts."""

    item: Item
    dated: Dated
    told: LogLine | None
    slip: Slip | None


def read_log(
    lines: Sequence[Line], words: LogWords, day_of: DayOf
) -> tuple[tuple[LogLine, ...], tuple[Slip, ...]]:
    """Read the log lines under all log headings of a note, and what is odd about them.

    `day_of` tells the day of the daily note a link leads to.
    """
    found = [
        entry
        for heading, end in log_sections(lines, words)
        for entry in log_entries(lines, heading, end, words, day_of)
    ]
    told = tuple(entry.told for entry in found if entry.told)
    return told, tuple(entry.slip for entry in found if entry.slip)


def log_sections(lines: Sequence[Line], words: LogWords) -> list[tuple[int, int]]:
    """Where the logs of a note are: the index of each log heading, and of the line after its end.

    A log ends at the next heading of the same or a higher level.
    """
    sections: list[tuple[int, int]] = []
    level = 0
    for at, line in enumerate(lines):
        if line.where is not Where.HEADING or (level and line.level > level):
            continue
        if level:
            sections[-1] = (sections[-1][0], at)
            level = 0
        name = line.text.strip(" \t#").casefold()
        if name in words.headings or heading_name(name) in words.headings:
            sections.append((at, len(lines)))
            level = line.level
    return sections


def log_entries(
    lines: Sequence[Line], heading: int, end: int, words: LogWords, day_of: DayOf
) -> Iterator[Entry]:
    """Go through one log: its dated items, paragraphs and sub-headings, in their order."""
    at = heading + 1
    headings = [at for at in range(at, end) if lines[at].where is Where.HEADING]
    for place, next_at in enumerate([*headings, end]):
        if next_at < at:
            continue  # below a dated heading that was told of already
        yield from _dated_items(lines, items_of(lines, at, next_at), words, day_of)
        if next_at == end:
            return
        dated = read_date(lines[next_at].text.strip(" \t#"), day_of)
        at = next_at + 1
        if dated and dated.day:
            level = lines[next_at].level
            later = (each for each in headings[place + 1 :] if lines[each].level <= level)
            at = next(later, end)
        if dated:
            yield _entry(lines, _section_item(lines, next_at, at), dated, words)


def _section_item(lines: Sequence[Line], heading: int, end: int) -> Item:
    """A dated heading with all that stands below it, as if it were an item."""
    filled = (at for at in range(end - 1, heading, -1) if lines[at].text.strip(" \t"))
    return Item(heading, next(filled, heading), heading, "#", "", 0, -1)


def _dated_items(
    lines: Sequence[Line], items: Sequence[Item], words: LogWords, day_of: DayOf
) -> Iterator[Entry]:
    """The dated items; those nested in one belong to it, but a paragraph ends where one begins."""
    found: list[tuple[Item, Dated]] = []
    covered = -1
    for item in items:
        dated = None
        if item.first > covered:
            dated = read_date(lines[item.first].text[item.at :], day_of)
        if dated is None:
            continue
        if found and found[-1][0].last >= item.first:
            paragraph, its_date = found[-1]
            found[-1] = replace(paragraph, last=item.first - 1), its_date
        found.append((item, dated))
        covered = item.last if item.bullet and dated.day else covered
    for item, dated in found:
        yield _entry(lines, item, dated, words)


def _entry(lines: Sequence[Line], item: Item, dated: Dated, words: LogWords) -> Entry:
    """Read what follows the date; only what happened is told, not what is planned or struck out."""
    line = lines[item.first]
    said = visible(dated.rest, goes_on=goes_on(lines, item.first))
    links = _links(lines, said, range(item.first + 1, item.last + 1))
    said = clean(said.replace(dated.mark, "", 1) if dated.unclosed else said)
    if item.box not in DONE or (said.startswith("~~") and said.endswith("~~")):
        return Entry(item, dated, None, None)
    if dated.day is None:
        return Entry(item, dated, None, _bad_date(line, dated))
    kind, text, likely = read_kind(said, words.kinds)
    if item.bullet == "#" and not text:
        said = _first_words(lines, item)
        kind, text, likely = (kind, said, "") if kind else read_kind(said, words.kinds)
    slip = _unknown_kind(line, text, likely) if likely else None
    if item.box and not kind:
        return Entry(item, dated, None, slip)
    below = [words_of(lines, at) for at in range(item.first + 1, item.own + 1)]
    told = LogLine(
        day=dated.day,
        kind=kind,
        text=clean(" ".join([text, *below])) if below else text,
        line=line.number,
        start=line.start,
        end=lines[item.last].end,
        bare=not text
        and not item.box
        and item.first == item.last
        and not dated.timed
        and is_bare(dated.rest, kind),
        links=links,
    )
    return Entry(item, dated, told, slip)


def is_bare(said: str, kind: str) -> bool:
    """Whether nothing follows a date but the kind, however it is spelled."""
    written = said.strip(" \t*_:").casefold()
    return written in (kind, kind.replace("-", " "), kind.replace("-", "_"))


def goes_on(lines: Sequence[Line], at: int) -> bool:
    """Whether a comment that a line opens is closed only below it."""
    return at + 1 < len(lines) and lines[at + 1].where is Where.COMMENT


def words_of(lines: Sequence[Line], at: int) -> str:
    """A line without the blanks around it and the comments in it."""
    return visible(lines[at].text, goes_on=goes_on(lines, at)).strip(" \t")


def _first_words(lines: Sequence[Line], section: Item) -> str:
    """The first paragraph or item below a dated heading, planned tasks left out."""
    at = section.first + 1
    items = {item.first: item for item in items_of(lines, at, section.last + 1)}
    while at <= section.last:
        item = items.get(at)
        if item and item.box not in DONE:
            at = item.last
        elif lines[at].where is Where.TEXT and lines[at].text.strip(" \t"):
            first = lines[at].text[item.at if item else 0 :]
            below = range(at + 1, item.own + 1 if item else at + 1)
            said = visible(first, goes_on=goes_on(lines, at))
            return clean(" ".join([said, *(words_of(lines, each) for each in below)]))
        at += 1
    return ""


def _links(lines: Sequence[Line], said: str, below: Iterable[int]) -> tuple[Link, ...]:
    """The links in what follows the date, and in the lines of text below."""
    texts = [words_of(lines, at) for at in below if lines[at].where in _WORDS]
    return find_links("\n".join([said, *texts]) if texts else said)


def _bad_date(line: Line, dated: Dated) -> Slip:
    message = f"“{dated.written}” is no day that can be read, so the line does not count"
    return Slip(line.number, "bad-date", message, "write a day that exists, as 2026-11-18")


def _unknown_kind(line: Line, text: str, likely: str) -> Slip:
    word = text.partition(":")[0].strip()
    message = f"“{word}” is no known kind of log line"
    return Slip(line.number, "unknown-kind", message, f"write {likely}:, if that is meant")
