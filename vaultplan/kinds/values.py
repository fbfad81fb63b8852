"""How one property's value becomes a typed value: a reader for each shape of field.

A reader takes the value as the front matter has it and gives the typed one, or raises `Odd` with
what is wrong and what to write instead. Nothing here knows a note, a clock or a path.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal

from vaultplan.days import Span, parse_day, parse_span
from vaultplan.kinds.parts import as_link, is_blank, items, plain
from vaultplan.text.daily import DailyNames
from vaultplan.text.links import Link

Never = Literal["none"]
NEVER: Never = "none"
_WHEN = 'a day such as 2026-11-20, or a link to a daily note: "[[2026-11-20]]"'
_BIRTHDAY = re.compile(r"(?:(\d{4})-|--)?(\d{2})-?(\d{2})", re.ASCII)
_TIME = re.compile(r"\d{1,2}:\d{2}(:\d{2})?", re.ASCII)
_LEAP_YEAR = 2000
_BEST = 5
_LARGEST = 9999  # of a whole number: a plan of more days than that is a slip


class Odd(Exception):  # noqa: N818  (it never leaves this room: a problem is made of it)
    """A value that a field cannot take; `rule` names the check, `expected` says what it can."""

    def __init__(self, expected: str, rule: str = "bad-value") -> None:
        super().__init__(expected)
        self.expected = expected
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Shape:
    """A reader and the words of the documentation for what it reads."""

    words: str
    read: Callable[[Any, DailyNames], Any]
    empty: Any = None


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of the year, and the year if it is known."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        year = f"{self.year:04d}" if self.year else "-"
        return f"{year}-{self.month:02d}-{self.day:02d}"


@dataclass(frozen=True, slots=True)
class Fit:
    """How well someone would fit as a mentor: ratings from 1 to 5."""

    experience: int | None = None
    values: int | None = None
    insight: int | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """A number to reach in each month, quarter, year or plan."""

    measure: str
    target: float
    per: str = "plan"


def _day(value: Any, daily: DailyNames) -> date:
    found = parse_day(value.strip()) if isinstance(value, str) else None
    link = None if found else as_link(value)
    if link:
        found = parse_day(link.target) or daily.day_of_link(link.target)
    if found is None:
        raise Odd(_WHEN, "bad-date")
    return found


def _moment(value: Any, daily: DailyNames) -> date | datetime:
    text = value.strip() if isinstance(value, str) else ""
    day = _day(value, daily)
    if len(text) <= len("2026-11-20") or not text.startswith(day.isoformat()):
        return day
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1))
    except ValueError:
        raise Odd(f"{_WHEN}, with a time such as 2026-11-20T18:00", "bad-date") from None


def _clock(value: Any, daily: DailyNames) -> date | datetime | time | None:
    """As a moment; a time of day alone counts on the day that another field says."""
    text = value.strip() if isinstance(value, str) else ""
    if _TIME.fullmatch(text):
        try:
            return time.fromisoformat(text.zfill(len("09:00")))
        except ValueError:
            pass
    return _moment(value, daily)


def _text(value: Any, _: DailyNames) -> str:
    if isinstance(value, dict):
        parts = [plain(part) for part in value.values()]
        return " ".join(part for part in parts if part)
    if isinstance(value, list) and len(value) > 1:
        return ", ".join(filter(None, map(plain, value)))
    return plain(value)


def _texts(value: Any, daily: DailyNames) -> tuple[str, ...]:
    members = value.values() if isinstance(value, dict) else items(value)
    return tuple([text for member in members if (text := _text(member, daily))])


def _words(value: Any, _: DailyNames) -> tuple[str, ...]:
    members = re.split(r"[,\s]+", value) if isinstance(value, str) else map(plain, items(value))
    words = [member.strip("# ") for member in members]
    if not isinstance(value, str) and "" in words:
        raise Odd("a list of words")
    return tuple(filter(None, words))


def _links(value: Any, _: DailyNames) -> tuple[Link, ...]:
    found = [as_link(item) for item in items(value)]
    if None in found:
        raise Odd('links such as "[[Ada Lovelace]]"')
    return tuple(link for link in found if link)


def _link(value: Any, daily: DailyNames) -> Link | None:
    return next(iter(_links(value, daily)), None)


def _number(value: Any, _: DailyNames) -> float:
    try:
        number = float(value) if isinstance(value, str | int | float) else -1.0
    except (ValueError, OverflowError):
        number = -1.0
    if isinstance(value, bool) or not 0 <= number < 1e9:  # noqa: PLR2004
        raise Odd("a number")
    return number


def _whole(value: Any, daily: DailyNames) -> int:
    number = _number(value, daily)
    if not number.is_integer() or number > _LARGEST:
        raise Odd(f"a whole number, not above {_LARGEST}")
    return int(number)


def _flag(value: Any, _: DailyNames) -> bool:
    word = plain(value).casefold()
    if word not in ("true", "false", "yes", "no"):
        raise Odd("true or false")
    return word in ("true", "yes")


def _span(value: Any, _: DailyNames) -> Span | Never:
    word = plain(value).casefold()
    if word in ("none", "never"):
        return NEVER
    span = parse_span(word)
    if span is None:
        raise Odd('"3 months", "90d", "P3M", "quarterly" or "none"', "bad-cadence")
    return span


def _birthday(value: Any, _: DailyNames) -> Birthday:
    text = plain(value)[: len("2026-11-20")]
    match = _BIRTHDAY.fullmatch(text)
    try:
        if match:
            date(int(match[1] or _LEAP_YEAR), int(match[2]), int(match[3]))
            return Birthday(int(match[2]), int(match[3]), int(match[1]) if match[1] else None)
    except ValueError:
        pass
    raise Odd("1990-05-14, or --05-14 without the year", "bad-date")


def _fit(value: Any, daily: DailyNames) -> Fit:
    ratings = value if isinstance(value, dict) else {"": None}
    names = ("experience", "values", "insight")
    if not set(ratings) <= set(names):
        raise Odd("{experience: 4, values: 5, insight: 3}")
    given = (ratings.get(name) for name in names)
    return Fit(*(None if is_blank(one) else _rating(one, daily) for one in given))


def _rating(value: Any, daily: DailyNames) -> int:
    try:
        rating = _whole(value, daily)
    except Odd:
        rating = 0
    if not 1 <= rating <= _BEST:
        raise Odd("a rating from 1 to 5")
    return rating


def _objectives(value: Any, daily: DailyNames) -> tuple[Objective, ...]:
    found = []
    for item in items(value):
        table = item if isinstance(item, dict) else {}
        measure, per = plain(table.get("measure")), plain(table.get("per")) or "plan"
        if not measure or per not in PERIODS:
            raise Odd("items such as {measure: new-people, target: 4, per: month}")
        found.append(Objective(measure, _number(table.get("target"), daily), per))
    return tuple(found)


PERIODS = ("month", "quarter", "year", "plan")

TEXT = Shape("text", _text, "")
TEXTS = Shape("list of texts", _texts, ())
WORDS = Shape("list of words", _words, ())
LINK = Shape("link", _link)
LINKS = Shape("list of links", _links, ())
DAY = Shape("date", _day)
MOMENT = Shape("date, with or without a time", _moment)
CLOCK = Shape("date, with or without a time; or a time", _clock)
NUMBER = Shape("number", _number)
WHOLE = Shape("whole number", _whole)
FLAG = Shape("true or false", _flag, empty=False)
SPAN = Shape("span (`3 months`, `90d`, `quarterly`, `none`)", _span)
BIRTHDAY = Shape("date, year optional (`--05-14`)", _birthday)
RATING = Shape("rating from 1 to 5", _rating)
FIT = Shape("ratings 1–5 of experience, values, insight", _fit)
OBJECTIVES = Shape("list of `measure`, `target`, `per`", _objectives, ())


def one_of(*choices: str) -> Shape:
    """A shape for a word that is one of few; upper case and `_` for `-` are forgiven."""

    def read(value: Any, _: DailyNames) -> str:
        if isinstance(value, str) and value in choices:
            return value
        word = re.sub(r"[\s_]+", "-", plain(value).casefold())
        if word not in choices:
            raise Odd("one of " + ", ".join(choices), "unknown-word")
        return word

    return Shape(" · ".join(choices), read, "")
