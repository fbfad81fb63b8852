"""What a new note is to say: what was asked for, and what follows where nothing else is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vaultplan.days import day_in
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.parts import is_blank
from vaultplan.passes.templates import DATED
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts
from vaultplan.text.filenames import file_name


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a kind, a name, values by field, and an id, if any."""

    kind: Kind
    name: str
    values: Mapping[str, str]
    identity: str


def wanted(wish: Wish, plan: Plan, facts: Facts) -> Iterator[tuple[str, str]]:
    """The fields to fill and their values in words; `facts` are those of the filled template."""
    yield from wish.values.items()
    for name, value in _following(wish, plan):
        if name not in wish.values and _is_open(name, wish, facts):
            yield name, value
    if "name" not in wish.values and file_name(wish.name) != wish.name:
        yield "name", wish.name
    if "id" not in wish.values and wish.identity:
        yield "id", wish.identity


def _is_open(name: str, wish: Wish, facts: Facts) -> bool:
    """Whether the template leaves a field to us; the day in a name says more than today's."""
    there = facts.entry.written.get(name) if facts.entry else None
    blank = there is None or is_blank(there.value)
    return blank or (name == "date" and day_in(wish.name) is not None)


def _following(wish: Wish, plan: Plan) -> Iterator[tuple[str, str]]:
    kind, current = wish.kind.name, plan.current
    if kind in DATED:
        yield "date", (day_in(wish.name) or plan.today).isoformat()
    if kind == "plan" and not _running(plan):
        yield "start", plan.today.isoformat()
    over = plan.cycle is not None and plan.cycle.end < plan.today
    if current and (kind == "review" or (kind == "goal" and not over)):
        yield "plan", current.path


def _running(plan: Plan) -> bool:
    return plan.cycle is not None and plan.cycle.start <= plan.today <= plan.cycle.end


def waits(wish: Wish, plan: Plan) -> tuple[str, ...]:
    """Why a new plan has no start."""
    if wish.kind.name != "plan" or "start" in wish.values or not (plan.current and plan.cycle):
        return ()
    said = f"It has no start yet, as {plan.current.name} runs until {plan.cycle.end}"
    return (said,) if _running(plan) else ()
