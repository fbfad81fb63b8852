"""Goals that are not yet specific, measurable, achievable, relevant and time-bound."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from vaultplan.plan import Plan
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.lints.advice import hint
from vaultplan.problems import Problem


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a good goal; `fields` are where it is said, `lacks` whether it is not."""

    rule: str
    fields: tuple[str, ...]
    lacks: Callable[[GoalPlan], bool]
    message: str
    fix: str


def _no_number(goal: GoalPlan) -> bool:
    item = goal.entry.item
    return item.target is None or (not item.measure and item.actual is None)


_PARTS = (
    _Part(
        "goal-not-specific",
        ("specific",),
        lambda goal: not goal.entry.item.specific,
        "the goal does not say what exactly is to be reached",
        "write it in one sentence as `specific`: who, what, how many",
    ),
    _Part(
        "goal-without-number",
        ("target", "measure"),
        _no_number,
        "the goal has no number that tells when it is reached",
        "write a `target` and a `measure` such as interviews, or count by hand in `actual`",
    ),
    _Part(
        "goal-not-achievable",
        ("achievable",),
        lambda goal: not goal.entry.item.achievable,
        "the goal does not say why it can be reached",
        "write as `achievable` what makes it possible: time, people, a first step; "
        "or make the target smaller",
    ),
    _Part(
        "goal-not-relevant",
        ("relevant", "career_goal"),
        lambda goal: not goal.entry.item.relevant and goal.entry.item.career_goal is None,
        "the goal does not say what it is good for",
        "link the `career_goal` it serves, or write why it matters as `relevant`",
    ),
    _Part(
        "goal-without-date",
        ("due", "plan"),
        lambda goal: goal.due is None,
        "the goal has no last day",
        "write a `due` day, or link a `plan` that has a start",
    ),
)


def smart(plan: Plan) -> Iterator[Problem]:
    """What the open goals at hand do not say yet."""
    for goal in _open_goals(plan):
        for part in _PARTS:
            if part.lacks(goal):
                yield hint(goal.entry, part.fields, part.rule, part.message, part.fix)


def goal_without_contact(plan: Plan) -> Iterator[Problem]:
    """Open goals that nobody is linked to yet."""
    vault = plan.vault
    linked = {path for touch in vault.touches for path in touch.links}
    for entry in vault.of_kind("contact"):
        linked |= {goal.path for goal in vault.find_all(entry.item.goals, entry.path)}
    for goal in _open_goals(plan):
        if goal.entry.path not in linked:
            message = "nobody is linked to the goal yet"
            fix = f"write [[{goal.entry.name}]] into the `goals` of somebody who could help"
            yield hint(goal.entry, (), "goal-without-contact", message, fix)


def _open_goals(plan: Plan) -> Iterator[GoalPlan]:
    return (goal for goal in plan.goals if goal.open and is_at_hand(goal, plan))


def is_at_hand(goal: GoalPlan, plan: Plan) -> bool:
    """Whether a goal is of the current plan, or of none that has days."""
    if goal.plan not in plan.cycles:
        return True
    return plan.cycle is not None and goal.plan == plan.cycle.path
