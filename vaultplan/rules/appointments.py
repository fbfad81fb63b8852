"""What belongs in a calendar, before it is any calendar format."""

from dataclasses import dataclass
from datetime import date, datetime

from vaultplan.settings.feeds import Category

__all__ = ["Appointment", "Category"]


@dataclass(frozen=True, slots=True)
class Appointment:
    """One thing with a date.

    `identity` is what its calendar id is made of: it stays when texts and dates are edited.
    `start` is a day, or a moment with a zone; `end` is exclusive, None for one day (or one hour).
    `title` may hold `{person}`, filled with `person` as far as the reader of a feed may know it.
    `notes` are lines of text below the title (why, offer, last log line); `path` is the note it
    comes from. `stamp` is the day of the newest dated thing it follows from. `yearly` repeats it
    each year (`start` then is the first one). `done` is the day a finished one was done. A
    `passing` one is worth nothing once its day is over.
    """

    identity: tuple[str, ...]
    category: Category
    start: date | datetime
    title: str
    path: str
    stamp: date
    end: date | datetime | None = None
    person: str = ""
    notes: tuple[str, ...] = ()
    location: str = ""
    yearly: bool = False
    done: date | None = None
    passing: bool = False
