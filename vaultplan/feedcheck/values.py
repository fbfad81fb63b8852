"""What a property's value may look like (RFC 5545, 3.3)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vaultplan.feedcheck.lines import Line
from vaultplan.feedcheck.rules import Flaw, flaw

_DATE = re.compile(r"\d{8}", re.ASCII)
_TIME = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
_DURATION = re.compile(
    r"[+-]?P(?:\d+W|(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)", re.ASCII
)
_OFFSET = re.compile(r"[+-]\d{4}(?:\d{2})?", re.ASCII)
_ESCAPED = re.compile(r"\\[\\;,nN]")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+):[!#-;=?-\[\]_a-z~]++")
_DAY = r"(?:SU|MO|TU|WE|TH|FR|SA)"
_WEEK = r"(?:0?[1-9]|[1-4]\d|5[0-3])"
_MONTHDAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEARDAY = r"(?:0{0,2}[1-9]|0?[1-9]\d|[12]\d\d|3[0-5]\d|36[0-6])"


def _list_of(one: str) -> re.Pattern[str]:
    return re.compile(f"(?:{one})(?:,(?:{one}))*", re.ASCII)


_PARTS = {
    "FREQ": re.compile("SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY"),
    "UNTIL": re.compile(rf"{_DATE.pattern}|{_TIME.pattern}", re.ASCII),
    "COUNT": re.compile(r"0*[1-9]\d*", re.ASCII),
    "INTERVAL": re.compile(r"0*[1-9]\d*", re.ASCII),
    "WKST": re.compile(_DAY),
    "BYSECOND": _list_of(r"[0-5]?\d|60"),
    "BYMINUTE": _list_of(r"[0-5]?\d"),
    "BYHOUR": _list_of(r"[01]?\d|2[0-3]"),
    "BYDAY": _list_of(rf"(?:[+-]?{_WEEK})?{_DAY}"),
    "BYMONTHDAY": _list_of(f"[+-]?{_MONTHDAY}"),
    "BYYEARDAY": _list_of(f"[+-]?{_YEARDAY}"),
    "BYWEEKNO": _list_of(f"[+-]?{_WEEK}"),
    "BYMONTH": _list_of(r"0?[1-9]|1[0-2]"),
    "BYSETPOS": _list_of(f"[+-]?{_YEARDAY}"),
}
_LISTS = {"CATEGORIES", "RESOURCES"}


@dataclass(frozen=True, slots=True)
class When:
    """A date, or a time that floats, is in UTC or in a zone."""

    kind: Literal["date", "floating", "utc", "zoned"]
    at: datetime
    zone: str = ""


def read_when(line: Line) -> tuple[When | None, list[Flaw]]:
    """The date or time of a DTSTART and its like, and what is wrong with how it is told."""
    value, zone = line.value, line.params.get("TZID", "")
    if any(sign.isdigit() and not sign.isascii() for sign in value):
        return None, [flaw("foreign-digits", line.number, line.name)]
    is_date = line.params.get("VALUE", "").upper() == "DATE"
    at = _moment(value)
    if at is None or (is_date and not _DATE.fullmatch(value)):
        return None, [flaw("bad-date", line.number, line.name)]
    if is_date:
        return When("date", at), []
    if _DATE.fullmatch(value):
        return None, [flaw("date-without-value", line.number, line.name)]
    if value.endswith("Z"):
        flaws = [flaw("zone-and-utc", line.number, line.name)] if zone else []
        return When("utc", at), flaws
    return When("zoned" if zone else "floating", at, zone), []


def _moment(value: str) -> datetime | None:
    try:
        if _DATE.fullmatch(value):
            return datetime.strptime(value, "%Y%m%d")  # noqa: DTZ007  (a day has no zone)
        if _TIME.fullmatch(value):
            return datetime.strptime(value[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007  (as it stands)
    except ValueError:
        pass
    return None


def is_duration(value: str) -> bool:
    """Whether it is `PT1H` and its like."""
    return bool(_DURATION.fullmatch(value))


def is_offset(value: str) -> bool:
    """Whether it is `+0100` and its like."""
    return bool(_OFFSET.fullmatch(value))


def text_flaws(line: Line) -> Iterator[Flaw]:
    """A TEXT that is not escaped as it must be; commas part the items of lists."""
    rest = _ESCAPED.sub("", line.value)
    if "\\" in rest:
        yield flaw("bad-escape", line.number, line.name)
    if ";" in rest or ("," in rest and line.name not in _LISTS):
        yield flaw("unescaped", line.number, line.name)
    if line.value != line.value.strip():
        yield flaw("edge-blank", line.number, line.name)


def url_flaws(line: Line) -> Iterator[Flaw]:
    """A URL that is raw, has no scheme, or names a file of this machine."""
    match = _URL.fullmatch(line.value)
    if not match:
        yield flaw("bad-url", line.number)
    elif match[1].lower() == "file":
        yield flaw("local-url", line.number)


def rule_flaws(line: Line, start: When | None) -> Iterator[Flaw]:
    """A recurrence rule (3.3.10) that cannot be followed, or is followed differently."""
    pairs = [part.partition("=")[::2] for part in line.value.upper().split(";")]
    parts = dict(pairs)
    wrong = [f"{key}={value}" for key, value in pairs if not _fits(key, value)]
    if "FREQ" not in parts:
        wrong.append("no FREQ")
    if len(parts) < len(pairs):
        wrong.append("a part twice")
    if {"COUNT", "UNTIL"} <= parts.keys():
        wrong.append("both COUNT and UNTIL")
    if start and "UNTIL" in parts and ("T" in parts["UNTIL"]) == (start.kind == "date"):
        wrong.append("UNTIL is not told as DTSTART is")
    if wrong:
        yield flaw("bad-rule", line.number, wrong[0])
    elif start and (start.at.month, start.at.day) == (2, 29) and _is_plainly_yearly(parts):
        yield flaw("leap-day", line.number)


def _is_plainly_yearly(parts: Mapping[str, str]) -> bool:
    if parts["FREQ"] != "YEARLY" or {"BYYEARDAY", "BYDAY", "BYWEEKNO"} & parts.keys():
        return False
    return parts.get("BYMONTHDAY", "29") == "29"


def _fits(key: str, value: str) -> bool:
    """Whether a part of a rule is known and its value possible."""
    if key not in _PARTS or not _PARTS[key].fullmatch(value):
        return False
    return key != "UNTIL" or _moment(value) is not None
