"""The plan itself: its key people, its assessment, its checkpoints and its review."""

from collections.abc import Iterator
from itertools import pairwise

from vaultplan.days import days_after
from vaultplan.plan import Plan
from vaultplan.plan.lints.advice import hint, running
from vaultplan.plan.lookback import (
    ASSESSED_BEFORE_DAYS,
    assessments_of,
    final_review,
    reviews_of,
)
from vaultplan.plan.people import Person
from vaultplan.problems import Problem

CANDIDATES = 3


def too_few_key_contacts(plan: Plan) -> Iterator[Problem]:
    """Fewer key people than the plan asks for, and who could be one."""
    current = running(plan)
    if current is None:
        return
    entry, cycle = current
    count = sum(person.entry.item.key for person in plan.people.values())
    if count < cycle.key_contacts:
        missing = cycle.key_contacts - count
        message = f"the plan asks for {cycle.key_contacts} key contacts and has {count}"
        names = ", ".join(person.name for person in _candidates(plan))
        fix = f"write `key: true` for {missing} more{f', such as {names}' if names else ''}"
        fix += "; or ask for fewer with `key_contacts`"
        yield hint(entry, ("key_contacts", "start"), "too-few-key-contacts", message, fix)


def _candidates(plan: Plan) -> list[Person]:
    """Who is followed up already: with an open goal first, weak ties before strong ones."""
    goals = {goal.entry.path for goal in plan.goals if goal.open}

    def place(person: Person) -> tuple[bool, int, str, str]:
        contact = person.entry.item
        linked = plan.vault.find_all(contact.goals, person.path)
        serves = any(goal.path in goals for goal in linked)
        tie = ("weak", "", "strong").index(contact.strength)
        return not serves, tie, person.name.casefold(), person.path

    known = [one for one in plan.people.values() if one.tracked and not one.silent]
    return sorted((one for one in known if not one.entry.item.key), key=place)[:CANDIDATES]


def no_assessment(plan: Plan) -> Iterator[Problem]:
    """A plan without a rating of today's networking, from shortly before it on."""
    current = running(plan)
    if current is None:
        return
    entry, cycle = current
    first = days_after(cycle.start, -ASSESSED_BEFORE_DAYS)
    rated = [one.item.date for one in assessments_of(plan.vault, cycle.end)]
    if plan.today >= first and not any(day and day >= first for day in rated):
        message = "there is no assessment for the plan"
        fix = "rate your networking: `vaultplan assess` asks the questions"
        yield hint(entry, ("start",), "no-assessment", message, fix)


def checkpoint_without_review(plan: Plan) -> Iterator[Problem]:
    """The newest checkpoint that has passed, if nobody looked back since."""
    current = running(plan)
    if current is None:
        return
    entry, cycle = current
    passed = [day for day in cycle.checkpoints if day < plan.today]
    reviewed = [one.item.date for one in reviews_of(plan.vault, cycle.path)]
    if passed and not any(day and day >= passed[-1] for day in reviewed):
        message = f"the checkpoint of {passed[-1]} has passed without a review"
        fix = "look back for ten minutes: `vaultplan review` writes what the notes know"
        places = ("checkpoint_every", "start")
        yield hint(entry, places, "checkpoint-without-review", message, fix)


def plan_without_review(plan: Plan) -> Iterator[Problem]:
    """The current plan, or the one before it, is over and has no review at the end."""
    if plan.current is None or plan.cycle is None:
        return
    before = plan.vault.find(plan.current.item.previous, plan.current.path)
    for entry in (before, plan.current):
        cycle = plan.cycles.get(entry.path) if entry else None
        if entry is None or cycle is None or cycle.end >= plan.today:
            continue
        if final_review(plan.vault, cycle) is None:
            message = f"the plan ended on {cycle.end} and has no review yet"
            fix = f'`vaultplan review "{entry.name}"` writes one; what it taught is yours to add'
            yield hint(entry, ("start",), "plan-without-review", message, fix)


def plan_without_start(plan: Plan) -> Iterator[Problem]:
    """A plan that has no first day, so that nothing follows from it."""
    for entry in plan.vault.of_kind("plan"):
        if entry.path not in plan.cycles:
            message = "the plan has no first day, so nothing is counted or asked for it"
            yield hint(entry, ("start",), "plan-without-start", message, "write its `start`")


def plans_overlap(plan: Plan) -> Iterator[Problem]:
    """A plan that begins before another one is over; told at the later one."""
    cycles = sorted(plan.cycles.values(), key=lambda cycle: (cycle.start, cycle.path))
    for before, after in pairwise(cycles):
        if after.start <= before.end:
            name = plan.vault.entries[before.path].name
            message = f"the plan begins while {name} still runs, until {before.end}"
            fix = f"move its `start`, or end {name} with fewer `days`"
            yield hint(plan.vault.entries[after.path], ("start",), "plans-overlap", message, fix)
