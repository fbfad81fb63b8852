"""What belongs in the calendar: open steps, and what the notes themselves have dates for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from vaultplan.kinds import KIND_NAMED
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
    return (*of_people, *appointments_besides(vault, people, goals, today))


def appointments_with(person: Person) -> Iterator[Appointment]:
    """The steps of one contact, and the birthday of who is tracked."""
    for todo in person.todos:
        if todo.step.due and (todo.step.open or todo.step.state is State.DONE):
            yield step_appointment(person, todo)
    if person.tracked:
        yield from KIND_NAMED[person.entry.kind].appointments(person.entry, None)


def appointments_besides(
    vault: Vault, people: Mapping[str, Person], goals: Sequence[GoalPlan], today: date
) -> Iterator[Appointment]:
    """What is about no contact alone: events, goals, plans …, and how much is overdue."""
    zone = ZoneInfo(vault.settings.timezone) if vault.settings.timezone else None
    dated = _of_notes(vault, goals, zone)
    yield from (one for one in dated if not _is_over(one, today))
    yield from _overdue([text for person in people.values() for text in _late(person)], today)


def _late(person: Person) -> Iterator[str]:
    for todo in person.todos:
        if todo.step.state is State.OVERDUE and not todo.step.provisional:
            yield todo.step.rule.said(todo.person)


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


def _of_notes(
    vault: Vault, goals: Sequence[GoalPlan], zone: tzinfo | None
) -> Iterator[Appointment]:
    """What notes themselves have dates for: no goals achieved."""
    goal_plans = {goal.entry.path: goal for goal in goals}
    for entry in vault.entries.values():
        if entry.kind == "contact":
            continue
        goal = goal_plans.get(entry.path)
        if goal is None:
            yield from KIND_NAMED[entry.kind].appointments(entry, zone)
        elif goal.open and goal.due:
            filled = replace(entry, item=replace(entry.item, start=goal.start, due=goal.due))
            yield from KIND_NAMED[entry.kind].appointments(filled, zone)


def _overdue(late: Sequence[str], today: date) -> Iterator[Appointment]:
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
