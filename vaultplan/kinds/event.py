"""Events: where people are met."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from vaultplan.days import days_after
from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import LINKS, MOMENT, TEXT, one_of
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.touches import Told
from vaultplan.settings import Habits
from vaultplan.text.links import Link

STATUS = one_of("planned", "attended", "skipped")


@dataclass(frozen=True)
class Event:
    """A meetup, a conference, a dinner: one contact with each of its people once attended."""

    start: date | datetime | None = declare(MOMENT, "when it begins", "date")
    end: date | datetime | None = declare(MOMENT, "when it ends; a day is included", "end date")
    location: str = declare(TEXT, "where it is", "place", "venue")
    url: str = declare(TEXT, "its page", "website", "link")
    organisation: str = declare(TEXT, "who holds it", "organization", "organizer", "host")
    status: str = declare(STATUS, "whether you went; it counts as a contact once `attended`")
    people: tuple[Link, ...] = declare(LINKS, "whom you meet there", "attendees", "participants")
    goals: tuple[Link, ...] = declare(LINKS, "goals it serves", "goal")


def day_of(moment: date | datetime) -> date:
    """The day on which a moment falls, in its own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def _told(entry: Entry[Event]) -> Told | None:
    event = entry.item
    if event.start is None or event.status != "attended":
        return None
    return Told(day_of(event.start), "event", event.people, entry.name, event.goals)


def _appointments(entry: Entry[Event], zone: tzinfo | None) -> tuple[Appointment, ...]:
    event = entry.item
    if event.start is None or event.status == "skipped":
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
        stamp=day_of(event.start),
        notes=notes,
        location=event.location,
    )
    return (appointment,)


def _times(event: Event, zone: tzinfo | None) -> tuple[date | datetime, date | datetime | None]:
    """Start and exclusive end; a time without a zone anywhere becomes the whole day.

    A floating time would be shown at another hour by every calendar program.
    """
    start, end = event.start, event.end
    assert start is not None  # noqa: S101  (the caller has looked)
    if not isinstance(start, datetime) or (start.tzinfo is None and zone is None):
        last = max(day_of(start), day_of(end)) if end else day_of(start)
        return day_of(start), days_after(last, 1)
    start = _zoned(start, zone)
    if isinstance(end, datetime):
        end = _zoned(end, zone)
        return start, end if end > start else start + timedelta(hours=1)
    return start, start + timedelta(hours=1)


def _zoned(moment: datetime, zone: tzinfo | None) -> datetime:
    if moment.tzinfo is None:
        return moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


EVENT = Kind(
    name="event",
    plural="events",
    record=Event,
    habits=Habits(types=("event",)),
    told=_told,
    appointments=_appointments,
)
