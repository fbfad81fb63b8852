"""The note of the next plan: what it takes over from the one before."""

from collections.abc import Iterator

from vaultplan.plan import Plan
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.lookback import HandedOn
from vaultplan.plan.people import Person
from vaultplan.rules.pace import Stand
from vaultplan.text.escape import inline
from vaultplan.text.linkstyle import Place
from vaultplan.views.progress import in_words
from vaultplan.views.view import Page, number


def carried_goals(plan: Plan) -> tuple[GoalPlan, ...]:
    """The goals of a plan that were not reached."""
    return tuple(
        goal
        for goal in plan.own_goals
        if goal.pace is None or goal.pace.stand is not Stand.ACHIEVED
    )


def carried_people(plan: Plan) -> tuple[Person, ...]:
    """The key contacts, and whoever a step of the checklist is still open for."""
    return tuple(
        person
        for person in plan.people.values()
        if person.tracked and not person.silent and (person.entry.item.key or _is_open(person))
    )


def _is_open(person: Person) -> bool:
    steps = (todo.step for todo in person.todos)
    return any(step.open and step.rule.once and not step.provisional for step in steps)


def next_plan_body(page: Page, name: str, habits: HandedOn | None) -> str:
    """What stands below the properties of the next plan's note; `page` shows the plan before."""
    return "\n".join([f"# {inline(name)}", "", *_sections(page, habits)])


def _sections(page: Page, habits: HandedOn | None) -> Iterator[str]:
    yield from ("## What to keep in mind", "")
    lines = [f"- {word}: {inline(text)}" for word, text in in_words(page.plan, habits)]
    yield from lines or ["- What held you back last time, and what will you do instead?"]
    yield from ("", "## Goals carried on", "")
    yield from [_goal(page, goal) for goal in carried_goals(page.plan)] or [
        "- None: every goal was reached, or there was none."
    ]
    yield from ("", "## People to go on with", "")
    yield from [_person(page, person) for person in carried_people(page.plan)] or [
        "- Nobody yet. Who are the ten?"
    ]
    yield from ("", "## How it goes", "")
    for view in ('contacts where="key = true" sort=rank', "timeline"):
        yield from (f"<!-- vaultplan:begin {view} -->", "<!-- vaultplan:end -->", "")
    yield from ("## Log", "")


def _goal(page: Page, goal: GoalPlan) -> str:
    link = page.link(goal.entry.path, goal.entry.name, Place.INLINE)
    target, actual = goal.entry.item.target, goal.actual
    return f"- {link}: {number(actual)} of {number(target)}" if target and actual else f"- {link}"


def _person(page: Page, person: Person) -> str:
    link = page.link(person.path, person.name, Place.INLINE)
    steps = [
        inline(todo.step.name)
        for todo in person.todos
        if todo.step.open and todo.step.rule.once and not todo.step.provisional
    ]
    return f"- {link}: {', '.join(steps)}" if steps else f"- {link}"
