"""The lints: what the method would still advise; a new one is one function and one line here.

They are no problems of the notes, so only `check` tells them.
"""

from collections.abc import Callable, Iterator

from vaultplan.plan import Plan
from vaultplan.plan.lints.cycle import (
    checkpoint_without_review,
    no_assessment,
    plan_without_review,
    plan_without_start,
    plans_overlap,
    too_few_key_contacts,
)
from vaultplan.plan.lints.giving import asked_first, offer_not_delivered
from vaultplan.plan.lints.people import (
    all_ties_strong,
    key_without_goal,
    key_without_offer,
    no_feedback,
)
from vaultplan.plan.lints.reached import goal_past_due, milestone_without_day
from vaultplan.plan.lints.smart import goal_without_contact, smart
from vaultplan.problems import Problem

__all__ = ["LINTS", "lints_of"]

LINTS: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
    smart,
    goal_without_contact,
    goal_past_due,
    milestone_without_day,
    key_without_goal,
    key_without_offer,
    too_few_key_contacts,
    all_ties_strong,
    asked_first,
    offer_not_delivered,
    no_feedback,
    no_assessment,
    checkpoint_without_review,
    plan_without_review,
    plan_without_start,
    plans_overlap,
)


def lints_of(plan: Plan) -> tuple[Problem, ...]:
    """Every piece of advice there is today, sorted by place."""
    return tuple(sorted(problem for lint in LINTS for problem in lint(plan)))
