"""What a person said in generated lines: a box ticked or unticked, a date moved.

Each saying becomes a change to the note of the contact it is about: a log line, its removal, or a
date. A line that tells of an earlier cycle, or of a step already done, says nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vaultplan.days import days_after
from vaultplan.facts import Facts, Placed
from vaultplan.log import LogLine
from vaultplan.plan import Plan
from vaultplan.plan.people import Person, Todo
from vaultplan.problems import Problem
from vaultplan.steps import SPENT_DAYS, State


@dataclass(frozen=True, slots=True)
class AddLine:
    """Write a log line."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Take the bare log line of a kind and a day out again."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a field of a contact a value; empty clears it."""

    field: str
    value: str


Change = AddLine | RemoveLine | SetField


@dataclass(frozen=True, slots=True)
class Saying:
    """A change to a contact's note, and the task line that asked for it."""

    change: Change
    person: str
    key: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """Everything that was said, and what cannot be done about it.

    `unheard` are lines, by key, that say something about a step nobody knows: perhaps its note
    cannot be read just now, so these lines must stay as they are.
    """

    sayings: tuple[Saying, ...]
    unheard: Mapping[str, tuple[str, int]]
    problems: tuple[Problem, ...]


def heard(plan: Plan) -> Ticks:
    """Read all generated task lines of the vault against the plan."""
    todos = {todo.key: todo for todo in plan.todos}
    found: dict[tuple[str, Change], Saying] = {}
    unheard: dict[str, tuple[str, int]] = {}
    problems = []
    for path, placed, in_block in _lines(plan.vault.facts):
        task = placed.task
        if not (task.ticked or task.unticked or task.moved):
            continue
        todo = todos.get(task.key)
        if todo is None:
            unheard.setdefault(task.key, (path, placed.line))
            continue
        said = _said(todo, placed, plan, in_block=in_block)
        if isinstance(said, str):
            problems.append(_problem(path, placed.line, said))
        for change in () if isinstance(said, str) else said:
            found.setdefault((todo.key, change), Saying(change, todo.path, todo.key))
    return Ticks(tuple(_agreed(found.values())), unheard, tuple(problems))


def _lines(facts: Mapping[str, Facts]) -> Iterator[tuple[str, Placed, bool]]:
    """Each generated task line, and whether it stands in a block (else it is a person's copy)."""
    for path, one in facts.items():
        spans = [(block.start, block.stop) for block in one.blocks]
        starts = {line.number: line.start for line in one.note.lines} if one.tasks else {}
        for placed in one.tasks:
            at = starts[placed.line]
            yield path, placed, any(start <= at < stop for start, stop in spans)


def _said(todo: Todo, placed: Placed, plan: Plan, *, in_block: bool) -> Iterable[Change] | str:
    """What one line says; a text is why it cannot be done.

    Only in a block can a line be renewed after it was heard. A copy elsewhere would say the same
    again for ever, so of copies only ticks count: they fall silent once the step is done.
    """
    task, step = placed.task, todo.step
    person = plan.people[todo.path]
    if task.ticked:
        return _tick(todo, person, task.done_on, plan.today)
    if not in_block:
        return ()
    if task.unticked and step.state is State.DONE:
        return _untick(todo, person, plan)
    if task.moved and step.open and task.due:
        return _move(todo, person, task.due)
    return ()


def _tick(todo: Todo, person: Person, done_on: date | None, today: date) -> tuple[Change, ...]:
    step = todo.step
    if not step.open or step.provisional:
        return ()
    day = min(max(done_on or today, step.since or date.min), today)
    changes: list[Change] = []
    if not any(touch.day == day and touch.kind == step.rule.writes for touch in person.touches):
        changes.append(AddLine(day, step.rule.writes))
    if step.rule.since != "connection" and person.entry.item.follow_up:
        changes.append(SetField("follow_up", ""))
    return tuple(changes)


def _untick(todo: Todo, person: Person, plan: Plan) -> tuple[Change, ...] | str:
    done = todo.step.done_by
    assert done is not None  # noqa: S101  (a step is done by something)
    bare = bare_line(plan.vault.facts[person.path].log, done.day, done.kind)
    if bare is None or done.kind != todo.step.rule.writes or len(done.sources) > 1:
        where = ", ".join(map(str, done.sources))
        return f"{todo.step.name} of {person.name} stays done: {where} says so in your own words"
    return (RemoveLine(done.day, done.kind),)


def bare_line(log: Iterable[LogLine], day: date, kind: str) -> LogLine | None:
    """The log line that holds nothing but this day and kind, as a tick writes it."""
    return next((line for line in log if line.bare and line.day == day and line.kind == kind), None)


def _move(todo: Todo, person: Person, day: date) -> tuple[Change, ...] | str:
    if todo.step.rule.since == "connection":
        planned = todo.step.planned_due
        if planned and day <= planned:
            return (
                f"{todo.step.name} of {person.name} can only be moved later than {planned}; "
                "it follows from the connection"
            )
        return (SetField("snooze", day.isoformat()),)
    if person.last and person.last.day >= days_after(day, -SPENT_DAYS):
        return (
            f"{todo.step.name} of {person.name} cannot be moved to {day}: the contact on "
            f"{person.last.day} is less than {SPENT_DAYS + 1} days before and counts as it"
        )
    return (SetField("follow_up", day.isoformat()),)


def _agreed(sayings: Iterable[Saying]) -> Iterator[Saying]:
    """One change for each thing: of several days ticked the first, of several set the last.

    A tick is worth more than a moved date of the same contact.
    """
    said = sorted(sayings, key=lambda saying: str(saying.change))
    ticked = {saying.person for saying in said if isinstance(saying.change, AddLine)}
    found: dict[tuple[str, ...], Saying] = {}
    for saying in said:
        change = saying.change
        if isinstance(change, SetField):
            if not (change.value and saying.person in ticked):
                found[saying.person, change.field] = saying
        else:
            found.setdefault((saying.person, saying.key, type(change).__name__), saying)
    return iter(found.values())


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, "not-done", "warning", message, "change the note of the contact")
