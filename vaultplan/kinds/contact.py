"""Contacts: the people to stay in touch with."""

from dataclasses import dataclass
from datetime import date, tzinfo

from vaultplan.days import Span
from vaultplan.kinds.fields import Entry, declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import (
    BIRTHDAY,
    DAY,
    FIT,
    FLAG,
    LINK,
    LINKS,
    SPAN,
    TEXT,
    TEXTS,
    Birthday,
    Fit,
    Never,
    one_of,
)
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings import Habits
from vaultplan.text.links import Link

# Some calendar programs know no day before 1970; a birthday's first year may be a later one.
OLDEST_YEAR, OLDEST_LEAP_YEAR = 1970, 1972

STRENGTH = one_of("weak", "strong")
STATUS = one_of("to-do", "in-progress", "done", "paused")
MENTOR = one_of("potential", "asked", "active", "former")
MENTORS = ("asked", "active")
"""The stages of who is a mentor, or was asked to be one."""


@dataclass(frozen=True)
class Contact:
    """A person to stay in touch with."""

    organisation: str = declare(TEXT, "where the person works", "organization", "org", "company")
    role: str = declare(TEXT, "what the person does there", "job title", "position")
    industry: str = declare(TEXT, "the field the person works in")
    seniority: str = declare(TEXT, "how senior: `junior`, `mid`, `senior`, `executive` …")
    location: str = declare(TEXT, "where the person lives", "city")
    email: tuple[str, ...] = declare(TEXTS, "addresses", "e-mail", "emails")
    phone: tuple[str, ...] = declare(TEXTS, "numbers; quote them", "mobile", "tel")
    linkedin: str = declare(TEXT, "profile address or user name")
    website: str = declare(TEXT, "address of a page", "url")
    birthday: Birthday | None = declare(BIRTHDAY, "day of birth", "bday", "birth date")
    category: str = declare(
        TEXT, "how you know each other: `colleague`, `industry`, `target-organisation`, `community`"
    )
    strength: str = declare(STRENGTH, "how strong the tie is", "relationship strength")
    key: bool = declare(FLAG, "one of the plan's key people")
    priority: str = declare(TEXT, "your own mark of importance")
    goals: tuple[Link, ...] = declare(LINKS, "goals the person matters for", "goal")
    purpose: str = declare(TEXT, "what the connection is for", "relationship goal")
    offer: str = declare(TEXT, "what you can give first")
    status: str = declare(STATUS, "by hand; else derived from what happened")
    met: date | None = declare(DAY, "the day you met", "met date", "date met", "first met")
    met_at: Link | None = declare(LINK, "the event you met at", "met context", "how met")
    introduced_by: Link | None = declare(LINK, "who introduced you", "introduced")
    cadence: Span | Never | None = declare(
        SPAN, "how often to be in touch", "frequency", "contact frequency", "cadence days"
    )
    follow_up: date | None = declare(
        DAY,
        "the day of the next follow-up, instead of the cadence",
        "next contact",
        "next follow up",
        "next touch",
        "follow up date",
    )
    snooze: date | None = declare(DAY, "nothing is due before this day", "snooze until")
    mentor: str = declare(MENTOR, "stage of mentorship")
    mentor_fit: Fit | None = declare(FIT, "how well the person would fit as your mentor")
    last_contact: date | None = declare(
        DAY,
        "a contact by hand, where the settings do not compute it",
        "last contacted",
        "date last contacted",
        "last interaction",
        "last touch",
        "last touched",
        "last chat",
        "last met",
    )


def _appointments(entry: Entry[Contact], _: tzinfo | None) -> tuple[Appointment, ...]:
    birthday = entry.item.birthday
    if birthday is None:
        return ()
    leap = (birthday.month, birthday.day) == (2, 29)
    first = OLDEST_LEAP_YEAR if leap else OLDEST_YEAR
    year = max(birthday.year or first, first)
    return (
        Appointment(
            identity=(entry.key, "birthday"),
            category=Category.BIRTHDAY,
            start=date(year, birthday.month, birthday.day),
            title="Birthday of {person}",
            path=entry.path,
            stamp=date(year, birthday.month, birthday.day),
            person=entry.name,
            yearly=True,
        ),
    )


CONTACT = Kind(
    name="contact",
    plural="contacts",
    record=Contact,
    habits=Habits(
        types=("contact", "person", "people", "crm-contact"),
        tags=("person", "contact", "people", "type/person", "crm/person", "type/contact"),
        categories=("people", "person", "contacts"),
    ),
    folder="Contacts",
    columns=("strength", "organisation", "status", "last_contact", "next_follow_up"),
    body="## Follow-up\n\n<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->",
    logs=True,
    appointments=_appointments,
)
