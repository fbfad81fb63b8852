"""Giving and taking: one account for each contact."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vaultplan.days import days_after
from vaultplan.plan import Plan
from vaultplan.plan.dated import inside
from vaultplan.plan.people import Person
from vaultplan.rules.touches import Touch

ASKED_DAYS = 90


@dataclass(frozen=True, slots=True)
class Account:
    """What was given to one contact, received from and asked of them: ever, and in the plan.

    `asked_first`: something was asked in the plan (without one: in the last 90 days), and nothing
    ever given. `open_offer`: there is an offer, and nothing was given since `offered`, the day from
    which it counts. The counts of the plan are 0 without a plan that has begun.
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
    offered: date | None

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

    offered = offered_on(person, plan)
    return Account(
        person=person,
        given=person.given,
        received=person.received,
        asked=person.asked,
        cycle_given=in_cycle(rules.gave),
        cycle_received=in_cycle(rules.received),
        cycle_asked=in_cycle(rules.asked),
        asked_first=first_ask(person, plan) is not None,
        open_offer=bool(person.entry.item.offer)
        and not count(rules.gave, offered or date.min, date.max),
        offered=offered,
    )


def first_ask(person: Person, plan: Plan) -> Touch | None:
    """The first thing asked of somebody to whom nothing was ever given.

    It is looked for in the current plan; before one has begun, in the last 90 days.
    """
    cycle = plan.cycle if plan.cycle and plan.cycle.start <= plan.today else None
    start = cycle.start if cycle else days_after(plan.today, 1 - ASKED_DAYS)
    end = cycle.end if cycle else plan.today
    asked = plan.vault.settings.log.asked
    asks = (touch for touch in inside(person.touches, start, end) if touch.kind in asked)
    return None if person.given else next(asks, None)


def offered_on(person: Person, plan: Plan) -> date | None:
    """The day from which an offer counts: the connection, else the plan's start."""
    if person.case.connection:
        return person.case.connection.day
    return plan.cycle.start if plan.cycle and plan.cycle.start <= plan.today else None
