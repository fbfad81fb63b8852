"""What the lints share: how advice is given, whom and which plan it can still help."""

from datetime import date
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.kinds.plan import Cycle
from vaultplan.plan import Plan
from vaultplan.plan.people import Person
from vaultplan.problems import Problem


def line_of(entry: Entry[Any], *names: str) -> int:
    """The line of the first of some fields that is written; the note's first if none is."""
    return next((entry.line(name) for name in names if name in entry.written), 1)


def hint(entry: Entry[Any], names: tuple[str, ...], rule: str, message: str, fix: str) -> Problem:
    """Advice about a note, at the first of some fields that is written."""
    return Problem(entry.path, line_of(entry, *names), rule, "hint", message, fix)


def rests(person: Person, today: date) -> bool:
    """Whether nothing is to be asked of a person for now, as the note says."""
    contact = person.entry.item
    snoozed = contact.snooze is not None and contact.snooze > today
    return bool(person.silent) or contact.status == "paused" or snoozed


def running(plan: Plan) -> tuple[Entry[Any], Cycle] | None:
    """The current plan and its days, unless it is over."""
    if plan.current is None or plan.cycle is None or plan.today > plan.cycle.end:
        return None
    return plan.current, plan.cycle
