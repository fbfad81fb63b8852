"""How far something with a target and a time has come, and how fast it must go on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stand(StrEnum):
    """How a goal or an objective stands today."""

    NOT_STARTED = "not started"
    ACHIEVED = "achieved"
    MISSED = "missed"
    ON_TRACK = "on track"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Pace:
    """Where it stands: `expected` by today, and `per_week` what is still needed each week."""

    stand: Stand
    expected: float
    per_week: float


def pace(actual: float, target: float, start: date, due: date, today: date) -> Pace:
    """Compare what was reached with the share of the time that has passed.

    The time runs from `start` to `due`; on the due day itself nothing is missed yet.
    """
    length = max((due - start).days, 1)
    elapsed = min(max((today - start).days, 0), length)
    expected = target * elapsed / length
    missing = max(target - actual, 0.0)
    weeks = max((due - max(today, start)).days, 1) / 7
    per_week = missing / weeks if today <= due else 0.0
    return Pace(_stand(actual, target, start, due, today), expected, per_week)


def _stand(actual: float, target: float, start: date, due: date, today: date) -> Stand:
    if today < start:
        return Stand.NOT_STARTED
    if actual >= target:
        return Stand.ACHIEVED
    if today > due:
        return Stand.MISSED
    length = max((due - start).days, 1)
    elapsed = (today - start).days
    return Stand.ON_TRACK if actual * length >= target * elapsed else Stand.BEHIND
