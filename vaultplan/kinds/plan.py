"""Plans: the weeks in which the goals are pursued, with their checkpoints."""

from dataclasses import dataclass
from datetime import date, tzinfo

from vaultplan.days import Span, days_after, shift
from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import (
    DAY,
    LINK,
    LINKS,
    OBJECTIVES,
    SPAN,
    TEXTS,
    WHOLE,
    Never,
    Objective,
)
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings import Habits
from vaultplan.text.links import Link

DAYS = 90
KEY_CONTACTS = 10
REACH_OUT_DAYS = 30
CHECKPOINT_EVERY = Span(days=14)


@dataclass(frozen=True)
class Plan:
    """One cycle of networking, ninety days unless it says otherwise."""

    start: date | None = declare(DAY, "first day")
    days: int | None = declare(WHOLE, f"how many days it runs ({DAYS})")
    key_contacts: int | None = declare(WHOLE, f"how many key people it asks for ({KEY_CONTACTS})")
    reach_out_days: int | None = declare(
        WHOLE, f"days from the start within which to reach out to them ({REACH_OUT_DAYS})"
    )
    checkpoint_every: Span | Never | None = declare(SPAN, "time between checkpoints (2 weeks)")
    objectives: tuple[Objective, ...] = declare(OBJECTIVES, "numbers to reach, per period")
    strategies: tuple[str, ...] = declare(TEXTS, "how you go about it")
    goals: tuple[Link, ...] = declare(LINKS, "goals carried on from the plan before", "goal")
    previous: Link | None = declare(LINK, "the plan before")


@dataclass(frozen=True, slots=True)
class Cycle:
    """A plan with a start, every number filled in; `end` is its last day."""

    path: str
    start: date
    end: date
    reach_out_days: int
    key_contacts: int
    checkpoints: tuple[date, ...]

    @property
    def days(self) -> int:
        """How many days it has, the first and the last included."""
        return (self.end - self.start).days + 1


def cycle_of(entry: Entry[Plan]) -> Cycle | None:
    """The days of a plan; None while it has no start.

    Checkpoints stand at every whole period after the start, inside the plan; the last day is the
    review, not a checkpoint.
    """
    plan = entry.item
    if plan.start is None:
        return None
    end = days_after(plan.start, max(plan.days or DAYS, 1) - 1)
    every = plan.checkpoint_every or CHECKPOINT_EVERY
    checkpoints = []
    if isinstance(every, Span):
        count = 1
        while (day := shift(plan.start, Span(every.months * count, every.days * count))) < end:
            checkpoints.append(day)
            count += 1
    return Cycle(
        path=entry.path,
        start=plan.start,
        end=end,
        reach_out_days=REACH_OUT_DAYS if plan.reach_out_days is None else plan.reach_out_days,
        key_contacts=KEY_CONTACTS if plan.key_contacts is None else plan.key_contacts,
        checkpoints=tuple(checkpoints),
    )


def _appointments(entry: Entry[Plan], _: tzinfo | None) -> tuple[Appointment, ...]:
    cycle = cycle_of(entry)
    if cycle is None:
        return ()
    days = [
        *((f"checkpoint {number}", day) for number, day in enumerate(cycle.checkpoints, 1)),
        ("review", cycle.end),
    ]
    return tuple(
        Appointment(
            # The words of a calendar id stay, whatever the title says.
            identity=(entry.key, "last day" if what == "review" else what),
            category=Category.CHECKPOINT,
            start=day,
            title=f"{what.capitalize()}: {entry.name}",
            path=entry.path,
            stamp=cycle.start,
        )
        for what, day in days
    )


PLAN = Kind(
    name="plan",
    plural="plans",
    record=Plan,
    habits=Habits(types=("plan", "networking-plan")),
    folder="Plans",
    columns=("start", "days"),
    body=(
        "## Challenge\n\n"
        "What gets in your way most at present, and what will you do about it?\n\n"
        "## Key people\n\n"
        '<!-- vaultplan:begin contacts where="key = true" -->\n<!-- vaultplan:end -->\n\n'
        "## Progress\n\n<!-- vaultplan:begin progress -->\n<!-- vaultplan:end -->\n\n"
        "## Timeline\n\n<!-- vaultplan:begin timeline -->\n<!-- vaultplan:end -->"
    ),
    logs=True,
    appointments=_appointments,
)
