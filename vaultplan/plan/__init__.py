"""The heart: what follows from the whole vault on one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

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
    goals: tuple[GoalPlan, ...]
    objectives: tuple[ObjectivePlan, ...]
    ranked: tuple[Ranked, ...]
    appointments: tuple[Appointment, ...]
    problems: tuple[Problem, ...]

    @property
    def todos(self) -> tuple[Todo, ...]:
        """Every step of every contact, in the order of the notes."""
        return tuple(todo for person in self.people.values() for todo in person.todos)

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


def make_plan(vault: Vault, today: date, about: str = "") -> Plan:
    """Ask every note what follows; rank; count.

    The plan at the path `about` is the current one, whatever runs today; without it, today's is.
    """
    cycles = {
        entry.path: cycle
        for entry in vault.of_kind("plan")
        if (cycle := cycle_of(entry)) is not None
    }
    cycle = cycles.get(about) or current_cycle(cycles, today)
    current = vault.entries[cycle.path] if cycle else None
    people = people_of(vault, _window(current, cycle), today)
    goals, odd = goals_of(vault, cycles, cycle, today)
    objectives, more = (
        objectives_of(vault, current, cycle, today) if current and cycle else ((), ())
    )
    zone = ZoneInfo(vault.settings.timezone) if vault.settings.timezone else None
    return Plan(
        vault=vault,
        today=today,
        current=current,
        cycle=cycle,
        cycles=cycles,
        people=people,
        goals=goals,
        objectives=objectives,
        ranked=rank(people, goals, vault, today),
        appointments=appointments_of(vault, people, goals, zone, today),
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
