"""A log as nearly everybody writes it, read straight from the text.

That is a note whose lines `lines_plain` can tell, with a log of nothing but blank lines and items
`- 2026-11-18 kind: text`, each on one line (or with `[[2026-11-18]]`, or without a kind). Any other
log is read line by line; where this reader answers, the two agree.
"""

import re
from datetime import date

from vaultplan.text.links import find_links
from vaultplan.text.log.reading import LogLine, LogWords, is_bare
from vaultplan.text.log.words import LONGEST_KIND, DayOf, clean, has_signs, heading_name, read_kind

_HEADING = re.compile(r"\n(#{1,6}) ([^\n]*)")
_LINES = re.compile(
    r"(?<!\n)(\n+)(- (\[\[)?([0-9]{4}-[0-9]{2}-[0-9]{2})(?(3)\]\]) )(?!at )([A-Za-z][^\n]*)"
)
_new = tuple.__new__  # which a named tuple's own way is a slow call around


def read_plain_log(
    text: str, body: int, block: range, words: LogWords, day_of: DayOf
) -> tuple[LogLine, ...] | None:
    """The log lines of a plain note, as `read_log` tells them; None if that has to look.

    `body` is the offset where the body starts, `block` what `plain_block` says of the note.
    Nothing in such a log is odd.
    """
    sections = _sections(text, body, block, words)
    if sections is None:
        return None
    found: list[LogLine] = []
    for start, end in sections:
        inside = start <= block.start < end
        parts = [(start, block.start), (block.stop, end)] if inside else [(start, end)]
        for part in parts:
            told = _read(text, *part, words.kinds, day_of)
            if told is None:
                return None
            found += told
    return tuple(found)


def _sections(text: str, body: int, block: range, words: LogWords) -> list[tuple[int, int]] | None:
    """Where the logs of a note are, from the end of each heading; None if one has headings."""
    sections: list[tuple[int, int]] = []
    level = start = 0
    for heading in _HEADING.finditer(text, body - 1):
        if heading.start(1) in block:
            continue
        if level and len(heading[1]) > level:
            return None
        if level:
            sections.append((start, heading.start()))
        name = heading[2].strip(" \t#").casefold()
        known = name in words.headings or heading_name(name) in words.headings
        level, start = len(heading[1]) if known else 0, heading.end()
    return [*sections, (start, len(text))] if level else sections


def _read(
    text: str, start: int, end: int, kinds: frozenset[str], day_of: DayOf
) -> list[LogLine] | None:
    """The log lines between two offsets, the first one at the end of a line."""
    part = text[start:end]
    cleaned = clean if has_signs(part) else str.strip
    found: list[LogLine] = []
    number, at = text.count("\n", 0, start) + 1, 0
    for newlines, head, link, written, said in _LINES.findall(part):
        number += len(newlines)
        at += len(newlines)
        kind, words, likely = _kind(cleaned(said), kinds)
        day = _day(written, day_of if link else None)
        if likely or day is None:
            return None
        bare = not words and is_bare(said, kind)
        links = find_links(said) if "[" in said else ()
        stop = at + len(head) + len(said)
        told = (day, kind, words, number, start + at, start + stop, bare, links)
        found.append(_new(LogLine, told))
        at = stop
    return None if part[at:].strip("\n") else found  # else something stands between two of them


def _kind(said: str, kinds: frozenset[str]) -> tuple[str, str, str]:
    """As `read_kind` has it."""
    head, _, words = said.partition(":")
    if head in kinds and len(head) < LONGEST_KIND and "：" not in head:
        return head, words.lstrip(": \t"), ""
    return read_kind(said, kinds)


def _day(written: str, day_of: DayOf | None) -> date | None:
    if day_of:
        return day_of(written)
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
