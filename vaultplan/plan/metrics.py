"""What a plan is measured by: its key contacts, its goals, its objectives."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vaultplan.kinds.plan import Cycle
from vaultplan.kinds.values import Objective
from vaultplan.plan import Plan
from vaultplan.rules.pace import Pace, Stand
from vaultplan.rules.touches import Source

KEY_CONTACTS = "key contacts reached"


@dataclass(frozen=True, slots=True)
class Metric:
    """One number to reach: `path` is the goal's note, `objective` what the plan says instead.

    Key contacts are neither. `stand` is None while nothing can be said of it; `evidence` are the
    lines that were counted. `due` is a goal's own last day.
    """

    name: str
    target: float | None
    actual: float | None
    stand: Stand | None
    pace: Pace | None
    evidence: tuple[Source, ...]
    path: str = ""
    objective: Objective | None = None
    learning: str = ""
    due: date | None = None


def metrics_of(plan: Plan) -> Iterator[Metric]:
    """The numbers of the current plan, and those of its goals and objectives."""
    if plan.cycle:
        yield _key_contacts(plan, plan.cycle)
    for goal in plan.own_goals:
        item = goal.entry.item
        yield Metric(
            name=goal.entry.name,
            target=item.target,
            actual=goal.actual,
            stand=goal.pace.stand if goal.pace else None,
            pace=goal.pace,
            evidence=goal.evidence,
            path=goal.entry.path,
            learning=item.learning,
            due=goal.due,
        )
    for one in plan.objectives:
        yield Metric(
            name=one.objective.measure,
            target=one.target,
            actual=one.actual,
            stand=one.pace.stand,
            pace=one.pace,
            evidence=one.evidence,
            objective=one.objective,
        )


def _key_contacts(plan: Plan, cycle: Cycle) -> Metric:
    """How many of the key people there was a contact with since the plan began."""
    kinds, keys = plan.vault.settings.log.contacts, {person.path for person in plan.key_people}
    first: dict[str, Source] = {}
    for touch in plan.vault.counted(cycle.start, cycle.end):
        if touch.person in keys and touch.kind in kinds:
            first.setdefault(touch.person, touch.sources[0])
    lines = [first[path] for path in sorted(first)]
    target = cycle.key_contacts
    stand = Stand.ACHIEVED if len(lines) >= target else None
    if stand is None and plan.today > cycle.end:
        stand = Stand.MISSED
    return Metric(KEY_CONTACTS, target, len(lines), stand, None, tuple(lines))
