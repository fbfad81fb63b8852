"""What follows from a plan, as the plain values that are told and remembered."""

from typing import Any

from vaultplan.passes.ranking import Ranking, Suggestion
from vaultplan.passes.report import Due, Reason, plain_due
from vaultplan.plan import Plan
from vaultplan.plan.calendar import identity
from vaultplan.plan.people import Person, Todo
from vaultplan.rules.steps import State
from vaultplan.rules.uids import uid_of
from vaultplan.settings.follow import THANK

_ASKED = (State.DUE, State.OVERDUE)


def dues_of(plan: Plan) -> tuple[Due, ...]:
    """The steps that are due or overdue, the oldest first."""
    dues = (
        Due(*_due(plan.people[todo.path], plan)[todo.key])
        for todo in plan.todos
        if todo.step.state in _ASKED and not todo.step.provisional
    )
    return tuple(sorted(dues, key=lambda one: (one.due, one.path, one.step)))


def due_of(todo: Todo, plan: Plan) -> Due:
    """A step as scripts read it."""
    step, vault_id = todo.step, plan.vault.settings.vault_id
    named = identity(plan.people[todo.path], todo)
    return Due(
        uid=uid_of(vault_id, "VEVENT", named) if vault_id else None,
        path=todo.path,
        person=todo.person,
        step=step.name,
        title=step.rule.said(todo.person),
        due=step.due.isoformat() if step.due else None,
        state=step.state.value,
        provisional=step.provisional,
        why=tuple(Reason(one.rule, one.value, one.source or None) for one in step.why),
    )


def _due(person: Person, plan: Plan) -> dict[str, tuple[Any, ...]]:
    """The open steps of a contact that have a day, as plain values by key."""

    def make() -> dict[str, tuple[Any, ...]]:
        dated = (todo for todo in person.todos if todo.step.open and todo.step.due)
        return {todo.key: plain_due(due_of(todo, plan)) for todo in dated}

    return person.part("due", make)


def ranking_of(plan: Plan) -> Ranking:
    """What to do, ranked."""
    return Ranking(
        today=plan.today.isoformat(),
        limit=plan.vault.settings.next.limit,
        tracked=plan.tracked,
        items=tuple(
            Suggestion(
                Due(*_due(plan.people[one.todo.path], plan)[one.todo.key]),
                one.todo.step.name == THANK,
                one.score.parts,
            )
            for one in plan.ranked
        ),
    )
