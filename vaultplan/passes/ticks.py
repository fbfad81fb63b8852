"""What a person said in generated lines: a box ticked or unticked, a date moved.

Each saying becomes a change to the note of the contact it is about: a log line, its removal, or a
date. A line that tells of an earlier cycle, or of a step already done, says nothing.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from vaultplan.days import days_after
from vaultplan.passes.change import Change, RemoveLine, SetField, doing
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, Placed
from vaultplan.plan.people import Person, Todo
from vaultplan.problems import Problem
from vaultplan.rules.steps import SPENT_DAYS
from vaultplan.rules.touches import Source, Touch
from vaultplan.text.blocks import Block
from vaultplan.text.log import LogLine
from vaultplan.text.tasks import TaskLine, task_key


@dataclass(frozen=True, slots=True)
class Saying:
    """A change to a contact's note, and the task line that asked for it."""

    change: Change
    person: str
    key: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A generated task line that a person changed.

    `renewed` is one in a block that is filled anew, `own` one in a contact's own checklist. What is
    not renewed is a copy: it would say the same again for ever, so of copies only ticks count,
    which fall silent once the step is done.
    """

    task: TaskLine
    source: Source
    renewed: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """Everything that was said, and what cannot be done about it.

    `unheard` are lines that say something about a step nobody knows.
    """

    sayings: tuple[Saying, ...]
    unheard: tuple[Spoken, ...]
    problems: tuple[Problem, ...]

    def keys_for(self, person: str) -> tuple[str, ...]:
        """The keys of the steps of which something was said, for the note of one contact."""
        return tuple(sorted({saying.key for saying in self.sayings if saying.person == person}))


def heard(plan: Plan, is_renewed: Callable[[Facts, Block], bool]) -> Ticks:
    """Read all generated task lines of the vault against the plan.

    `is_renewed` tells whether a block will be filled anew.
    """
    todos = {todo.key: todo for todo in plan.todos}
    spoken = tuple(_spoken(plan.vault.facts, is_renewed))
    first = _first_ticks(spoken, plan.today)
    copies = {one.task.key: one.source for one in spoken if one.task.ticked and not one.renewed}
    found: dict[tuple[str, Change], Saying] = {}
    problems = []
    for one in spoken:
        todo = todos.get(one.task.key)
        if todo is None or (first.get(todo.key, one) is not one and not todo.step.done_by):
            continue
        said = _said(one, todo, plan, copies.get(todo.key))
        if isinstance(said, str):
            problems.append(_problem(one.source, said))
            continue
        for change in said:
            found.setdefault((todo.key, change), Saying(change, todo.path, todo.key))
    unknown = [one for one in spoken if one.task.key not in todos]
    over = frozenset(_keys_over(plan)) if unknown else frozenset()
    unheard = tuple(one for one in unknown if one.task.key not in over)
    return Ticks(tuple(_agreed(found.values())), unheard, tuple(problems))


def _first_ticks(spoken: Iterable[Spoken], today: date) -> dict[str, Spoken]:
    """By key, of all lines in which a step is ticked the one with the first day."""
    found: dict[str, Spoken] = {}
    for one in spoken:
        if one.task.ticked:
            other = found.setdefault(one.task.key, one)
            if (one.task.done_on or today) < (other.task.done_on or today):
                found[one.task.key] = one
    return found


def _spoken(
    facts: Mapping[str, Facts], is_renewed: Callable[[Facts, Block], bool]
) -> Iterator[Spoken]:
    for path, one in facts.items():
        renewed: dict[Block | None, bool] = {None: False}
        for placed, block in changed_lines(one):
            if block not in renewed:
                renewed[block] = block is not None and is_renewed(one, block)
            own = renewed[block] and block is not None and block.view == "checklist"
            yield Spoken(placed.task, Source(path, placed.line), renewed[block], own)


def changed_lines(facts: Facts) -> Iterator[tuple[Placed, Block | None]]:
    """Each generated task line that a person changed, and the block it stands in, if in one."""
    starts = [block.start for block in facts.blocks]
    for placed in facts.tasks:
        task = placed.task
        if task.ticked or task.unticked or task.moved:
            at = facts.note.lines[placed.line - facts.note.lines[0].number].start
            before = bisect_right(starts, at) - 1
            block = facts.blocks[before] if before >= 0 else None
            yield placed, block if block and at < block.stop else None


def _keys_over(plan: Plan) -> Iterator[str]:
    """The keys of earlier cycles: of a step counted from a contact, or a plan, that is not last."""
    vault = plan.vault
    plans = {str(entry.item.start or "") for entry in vault.of_kind("plan")} | {""}
    for person in plan.people.values():
        for rule in vault.settings.steps:
            days = {str(touch.day) for touch in person.touches}
            for day in days if rule.since == "last-contact" else plans:
                vault_id = str(vault.settings.vault_id or "")
                yield task_key(vault_id, person.entry.key, rule.name, day)


def _said(one: Spoken, todo: Todo, plan: Plan, copy: Source | None) -> Iterable[Change] | str:
    """What one line says; a text is why it cannot be done. `copy` is a ticked copy of the line."""
    step, person = todo.step, plan.people[todo.path]
    if one.task.ticked and not step.done_by:
        return _tick(one, todo, person, plan.today)
    if not one.renewed:
        return ()
    if one.task.unticked and step.done_by:
        return _untick(todo, step.done_by, person, plan, copy)
    if one.task.moved and not step.done_by and one.task.due:
        return _move(todo, person, one.task.due)
    return ()


def _tick(one: Spoken, todo: Todo, person: Person, today: date) -> tuple[Change, ...] | str:
    step = todo.step
    if step.provisional:
        return ()
    since = step.since or date.min
    if since > today and not one.renewed:
        return f"{step.name} of {person.name} is counted from {since} on and not done by a tick yet"
    return doing(step, person, min(max(one.task.done_on or today, since), today))


def _untick(
    todo: Todo, done: Touch, person: Person, plan: Plan, copy: Source | None
) -> tuple[Change, ...] | str:
    stays = f"{todo.step.name} of {person.name} stays done:"
    if copy:
        return f"{stays} it is ticked in {copy}, too"
    bare = bare_line(plan.vault.facts[person.path].log, done.day, done.kind)
    if bare is None or done.kind != todo.step.rule.writes or len(done.sources) > 1:
        where = ", ".join(map(str, done.sources))
        return f"{stays} {where} says so in your own words"
    return (RemoveLine(done.day, done.kind),)


def bare_line(log: Iterable[LogLine], day: date, kind: str) -> LogLine | None:
    """The log line that holds nothing but this day and kind, as a tick writes it."""
    return next((line for line in log if line.bare and line.day == day and line.kind == kind), None)


def _move(todo: Todo, person: Person, day: date) -> tuple[Change, ...] | str:
    step, snooze = todo.step, person.case.snooze
    cannot = f"{step.name} of {person.name} cannot be moved to {day}:"
    if step.rule.since == "connection":
        if step.planned_due and day <= step.planned_due:
            return f"{cannot} it follows from the connection and can only be later"
        return (SetField("snooze", day.isoformat()),)
    if snooze and day < snooze.day:
        return f"{cannot} {snooze.source} says not before {snooze.day}"
    if person.last and person.last.day >= days_after(day, -SPENT_DAYS):
        return (
            f"{cannot} the contact on {person.last.day} is less than {SPENT_DAYS + 1} days before "
            "and counts as it"
        )
    return (SetField("follow_up", day.isoformat()),)


def _agreed(sayings: Collection[Saying]) -> Iterator[Saying]:
    """The sayings, those that set one field to the last of their days; clearing it is no day."""
    last: dict[tuple[str, str], str] = {}
    for saying in sayings:
        if isinstance(saying.change, SetField):
            place = saying.person, saying.change.field
            last[place] = max(last.get(place, ""), saying.change.value)
    for saying in sayings:
        change = saying.change
        if isinstance(change, SetField):
            change = SetField(change.field, last[saying.person, change.field])
        yield replace(saying, change=change)


def _problem(source: Source, message: str) -> Problem:
    fix = "change the note of the contact"
    return Problem(source.path, source.line, "not-done", "warning", message, fix)
