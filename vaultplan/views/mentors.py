"""The mentors: who is one, may become one or was one, and the programmes that find some."""

import re
from collections.abc import Iterator
from typing import Any

from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.values import Fit
from vaultplan.views.listing import OPTIONS, Listing, by_name, due_next, listed
from vaultplan.views.view import Options, Page, View, cell, number, table

LISTING = Listing(
    kind="contact",
    one="mentor",
    many="mentors",
    heads=("Name", "Stage", "Experience", "Values", "Insight", "Last", "Next"),
)
STAGES = ("active", "asked", "potential", "former", "")


def _ratings(contact: Contact) -> tuple[int | None, int | None, int | None]:
    fit = contact.mentor_fit or Fit()
    return fit.experience, fit.values, fit.insight


def _place(entry: Entry[Contact]) -> tuple[int, int, str]:
    total = sum(rating or 0 for rating in _ratings(entry.item))
    return STAGES.index(entry.item.mentor), -total, entry.path


def _render(page: Page, options: Options) -> Iterator[str]:
    contacts = page.plan.vault.of_kind("contact")
    mentors = [one for one in contacts if one.item.mentor or any(_ratings(one.item))]
    yield from listed(LISTING, page, options, sorted(mentors, key=_place), _row)
    organisations = page.plan.vault.of_kind("organisation")
    programmes = sorted((one for one in organisations if one.item.kind == "programme"), key=by_name)
    if programmes:
        yield from ("", "**Programmes**", "")
        yield from table(
            ("Name", "Status", "Joined"), (_programme(page, one) for one in programmes)
        )


def _row(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
    person = page.plan.people[entry.path]
    return (
        page.link(entry.path, entry.name),
        cell(entry.item.mentor),
        *map(number, _ratings(entry.item)),
        str(person.last.day) if person.last else "",
        due_next(person),
    )


def _programme(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
    return (
        page.link(entry.path, entry.name),
        cell(entry.item.status),
        str(entry.item.joined or ""),
    )


MENTORS = View(
    name="mentors",
    doc="contacts with a `mentor` stage or a `mentor_fit`: stage, the three ratings, last, next; "
    "below them the organisations of kind `programme`; "
    '`where="mentor = potential"`, `sort=last_contact`, `limit=5` choose among the contacts',
    render=_render,
    options=OPTIONS,
    phrases=re.compile(rf"{LISTING.phrases}|\*\*Programmes\*\*"),
)
