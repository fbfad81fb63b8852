"""The tracking table of the contacts."""

import re
from collections.abc import Iterator

from vaultplan.plan.people import Person
from vaultplan.plan.query import fits, ordered, parse_filter
from vaultplan.plan.records import record_of
from vaultplan.problems import WrongUseError
from vaultplan.views.view import OddOption, Options, Page, View, cell, limit_of, table

_HEADS = ("Name", "Strength", "Goal", "Offer", "Status", "Last", "Next")
STATUS = {"to-do": "To do", "in-progress": "In progress", "done": "Done", "paused": "Paused"}


def _render(page: Page, options: Options) -> Iterator[str]:
    try:
        filters = [
            parse_filter(text, "contact", page.plan.today) for text in options.get("where", ())
        ]
        people = list(page.plan.people.values())
        if not any(one.field == "tracked" for one in filters):
            people = [person for person in people if person.tracked]
        records = [record_of(person.entry, page.plan) for person in people]
        kept = [record for record in records if fits(record, filters)]
        kept.sort(key=lambda record: (record.name.casefold(), record.path))
        for field in options.get("sort", ()):
            kept = ordered(kept, field, "contact")
    except WrongUseError as error:
        raise OddOption(str(error)) from None
    shown = [page.plan.people[record.path] for record in kept[: limit_of(options)]]
    if shown:
        yield from table(_HEADS, (_row(page, person) for person in shown))
    else:
        yield f"*No contact of {len(page.plan.people)} fits.*"


def _row(page: Page, person: Person) -> tuple[str, ...]:
    contact, coming = person.entry.item, person.next
    goals = (page.plan.vault.find(link, person.path) for link in contact.goals)
    linked = [page.link(goal.path, goal.name) for goal in goals if goal]
    due = f"{cell(coming.step.name)} {coming.step.due or ''}".strip() if coming else ""
    return (
        page.link(person.path, person.name),
        cell(contact.strength),
        cell(contact.purpose) or ", ".join(linked),
        cell(contact.offer),
        STATUS[person.status],
        str(person.last.day) if person.last else "",
        due,
    )


CONTACTS = View(
    name="contacts",
    doc="the tracked contacts: name, strength, goal, offer, status, last, next; "
    '`where="status = to-do"`, `sort=next_follow_up`, `limit=10`; '
    '`where="tracked = false"` shows the others',
    render=_render,
    options=("where", "sort", "limit"),
    phrases=re.compile(r"\*No contact of \d+ fits\.\*"),
)
