"""The activity: what was done each week, against what the plan asks for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vaultplan.days import days_after
from vaultplan.plan import Plan
from vaultplan.plan.goals import ObjectivePlan
from vaultplan.rules.measures import Facts, Measure, measure_named
from vaultplan.rules.measures.exchange import TOUCHES
from vaultplan.views.diagram import xychart
from vaultplan.views.view import Options, Page, View, number

_WEEK = 7
_WITHOUT_PLAN = 12
_MOST_BARS = 14  # more labels would run into each other
_TITLES = {
    "touches": "Contacts per {}",
    "people": "People in contact with, each counted once, per {}",
    "new-people": "New people per {}",
}


@dataclass(frozen=True, slots=True)
class _Window:
    """The days of the chart: `days` for each bar, the last of which may have fewer."""

    start: date
    end: date
    days: int

    @property
    def bars(self) -> list[tuple[date, date]]:
        """The first and the last day of each bar."""
        count = -(-((self.end - self.start).days + 1) // self.days)
        starts = [days_after(self.start, self.days * at) for at in range(count)]
        return [(day, min(days_after(day, self.days - 1), self.end)) for day in starts]


def _render(page: Page, _: Options) -> Iterator[str]:
    plan, window = page.plan, _window(page.plan)
    found = _objective(plan)
    measure, objective = found or (TOUCHES, None)
    period = "week" if window.days == _WEEK else f"{window.days // _WEEK} weeks"
    title, line = _TITLES[measure.name].format(period), None
    if objective and plan.cycle:
        wanted = objective.objective
        title = f"{title} (the line: {number(wanted.target)} a {wanted.per})"
        line = objective.target * window.days / plan.cycle.days
    days = (first for first, _ in window.bars)
    yield from xychart(title, days, _counts(plan, measure, window), line)


def _window(plan: Plan) -> _Window:
    """The weeks of the plan, several to a bar if it is long; without a plan the last twelve."""
    if plan.cycle is None:
        monday = days_after(plan.today, -plan.today.weekday())
        start = days_after(monday, -_WEEK * (_WITHOUT_PLAN - 1))
        return _Window(start, days_after(monday, _WEEK - 1), _WEEK)
    weeks = -(-plan.cycle.days // _WEEK)
    return _Window(plan.cycle.start, plan.cycle.end, _WEEK * -(-weeks // _MOST_BARS))


def _objective(plan: Plan) -> tuple[Measure, ObjectivePlan] | None:
    """The objective to draw as a line, with its measure: the first that the chart can count."""
    kinds = plan.vault.settings.log.kinds
    named = [(measure_named(one.objective.measure, kinds), one) for one in plan.objectives]
    return next(
        (
            (measure, one)
            for name in _TITLES
            for measure, one in named
            if measure and measure.name == name
        ),
        None,
    )


def _counts(plan: Plan, measure: Measure, window: _Window) -> list[int]:
    """What each bar adds to the count, so that all together they are what the objective counts.

    Each thing counted is shown on the day of the touch that it was counted by.
    """
    touches = plan.vault.counted(window.start, window.end)
    days = {touch.sources[0]: touch.day for touch in touches}
    facts = Facts(touches, plan.vault.first_days, plan.vault.settings.log)
    counted = Counter(
        (days[source] - window.start).days // window.days
        for source in measure.count(facts).evidence
    )
    return [counted[bar] for bar in range(len(window.bars))]


ACTIVITY = View(
    name="activity",
    doc="bars of contacts per week of the plan, and its objective for `touches`, else `people`, "
    "else `new-people` as a line; without a plan, of the last twelve weeks",
    render=_render,
)
