"""Writing down how a plan went, and beginning the next one: two notes, each made once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from vaultplan.days import days_after
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.plan import Cycle
from vaultplan.kinds.plan import Plan as PlanNote
from vaultplan.passes.creating import Choose, as_property, new_id, path_for
from vaultplan.passes.making import Draft
from vaultplan.passes.outcome import plan_of
from vaultplan.passes.reading import Sight
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts
from vaultplan.plan.lookback import (
    final_review,
    habits_of,
    is_final,
    reviews_of,
    successors,
)
from vaultplan.plan.naming import fold
from vaultplan.problems import WrongUseError
from vaultplan.text.front import SpliceError
from vaultplan.text.links import stem_of
from vaultplan.text.scalars import written
from vaultplan.text.template import put_property
from vaultplan.views.papers.next_plan import carried_goals, next_plan_body
from vaultplan.views.papers.review import Look, review_text
from vaultplan.views.view import Page


def draft_review(sight: Sight, name: str = "", *, final: bool | None = None) -> Draft:
    """The review of a plan: on its last day and later the final one, else a checkpoint's.

    It is of the current plan, or of the one called so.

    Raises:
        WrongUseError: there is no such plan with a start, or it has not begun.
    """
    plan, current, cycle = _current(sight, name)
    if sight.today < cycle.start:
        raise WrongUseError(f"{current.name} begins on {cycle.start}; review it from then on")
    last = sight.today >= cycle.end if final is None else final
    there = _review_there(plan, cycle, final=last)
    if there:
        return Draft(there, "")
    what = "Review" if last else f"Checkpoint {sight.today}"
    path = path_for(plan.vault, "review", f"{what} of {current.name}")
    look = Look(
        page=Page(_on(min(sight.today, cycle.end), sight, cycle), path, sight.style),
        before=_on(days_after(cycle.start, -1), sight, cycle),
        day=sight.today,
        final=last,
    )
    return Draft(path, review_text(look, as_property(current, path, plan.vault, sight.style)))


def _current(sight: Sight, name: str = "") -> tuple[Plan, Entry[PlanNote], Cycle]:
    plan = plan_of(sight)
    if name:
        plan = plan_of(sight, about=_called(name, plan))
    if plan.current is None or plan.cycle is None:
        raise WrongUseError(
            "there is no plan with a start yet; `vaultplan new plan NAME` makes one"
        )
    return plan, plan.current, plan.cycle


def _called(name: str, plan: Plan) -> str:
    """The path of the plan of a name, or of the start of one."""
    plans = [entry for entry in plan.vault.of_kind("plan") if entry.path in plan.cycles]
    whole = [entry for entry in plans if fold(entry.name) == fold(name)]
    found = whole or [entry for entry in plans if fold(entry.name).startswith(fold(name))]
    if len(found) == 1:
        return found[0].path
    names = ", ".join(entry.name for entry in plans) or "none"
    raise WrongUseError(f"there is no one plan “{name}” with a start; there are {names}")


def _on(day: date, sight: Sight, cycle: Cycle) -> Plan:
    """What the vault says of a plan on another day; its notes are as they are now."""
    return plan_of(replace(sight, today=day), about=cycle.path)


def _review_there(plan: Plan, cycle: Cycle, *, final: bool) -> str:
    """The review that is there already: at the end, or since the newest checkpoint."""
    if final:
        review = final_review(plan.vault, cycle)
        return review.path if review and (review.item.date or plan.today) <= plan.today else ""
    passed = [day for day in (cycle.start, *cycle.checkpoints) if day <= plan.today]
    since = [
        review.path
        for review in reviews_of(plan.vault, cycle.path)
        if review.item.date and passed[-1] <= review.item.date and not is_final(review, cycle)
    ]
    return since[-1] if since else ""


def _is_later(entry: Entry[PlanNote], cycle: Cycle) -> bool:
    """Whether a plan can follow another: in a ring of plans each names one as the one before."""
    return entry.item.start is None or entry.item.start > cycle.start


def draft_next(sight: Sight, name: str, start: date | None, choose: Choose) -> Draft:
    """The note of the plan that follows the current one, or the path of the one that does already.

    Its properties are those of the plan before, its start the day after that one's end. A plan that
    follows another is not followed itself in its first half, unless a `start` is asked for.

    Raises:
        WrongUseError: there is no plan to follow, the start is no later than its own, or a property
            of it cannot be changed.
    """
    plan, current, cycle = _current(sight)
    later = (one for one in successors(plan.vault, current.path) if _is_later(one, cycle))
    follower = next(later, None)
    if follower:
        return Draft(follower.path, "")
    early = (sight.today - cycle.start).days * 2 < cycle.days
    if start is None and current.item.previous and early:
        return Draft(current.path, "")
    if start and start <= cycle.start:
        raise WrongUseError(f"{current.name} begins on {cycle.start}; begin the next plan later")
    first = start or max(days_after(cycle.end, 1), sight.today)
    name = name or f"Plan {first}"
    path = path_for(plan.vault, "plan", name)
    links = [as_property(goal.entry, path, plan.vault, sight.style) for goal in carried_goals(plan)]
    renewed = {
        "id": new_id(name, choose) if current.common.id else "",
        "name": "" if stem_of(path).endswith(name) else written(name),
        "aliases": "",
        "start": str(first),
        "previous": as_property(current, path, plan.vault, sight.style),
        "goals": "".join(f"\n  - {link}" for link in links),
    }
    body = next_plan_body(Page(plan, path, sight.style), name, habits_of(plan.vault, cycle))
    return Draft(path, f"{_front(plan.vault.facts[current.path], renewed)}\n{body}")


def _front(facts: Facts, renewed: Mapping[str, str]) -> str:
    """The front matter of the plan before, with some fields renewed (YAML; "" for none)."""
    note, entry = facts.note, facts.entry
    text = note.text[: note.front.body].removeprefix("\ufeff").replace("\r\n", "\n")
    for field, source in renewed.items():
        there = entry.written.get(field) if entry else None
        if source or there:
            try:
                text = put_property(text, there.key if there else field, source)
            except SpliceError as error:
                raise WrongUseError(f"{note.path}: {error}; write the next plan by hand") from None
    return text
