"""The organisations, and the people you know there."""

import re
from collections.abc import Iterator
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.plan.organisations import last_contact, members_of
from vaultplan.views.listing import OPTIONS, Listing, by_name, listed, several
from vaultplan.views.view import Options, Page, View, cell

LISTING = Listing(
    kind="organisation",
    one="organisation",
    many="organisations",
    heads=("Name", "Kind", "Status", "Joined", "People", "Last contact"),
)


def _render(page: Page, options: Options) -> Iterator[str]:
    organisations = sorted(page.plan.vault.of_kind("organisation"), key=by_name)
    members = members_of(page.plan.vault)

    def row(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
        own = members[entry.path]
        return (
            page.link(entry.path, entry.name),
            cell(entry.item.kind),
            cell(entry.item.status),
            str(entry.item.joined or ""),
            several(page.link(one.path, one.name) for one in sorted(own, key=by_name)),
            str(last_contact(own, page.plan.people) or ""),
        )

    yield from listed(LISTING, page, options, organisations, row)


ORGANISATIONS = View(
    name="organisations",
    doc="organisations by name: kind, status, joined, the contacts who work there, "
    "the last contact with any of them; "
    '`where="kind = association"`, `sort=-people`, `limit=10`',
    render=_render,
    options=OPTIONS,
    phrases=re.compile(LISTING.phrases),
)
