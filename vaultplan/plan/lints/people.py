"""The key people, the mentors, and how different the ties are."""

from collections.abc import Iterator

from vaultplan.kinds.contact import MENTORS
from vaultplan.plan import Plan
from vaultplan.plan.lints.advice import hint, rests, running
from vaultplan.plan.people import Person
from vaultplan.problems import Problem

ENOUGH_TIES = 5


def key_without_goal(plan: Plan) -> Iterator[Problem]:
    """Key people of whom nothing says what the connection is for."""
    goals = {goal.entry.path for goal in plan.goals if goal.open}
    for person in _key_people(plan):
        linked = plan.vault.find_all(person.entry.item.goals, person.path)
        if person.entry.item.purpose or any(goal.path in goals for goal in linked):
            continue
        message = f"{person.name} is a key contact without an open goal or a purpose"
        fix = "link a goal in `goals`, or write as `purpose` what the connection is for"
        yield hint(person.entry, ("goals", "purpose", "key"), "key-without-goal", message, fix)


def key_without_offer(plan: Plan) -> Iterator[Problem]:
    """Key people to whom nothing is offered yet."""
    for person in _key_people(plan):
        if not person.entry.item.offer:
            message = f"{person.name} is a key contact without an offer"
            fix = "write as `offer` what you could give first: an article, an introduction, a hand"
            yield hint(person.entry, ("offer", "key"), "key-without-offer", message, fix)


def _key_people(plan: Plan) -> Iterator[Person]:
    return (
        person
        for person in plan.people.values()
        if person.entry.item.key and not rests(person, plan.today)
    )


def all_ties_strong(plan: Plan) -> Iterator[Problem]:
    """A network of strong ties only; told once, at the first of them."""
    rated = [one for one in plan.people.values() if one.tracked and one.entry.item.strength]
    if len(rated) >= ENOUGH_TIES and all(one.entry.item.strength == "strong" for one in rated):
        message = f"all {len(rated)} ties that you keep up are strong ones"
        fix = (
            "keep in touch with a few people you hardly know (`strength: weak`); "
            "news and openings often come from them"
        )
        yield hint(rated[0].entry, ("strength",), "all-ties-strong", message, fix)


def no_feedback(plan: Plan) -> Iterator[Problem]:
    """Key people and mentors you have talked with, without feedback since the plan began."""
    current = running(plan)
    if current is None:
        return
    _, cycle = current
    if not cycle.checkpoints or plan.today < cycle.checkpoints[0]:
        return
    for person in plan.people.values():
        contact = person.entry.item
        asked = contact.key or contact.mentor in MENTORS
        told = any(one.kind == "feedback" and one.day >= cycle.start for one in person.touches)
        talked = person.case.connection is not None
        if asked and talked and not told and not rests(person, plan.today):
            message = f"no feedback from {person.name} since the plan began"
            fix = "ask what you could do better, and log the answer as `feedback`"
            yield hint(person.entry, ("mentor", "key"), "no-feedback", message, fix)
