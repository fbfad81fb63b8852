"""Goals: what the next weeks are for, as a number and a date."""

from dataclasses import dataclass
from datetime import date, tzinfo

from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, LINK, NUMBER, TEXT
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings import Habits
from vaultplan.text.links import Link


@dataclass(frozen=True)
class Goal:
    """A goal for the plan's weeks: specific, measured, with a date."""

    kind: str = declare(TEXT, "`skill`, `opportunity` or your own word")
    career_goal: Link | None = declare(LINK, "the career goal it serves")
    specific: str = declare(TEXT, "what exactly is to be reached")
    measure: str = declare(TEXT, "what is counted, a word of the table of measures")
    target: float | None = declare(NUMBER, "the number to reach")
    actual: float | None = declare(NUMBER, "by hand; else counted")
    achievable: str = declare(TEXT, "why it can be reached")
    relevant: str = declare(TEXT, "why it matters to the career goal")
    start: date | None = declare(DAY, "first day; else the plan's")
    due: date | None = declare(DAY, "last day; else the plan's", "deadline")
    plan: Link | None = declare(LINK, "the plan it belongs to; else the current one")
    learning: str = declare(TEXT, "what you learnt from it")


def _appointments(entry: Entry[Goal], _: tzinfo | None) -> tuple[Appointment, ...]:
    goal = entry.item
    if goal.due is None:
        return ()
    return (
        Appointment(
            identity=(entry.key, "due"),
            category=Category.GOAL,
            start=goal.due,
            title=f"Goal due: {entry.name}",
            path=entry.path,
            stamp=goal.start or goal.due,
            notes=(goal.specific,) if goal.specific else (),
        ),
    )


GOAL = Kind(
    name="goal",
    plural="goals",
    record=Goal,
    habits=Habits(types=("goal", "networking-goal")),
    folder="Goals",
    columns=("measure", "target", "actual", "state", "due"),
    body=(
        "What exactly will be different, and what is counted to see it? What makes it achievable?\n"
        "Which career goal does it serve, and by when?"
    ),
    appointments=_appointments,
)
