"""One appointment as the bytes of one calendar component, built by the icalendar library.

Both makers, `component` and `todo`, are pure: the same appointment and settings give the same
bytes. `today` decides only whether an alarm is still worth giving, so a component may be kept
until its day is over. Nothing in it says when it was made: RFC 5545, 3.8.7.2 lets DTSTAMP be the
last change where there is no METHOD.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from icalendar import Alarm, Event, Todo
from icalendar.prop import vCategory, vDDDTypes, vDuration, vRecur, vUri

from vaultplan.days import days_after
from vaultplan.feed.lines import Shared, Text, written
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
_ACTION, _OPAQUE, _TRANSPARENT = Text("DISPLAY"), Text("OPAQUE"), Text("TRANSPARENT")
_YEARLY = Shared(vRecur({"FREQ": "YEARLY"}))
_OPEN, _COMPLETED = Text("NEEDS-ACTION"), Text("COMPLETED")
_CATEGORIES = {category: Shared(vCategory([word])) for category, word in WORDS.items()}


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
    # Two moments may be the same and yet be told in two zones, so only days are found again.
    timed = isinstance(appointment.start, datetime) or isinstance(appointment.end, datetime)
    return (_event if timed else _whole_days)(appointment, settings, today)


def _event(appointment: Appointment, settings: FeedSettings, today: date) -> bytes:
    event = Event()
    title = _describe(event, appointment, settings)
    first, last = span_of(appointment)
    timed = isinstance(first, datetime)
    event["DTSTART"] = _moment(first)
    event["DTEND"] = _moment(last)
    event["TRANSP"] = _OPAQUE if timed else _TRANSPARENT
    if appointment.yearly:
        event["RRULE"] = _every_year(first)
    ahead = appointment.yearly or day_of(appointment.start) >= today
    if settings.alarms and ahead and not appointment.done:
        trigger = _trigger(-_HALF_HOUR if timed else _after_midnight(settings.alarms))
        event.add_component(_alarm(title, trigger))
    return written(event)


_whole_days = lru_cache(1 << 11)(_event)


def todo(appointment: Appointment, settings: FeedSettings, today: date) -> bytes:
    """The VTODO of an appointment that has no fault: due on its day, open or done."""
    task = Todo()
    title = _describe(task, appointment, settings)
    due = day_of(appointment.start)
    task["DUE"] = _moment(due)
    task["STATUS"] = _COMPLETED if appointment.done else _OPEN
    if appointment.done:  # at noon it is the same day nearly everywhere
        task["COMPLETED"] = _utc(appointment.done, 12)
    elif settings.alarms and due >= today:
        # It has no start, which an alarm stands by if it does not say so.
        trigger = _trigger(_after_midnight(settings.alarms), "END")
        task.add_component(_alarm(title, trigger))
    return written(task)


def _describe(item: Event | Todo, appointment: Appointment, settings: FeedSettings) -> Text:
    """What events and to-dos share: id, stamp and words. Returns the title.

    X-VAULTPLAN-KEY tells twins apart where ids are thrown away (vdirsyncer's `http`), and says
    no more than the id does.
    """
    uid = uid_of(settings.vault_id, str(item.name), appointment.identity)
    item["UID"] = Text(uid)
    item["DTSTAMP"] = _utc(appointment.stamp, 0)
    item["X-VAULTPLAN-KEY"] = Text(uid[:8])
    item["SUMMARY"] = title = Text(title_of(appointment, settings))
    item["CATEGORIES"] = _CATEGORIES[appointment.category]
    if description := description_of(appointment, settings):
        item["DESCRIPTION"] = Text(description)
    if location := location_of(appointment, settings):
        item["LOCATION"] = Text(location)
    if link := link_of(appointment, settings):
        item["URL"] = Shared(vUri(link))
    return title


def _moment(moment: date) -> Shared:
    # One moment has many names, a day has one.
    return Shared(vDDDTypes(moment)) if isinstance(moment, datetime) else _day(moment)


@lru_cache(1 << 12)
def _day(day: date) -> Shared:
    return Shared(vDDDTypes(day))


@lru_cache(1 << 12)
def _utc(day: date, hour: int) -> Shared:
    return Shared(vDDDTypes(datetime.combine(day, time(hour), UTC)))


@lru_cache(64)
def _trigger(delta: timedelta, related: str = "") -> Shared:
    return Shared(vDuration(delta, params={"RELATED": related} if related else {}))


def _every_year(day: date) -> Shared:
    """Every year; on the last day of February for the 29th, which programs read differently."""
    if (day.month, day.day) == (2, 29):
        return Shared(vRecur({"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": -1}))
    return _YEARLY


def _after_midnight(alarm: time) -> timedelta:
    return timedelta(hours=alarm.hour, minutes=alarm.minute)


def _alarm(title: Text, trigger: Shared) -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = _ACTION
    alarm["DESCRIPTION"] = title
    alarm["TRIGGER"] = trigger
    return alarm
