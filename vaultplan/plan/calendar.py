"""What belongs in the calendar: open steps, and what the notes themselves have dates for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from vaultplan.kinds import KIND_NAMED
from vaultplan.kinds.fields import Entry
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person, Todo
from vaultplan.plan.vault import Vault
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.steps import State
from vaultplan.text.links import unlinked


def appointments_of(
    vault: Vault,
    people: Mapping[str, Person],
    goals: Sequence[GoalPlan],
    today: date,
) -> tuple[Appointment, ...]:
    """Everything with a date that is still worth one; what is overdue also as one item of today."""
    of_people = (one for person in people.values() for one in appointments_with(person))
    of_goals = {goal.entry.path: goal for goal in goals}
    besides = (
        one
        for entry in vault.entries.values()
        for one in appointments_about(entry, of_goals.get(entry.path), vault, today)
    )
    todos = (todo for person in people.values() for todo in person.todos)
    return (*of_people, *besides, *overdue(todos, today))


def appointments_with(person: Person) -> Iterator[Appointment]:
    """The steps of one contact, and the birthday of who is tracked."""
    for todo in person.todos:
        if todo.step.due and (todo.step.open or todo.step.state is State.DONE):
            yield step_appointment(person, todo)
    if person.tracked:
        yield from KIND_NAMED[person.entry.kind].appointments(person.entry, None)


def appointments_about(
    entry: Entry[Any], goal: GoalPlan | None, vault: Vault, today: date
) -> Iterator[Appointment]:
    """What a note that is no contact has dates for; nothing for a goal achieved."""
    zone = ZoneInfo(vault.settings.timezone) if vault.settings.timezone else None
    if goal and goal.open and goal.due:
        entry = replace(entry, item=replace(entry.item, start=goal.start, due=goal.due))
    elif goal or entry.kind == "contact":
        return
    for one in KIND_NAMED[entry.kind].appointments(entry, zone):
        if not _is_over(one, today):
            yield one


def _is_over(one: Appointment, today: date) -> bool:
    return one.passing and not isinstance(one.start, datetime) and one.start < today


def identity(person: Person, todo: Todo) -> tuple[str, ...]:
    """What the calendar id of a step is made of; a check-in keeps one id from cycle to cycle."""
    since = todo.step.since
    counted = since.isoformat() if since and todo.step.rule.once else ""
    return (person.entry.key, todo.step.name, counted)


def step_appointment(person: Person, todo: Todo) -> Appointment:
    """A step as an item of the calendar; it must have a due day."""
    step = todo.step
    assert step.due is not None  # noqa: S101  (the caller has looked)
    newest = person.last.day if person.last else None
    since = step.since or step.due
    return Appointment(
        identity=identity(person, todo),
        category=Category.FOLLOW_UP,
        start=step.due,
        title=step.rule.text,
        path=person.path,
        stamp=step.done_by.day if step.done_by else max(since, newest or since),
        person=person.name,
        notes=tuple(_notes(person, todo)),
        done=step.done_by.day if step.done_by else None,
    )


def _notes(person: Person, todo: Todo) -> Iterator[str]:
    yield "; ".join(f"{reason.rule}: {reason.value}" for reason in todo.step.why)
    if todo.step.provisional:
        yield "Provisional, until the event has happened."
    if person.entry.item.offer:
        yield f"Offer: {unlinked(person.entry.item.offer)}"
    if person.last:
        told = unlinked(person.last.text)
        words = " ".join(filter(None, (str(person.last.day), person.last.kind, told)))
        yield f"Last contact: {words}"


def overdue(todos: Iterable[Todo], today: date) -> Iterator[Appointment]:
    """How many of some steps are overdue, as one item of today."""
    late = [
        todo.step.rule.said(todo.person)
        for todo in todos
        if todo.step.state is State.OVERDUE and not todo.step.provisional
    ]
    if late:
        follow_ups = "follow-up" if len(late) == 1 else "follow-ups"
        yield Appointment(
            identity=("overdue",),
            category=Category.OVERDUE,
            start=today,
            title=f"{len(late)} {follow_ups} overdue",
            path="",
            stamp=today,
            notes=tuple(sorted(late)),
        )
