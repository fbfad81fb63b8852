"""What happened, by day."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from vaultplan.rules.milestones import Milestone
from vaultplan.rules.touches import Touch

Dated = TypeVar("Dated", Touch, Milestone)


def inside(sorted_: Sequence[Dated], start: date | None, end: date | None) -> Sequence[Dated]:
    """Those of touches or milestones, sorted by day, from one day to another, both included."""
    first = bisect_left(sorted_, start or date.min, key=_day)
    last = bisect_right(sorted_, end or date.max, key=_day)
    return sorted_[first:last]


def _day(one: Touch | Milestone) -> date:
    return one.day
