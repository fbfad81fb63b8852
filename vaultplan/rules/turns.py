"""When what follows for a contact may next read otherwise, if nobody writes anything."""

from collections.abc import Iterable, Iterator
from datetime import date

from vaultplan.days import days_after
from vaultplan.rules.steps import LAPSE_DAYS, Case, State, Step


def next_turn(case: Case, steps: Iterable[Step], today: date) -> date | None:
    """The first day after today on which a step may stand otherwise; None if it never will.

    It is never too late; it may be too early.
    """
    days = [case.snooze.day] if case.snooze else []
    for step in steps:
        days += _turns(step, case)
    return min((day for day in days if day > today), default=None)


def _turns(step: Step, case: Case) -> Iterator[date]:
    """The days on which a step goes from one state to another."""
    if step.due is None or step.state in (State.DONE, State.LAPSED):
        return
    yield step.due
    yield days_after(step.due, 1)
    yield days_after(step.due, LAPSE_DAYS + 1)
    if case.window:
        yield days_after(case.window.end, 1)
