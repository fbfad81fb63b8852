"""The progress table: metric, target, actual and state of the plan, its goals and objectives."""

import re
from collections.abc import Iterator

from vaultplan.plan.people import Person
from vaultplan.rules.pace import Stand
from vaultplan.views.view import Options, Page, View, cell, number, table

_HEADS = ("Metric", "Target", "Actual", "State")


def _render(page: Page, _: Options) -> Iterator[str]:
    rows = list(_rows(page))
    if rows:
        yield from table(_HEADS, rows)
    else:
        yield "*No plan and no goals yet.*"


def _rows(page: Page) -> Iterator[tuple[str, ...]]:
    plan = page.plan
    if plan.current and plan.cycle:
        days = plan.cycle.days
        day = min(max((plan.today - plan.cycle.start).days + 1, 0), days)
        yield (page.link(plan.current.path, plan.current.name), f"{days} days", f"day {day}", "")
        yield _key_contacts(page)
    for goal in plan.goals:
        state = goal.pace.stand.value if goal.pace else ""
        name = page.link(goal.entry.path, goal.entry.name)
        yield (name, number(goal.entry.item.target), number(goal.actual), state)
    for one in plan.objectives:
        name = (
            f"{cell(one.objective.measure)} ({number(one.objective.target)} a {one.objective.per})"
        )
        yield (name, number(one.target), number(one.actual), one.pace.stand.value)


def _key_contacts(page: Page) -> tuple[str, ...]:
    """How many of the key people were reached since the plan began."""
    plan = page.plan
    assert plan.cycle is not None  # noqa: S101  (the caller has looked)
    start = plan.cycle.start

    def reached(person: Person) -> bool:
        return person.last is not None and person.last.day >= start

    key = [person for person in plan.people.values() if person.entry.item.key]
    count = sum(map(reached, key))
    state = Stand.ACHIEVED.value if count >= plan.cycle.key_contacts else ""
    return ("key contacts reached", number(plan.cycle.key_contacts), number(count), state)


PROGRESS = View(
    name="progress",
    doc="metric, target, actual, state for the plan, its goals and objectives",
    render=_render,
    phrases=re.compile(r"\*No plan and no goals yet\.\*"),
)
