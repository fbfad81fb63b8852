"""Brand: what others can read, hear and see of you."""

import datetime as dt
from dataclasses import dataclass
from datetime import tzinfo

from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, LINKS, TEXT, one_of
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.milestones import ARTICLE, TALK, TRAINING, Reached
from vaultplan.settings import Habits
from vaultplan.text.links import Link

KIND = one_of("pitch", "profile", "article", "talk", "training")
STATUS = one_of("idea", "draft", "published", "done")
FINISHED = ("published", "done")
_COUNTED = {"article": ARTICLE, "talk": TALK, "training": TRAINING}


@dataclass(frozen=True)
class Brand:
    """A pitch, a profile, an article, a talk or a training: how you become known, and for what."""

    kind: str = declare(KIND, "what it is")
    status: str = declare(STATUS, "how far it is")
    due: dt.date | None = declare(DAY, "the day by which it is to be out", "deadline")
    date: dt.date | None = declare(
        DAY, "the day it was out, else `due`", "published", "published on"
    )
    url: str = declare(TEXT, "where it can be found", "website", "link")
    goals: tuple[Link, ...] = declare(LINKS, "goals it serves", "goal")


def _reached(entry: Entry[Brand]) -> Reached | None:
    brand = entry.item
    what = _COUNTED.get(brand.kind)
    if what is None or brand.status not in FINISHED:
        return None
    return Reached(what, brand.date, brand.goals, planned=brand.due)


def _appointments(entry: Entry[Brand], _: tzinfo | None) -> tuple[Appointment, ...]:
    brand = entry.item
    if brand.due is None or brand.status in FINISHED:
        return ()
    return (
        Appointment(
            identity=(entry.key, "due"),
            category=Category.BRAND,
            start=brand.due,
            title=f"Due: {entry.name}",
            path=entry.path,
            stamp=brand.due,
            notes=(f"{brand.kind} ({brand.status})",) if brand.kind and brand.status else (),
        ),
    )


BRAND = Kind(
    name="brand",
    plural="brand notes",
    record=Brand,
    habits=Habits(types=("brand", "personal-brand")),
    folder="Brand",
    columns=("kind", "status", "due"),
    body="Whom is it for, and what should they remember of you?",
    logs=True,
    reached=_reached,
    appointments=_appointments,
)
