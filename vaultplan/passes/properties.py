"""From the plan to the properties of a note: what is computed, and what is used up."""

from collections.abc import Callable, Iterator

from vaultplan.passes.amend import property_key
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person
from vaultplan.problems import Problem
from vaultplan.rules.steps import State, is_spent
from vaultplan.settings import COMPUTED
from vaultplan.text.edits import Edit
from vaultplan.text.front import Property, SpliceError, set_property


def is_outdated(facts: Facts, plan: Plan, goal: GoalPlan | None) -> bool:
    """Whether a property of a note that is computed is to say something else."""
    return any(_outdated(facts, plan, goal))


def _outdated(
    facts: Facts, plan: Plan, goal: GoalPlan | None
) -> Iterator[tuple[Property, dict[str, str]]]:
    """Computed properties, and a `follow_up` or `snooze` that is used up, that are out of date."""
    wanted = {**_computed(facts, plan, goal), **_spent(facts, plan)}
    for one in facts.note.front.properties if wanted else ():
        if one.key in wanted and _shown(one.value) != wanted[one.key]:
            yield one, wanted


def properties_of(
    facts: Facts, plan: Plan, goal: GoalPlan | None, report: Callable[[Problem], None]
) -> Iterator[Edit]:
    """The edits that bring the properties of a note up to date."""
    for one, wanted in _outdated(facts, plan, goal):
        try:
            yield set_property(facts.note.text, facts.note.front, one.key, wanted[one.key])
        except SpliceError as error:
            fix = "write it as one plain value on one line"
            path = facts.note.path
            report(Problem(path, one.line, "not-written", "warning", f"{one.key}: {error}", fix))


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _computed(facts: Facts, plan: Plan, goal: GoalPlan | None) -> dict[str, str]:
    """What each computed property of a note is to say, for those that the settings list."""
    listed = plan.vault.settings.computed
    path = facts.note.path
    if not listed or path not in plan.vault.entries:
        return {}
    values: dict[str, str] = {}
    person = plan.people.get(path)
    if person:
        coming = person.next
        values = {
            "last_contact": str(person.last.day) if person.last else "",
            "next_follow_up": str(coming.step.due or "") if coming else "",
            "follow_up_state": follow_up_state(person),
        }
    if goal and goal.actual is not None and goal.entry.item.target is not None:
        values = {"progress": f"{goal.actual:g} of {goal.entry.item.target:g}"}
    return {name: values[name] for name in COMPUTED if name in listed and name in values}


def follow_up_state(person: Person) -> str:
    """How the follow-ups of a contact stand, in words that midnight does not change."""
    if person.silent:
        return "paused"
    states = {todo.step.state for todo in person.todos if not todo.step.provisional}
    if person.next:
        return "open"
    if State.LAPSED in states:
        return "lapsed"
    return "done" if states else ""


def _spent(facts: Facts, plan: Plan) -> dict[str, str]:
    """The dates to clear: only in a note with a checklist, where vaultplan writes them."""
    person = plan.people.get(facts.note.path)
    if person is None or not any(block.view == "checklist" for block in facts.blocks):
        return {}
    cleared = {}
    case = person.case
    if case.follow_up and is_spent(case.follow_up, case.touches):
        cleared["follow_up"] = ""
    if case.snooze and case.snooze.day <= plan.today:
        day = case.snooze.day
        waiting = any(
            todo.step.open and todo.step.planned_due and todo.step.planned_due < day
            for todo in person.todos
        )
        if not waiting:
            cleared["snooze"] = ""
    return {property_key(facts, field): value for field, value in cleared.items()}
