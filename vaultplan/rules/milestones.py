"""Milestones: what was reached by a note as a whole, such as an article that is out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vaultplan.rules.touches import Source
from vaultplan.text.links import Link

OPPORTUNITY, ARTICLE, TALK, TRAINING = "opportunity", "article", "talk", "training"


@dataclass(frozen=True, slots=True)
class Reached:
    """What a note says was reached: the day if it says one, and the goals it names.

    `planned` is the day it was meant for, which stands in for a day that is not written.
    """

    what: str
    day: date | None
    goals: tuple[Link, ...] = ()
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something reached on a day; `links` are the paths of the notes it serves."""

    day: date
    what: str
    source: Source
    links: frozenset[str]


def day_reached(reached: Reached, log_days: Collection[date], today: date) -> date | None:
    """The day of a milestone: as written, else as planned, else that of the first log line.

    What is said to be done was done by today, whatever day it was planned for. None if nothing
    says a day.
    """
    if reached.day:
        return reached.day
    days = [*filter(None, [reached.planned]), *sorted(log_days)]
    return next((day for day in days if day <= today), today) if days else None
