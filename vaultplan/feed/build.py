"""A whole feed: what is in its window, each id once, in a fixed order, as bytes."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

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


def build_feed(
    appointments: Iterable[Appointment],
    settings: FeedSettings,
    today: date,
    make: Maker = component,
) -> tuple[bytes, tuple[Problem, ...]]:
    """The feed of events: what is from 90 days back to two years ahead, and what comes yearly.

    What is bad is left out and said so, one problem each; so is a feed too large for Google.

    Raises:
        ValueError: A moment has no zone.
    """
    first, last = days_after(today, -_BACK), shift(today, _AHEAD)

    def wanted(item: Appointment) -> bool:
        begin, end = day_of(item.start), day_of(item.end or item.start)
        seen = item.yearly or (begin <= last and max(begin, end) >= first)
        return seen and item.category in settings.include and (settings.completed or not item.done)

    items, problems = _each_once(filter(wanted, appointments), settings, "VEVENT", settings.path)
    moments = [moment for item in items for moment in span_of(item)]
    zones = zone_parts(moment for moment in moments if isinstance(moment, datetime))
    parts = (make(item, settings, today) for item in items)
    return _whole(settings, settings.path, (zones, *parts), problems)


def build_todo_feed(
    appointments: Iterable[Appointment],
    settings: FeedSettings,
    today: date,
    make: Maker = todo,
) -> tuple[bytes, tuple[Problem, ...]]:
    """The feed of to-dos: follow-ups, goals and checkpoints, the open ones however long overdue.

    Raises:
        ValueError: A moment has no zone.
    """
    first, last = days_after(today, -_BACK), shift(today, _AHEAD)
    kinds = settings.include & TO_DO

    def wanted(item: Appointment) -> bool:
        seen = day_of(item.start) <= last and (not item.done or day_of(item.start) >= first)
        return seen and item.category in kinds and (settings.completed or not item.done)

    items, problems = _each_once(filter(wanted, appointments), settings, "VTODO", settings.todo)
    parts = (make(item, settings, today) for item in items)
    return _whole(settings, settings.todo, parts, problems)


def _each_once(
    appointments: Iterable[Appointment], settings: FeedSettings, kind: str, path: str
) -> tuple[list[Appointment], list[Problem]]:
    """What is good, by start and id; of two with one id that of the first path stays."""
    found: dict[str, list[Appointment]] = {}
    problems = []

    def leave_out(item: Appointment, fault: str, fix: str) -> None:
        message = f"“{title_of(item, settings)}” is not in {path}: {fault}"
        problems.append(Problem(item.path, 0, "feed-item", "warning", message, fix))

    for item in appointments:
        if fault := fault_of(item):
            leave_out(item, fault, "correct its dates")
        else:
            found.setdefault(uid_of(settings.vault_id, kind, item.identity), []).append(item)
    for same in found.values():
        if len(same) > 1:
            same.sort(key=lambda item: (item.path, _place(item), repr(item)))
        for item in same[1:]:
            fault = f"{same[0].path} has an item with the same identity"
            leave_out(item, fault, "give each note an `id` of its own")
    ordered = sorted(found.items(), key=lambda pair: (_place(pair[1][0]), pair[0]))
    return [same[0] for _, same in ordered], problems


def _place(item: Appointment) -> tuple[date, datetime]:
    """Where it stands in a calendar: its day, whole days first, then its moment."""
    if isinstance(item.start, datetime):
        return item.start.date(), settle(item.start).astimezone(UTC)
    return item.start, datetime.min.replace(tzinfo=UTC)


def _whole(
    settings: FeedSettings, path: str, parts: Iterable[bytes], problems: list[Problem]
) -> tuple[bytes, tuple[Problem, ...]]:
    feed = b"".join([_head(settings), *parts, b"END:VCALENDAR\r\n"])
    if len(feed) > _LARGE:
        size = f"{len(feed) / 1_000_000:.1f} MB"
        message = f"{size} of calendar; Google Calendar reads about 1 MB of a feed"
        fix = "narrow `include`, or spread it over several `[[feeds]]`"
        problems.append(Problem(path, 0, "feed-size", "warning", message, fix))
    return feed, tuple(sorted(problems))


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
