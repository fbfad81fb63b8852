"""Opportunities: what may come of all the talking, from the first hint to an answer."""

import datetime as dt
from dataclasses import dataclass
from datetime import tzinfo

from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, LINKS, TEXT, one_of
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.milestones import OPPORTUNITY as OPENED
from vaultplan.rules.milestones import Reached
from vaultplan.settings import Habits
from vaultplan.text.links import Link

STAGE = one_of("spotted", "pursuing", "applied", "interviewing", "offer", "won", "lost")
OVER = ("won", "lost")


@dataclass(frozen=True)
class Opportunity:
    """A position, a project or a place that has come into reach."""

    organisation: str = declare(TEXT, "who offers it", "organization", "org", "company")
    role: str = declare(TEXT, "what you would do there", "position", "job title")
    stage: str = declare(STAGE, "how far it has come")
    date: dt.date | None = declare(
        DAY, "the day it came up, or one to come; counted from then", "spotted"
    )
    due: dt.date | None = declare(DAY, "the day by which to act", "deadline", "closes")
    people: tuple[Link, ...] = declare(LINKS, "who can help, or decides", "contacts")
    goals: tuple[Link, ...] = declare(LINKS, "goals it serves", "goal")


def _reached(entry: Entry[Opportunity]) -> Reached | None:
    return Reached(OPENED, entry.item.date, entry.item.goals)


def _appointments(entry: Entry[Opportunity], _: tzinfo | None) -> tuple[Appointment, ...]:
    """The deadline; without one a `date`, which is a day to act on only while it is to come."""
    opportunity = entry.item
    day = opportunity.due or opportunity.date
    if day is None or opportunity.stage in OVER:
        return ()
    words = (opportunity.role, opportunity.organisation)
    return (
        Appointment(
            identity=(entry.key, "due"),
            category=Category.OPPORTUNITY,
            start=day,
            title=f"{'Deadline' if opportunity.due else 'Opportunity'}: {entry.name}",
            path=entry.path,
            stamp=opportunity.date or day,
            notes=tuple(word for word in words if word),
            passing=opportunity.due is None,
        ),
    )


OPPORTUNITY = Kind(
    name="opportunity",
    plural="opportunities",
    record=Opportunity,
    habits=Habits(types=("opportunity", "job-application")),
    folder="Opportunities",
    columns=("stage", "organisation", "role", "date"),
    body="What makes it worth your while? Who knows more about it, and what comes next?",
    logs=True,
    reached=_reached,
    appointments=_appointments,
)
