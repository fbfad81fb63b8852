"""Days, spans of time and the words people write them with; no clock."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY_INSIDE = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)

_UNITS = {"d": 1, "day": 1, "w": 7, "wk": 7, "week": 7}
_MONTHS = {"m": 1, "mo": 1, "month": 1, "q": 3, "quarter": 3, "y": 12, "yr": 12, "year": 12}
_WORDS = {
    "daily": "1d",
    "weekly": "1w",
    "biweekly": "2w",
    "fortnightly": "2w",
    "monthly": "1m",
    "bimonthly": "2m",
    "quarterly": "3m",
    "biannually": "6m",
    "semiannually": "6m",
    "yearly": "1y",
    "annually": "1y",
}
_SPAN = re.compile(r"(?:every\s+)?(\d{1,4})?\s*([a-z]+)")
_ISO_SPAN = re.compile(r"p(\d{1,4})([dwmy])")
_LONGEST = 36500


@dataclass(frozen=True, slots=True)
class Span:
    """A span of calendar time: whole months (31 January + 1 month = 28 February) and days."""

    months: int = 0
    days: int = 0

    @property
    def length(self) -> int:
        """About how many days it is: a month counts 30, three months 90, a year 365."""
        years, months = divmod(self.months, 12)
        return years * 365 + months * 30 + self.days

    def __str__(self) -> str:
        for number, unit, size in (
            (self.months, "year", 12),
            (self.months, "month", 1),
            (self.days, "week", 7),
            (self.days, "day", 1),
        ):
            if number and number % size == 0:
                count = number // size
                return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
        return "0 days"


def parse_day(text: str) -> date | None:
    """Read `2026-11-20`, alone or before a time; None if it is no real day."""
    if not ISO_DAY.match(text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def day_in(name: str) -> date | None:
    """The first day that stands in a name, such as `2026-11-20 Lunch`; None without one."""
    found = _DAY_INSIDE.search(name)
    return parse_day(found[0]) if found else None


def parse_span(text: str) -> Span | None:
    """Read a span as people and programs write it: `3 months`, `90d`, `P3M`, `quarterly`, `30`."""
    word = " ".join(text.casefold().split())
    word = _WORDS.get(word, word)
    if word.isascii() and word.isdigit():
        word += "d"
    match = _ISO_SPAN.fullmatch(word) or _SPAN.fullmatch(word)
    if not match:
        return None
    number, unit = int(match[1] or 1), match[2]
    unit = unit if unit in _UNITS or unit in _MONTHS else unit.removesuffix("s")
    span = Span(months=number * _MONTHS.get(unit, 0), days=number * _UNITS.get(unit, 0))
    return span if 0 < span.length <= _LONGEST else None


@lru_cache(1 << 12)
def shift(day: date, span: Span) -> date:
    """The day one span later (earlier if negative), kept within the calendar."""
    try:
        return day + relativedelta(months=span.months, days=span.days)
    except (ValueError, OverflowError):
        return date.min if span.months < 0 or span.days < 0 else date.max


def days_after(day: date, count: int) -> date:
    """The day `count` days later (earlier if negative), kept within the calendar."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return date.max if count > 0 else date.min
