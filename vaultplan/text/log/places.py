"""Where one line more goes in a log, and how the lines beside it are written."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise

from vaultplan.text.edits import newline_of
from vaultplan.text.lines import Line, Where
from vaultplan.text.log.items import items_of
from vaultplan.text.log.reading import Entry, LogWords, log_entries, log_sections
from vaultplan.text.log.words import DayOf, read_date

_BULLET = re.compile(r"([ \t]*)(?:[-*+]|([0-9]{1,9})([.)]))[ \t]+")
_WIKILINK = re.compile(r"\[\[(?P<target>[^\[\]|#^]*)[^\[\]|]*(?P<shown>\|[^\[\]]*)?\]\]")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\(<?(?P<target>[^()<>]*?)(?:\.md)?>?\)")
_SPOKEN = (Where.TEXT, Where.HEADING)
_OPENS = ("```", "~~~", "<!--", "%%")
_TRIES = 8
_HIGHEST = 999_999_999  # of a numbered item (CommonMark 5.2)


@dataclass(frozen=True, slots=True)
class Note:
    """A note, and how its log is read."""

    text: str
    lines: Sequence[Line]
    words: LogWords
    day_of: DayOf

    @property
    def body(self) -> int:
        """Where the body starts: at its first line, or, without one, at the end of the note."""
        return self.lines[0].start if self.lines else len(self.text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a log line may go: an offset, what goes before and after it there, and its style."""

    at: int
    before: str
    after: str
    bullet: str = "- "
    like: Entry | None = None


def places(note: Note, day: date) -> Iterator[Place]:
    """The places for a log line, the best one first."""
    sections = log_sections(note.lines, note.words)
    if sections:
        heading, end = sections[0]
        found = log_entries(note.lines, heading, end, note.words, note.day_of)
        items = [one for one in found if one.told and one.item.bullet not in ("", "#")]
        if items:
            yield from _beside(note, items, day)
        yield from _below(note, heading, end)
    yield from _new_log(note)


def _beside(note: Note, items: list[Entry], day: date) -> Iterator[Place]:
    """Places in a list of dated items, in the order most of them keep."""
    days = [item.told.day for item in items if item.told]
    rises = sum((after > before) - (after < before) for before, after in pairwise(days))
    fitting = [at for at, each in enumerate(days) if each <= day]
    last = len(items) - 1
    if rises < 0 and fitting:
        yield _before(note, items, fitting[0])
    elif rises > 0 and not fitting:
        yield _before(note, items, 0)
    elif rises > 0:
        yield _after(note, items, fitting[-1])
    yield _after(note, items, last)
    yield _before(note, items, 0)


def _before(note: Note, items: list[Entry], at: int) -> Place:
    line = note.lines[items[at].item.first]
    newlines = newline_of(note.text) * _spacing(note, items, at)
    return Place(line.start, "", newlines, _bullet(line), items[at])


def _after(note: Note, items: list[Entry], at: int) -> Place:
    item = items[at].item
    above = note.lines[items[at - 1].item.first] if at else None
    bullet = _next_bullet(note.lines[item.first], above)
    newlines = newline_of(note.text) * _spacing(note, items, at)
    return Place(note.lines[item.last].end, newlines, "", bullet, items[at])


def _spacing(note: Note, items: list[Entry], at: int) -> int:
    """How many line endings part an item from its neighbour: two if blank lines stand between."""
    for before, after in pairwise(items[max(at - 1, 0) : at + 2]):
        between = note.lines[before.item.last + 1 : after.item.first]
        if between and not any(line.text.strip() for line in between):
            return 2
    return 1


def _bullet(line: Line) -> str:
    """The bullet of an item, with its indentation and the blanks after it."""
    match = _BULLET.match(line.text)
    return match[0] if match else "- "


