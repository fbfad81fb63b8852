"""Reviews: what a plan, or a part of it, came to."""

import datetime as dt
from dataclasses import dataclass

from vaultplan.kinds.fields import declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, LINK, TEXT, one_of
from vaultplan.settings import Habits
from vaultplan.text.links import Link

KIND = one_of("checkpoint", "final")


@dataclass(frozen=True)
class Review:
    """A look back: what was reached, what it taught, what to stop and what to start."""

    plan: Link | None = declare(LINK, "the plan it is about")
    date: dt.date | None = declare(DAY, "the day of it", "day")
    kind: str = declare(KIND, "on the way, or at the end; else told by the date")
    stop: str = declare(TEXT, "one habit to stop", "stop habit")
    start_habit: str = declare(TEXT, "one habit to start", "start habit")
    surprise: str = declare(TEXT, "what brought the most unexpected result")


REVIEW = Kind(
    name="review",
    plural="reviews",
    record=Review,
    habits=Habits(types=("review", "networking-review")),
    folder="Reviews",
    columns=("date", "kind", "plan"),
    body=(
        "What brought the most surprising result?\n"
        "Which one habit will you stop, and which one will you start?"
    ),
)
