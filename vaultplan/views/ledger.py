"""The ledger: what was given, received and asked, and what is still on offer."""

import re
from collections.abc import Iterator, Sequence

from vaultplan.plan.exchange import Account, accounts_of
from vaultplan.views.view import Options, Page, View, cell, limit_of, table

_HEADS = ("Name", "Given", "Received", "Asked", "In this plan")
_OFFERS = ("Name", "Offer", "Since")


def _render(page: Page, options: Options) -> Iterator[str]:
    limit = limit_of(options)
    accounts = sorted(
        accounts_of(page.plan),
        key=lambda account: (account.person.name.casefold(), account.person.path),
    )
    used = [account for account in accounts if account.used]
    if used:
        rows = [_row(page, account) for account in used[:limit]]
        yield from table(_HEADS, (*rows, _total(used)))
    else:
        yield "*Nothing given, received or asked yet.*"
    offers = [account for account in accounts if account.open_offer][:limit]
    if offers:
        yield from ("", "**Open offers**", "")
        yield from table(_OFFERS, (_offer(page, account) for account in offers))


def _row(page: Page, account: Account) -> tuple[str, ...]:
    words = [_in_plan([account]), "asked before giving" if account.asked_first else ""]
    return (
        page.link(account.person.path, account.person.name),
        str(account.given),
        str(account.received),
        str(account.asked),
        "; ".join(filter(None, words)),
    )


def _total(accounts: Sequence[Account]) -> tuple[str, ...]:
    """All accounts together, those that a limit leaves out included."""
    return (
        f"**Total of {len(accounts)}**",
        str(sum(account.given for account in accounts)),
        str(sum(account.received for account in accounts)),
        str(sum(account.asked for account in accounts)),
        _in_plan(accounts),
    )


def _in_plan(accounts: Sequence[Account]) -> str:
    counts = {
        "given": sum(account.cycle_given for account in accounts),
        "received": sum(account.cycle_received for account in accounts),
        "asked": sum(account.cycle_asked for account in accounts),
    }
    return ", ".join(f"{number} {word}" for word, number in counts.items() if number)


def _offer(page: Page, account: Account) -> tuple[str, ...]:
    person = account.person
    return (
        page.link(person.path, person.name),
        cell(person.entry.item.offer),
        str(account.offered or ""),
    )


LEDGER = View(
    name="ledger",
    doc="given, received and asked for each contact, ever and in this plan, and open offers; "
    "`limit=10`",
    render=_render,
    options=("limit",),
    phrases=re.compile(r"\*Nothing given, received or asked yet\.\*|\*\*Open offers\*\*"),
)
