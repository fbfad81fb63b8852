"""The opportunities: the furthest first, then what was won and lost."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.kinds.opportunity import Opportunity
from vaultplan.plan.organisations import organisation_names, organisation_of
from vaultplan.views.listing import OPTIONS, Listing, listed, named
from vaultplan.views.view import Options, Page, View, cell

LISTING = Listing(
    kind="opportunity",
    one="opportunity",
    many="opportunities",
    heads=("Opportunity", "Organisation", "Role", "Stage", "Since", "Deadline", "People"),
)
STAGES = ("offer", "interviewing", "applied", "pursuing", "spotted", "", "won", "lost")


def _place(entry: Entry[Opportunity]) -> tuple[int, date, str]:
    return STAGES.index(entry.item.stage), entry.item.due or date.max, entry.path


def _render(page: Page, options: Options) -> Iterator[str]:
    vault = page.plan.vault
    names = organisation_names(vault)

    def row(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
        opportunity, offers = entry.item, organisation_of(entry, vault, names)
        return (
            page.link(entry.path, entry.name),
            page.link(offers.path, offers.name) if offers else cell(opportunity.organisation),
            cell(opportunity.role),
            cell(opportunity.stage),
            str(opportunity.date or ""),
            str(opportunity.due or ""),
            named(page, opportunity.people, entry.path),
        )

    opportunities = sorted(vault.of_kind("opportunity"), key=_place)
    yield from listed(LISTING, page, options, opportunities, row)


OPPORTUNITIES = View(
    name="opportunities",
    doc="opportunities, the furthest first, then those won and lost: organisation, role, stage, "
    "since, deadline, people; "
    '`where="open = true"`, `sort=due`, `limit=10`',
    render=_render,
    options=OPTIONS,
    phrases=re.compile(LISTING.phrases),
)