def _next_bullet(line: Line, above: Line | None = None) -> str:
    """The bullet for the item below: the next number, unless the items all have the same one."""
    match, other = _BULLET.match(line.text), _BULLET.match(above.text) if above else None
    if not match or not match[2] or (other and other[2] == match[2]):
        return _bullet(line)
    number = min(int(match[2]) + 1, _HIGHEST)
    return match[1] + str(number) + match[0][match.end(2) - match.start() :]


def _below(note: Note, heading: int, end: int) -> Iterator[Place]:
    """Places in a log without dated items: below what it holds, or right below its heading."""
    lines, newline = note.lines, newline_of(note.text)
    stop = next((at for at in range(heading + 1, end) if lines[at].where is Where.HEADING), end)
    filled = _filled(lines, stop)
    items = [item for item in items_of(lines, heading + 1, stop) if item.parent < 0 and item.bullet]
    if items and items[-1].last == filled:
        after = newline * _is_filled(lines, filled + 1)
        bullet = _next_bullet(lines[items[-1].first])
        yield Place(lines[filled].end, newline, after, bullet)
    for at in (filled, heading):
        # A blank line that is there serves: a line written and taken out leaves no other behind.
        blank = at + 1 < len(lines) and not lines[at + 1].text.strip()
        above = at + blank
        after = newline * _is_filled(lines, above + 1)
        yield Place(lines[above].end, newline * (2 - blank), after)


def _new_log(note: Note) -> Iterator[Place]:
    """Places for a log of its own: the end, else before the code or comment that runs to it."""
    lines, newline = note.lines, newline_of(note.text)
    title = f"## Log{newline * 2}"
    end = len(lines)
    spoken = [at for at in range(end) if lines[at].where in _SPOKEN and _is_filled(lines, at)]
    last = spoken[-1] if spoken else -1
    opening = (at for at in range(last + 1, end) if lines[at].text.lstrip().startswith(_OPENS))
    for below in (end, last + 1, *islice(opening, _TRIES)):
        at = _filled(lines, below)
        if at >= 0:
            after = newline * _is_filled(lines, at + 1)
            yield Place(lines[at].end, newline * 2 + title, after)
    front = note.text[: note.body].removeprefix("\ufeff")
    ended = not front or front.endswith("\n")
    before = newline * (1 if ended else 2) if front else ""
    after = newline * 2 if _is_filled(lines, 0) else newline if ended and not lines else ""
    yield Place(note.body, before + title, after)


def _filled(lines: Sequence[Line], end: int) -> int:
    """The index of the last line before `end` that is not blank; -1 if there is none."""
    return next((at for at in range(end - 1, -1, -1) if lines[at].text.strip()), -1)


def _is_filled(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and bool(lines[at].text.strip())


def date_like(place: Place, day: date, note: Note) -> str:
    """The day written as in the item beside it, with what stands between it and the words."""
    if place.like is None or place.like.told is None:
        return f"{day} "
    dated = place.like.dated
    written = _written_like(dated.written, place.like.told.day, day)
    joint = dated.mark + dated.joint if dated.unclosed else dated.joint
    alike = f"{dated.mark}{written}{joint.rstrip()}{joint[len(joint.rstrip()) :] or ' '}"
    again = read_date(alike, note.day_of)
    return alike if again and again.day == day else f"{day} "


def _written_like(written: str, old: date, new: date) -> str:
    """A date, or a link to a daily note, with another day; what cannot be told apart is plain."""
    link = _WIKILINK.fullmatch(written) or _MARKDOWN_LINK.fullmatch(written)
    if not link:
        return str(new)
    folder, slash, name = link["target"].rpartition("/")
    if name != str(old):
        return str(new)
    same_month = (old.year, old.month) == (new.year, new.month)
    if not same_month and any(char.isdigit() for char in folder):
        folder = slash = ""
    target = f"{folder}{slash}{new}"
    if written.startswith("[["):
        return f"[[{target}|{new}]]" if link["shown"] else f"[[{target}]]"
    return f"[{new}]({target}.md)"
