"""A whole feed: what is in its window, each id once, in a fixed order, as bytes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import NamedTuple

from vaultplan.days import Span, days_after, shift
from vaultplan.feed.items import TO_DO, component, day_of, fault_of, span_of, todo
from vaultplan.feed.lines import line, text
from vaultplan.feed.words import one_line, title_of
from vaultplan.feed.zones import settle, zone_parts
from vaultplan.problems import Problem
from vaultplan.rules.appointments import Appointment
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings

Maker = Callable[[Appointment, FeedSettings, date], bytes]
"""Makes one component; `component` and `todo` do, or something that remembers what they made."""

_BACK, _AHEAD = 90, Span(months=24)
_LARGE = 900_000  # bytes; Google Calendar reads about 1,000,000


class Part(NamedTuple):
    """One item of a feed: its day, its moment in UTC ("" of a whole day), its id, its note, itself.

    The first three, all of them text, are its place in the feed.
    """

    day: str
    moment: str
    uid: str
    path: str
    title: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Sort:
    """What a feed is made of: VEVENTs or VTODOs.

    `wanted` chooses by the first and the last day of the feed.
    """

    component: str
    make: Maker
    wanted: Callable[[Appointment, FeedSettings, date, date], bool]


def _is_event(item: Appointment, settings: FeedSettings, first: date, last: date) -> bool:
    """From 90 days back to two years ahead, and what comes yearly."""
    begin, end = day_of(item.start), day_of(item.end or item.start)
    seen = item.yearly or (begin <= last and max(begin, end) >= first)
    return seen and item.category in settings.include and (settings.completed or not item.done)


def _is_to_do(item: Appointment, settings: FeedSettings, first: date, last: date) -> bool:
    """Follow-ups, goals and checkpoints, the open ones however long overdue."""
    seen = day_of(item.start) <= last and (not item.done or day_of(item.start) >= first)
    kinds = settings.include & TO_DO
    return seen and item.category in kinds and (settings.completed or not item.done)


EVENTS = Sort("VEVENT", component, _is_event)
TO_DOS = Sort("VTODO", todo, _is_to_do)


def parts_of(
    appointments: Iterable[Appointment], settings: FeedSettings, today: date, sort: Sort
) -> tuple[list[Part], list[Problem]]:
    """The items of a feed, and what is bad and so left out, one problem each.

    Raises:
        ValueError: A moment has no zone.
    """
    first, last = days_after(today, -_BACK), shift(today, _AHEAD)
    parts, problems = [], []
    for item in appointments:
        if not sort.wanted(item, settings, first, last):
            continue
        fault = fault_of(item)
        if fault:
            title = title_of(item, settings)
            path = settings.todo if sort is TO_DOS else settings.path
            problems.append(_left_out(item.path, title, path, fault, "correct its dates"))
        else:
            uid = uid_of(settings.vault_id, sort.component, item.identity)
            data = sort.make(item, settings, today)
            parts.append(Part(*_place(item), uid, item.path, title_of(item, settings), data))
    return parts, problems


def next_turn(appointments: Iterable[Appointment], today: date) -> date | None:
    """The first day after today on which the items of any feed may read otherwise."""
    days = []
    for item in appointments:
        begin, end = day_of(item.start), day_of(item.end or item.start)
        if begin > shift(today, _AHEAD):
            days.append(days_after(today, 1))
        days += [days_after(begin, 1), days_after(max(begin, end), _BACK + 1)]
    return min((day for day in days if day > today), default=None)


def join_parts(
    parts: Iterable[Part], settings: FeedSettings, path: str, zones: bytes = b""
) -> tuple[bytes, list[Problem]]:
    """The feed of some items, each id once, in a fixed order; a feed too large for Google is said.

    `zones` are the VTIMEZONEs that the items need.
    """
    ordered = sorted(parts)
    if len({part.uid for part in ordered}) == len(ordered):
        return _whole(settings, path, (zones, *(part.data for part in ordered)), [])
    return _each_once(ordered, settings, path, zones)


def _each_once(
    parts: Iterable[Part], settings: FeedSettings, path: str, zones: bytes
) -> tuple[bytes, list[Problem]]:
    """Of two with one id that of the first path stays."""
    found: dict[str, Part] = {}
    problems = []
    for part in sorted(parts, key=attrgetter("path", "day", "moment", "data")):
        if found.setdefault(part.uid, part) is not part:
            fault = f"{found[part.uid].path} has an item with the same identity"
            fix = "give each note an `id` of its own"
            problems.append(_left_out(part.path, part.title, path, fault, fix))
    once = (part.data for part in sorted(found.values()))
    return _whole(settings, path, (zones, *once), problems)


def _left_out(path: str, title: str, feed: str, fault: str, fix: str) -> Problem:
    return Problem(path, 0, "feed-item", "warning", f"“{title}” is not in {feed}: {fault}", fix)


def build_feed(
    appointments: Iterable[Appointment], settings: FeedSettings, today: date
) -> tuple[bytes, tuple[Problem, ...]]:
    """The feed of events: what is from 90 days back to two years ahead, and what comes yearly.

    What is bad is left out and said so, one problem each; so is a feed too large for Google.

    Raises:
        ValueError: A moment has no zone.
    """
    appointments = list(appointments)
    parts, problems = parts_of(appointments, settings, today, EVENTS)
    zones = zones_of(appointments, settings, today)
    feed, more = join_parts(parts, settings, settings.path, zones)
    return feed, tuple(sorted((*problems, *more)))


def build_todo_feed(
    appointments: Iterable[Appointment], settings: FeedSettings, today: date
) -> tuple[bytes, tuple[Problem, ...]]:
    """The feed of to-dos: follow-ups, goals and checkpoints, the open ones however long overdue.

    Raises:
        ValueError: A moment has no zone.
    """
    parts, problems = parts_of(appointments, settings, today, TO_DOS)
    feed, more = join_parts(parts, settings, settings.todo)
    return feed, tuple(sorted((*problems, *more)))


def zones_of(appointments: Iterable[Appointment], settings: FeedSettings, today: date) -> bytes:
    """The VTIMEZONEs of the events that a feed holds."""
    first, last = days_after(today, -_BACK), shift(today, _AHEAD)
    moments = [
        moment
        for item in appointments
        if isinstance(item.start, datetime)
        and EVENTS.wanted(item, settings, first, last)
        and not fault_of(item)
        for moment in span_of(item)
    ]
    return zone_parts(moment for moment in moments if isinstance(moment, datetime))


def _place(item: Appointment) -> tuple[str, str]:
    """Where it stands in a calendar: its day, whole days first, then its moment."""
    if isinstance(item.start, datetime):
        moment = settle(item.start).astimezone(UTC)
        return item.start.date().isoformat(), moment.isoformat(timespec="microseconds")
    return item.start.isoformat(), ""


def _whole(
    settings: FeedSettings, path: str, parts: Iterable[bytes], problems: list[Problem]
) -> tuple[bytes, list[Problem]]:
    feed = b"".join([_head(settings), *parts, b"END:VCALENDAR\r\n"])
    if len(feed) > _LARGE:
        size = f"{len(feed) / 1_000_000:.1f} MB"
        message = f"{size} of calendar; Google Calendar reads about 1 MB of a feed"
        fix = "narrow `include`, or spread it over several `[[feeds]]`"
        problems.append(Problem(path, 0, "feed-size", "warning", message, fix))
    return feed, problems


def _head(settings: FeedSettings) -> bytes:
    """The calendar's own properties: RFC 5545, RFC 7986, and the X- ones that programs read."""
    name = text(one_line(settings.name) or "Follow-ups")
    zone = text(one_line(settings.zone))
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vaultplan//vaultplan//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-APPLE-CALENDAR-COLOR:#008080",
        "X-PUBLISHED-TTL:PT1H",
        *([f"X-WR-TIMEZONE:{zone}"] if zone else ()),
    )
    return b"".join(map(line, lines))
