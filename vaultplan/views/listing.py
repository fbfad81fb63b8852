"""Tables of notes of one kind: kept by `where`, ordered by `sort`, cut by `limit`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.plan.people import Person
from vaultplan.plan.query import Filter, fits, ordered, parse_filter
from vaultplan.plan.records import records_of
from vaultplan.problems import WrongUseError
from vaultplan.text.links import Link
from vaultplan.views.view import OddOption, Options, Page, cell, limit_of, table

OPTIONS = ("where", "sort", "limit")
MOST_NAMED = 5

Row = Callable[[Page, Entry[Any]], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of notes of a kind: its heads, and what one and many of what it lists are called."""

    kind: str
    one: str
    many: str
    heads: tuple[str, ...]

    @property
    def phrases(self) -> str:
        """What matches the lines of `nothing`."""
        return rf"\*No {self.many} yet\.\*|\*No {self.one} of \d+ fits\.\*"


def listed(
    listing: Listing, page: Page, options: Options, entries: Sequence[Entry[Any]], row: Row
) -> Iterator[str]:
    """The table of what the options choose of the entries, or that there is nothing."""
    shown = chosen(listing, page, options, entries)
    if shown:
        yield from table(listing.heads, (row(page, entry) for entry in shown))
    else:
        yield nothing(listing, len(entries))


def nothing(listing: Listing, count: int) -> str:
    """That none of so many can be shown."""
    return f"*No {listing.one} of {count} fits.*" if count else f"*No {listing.many} yet.*"


def filters_of(listing: Listing, page: Page, options: Options) -> list[Filter]:
    """What `where` asks, all of which must fit."""
    try:
        return [
            parse_filter(text, listing.kind, page.plan.today) for text in options.get("where", ())
        ]
    except WrongUseError as error:
        raise OddOption(str(error)) from None


def chosen(
    listing: Listing, page: Page, options: Options, entries: Iterable[Entry[Any]]
) -> list[Entry[Any]]:
    """The entries that fit, in their own order if `sort` asks for none."""
    filters, sorts = filters_of(listing, page, options), options.get("sort", ())
    limit = limit_of(options)
    entries = list(entries)
    if filters or sorts:
        records = [record for record in records_of(entries, page.plan) if fits(record, filters)]
        try:
            for field in sorts:
                records = ordered(records, field, listing.kind)
        except WrongUseError as error:
            raise OddOption(str(error)) from None
        entries = [page.plan.vault.entries[record.path] for record in records]
    return entries[:limit]


def by_name(entry: Entry[Any]) -> tuple[str, str]:
    """The place of an entry in the order of names."""
    return entry.name.casefold(), entry.path


def due_next(person: Person) -> str:
    """The next step of a contact with its day, for a cell."""
    coming = person.next
    return f"{cell(coming.step.name)} {coming.step.due or ''}".strip() if coming else ""


def named(page: Page, links: Iterable[Link], source: str) -> str:
    """Whom or what the links of a note mean, for a cell; who has no note is named all the same."""
    return several(
        page.link(note.path, note.name)
        if (note := page.plan.vault.find(link, source))
        else cell(link.display or link.target.rpartition("/")[2])
        for link in links
    )


def several(names: Iterable[str]) -> str:
    """Names for a cell, each once: the first five, and how many more there are."""
    different = list(dict.fromkeys(names))
    shown = ", ".join(different[:MOST_NAMED])
    more = len(different) - MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown
