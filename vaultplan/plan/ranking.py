"""The order in which to do what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person, Todo
from vaultplan.plan.vault import Vault
from vaultplan.rules.rank import Marks, Score, is_unanswered, score

UNCUT = "thank"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A step to do, and the score that gives it its place."""

    todo: Todo
    score: Score


def rank(
    people: Mapping[str, Person], goals: Sequence[GoalPlan], vault: Vault, today: date
) -> tuple[Ranked, ...]:
    """Every open, dated step that may be asked for, the most urgent first; ties by path."""
    open_goals = {goal.entry.path for goal in goals if goal.open}
    rules = vault.settings
    ranked = [
        Ranked(todo, score(todo.step, _marks(person, open_goals, vault), rules.next, today))
        for person in people.values()
        for todo in person.todos
        if todo.step.open and todo.step.due and not is_unanswered(person.case, todo.step, rules.log)
    ]
    return tuple(
        sorted(ranked, key=lambda one: (-one.score.total, one.todo.path, one.todo.step.name))
    )


def _marks(person: Person, open_goals: set[str], vault: Vault) -> Marks:
    contact = person.entry.item
    goals = [vault.find(link, person.path) for link in contact.goals]
    return Marks(
        key=contact.key,
        open_goals=sum(goal is not None and goal.path in open_goals for goal in goals),
        mentor=contact.mentor in ("asked", "active"),
        weak=contact.strength == "weak",
    )


def first_of(ranked: Sequence[Ranked], until: date, limit: int) -> tuple[Ranked, ...]:
    """What to do by a day, at most `limit`; thank-yous are never cut."""
    due = [one for one in ranked if one.todo.step.due and one.todo.step.due <= until]
    kept = due[:limit]
    return (*kept, *(one for one in due[limit:] if one.todo.step.name == UNCUT))
