"""Assessments: how you rate your networking on one day."""

import datetime as dt
from dataclasses import dataclass

from vaultplan.kinds.fields import declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, RATING, TEXT, TEXTS
from vaultplan.settings import Habits

QUESTIONS = {
    "diversity": "How different are the people you know? "
    "1 much like you, 5 many fields, roles and levels",
    "reciprocity": "How often do you help before you need help? 1 hardly ever, 5 every week",
    "maintenance": "How steadily do you stay in touch? 1 when you need something, 5 as a habit",
    "focus": "How well does your network fit your career goals? 1 by chance, 5 nearly all of it",
    "comfort": "How easily do you talk to somebody new? 1 you avoid it, 5 you look for it",
}
"""What each dimension asks, and what its lowest and highest rating mean."""

DIMENSIONS = tuple(QUESTIONS)

BLOCK = "<!-- vaultplan:begin assessment -->\n<!-- vaultplan:end -->"

BODY = "\n".join(
    [
        "Rate each from 1 to 5 in the properties; below stands what your notes say.",
        "",
        *(f"- {name}: {question}" for name, question in QUESTIONS.items()),
        "",
        "Then name the one challenge that holds you back most.",
        "",
        BLOCK,
    ]
)


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
    body=BODY,
)
