"""Looking back: the assessments and reviews there are, and what they hand on to the next plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vaultplan.kinds.assessment import Assessment
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.plan import Cycle, Plan
from vaultplan.kinds.review import Review
from vaultplan.plan.vault import Vault

ASSESSED_BEFORE_DAYS = 30
"""Days before a plan's start from which an assessment counts as the one it begins with."""


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What a plan takes over: one habit to stop and one to start, and the review that says so."""

    stop: str
    start: str
    review: Entry[Review]


def assessments_of(vault: Vault, until: date) -> tuple[Entry[Assessment], ...]:
    """The assessments with a day, up to a day, the oldest first."""
    dated = [entry for entry in vault.of_kind("assessment") if entry.item.date]
    found = [entry for entry in dated if _day(entry) <= until]
    return tuple(sorted(found, key=lambda entry: (_day(entry), entry.path)))


def _day(entry: Entry[Assessment] | Entry[Review]) -> date:
    return entry.item.date or date.min


def reviews_of(vault: Vault, plan: str) -> tuple[Entry[Review], ...]:
    """The reviews of the plan at a path, the oldest first; those without a day before them."""
    found = [entry for entry in vault.of_kind("review") if _plan_of(entry, vault) == plan]
    return tuple(sorted(found, key=lambda entry: (_day(entry), entry.path)))


def _plan_of(entry: Entry[Review], vault: Vault) -> str:
    plan = vault.find(entry.item.plan, entry.path)
    return plan.path if plan else ""


def is_final(review: Entry[Review], cycle: Cycle) -> bool:
    """Whether a review is the one at the end: it says so, or it is of the last day or later."""
    if review.item.kind:
        return review.item.kind == "final"
    return _day(review) >= cycle.end


def final_review(vault: Vault, cycle: Cycle) -> Entry[Review] | None:
    """The review at the end of a plan, the newest if there are several."""
    finals = [review for review in reviews_of(vault, cycle.path) if is_final(review, cycle)]
    return finals[-1] if finals else None


def successors(vault: Vault, plan: str) -> Iterator[Entry[Plan]]:
    """The plans that name the one at a path as the one before."""
    for entry in vault.of_kind("plan"):
        before = vault.find(entry.item.previous, entry.path)
        if before and before.path == plan:
            yield entry


def habits_of(vault: Vault, cycle: Cycle) -> HandedOn | None:
    """What the newest review of a plan that says so wants to stop and to start."""
    for review in reversed(reviews_of(vault, cycle.path)):
        if review.item.stop or review.item.start_habit:
            return HandedOn(review.item.stop, review.item.start_habit, review)
    return None


def handed_on(vault: Vault, plan: Entry[Plan], cycles: Mapping[str, Cycle]) -> HandedOn | None:
    """What the reviews of the plan before want to stop and to start."""
    before = vault.find(plan.item.previous, plan.path)
    cycle = cycles.get(before.path) if before else None
    return habits_of(vault, cycle) if cycle else None
