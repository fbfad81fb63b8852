"""One appointment as the bytes of one calendar component.

Both makers, `component` and `todo`, are pure: the same appointment and settings give the same
bytes. `today` decides only whether an alarm is still worth giving, so a component may be kept
until its day is over. Nothing in it says when it was made: RFC 5545, 3.8.7.2 lets DTSTAMP be the
last change where there is no METHOD.
"""

from datetime import UTC, date, datetime, time, timedelta

from vaultplan.days import days_after
from vaultplan.feed.lines import day_line, duration, line, moment_line, text, utc_line
from vaultplan.feed.words import WORDS, description_of, link_of, location_of, title_of
from vaultplan.feed.zones import settle, tell
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings

TO_DO = frozenset(
    {
        Category.FOLLOW_UP,
        Category.GOAL,
        Category.CHECKPOINT,
        Category.BRAND,
        Category.OPPORTUNITY,
    }
)
"""What one does, as against what happens: only these become to-dos."""

_HOUR, _HALF_HOUR = timedelta(hours=1), timedelta(minutes=30)
_YEARS = range(1970, 2101)  # of timed things: zones know nothing before, nobody anything after
_TRANSPARENT, _OPAQUE = line("TRANSP:TRANSPARENT"), line("TRANSP:OPAQUE")
_YEARLY = line("RRULE:FREQ=YEARLY")
# For the 29th, which programs read differently: the last day of February.
_LEAPING = line("RRULE:FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2")
_OPEN, _COMPLETED = line("STATUS:NEEDS-ACTION"), line("STATUS:COMPLETED")
_CATEGORIES = {category: line(f"CATEGORIES:{text(word)}") for category, word in WORDS.items()}


def day_of(moment: date | datetime) -> date:
    """The day of a day or of a moment, there where it is."""
    return moment.date() if isinstance(moment, datetime) else moment


def fault_of(appointment: Appointment) -> str:
    """Why this cannot stand in a calendar; "" if it can.

    Raises:
        ValueError: A moment has no zone; which one is meant, only the caller can know.
    """
    start, end = appointment.start, appointment.end
    timed = isinstance(start, datetime)
    for moment in (start, end):
        if isinstance(moment, datetime) and moment.utcoffset() is None:
            raise ValueError(f"{moment} has no zone")
    if not appointment.identity:
        return "it has nothing to know it by"
    if end is not None and isinstance(end, datetime) != timed:
        return "one end has a time, the other has none"
    if timed and appointment.yearly:
        return "what comes every year has no time"
    if any(isinstance(moment, datetime) and moment.year not in _YEARS for moment in (start, end)):
        return "its year is beyond what calendars know"
    if start == date.max:
        return "it is on the last day there is"
    first, last = span_of(appointment)
    return "it ends before it starts" if last <= first else ""


def span_of(appointment: Appointment) -> tuple[date, date]:
    """Start and exclusive end as a calendar is told them: a day or an hour if there is no end."""
    start, end = appointment.start, appointment.end
    if not isinstance(start, datetime):
        return start, end or days_after(start, 1)
    start = settle(start)
    if not isinstance(end, datetime):
        end = (start.astimezone(UTC) + _HOUR).astimezone(start.tzinfo)
    first, last = tell(start, settle(end))
    return first, last


def component(appointment: Appointment, settings: FeedSettings, today: date) -> bytes:
    """The VEVENT of an appointment that has no fault."""
    uid = uid_of(settings.vault_id, "VEVENT", appointment.identity)
    title = text(title_of(appointment, settings))
    first, last = span_of(appointment)
    timed = isinstance(first, datetime)
    lines = [
        b"BEGIN:VEVENT\r\n",
        line(f"SUMMARY:{title}"),
        moment_line("DTSTART", first),
        moment_line("DTEND", last),
        utc_line("DTSTAMP", appointment.stamp),
        line(f"UID:{uid}"),
    ]
    if appointment.yearly:
        lines.append(_LEAPING if (first.month, first.day) == (2, 29) else _YEARLY)
    lines.append(_CATEGORIES[appointment.category])
    lines += _description(appointment, settings)
    lines += _location(appointment, settings)
    lines.append(_OPAQUE if timed else _TRANSPARENT)
    lines += _links(appointment, settings, uid)
    ahead = appointment.yearly or day_of(appointment.start) >= today
    if settings.alarms and ahead and not appointment.done:
        when = -_HALF_HOUR if timed else _after_midnight(settings.alarms)
        lines.append(_alarm(title, f"TRIGGER:{duration(when)}"))
    return b"".join([*lines, b"END:VEVENT\r\n"])


def todo(appointment: Appointment, settings: FeedSettings, today: date) -> bytes:
    """The VTODO of an appointment that has no fault: due on its day, open or done."""
    uid = uid_of(settings.vault_id, "VTODO", appointment.identity)
    title = text(title_of(appointment, settings))
    due = day_of(appointment.start)
    lines = [b"BEGIN:VTODO\r\n", _CATEGORIES[appointment.category]]
    if appointment.done:  # at noon it is the same day nearly everywhere
        lines.append(utc_line("COMPLETED", appointment.done, 12))
    lines += _description(appointment, settings)
    lines += [utc_line("DTSTAMP", appointment.stamp), day_line("DUE", due)]
    lines += _location(appointment, settings)
    lines.append(_COMPLETED if appointment.done else _OPEN)
    lines += [line(f"SUMMARY:{title}"), line(f"UID:{uid}")]
    lines += _links(appointment, settings, uid)
    if settings.alarms and due >= today and not appointment.done:
        # It has no start, which an alarm stands by if it does not say so.
        after = duration(_after_midnight(settings.alarms))
        lines.append(_alarm(title, f"TRIGGER;RELATED=END:{after}"))
    return b"".join([*lines, b"END:VTODO\r\n"])


def _description(appointment: Appointment, settings: FeedSettings) -> list[bytes]:
    words = description_of(appointment, settings)
    return [line(f"DESCRIPTION:{text(words)}")] if words else []


def _location(appointment: Appointment, settings: FeedSettings) -> list[bytes]:
    place = location_of(appointment, settings)
    return [line(f"LOCATION:{text(place)}")] if place else []


def _links(appointment: Appointment, settings: FeedSettings, uid: str) -> list[bytes]:
    """The note's address, and what programs know the item by.

    X-VAULTPLAN-KEY tells twins apart where ids are thrown away (vdirsyncer's `http`), and says
    no more than the id does.
    """
    link = link_of(appointment, settings)
    return [*([line(f"URL:{link}")] if link else []), line(f"X-VAULTPLAN-KEY:{uid[:8]}")]


def _after_midnight(alarm: time) -> timedelta:
    return timedelta(hours=alarm.hour, minutes=alarm.minute)


def _alarm(title: str, trigger: str) -> bytes:
    return b"".join(
        [
            b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n",
            line(f"DESCRIPTION:{title}"),
            line(trigger),
            b"END:VALARM\r\n",
        ]
    )
