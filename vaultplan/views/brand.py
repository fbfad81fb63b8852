"""What others can read, hear and see of you: what is still to be done, then what is out."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from vaultplan.kinds.brand import FINISHED, Brand
from vaultplan.kinds.fields import Entry
from vaultplan.views.listing import OPTIONS, Listing, listed
from vaultplan.views.view import Options, Page, View, cell

LISTING = Listing(
    kind="brand",
    one="brand note",
    many="brand notes",
    heads=("What", "Kind", "Status", "Due", "Address"),
)


def _place(entry: Entry[Brand]) -> tuple[bool, int, str]:
    brand = entry.item
    if brand.status in FINISHED:
        return True, -(brand.date or brand.due or date.min).toordinal(), entry.path
    return False, (brand.due or date.max).toordinal(), entry.path


def _render(page: Page, options: Options) -> Iterator[str]:
    notes = sorted(page.plan.vault.of_kind("brand"), key=_place)
    yield from listed(LISTING, page, options, notes, _row)


def _row(page: Page, entry: Entry[Any]) -> tuple[str, ...]:
    return (
        page.link(entry.path, entry.name),
        cell(entry.item.kind),
        cell(entry.item.status),
        str(entry.item.due or ""),
        cell(entry.item.url),
    )


BRAND = View(
    name="brand",
    doc="pitches, profiles, articles, talks and trainings: kind, status, due, address; "
    "what is not out yet by its day, then what is, the newest first; "
    '`where="kind = article"`, `sort=status`, `limit=10`',
    render=_render,
    options=OPTIONS,
    phrases=re.compile(LISTING.phrases),
)
