"""What is past its day and not reached, and what was reached without a day."""

from collections.abc import Iterator

from vaultplan.kinds import KIND_NAMED
from vaultplan.plan import Plan
from vaultplan.plan.lints.advice import hint
from vaultplan.plan.lints.smart import is_at_hand
from vaultplan.plan.lookback import successors
from vaultplan.problems import Problem
from vaultplan.rules.milestones import day_reached
from vaultplan.rules.pace import Stand


def goal_past_due(plan: Plan) -> Iterator[Problem]:
    """Goals past their day and not reached, unless another plan has followed since."""
    for goal in plan.goals:
        if goal.pace is None or goal.pace.stand is not Stand.MISSED:
            continue
        cycle = plan.cycles.get(goal.plan)
        over = cycle is not None and cycle.end < plan.today
        left = over and not any(successors(plan.vault, goal.plan))
        if left or is_at_hand(goal, plan):
            message = f"the goal was due on {goal.due} and is not reached yet"
            fix = "move `due`, carry it on into the next plan, or note in `learning` what it taught"
            yield hint(goal.entry, ("due",), "goal-past-due", message, fix)


def milestone_without_day(plan: Plan) -> Iterator[Problem]:
    """What came up or came out on no day, so that nothing can count it."""
    for path, entry in plan.vault.entries.items():
        reached = KIND_NAMED[entry.kind].reached(entry)
        if reached is None:
            continue
        days = [line.day for line in plan.vault.facts[path].log]
        if day_reached(reached, days, plan.today) is None:
            places = ("date", "status", "stage")
            message = f"nothing says on which day, so this {reached.what} is not counted"
            fix = "write the day as `date`, or a line into its log"
            yield hint(entry, places, "milestone-without-day", message, fix)
