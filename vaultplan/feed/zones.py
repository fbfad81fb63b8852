"""Moments that every calendar program understands alike, and the zones they are told in.

The rules of a zone come from the tzdata package, not from the machine, whose own may be older or
newer: a moment in a zone is a wall-clock time and a name, and machines must agree what it is.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from zoneinfo import ZoneInfo

from vaultplan.feed.lines import line, text, wall

_UTC_NAMES = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Zulu"})
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NONE, _SECOND, _DAY = timedelta(), timedelta(seconds=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """A zone's clocks are put from one offset to another.

    `onset` is the wall-clock time just before it (RFC 5545, 3.6.5), `at` the moment in UTC.
    """

    at: datetime
    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def kind(self) -> tuple[bool, timedelta, timedelta, str]:
        return self.daylight, self.before, self.after, self.name


@cache
def zone_of(key: str) -> ZoneInfo:
    """The zone of this IANA name; the machine's own where the package does not have it."""
    try:
        with resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as rules:
            return ZoneInfo.from_file(rules, key=key)
    except (OSError, ModuleNotFoundError):
        return ZoneInfo(key)


def settle(moment: datetime) -> datetime:
    """The same wall-clock time in the same zone, with the package's rules for it."""
    key = _key(moment.tzinfo)
    return moment.replace(tzinfo=zone_of(key)) if key else moment


def tell(*moments: datetime) -> tuple[datetime, ...]:
    """The same settled moments, each in its zone's wall-clock time, or all of them in UTC.

    UTC if one of them has a bare offset, or falls in the hour that happens twice (there RFC 5545
    means the first pass, and readers differ). A time that clocks skip is told as the one they
    show then.
    """
    utc = tuple(moment.astimezone(UTC) for moment in moments)
    told = tuple(_wall(moment) for moment in moments)
    return tuple(moment for moment in told if moment) if all(told) else utc


def _wall(moment: datetime) -> datetime | None:
    zone = moment.tzinfo
    if not _key(zone):
        return None
    wall = moment.astimezone(UTC).astimezone(zone)
    twice = wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()
    return None if twice else wall


def _key(zone: tzinfo | None) -> str:
    key = zone.key if isinstance(zone, ZoneInfo) else None
    return "" if key is None or key in _UTC_NAMES else key


def zone_parts(moments: Iterable[datetime]) -> bytes:
    """The VTIMEZONEs that these moments need, by name."""
    told = sorted((key, moment.date()) for moment in moments if (key := _key(moment.tzinfo)))
    parts = []
    for key, group in groupby(told, lambda pair: pair[0]):
        days = [day for _, day in group]
        parts.append(_part(key, days[0], days[-1]))
    return b"".join(parts)


@lru_cache(maxsize=64)
def _part(key: str, first: date, last: date) -> bytes:
    """One VTIMEZONE that is right from the first to the last day."""
    zone = zone_of(key)
    years = range(max(first.year - 1, 1), last.year + 1)
    changes = list(_changes(zone, years))
    parts = [b"BEGIN:VTIMEZONE\r\n", line(f"TZID:{text(key)}")]
    if not changes or changes[0].onset.date() >= first:
        since = datetime(years[0], 1, 1, tzinfo=zone)
        offset = since.utcoffset() or _NONE
        start = datetime(min(years[0], 1970), 1, 1)  # noqa: DTZ001  (an onset is wall-clock time)
        name, daylight = since.tzname() or "", bool(since.dst())
        parts.append(_observed([_Change(since, start, offset, offset, name, daylight)], years))
    for _, group in groupby(sorted(changes, key=lambda c: (c.kind, c.at)), lambda c: c.kind):
        parts.append(_observed(list(group), years))
    return b"".join([*parts, b"END:VTIMEZONE\r\n"])


def _changes(zone: ZoneInfo, years: range) -> Iterator[_Change]:
    """Every change of the clocks in these years: looked for day by day, found to the second."""
    low = datetime(years[0], 1, 1, tzinfo=UTC)
    end = datetime(years[-1], 12, 31, tzinfo=UTC)
    while low < end:
        high = low + _DAY
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            yield _change(zone, low, high)
        low = high


def _change(zone: ZoneInfo, low: datetime, high: datetime) -> _Change:
    before = low.astimezone(zone)
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before.utcoffset():
            low = middle
        else:
            high = middle
    at = high.replace(microsecond=0)
    after = at.astimezone(zone)
    old, new = before.utcoffset() or _NONE, after.utcoffset() or _NONE
    # Where summer is the zone's own time and winter the exception (Dublin), winter has the dst.
    daylight = (after.dst() or _NONE) > _NONE or (before.dst() or _NONE) < _NONE
    onset = at.replace(tzinfo=None) + old
    return _Change(at, onset, old, new, after.tzname() or "", daylight)


def _observed(changes: list[_Change], years: range) -> bytes:
    """One STANDARD or DAYLIGHT: with a yearly rule if one fits, else with every date."""
    first = changes[0]
    kind = "DAYLIGHT" if first.daylight else "STANDARD"
    onsets = [change.onset for change in changes]
    rule = _rule(onsets, years)
    lines = (
        f"BEGIN:{kind}",
        f"DTSTART:{wall(first.onset)}",
        # A line each: ical.js reads the first date of a line only.
        *([f"RRULE:{rule}"] if rule else [f"RDATE:{wall(onset)}" for onset in onsets[1:]]),
        f"TZNAME:{text(first.name)}",
        f"TZOFFSETFROM:{_offset(first.before)}",
        f"TZOFFSETTO:{_offset(first.after)}",
        f"END:{kind}",
    )
    return b"".join(map(line, lines))


def _offset(offset: timedelta) -> str:
    """UTC-OFFSET (RFC 5545, 3.3.14)."""
    minutes, seconds = divmod(abs(offset) // _SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if offset < _NONE else "+"
    return f"{sign}{hours:02}{minutes:02}{f'{seconds:02}' if seconds else ''}"


def _rule(onsets: list[datetime], years: range) -> str:
    """`The last Sunday of October`, if all onsets are that, up to the last year; else ""."""
    first = onsets[0]
    same = {(onset.month, onset.weekday(), onset.time()) for onset in onsets}
    unbroken = [onset.year for onset in onsets] == list(range(first.year, years[-1] + 1))
    if len(onsets) == 1 or len(same) > 1 or not unbroken:
        return ""
    forward = {(onset.day - 1) // 7 + 1 for onset in onsets}
    last = all(onset.day + 7 > monthrange(onset.year, onset.month)[1] for onset in onsets)
    if not last and len(forward) > 1:
        return ""
    count = -1 if last else forward.pop()
    day = f"{count}{_WEEKDAYS[first.weekday()]}"
    return f"FREQ=YEARLY;BYDAY={day};BYMONTH={first.month}"
