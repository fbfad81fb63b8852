"""The timeline: the plan with its checkpoints, its goals, events and deadlines, on one axis."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vaultplan.days import days_after
from vaultplan.kinds.brand import FINISHED
from vaultplan.kinds.event import OFF, begin_of, day_of
from vaultplan.kinds.opportunity import OVER
from vaultplan.plan import Plan
from vaultplan.rules.pace import Stand
from vaultplan.views.diagram import Row, gantt
from vaultplan.views.view import Options, Page, View

_MOST_ROWS = 20
_WITHOUT_PLAN = (84, 365)  # days before and after today

# Other marks of Mermaid's make words on a bar hard to read on a dark page, so words tell the state.
_DONE, _LATE = "done", "crit"
_SAID = (Stand.ACHIEVED, Stand.BEHIND, Stand.MISSED)


@dataclass(frozen=True, slots=True)
class _Window:
    """The days that are drawn, both included."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end


def _render(page: Page, _: Options) -> Iterator[str]:
    plan = page.plan
    window = _window(plan)
    sections = [
        ("Plan", list(_plan(plan))),
        ("Goals", _by_day(_goals(plan, window))),
        ("Events", _by_day(_events(plan, window))),
        ("Deadlines", _by_day(_deadlines(plan, window))),
    ]
    drawn = [(name, _by_day(rows[:_MOST_ROWS])) for name, rows in sections if rows]
    if not drawn:
        yield "*No plan, and nothing with a date near today.*"
        return
    days = [day for _, rows in drawn for row in rows for day in (row.first, row.last)]
    yield from gantt(drawn, (max(days) - min(days)).days)
    more = sum(len(rows[_MOST_ROWS:]) for _, rows in sections)
    if more:
        yield from ("", f"*{more} more would not fit.*")


def _by_day(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.first, row.last))


def _window(plan: Plan) -> _Window:
    """The days of the plan; without one some weeks before today and a year after."""
    if plan.cycle:
        return _Window(plan.cycle.start, plan.cycle.end)
    before, after = _WITHOUT_PLAN
    return _Window(days_after(plan.today, -before), days_after(plan.today, after))


def _plan(plan: Plan) -> Iterator[Row]:
    if plan.current and plan.cycle:
        yield Row(plan.current.name, plan.cycle.start, plan.cycle.end)
        yield Row("Review", plan.cycle.end, plan.cycle.end)
        for count, day in enumerate(plan.cycle.checkpoints, 1):
            yield Row(f"Checkpoint {count}", day, day)


def _goals(plan: Plan, window: _Window) -> Iterator[Row]:
    """The goals that have a last day; what of them lies outside a plan is cut off."""
    for goal in plan.own_goals:
        due, start = goal.due, goal.start or goal.due
        if due is None or start is None or due < window.start or start > window.end:
            continue
        stand = goal.pace.stand if goal.pace else None
        words = [stand.value] if stand in _SAID else []
        if plan.cycle:
            words += [] if window.holds(due) else [f"until {due}"]
            start, due = max(start, window.start), min(due, window.end)
        mark = _LATE if stand is Stand.MISSED else ""
        yield Row(goal.entry.name, min(start, due), due, ", ".join(words), mark)


def _events(plan: Plan, window: _Window) -> Iterator[Row]:
    for entry in plan.vault.of_kind("event"):
        begin = begin_of(entry.item)
        day = day_of(begin) if begin else None
        if day and window.holds(day) and entry.item.status not in OFF:
            attended = entry.item.status == "attended"
            yield Row(entry.name, day, day, mark=_DONE if attended else "")


def _deadlines(plan: Plan, window: _Window) -> Iterator[Row]:
    for entry in (*plan.vault.of_kind("brand"), *plan.vault.of_kind("opportunity")):
        item, day = entry.item, entry.item.due
        if not window.holds(day):
            continue
        over = item.status in FINISHED if entry.kind == "brand" else item.stage in OVER
        late = _LATE if day < plan.today else ""
        yield Row(entry.name, day, day, mark=_DONE if over else late)


TIMELINE = View(
    name="timeline",
    doc="the plan with its checkpoints, goals, events and deadlines on one axis; without a plan, "
    "what has a date from twelve weeks ago until in a year",
    render=_render,
    phrases=re.compile(
        r"\*No plan, and nothing with a date near today\.\*|\*\d+ more would not fit\.\*"
    ),
)
