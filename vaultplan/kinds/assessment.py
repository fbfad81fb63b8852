"""Assessments: how you rate your networking on one day."""

import datetime as dt
from dataclasses import dataclass

from vaultplan.kinds.fields import declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, RATING, TEXT, TEXTS
from vaultplan.settings import Habits

DIMENSIONS = ("diversity", "reciprocity", "maintenance", "focus", "comfort")


@dataclass(frozen=True)
class Assessment:
    """Five ratings from 1 to 5 on one day, the biggest challenge, and what you have to build on."""

    date: dt.date | None = declare(DAY, "the day of it", "day")
    diversity: int | None = declare(RATING, "how many different fields, levels and places you know")
    reciprocity: int | None = declare(RATING, "how often you offer help before you need some")
    maintenance: int | None = declare(RATING, "how steadily you stay in touch")
    focus: int | None = declare(RATING, "how much of it serves your career goals")
    comfort: int | None = declare(RATING, "how easily you start to talk with somebody new")
    challenge: str = declare(TEXT, "the one thing that holds you back most")
    strengths: tuple[str, ...] = declare(TEXTS, "what you are good at", "strength")
    improve: tuple[str, ...] = declare(TEXTS, "what you would like to do better", "weaknesses")
    resources: tuple[str, ...] = declare(TEXTS, "whom and what you can build on", "resource")


ASSESSMENT = Kind(
    name="assessment",
    plural="assessments",
    record=Assessment,
    habits=Habits(types=("assessment", "self-assessment")),
    folder="Assessments",
    columns=("date", "diversity", "reciprocity", "maintenance", "focus", "comfort"),
)
