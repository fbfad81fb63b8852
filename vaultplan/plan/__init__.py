"""The heart: what follows from the whole vault on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.kinds.plan import Cycle, cycle_of
from vaultplan.plan.calendar import appointments_of
from vaultplan.plan.goals import GoalPlan, ObjectivePlan, goals_of, objectives_of
from vaultplan.plan.people import Person, Todo, people_of
from vaultplan.plan.ranking import Ranked, rank
from vaultplan.plan.vault import Vault
from vaultplan.problems import Problem
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.steps import Window


@dataclass(frozen=True)
class Plan:
    """Everything that follows on one day; views, the feed and the commands only show it.

    `current` is the plan note of today, if there is one with a start, and `cycle` its days;
    `cycles` are those of every plan by path.
    """

    vault: Vault
    today: date
    current: Entry[Any] | None
    cycle: Cycle | None
    cycles: Mapping[str, Cycle]
    people: Mapping[str, Person]
    goals: tuple[GoalPlan, ...] = ()
    objectives: tuple[ObjectivePlan, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def ranked(self) -> tuple[Ranked, ...]:
        """What to do, the most urgent first."""
        return rank(self.people, self.goals, self.vault, self.today)

    @cached_property
    def appointments(self) -> tuple[Appointment, ...]:
        """What belongs in the calendar."""
        return appointments_of(self.vault, self.people, self.goals, self.today)

    @cached_property
    def todos(self) -> tuple[Todo, ...]:
        """Every step of every contact, in the order of the notes."""
        return tuple(chain.from_iterable(person.todos for person in self.people.values()))

    @cached_property
    def asked(self) -> tuple[Todo, ...]:
        """The open steps but the provisional ones, by day, those without one last; then by note."""
        asked = [todo for todo in self.todos if todo.step.open and not todo.step.provisional]
        asked.sort(key=lambda todo: (todo.step.due or date.max, todo.path, todo.step.name))
        return tuple(asked)

    @cached_property
    def key_people(self) -> tuple[Person, ...]:
        """The plan's key people, by note."""
        return tuple(person for person in self.people.values() if person.key)

    @property
    def own_goals(self) -> tuple[GoalPlan, ...]:
        """The goals of the current plan; without a plan every goal."""
        return tuple(goal for goal in self.goals if self.cycle is None or goal.is_of(self.cycle))

    @property
    def tracked(self) -> str:
        """How many of the contacts are followed up, in words."""
        tracked = sum(bool(person.tracked) for person in self.people.values())
        return f"{tracked} of {len(self.people)} contacts tracked"

    @property
    def lasting(self) -> tuple[Appointment, ...]:
        """The appointments without the one that counts what is overdue: for a second feed."""
        return tuple(one for one in self.appointments if one.category is not Category.OVERDUE)


@dataclass(frozen=True, slots=True)
class Frame:
    """The plan notes on one day: the days of each by path, those of the current one, its window."""

    cycles: Mapping[str, Cycle]
    cycle: Cycle | None
    current: Entry[Any] | None

    @property
    def window(self) -> Window | None:
        """The days of the current plan, as steps know them."""
        return _window(self.current, self.cycle)


def frame_of(vault: Vault, today: date, about: str = "") -> Frame:
    """The plan notes on one day.

    The plan at the path `about` is the current one, whatever runs today; without it, today's is.
    """
    cycles = {
        entry.path: cycle
        for entry in vault.of_kind("plan")
        if (cycle := cycle_of(entry)) is not None
    }
    cycle = cycles.get(about) or current_cycle(cycles, today)
    return Frame(cycles, cycle, vault.entries[cycle.path] if cycle else None)


def make_plan(vault: Vault, today: date, about: str = "") -> Plan:
    """Ask every note what follows, and count. `about` is as in `frame_of`."""
    frame = frame_of(vault, today, about)
    return plan_for(vault, today, frame, people_of(vault, frame.window, today))


def plan_for(vault: Vault, today: date, frame: Frame, people: Mapping[str, Person]) -> Plan:
    """What follows for goals and objectives, the people given."""
    cycle, current = frame.cycle, frame.current
    goals, odd = goals_of(vault, frame.cycles, cycle, today)
    objectives, more = (
        objectives_of(vault, current, cycle, today) if current and cycle else ((), ())
    )
    return Plan(
        vault=vault,
        today=today,
        current=current,
        cycle=cycle,
        cycles=frame.cycles,
        people=people,
        goals=goals,
        objectives=objectives,
        problems=(*vault.problems, *odd, *more),
    )


def current_cycle(cycles: Mapping[str, Cycle], today: date) -> Cycle | None:
    """The plan that today falls in (the newest of several), else the last one, else the next."""
    running = [cycle for cycle in cycles.values() if cycle.start <= today <= cycle.end]
    past = [cycle for cycle in cycles.values() if cycle.end < today]
    coming = [cycle for cycle in cycles.values() if cycle.start > today]
    if running or past:
        return max(running or past, key=lambda cycle: (cycle.start, cycle.path))
    return min(coming, key=lambda cycle: (cycle.start, cycle.path), default=None)


def _window(current: Entry[Any] | None, cycle: Cycle | None) -> Window | None:
    if current is None or cycle is None:
        return None
    days = "reach_out_days"
    return Window(
        start=cycle.start,
        end=cycle.end,
        reach_out_days=cycle.reach_out_days,
        source=current.source("start"),
        days_source=current.source(days) if days in current.written else "",
    )
