"""Events: where people are met."""

import datetime as dt
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from vaultplan.days import days_after
from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import CLOCK, LINKS, MOMENT, TEXT, one_of
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.touches import Told
from vaultplan.settings import Habits
from vaultplan.text.links import Link

STATUS = one_of("planned", "attended", "skipped", "cancelled")
OFF = ("skipped", "cancelled")


@dataclass(frozen=True)
class Event:
    """A meetup, a conference, a dinner: one contact with each of its people once attended."""

    start: date | datetime | time | None = declare(CLOCK, "when it begins", "begin", "start date")
    end: date | datetime | time | None = declare(
        CLOCK, "when it ends; a day is included", "end date"
    )
    date: dt.date | datetime | None = declare(MOMENT, "its day, if `start` is only a time", "day")
    location: str = declare(TEXT, "where it is", "place", "venue")
    url: str = declare(TEXT, "its page", "website", "link")
    organisation: str = declare(TEXT, "who holds it", "organization", "organizer", "host")
    status: str = declare(STATUS, "whether you went; it counts as a contact once `attended`")
    people: tuple[Link, ...] = declare(LINKS, "whom you meet there", "attendees", "participants")
    goals: tuple[Link, ...] = declare(LINKS, "goals it serves", "goal")


def begin_of(event: Event) -> date | datetime | None:
    """When an event begins: `start`, on the day of `date` if it is only a time."""
    if isinstance(event.start, time):
        return datetime.combine(day_of(event.date), event.start) if event.date else None
    return event.start or event.date


def day_of(moment: date | datetime) -> date:
    """The day on which a moment falls, in its own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def _told(entry: Entry[Event]) -> Told | None:
    event = entry.item
    start = begin_of(event)
    if start is None or event.status != "attended":
        return None
    return Told(day_of(start), "event", event.people, entry.name, event.goals)


def _appointments(entry: Entry[Event], zone: tzinfo | None) -> tuple[Appointment, ...]:
    event = entry.item
    if begin_of(event) is None or event.status in OFF:
        return ()
    start, end = _times(event, zone)
    notes = (event.url,) if event.url else ()
    appointment = Appointment(
        identity=(entry.key, "event"),
        category=Category.EVENT,
        start=start,
        end=end,
        title=entry.name,
        path=entry.path,
        stamp=day_of(start),
        notes=notes,
        location=event.location,
    )
    return (appointment,)


def _times(event: Event, zone: tzinfo | None) -> tuple[date | datetime, date | datetime | None]:
    """Start and exclusive end; a time without a zone anywhere becomes the whole day.

    A floating time would be shown at another hour by every calendar program. An end before the
    start stays one, for the feed to report.
    """
    start, end = begin_of(event), event.end
    assert start is not None  # noqa: S101  (the caller has looked)
    if isinstance(end, time):
        end = datetime.combine(day_of(start), end)
    if not isinstance(start, datetime) or (start.tzinfo is None and zone is None):
        return day_of(start), days_after(day_of(end or start), 1)
    start = _zoned(start, zone)
    if end is None:
        return start, None
    if not isinstance(end, datetime):
        end = datetime.combine(days_after(end, 1), time())
    end = _zoned(end, zone)
    return start, end if end != start else None


def _zoned(moment: datetime, zone: tzinfo | None) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


EVENT = Kind(
    name="event",
    plural="events",
    record=Event,
    habits=Habits(types=("event",)),
    folder="Events",
    columns=("start", "status", "location"),
    body=(
        "## Before\n\n"
        "Whom would you like to meet there, and what can you offer them?\n\n"
        "## After\n\n"
        "Whom did you meet? List them in `people`, and set `status` to attended."
    ),
    told=_told,
    appointments=_appointments,
)
