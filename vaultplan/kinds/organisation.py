"""Organisations: where the people are, and the circles to be part of."""

from dataclasses import dataclass
from datetime import date

from vaultplan.kinds.fields import declare
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.values import DAY, TEXT, one_of
from vaultplan.settings import Habits

KIND = one_of("company", "association", "community", "forum", "programme")


@dataclass(frozen=True)
class Organisation:
    """A company that matters, or an association, a community, a forum, a mentorship programme."""

    kind: str = declare(KIND, "what it is")
    joined: date | None = declare(DAY, "the day you became part of it", "member since")
    status: str = declare(TEXT, "how you stand with it, in your own words")
    website: str = declare(TEXT, "address of its page", "url")


ORGANISATION = Kind(
    name="organisation",
    plural="organisations",
    record=Organisation,
    habits=Habits(
        types=("organisation", "organization", "org", "company", "association", "community"),
        # A bare `company` or `organization` is more often what a note is about than what it is.
        tags=("type/organisation", "type/organization", "type/company"),
        categories=("organisations", "organizations", "companies", "company"),
    ),
    folder="Organisations",
    columns=("kind", "status", "joined"),
    body="Why does it matter to you? Whom do you know there, and whom would you like to know?",
    logs=True,
)
