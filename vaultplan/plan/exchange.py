"""Giving and taking: one account for each contact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vaultplan.plan import Plan
from vaultplan.plan.people import Person


@dataclass(frozen=True)
class Account:
    """What was given to one contact, received from and asked of them: ever, and in the plan.

    `asked_first`: something was asked in the plan (without one: ever), and nothing ever given.
    `open_offer`: there is an offer, and nothing was given since the plan's start (without one:
    ever). The counts of the plan are 0 without a plan that has begun.
    """

    person: Person
    given: int
    received: int
    asked: int
    cycle_given: int
    cycle_received: int
    cycle_asked: int
    asked_first: bool
    open_offer: bool

    @property
    def used(self) -> bool:
        """Whether anything was ever given, received or asked."""
        return bool(self.given or self.received or self.asked)


def accounts_of(plan: Plan) -> tuple[Account, ...]:
    """The accounts by path: of who gave or took anything, or is tracked and waits for an offer."""
    accounts = (_account(person, plan) for person in plan.people.values())
    return tuple(
        account
        for account in accounts
        if account.used or (account.person.tracked and account.open_offer)
    )


def _account(person: Person, plan: Plan) -> Account:
    rules = plan.vault.settings.log
    cycle = plan.cycle if plan.cycle and plan.cycle.start <= plan.today else None

    def count(kinds: Collection[str], start: date, end: date) -> int:
        return sum(touch.kind in kinds and start <= touch.day <= end for touch in person.touches)

    def in_cycle(kinds: Collection[str]) -> int:
        return count(kinds, cycle.start, cycle.end) if cycle else 0

    since = cycle.start if cycle else date.min
    asked = in_cycle(rules.asked) if cycle else person.asked
    return Account(
        person=person,
        given=person.given,
        received=person.received,
        asked=person.asked,
        cycle_given=in_cycle(rules.gave),
        cycle_received=in_cycle(rules.received),
        cycle_asked=in_cycle(rules.asked),
        asked_first=asked > 0 and person.given == 0,
        open_offer=bool(person.entry.item.offer) and not count(rules.gave, since, date.max),
    )
