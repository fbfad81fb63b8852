"""Career goals: what the goals of a plan are good for."""

from dataclasses import dataclass
from datetime import date

from vaultplan.kinds.fields import declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, TEXT, TEXTS, one_of
from vaultplan.settings import Habits

HORIZON = one_of("short-term", "long-term")


@dataclass(frozen=True)
class CareerGoal:
    """Where the career is to go, in the short or the long term."""

    horizon: str = declare(HORIZON, "how far ahead")
    aspiration: str = declare(TEXT, "what it would look like")
    industries: tuple[str, ...] = declare(TEXTS, "the industries that matter for it", "industry")
    skills: tuple[str, ...] = declare(TEXTS, "the skills still missing", "skill")
    people: tuple[str, ...] = declare(TEXTS, "whom it needs: kinds of people, or names")
    contribution: str = declare(TEXT, "what networking adds to it")
    due: date | None = declare(DAY, "by when", "deadline")


CAREER_GOAL = Kind(
    name="career-goal",
    plural="career goals",
    record=CareerGoal,
    habits=Habits(types=("career-goal",)),
    folder="Goals",
    columns=("horizon", "due"),
    body=(
        "What would a good week look like once you are there?\n"
        "Which industries, skills and people does it take, and what can your network add?"
    ),
)
