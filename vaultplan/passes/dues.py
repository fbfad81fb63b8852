"""What is due, as a pass tells it."""

from typing import Any

from vaultplan.passes.report import Due, Reason
from vaultplan.plan import Plan
from vaultplan.plan.calendar import identity
from vaultplan.plan.people import Person, Todo
from vaultplan.rules.steps import State
from vaultplan.rules.uids import uid_of

_ASKED = (State.DUE, State.OVERDUE)


def dues_of(plan: Plan) -> tuple[Due, ...]:
    """The steps that are due or overdue, the oldest first."""
    plain = (one for person in plan.people.values() if person.tracked for one in _due(person, plan))
    return tuple(sorted(map(due_from, plain), key=lambda one: (one.due, one.path, one.step)))


def due_from(plain: tuple[Any, ...]) -> Due:
    """A step from its plain values."""
    due = Due(*plain)
    return due._replace(why=tuple(Reason(*reason) for reason in due.why))


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


def _due(person: Person, plan: Plan) -> tuple[tuple[Any, ...], ...]:
    """The steps of a contact that are due or overdue, as plain values."""

    def make() -> tuple[tuple[Any, ...], ...]:
        asked = (todo for todo in person.todos if todo.step.state in _ASKED)
        dues = [due_of(todo, plan) for todo in asked if not todo.step.provisional]
        return tuple((*one[:-1], tuple(map(tuple, one.why))) for one in dues)

    return person.part("due", make)
