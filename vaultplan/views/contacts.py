"""The tracking table of the contacts."""

import re
from collections.abc import Iterator
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.plan.people import Person
from vaultplan.views.listing import (
    OPTIONS,
    Listing,
    by_name,
    chosen,
    due_next,
    filters_of,
    nothing,
)
from vaultplan.views.view import Options, Page, View, cell, table

LISTING = Listing(
    kind="contact",
    one="contact",
    many="contacts",
    heads=("Name", "Strength", "Goal", "Offer", "Status", "Last", "Next"),
)
STATUS = {"to-do": "To do", "in-progress": "In progress", "done": "Done", "paused": "Paused"}


def _render(page: Page, options: Options) -> Iterator[str]:
    people = list(page.plan.people.values())
    filters = filters_of(LISTING, page, options)
    if not any(one.field == "tracked" for one in filters):
        people = [person for person in people if person.tracked]
    entries = sorted((person.entry for person in people), key=by_name)
    shown = chosen(LISTING, page, options, entries)
    if shown:
        yield from table(LISTING.heads, (_row(page, entry) for entry in shown))
    else:
        yield nothing(LISTING, len(page.plan.people))


def _row(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
    person = page.plan.people[entry.path]
    return page.part(person, "row", lambda: _cells(page, person))


def _cells(page: Page, person: Person) -> tuple[str, ...]:
    entry, contact = person.entry, person.entry.item
    goals = page.plan.vault.find_all(contact.goals, entry.path)
    linked = [page.link(goal.path, goal.name) for goal in goals]
    return (
        page.link(entry.path, entry.name),
        cell(contact.strength),
        cell(contact.purpose) or ", ".join(linked),
        cell(contact.offer),
        STATUS[person.status],
        str(person.last.day) if person.last else "",
        due_next(person),
    )


CONTACTS = View(
    name="contacts",
    doc="the tracked contacts: name, strength, goal, offer, status, last, next; "
    '`where="status = to-do"`, `sort=next_follow_up`, `limit=10`; '
    '`where="tracked = false"` shows the others, '
    '`where="key = true" sort=rank` the key people, first who matters most',
    render=_render,
    options=OPTIONS,
    phrases=re.compile(LISTING.phrases),
)
