"""The goals under their career goals."""

import re
from collections.abc import Iterator
from itertools import groupby

from vaultplan.plan.goals import GoalPlan, career_goal_of
from vaultplan.rules.pace import Pace, Stand
from vaultplan.views.view import Options, Page, View, number, table

_HEADS = ("Goal", "Target", "Actual", "State", "Pace", "Due")


def _render(page: Page, _: Options) -> Iterator[str]:
    if not page.plan.goals:
        yield "*No goals yet.*"
        return
    yield from table(_HEADS, _rows(page))


def _rows(page: Page) -> Iterator[tuple[str, ...]]:
    above = {goal.entry.path: career_goal_of(goal, page.plan.vault) for goal in page.plan.goals}

    def place(goal: GoalPlan) -> tuple[bool, str]:
        career = above[goal.entry.path]
        return (career is None, career.path if career else "")

    for (_, path), goals in groupby(sorted(page.plan.goals, key=place), key=place):
        if path:
            name = page.plan.vault.entries[path].name
            yield (f"**{page.link(path, name)}**", "", "", "", "", "")
        elif any(above.values()):
            yield ("**Without a career goal**", "", "", "", "", "")
        for goal in goals:
            yield _row(page, goal)


def _row(page: Page, goal: GoalPlan) -> tuple[str, ...]:
    return (
        page.link(goal.entry.path, goal.entry.name),
        number(goal.entry.item.target),
        number(goal.actual),
        goal.pace.stand.value if goal.pace else "",
        pace_words(goal.pace),
        str(goal.due or ""),
    )


def pace_words(pace: Pace | None) -> str:
    """What is expected by today, and what is still needed each week."""
    if pace is None or pace.stand not in (Stand.ON_TRACK, Stand.BEHIND):
        return ""
    return f"{number(round(pace.expected, 1))} by now, {pace.per_week:.1f} a week to go"


GOALS = View(
    name="goals",
    doc="goals under their career goals: target, actual, state, pace, due",
    render=_render,
    phrases=re.compile(r"\*No goals yet\.\*"),
)
