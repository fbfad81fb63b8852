"""The events: those to come, then those past."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from vaultplan.kinds.event import Event, begin_of, day_of
from vaultplan.kinds.fields import Entry
from vaultplan.plan.records import event_status, is_past
from vaultplan.views.listing import OPTIONS, Listing, listed, named
from vaultplan.views.view import Options, Page, View, cell

LISTING = Listing(
    kind="event",
    one="event",
    many="events",
    heads=("Date", "Event", "Place", "Status", "People", "Goals"),
)


def _day(event: Event) -> date | None:
    start = begin_of(event)
    return day_of(start) if start else None


def _place(entry: Entry[Event], today: date) -> tuple[bool, int, str]:
    past, day = is_past(entry.item, today), _day(entry.item) or date.max
    return past, -day.toordinal() if past else day.toordinal(), entry.path


def _render(page: Page, options: Options) -> Iterator[str]:
    today = page.plan.today
    events = sorted(page.plan.vault.of_kind("event"), key=lambda entry: _place(entry, today))
    yield from listed(LISTING, page, options, events, _row)


def _row(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
    event = entry.item
    return (
        str(_day(event) or ""),
        page.link(entry.path, entry.name),
        cell(event.location),
        event_status(event, page.plan.today),
        named(page, event.people, entry.path),
        named(page, event.goals, entry.path),
    )


EVENTS = View(
    name="events",
    doc="events to come, then past ones, the newest first: date, place, status, people, goals; "
    "a past one without a status is `attended?`; "
    '`where="status = planned"`, `sort=-start`, `limit=5`',
    render=_render,
    options=OPTIONS,
    phrases=re.compile(LISTING.phrases),
)
