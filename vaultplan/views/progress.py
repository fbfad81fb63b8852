"""The progress table: metric, target, actual and state of the plan, its goals and objectives.

Above it stands what the plan is to work on: the biggest challenge, a habit to stop, one to start.
"""

import re
from collections.abc import Iterator

from vaultplan.plan import Plan
from vaultplan.plan.lookback import HandedOn, assessments_of, handed_on
from vaultplan.plan.metrics import Metric, metrics_of
from vaultplan.text.escape import inline
from vaultplan.text.linkstyle import Place
from vaultplan.views.view import Options, Page, View, cell, number, table

_HEADS = ("Metric", "Target", "Actual", "State")


def _render(page: Page, _: Options) -> Iterator[str]:
    rows = list(_rows(page))
    resolved = [f"**{word}:** {inline(text)}" for word, text in resolutions(page.plan)]
    for line in resolved:
        yield from (line, "")
    if rows:
        yield from table(_HEADS, rows)
    else:
        yield "*No plan and no goals yet.*"


def resolutions(plan: Plan) -> tuple[tuple[str, str], ...]:
    """What the current plan is to work on, each with its word, as far as it is said."""
    habits = handed_on(plan.vault, plan.current, plan.cycles) if plan.current else None
    return in_words(plan, habits)


def in_words(plan: Plan, habits: HandedOn | None) -> tuple[tuple[str, str], ...]:
    """The biggest challenge of the day, and the habits to stop and to start, as far as known."""
    assessments = assessments_of(plan.vault, plan.today)
    said = (
        ("Biggest challenge", assessments[-1].item.challenge if assessments else ""),
        ("Stop", habits.stop if habits else ""),
        ("Start", habits.start if habits else ""),
    )
    return tuple((word, text) for word, text in said if text)


def _rows(page: Page) -> Iterator[tuple[str, ...]]:
    plan = page.plan
    if plan.current and plan.cycle:
        days = plan.cycle.days
        day = min(max((plan.today - plan.cycle.start).days + 1, 0), days)
        yield (page.link(plan.current.path, plan.current.name), f"{days} days", f"day {day}", "")
    for metric in metrics_of(plan):
        state = metric.stand.value if metric.stand else ""
        yield (label(page, metric), number(metric.target), number(metric.actual), state)


def label(page: Page, metric: Metric, where: Place = Place.CELL) -> str:
    """What a metric is called: a goal by its link, an objective with its rate."""
    if metric.path:
        return page.link(metric.path, metric.name, where)
    if metric.objective:
        per = metric.objective
        return f"{cell(metric.name)} ({number(per.target)} a {per.per})"
    return metric.name


PROGRESS = View(
    name="progress",
    doc="metric, target, actual, state for the plan, its goals and objectives; above it the "
    "biggest challenge, and what the last review says to stop and to start",
    render=_render,
    phrases=re.compile(
        r"\*No plan and no goals yet\.\*|\*\*(Biggest challenge|Stop|Start):\*\* .+"
    ),
)
