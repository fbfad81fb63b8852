"""Interactions: one note for one meeting, call or talk."""

import datetime as dt
from dataclasses import dataclass

from vaultplan.days import day_in
from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import LINKS, MOMENT, TEXT
from vaultplan.rules.touches import Told
from vaultplan.settings import Habits
from vaultplan.text.links import Link, stem_of


@dataclass(frozen=True)
class Interaction:
    """A note about one meeting or call: one contact with each of its people."""

    date: dt.date | dt.datetime | None = declare(
        MOMENT, "when; else the day in the file name", "day"
    )
    people: tuple[Link, ...] = declare(
        LINKS, "who was there", "attendees", "participants", "person", "with"
    )
    kind: str = declare(TEXT, "a kind of log line: `coffee`, `call` …; else `meeting`")


def _told(entry: Entry[Interaction]) -> Told | None:
    name = stem_of(entry.path).rpartition("/")[2]
    day = entry.item.date or day_in(name)
    if day is None:
        return None
    if isinstance(day, dt.datetime):
        day = day.date()
    kind = entry.item.kind or ("call" if entry.mark.startswith("call") else "meeting")
    return Told(day, kind.casefold(), entry.item.people, entry.name)


INTERACTION = Kind(
    name="interaction",
    plural="interactions",
    record=Interaction,
    habits=Habits(
        types=("interaction", "meeting", "call", "1-1", "1on1"),
        tags=("meeting", "call", "1-1"),
        categories=("meeting", "meetings", "call", "calls", "1-1"),
    ),
    folder="Meetings",
    columns=("date", "people", "kind"),
    body="What did you talk about? What did you promise, and what can you do for them?",
    told=_told,
)
