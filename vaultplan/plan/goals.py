"""Goals and objectives: what was reached, by count or by hand, and how it stands today."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.kinds.goal import Goal
from vaultplan.kinds.plan import Cycle, Plan
from vaultplan.kinds.values import Objective
from vaultplan.plan.dated import inside
from vaultplan.plan.vault import Vault
from vaultplan.problems import Problem
from vaultplan.rules.measures import Count, Facts, measure_named
from vaultplan.rules.pace import Pace, Stand, pace
from vaultplan.rules.touches import Source, Touch

PERIOD_DAYS = {"month": 30, "quarter": 90, "year": 365}


@dataclass(frozen=True, slots=True)
class GoalPlan:
    """A goal today; `pace` is None without a target and a time to compare with.

    `plan` is the path of the plan it belongs to: its own, or the one that carries it on; empty if
    it is of whatever plan runs.
    """

    entry: Entry[Goal]
    plan: str
    actual: float | None
    evidence: tuple[Source, ...]
    start: date | None
    due: date | None
    pace: Pace | None

    @property
    def open(self) -> bool:
        """Whether it is still worth working for: neither achieved nor past its day."""
        return self.pace is None or self.pace.stand not in (Stand.ACHIEVED, Stand.MISSED)

    def is_of(self, cycle: Cycle) -> bool:
        """Whether it belongs to a plan; one that names none belongs to those it overlaps."""
        if self.plan:
            return self.plan == cycle.path
        return (self.start or cycle.start) <= cycle.end and (self.due or cycle.end) >= cycle.start


@dataclass(frozen=True, slots=True)
class ObjectivePlan:
    """An objective of the plan: `target` is prorated to the days of the plan."""

    objective: Objective
    source: str
    target: float
    actual: int
    evidence: tuple[Source, ...]
    pace: Pace


@dataclass(frozen=True, slots=True)
class _Term:
    """A goal, the plan it belongs to, and the days in which is counted for it."""

    entry: Entry[Goal]
    plan: str
    start: date | None
    due: date | None


def goals_of(
    vault: Vault, cycles: Mapping[str, Cycle], current: Cycle | None, today: date
) -> tuple[tuple[GoalPlan, ...], tuple[Problem, ...]]:
    """Every goal, by path, and what is odd about their measures."""
    terms = list(_terms(vault, cycles, current, today))
    linked = _touches_of_goals(vault, [one.start for one in terms if one.entry.item.measure])
    plans, problems = [], []
    for one in terms:
        entry, start, due = one.entry, one.start, one.due
        count, problem = _count(entry, linked.get(entry.path, ()), start, due, vault)
        problems += [problem] if problem else []
        actual = entry.item.actual
        if actual is None and count:
            actual = count.number
        stand = None
        if actual is not None and entry.item.target is not None and start and due:
            stand = pace(actual, entry.item.target, start, due, today)
        evidence = count.evidence if count else ()
        plans.append(GoalPlan(entry, one.plan, actual, evidence, start, due, stand))
    return tuple(plans), tuple(problems)


def _terms(
    vault: Vault, cycles: Mapping[str, Cycle], current: Cycle | None, today: date
) -> Iterator[_Term]:
    carried = _carried_on(vault, cycles, today)
    for entry in vault.of_kind("goal"):
        own = vault.find(entry.item.plan, entry.path)
        cycle = cycles.get(own.path) if own else current
        later = carried.get(entry.path)
        if later and own is None:
            cycle = _first_of(entry.path, later, cycles, vault)
        start = entry.item.start or (cycle.start if cycle else None)
        due = entry.item.due or (cycle.end if cycle else None)
        if later and (due is None or due < later.start):
            due = later.end
        place = later.path if later else own.path if own else ""
        yield _Term(entry, place, start, due)


def _carried_on(vault: Vault, cycles: Mapping[str, Cycle], today: date) -> dict[str, Cycle]:
    """The newest plan that carries each goal on, of those that have begun."""
    carried: dict[str, Cycle] = {}
    begun = [cycle for cycle in cycles.values() if cycle.start <= today]
    for cycle in sorted(begun, key=lambda cycle: (cycle.start, cycle.path)):
        for goal in vault.find_all(vault.entries[cycle.path].item.goals, cycle.path):
            carried[goal.path] = cycle
    return carried


def _first_of(goal: str, carrier: Cycle, cycles: Mapping[str, Cycle], vault: Vault) -> Cycle:
    """The plan in which a goal began: the one before the first of those in a row that carry it."""
    seen = {carrier.path}
    while True:
        plan = vault.entries[carrier.path]
        if not any(found.path == goal for found in vault.find_all(plan.item.goals, plan.path)):
            return carrier
        before = vault.find(plan.item.previous, plan.path)
        if before is None or before.path not in cycles or before.path in seen:
            return carrier
        carrier = cycles[before.path]
        seen.add(carrier.path)


def _touches_of_goals(vault: Vault, starts: Sequence[date | None]) -> dict[str, list[Touch]]:
    """What counts for each goal: contacts with the people who name it, and lines that link it.

    `starts` are the days from which on is counted for each, None from ever on.
    """
    found: dict[str, list[Touch]] = {}
    first = min((day or date.min for day in starts), default=date.max)
    for touch in vault.counted(first, None):
        of_person = vault.goals_named.get(touch.person)
        if touch.links or of_person:
            for path in touch.links.union(of_person or ()):
                found.setdefault(path, []).append(touch)
    return found


def _count(
    entry: Entry[Goal],
    linked: Sequence[Touch],
    start: date | None,
    due: date | None,
    vault: Vault,
) -> tuple[Count | None, Problem | None]:
    """Count what is linked to a goal: touches, sorted by day, and milestones."""
    if not entry.item.measure:
        return None, None
    measure = measure_named(entry.item.measure, vault.settings.log.kinds)
    if measure is None:
        line = entry.line("measure")
        return None, unknown_measure(entry.path, line, entry.item.measure)
    touches = inside(linked, start, due)
    milestones = [one for one in inside(vault.milestones, start, due) if entry.path in one.links]
    return measure.count(Facts(touches, vault.first_days, vault.settings.log, milestones)), None


def unknown_measure(path: str, line: int, name: str) -> Problem:
    """Nothing is counted by this name."""
    message = f"measure: nothing is counted by the name “{name}”"
    fix = "write a measure of docs/notes.md, such as people, interviews or kind:coffee"
    return Problem(path, line, "unknown-measure", "warning", message, fix)


def objectives_of(
    vault: Vault, plan: Entry[Plan], cycle: Cycle, today: date
) -> tuple[tuple[ObjectivePlan, ...], tuple[Problem, ...]]:
    """The objectives of the current plan; they count everything, linked to a goal or not."""
    facts = Facts(
        vault.counted(cycle.start, cycle.end),
        vault.first_days,
        vault.settings.log,
        inside(vault.milestones, cycle.start, cycle.end),
    )
    days = cycle.days
    plans: list[ObjectivePlan] = []
    problems = []
    for objective in plan.item.objectives:
        measure = measure_named(objective.measure, vault.settings.log.kinds)
        if measure is None:
            line = plan.line("objectives")
            problems.append(unknown_measure(plan.path, line, objective.measure))
            continue
        count = measure.count(facts)
        target = round(objective.target * days / PERIOD_DAYS.get(objective.per, days), 2)
        stand = pace(count.number, target, cycle.start, cycle.end, today)
        source = plan.source("objectives")
        plans.append(ObjectivePlan(objective, source, target, count.number, count.evidence, stand))
    return tuple(plans), tuple(problems)


def career_goal_of(goal: GoalPlan, vault: Vault) -> Entry[Any] | None:
    """The career goal a goal serves."""
    return vault.find(goal.entry.item.career_goal, goal.entry.path)
