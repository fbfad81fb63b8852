"""The kinds of notes; a new one is one file and one line here."""

from vaultplan.kinds.assessment import ASSESSMENT
from vaultplan.kinds.brand import BRAND
from vaultplan.kinds.career_goal import CAREER_GOAL
from vaultplan.kinds.contact import CONTACT
from vaultplan.kinds.event import EVENT
from vaultplan.kinds.goal import GOAL
from vaultplan.kinds.interaction import INTERACTION
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.opportunity import OPPORTUNITY
from vaultplan.kinds.organisation import ORGANISATION
from vaultplan.kinds.plan import PLAN
from vaultplan.kinds.review import REVIEW

__all__ = ["KINDS", "KIND_NAMED", "Kind"]

KINDS: tuple[Kind, ...] = (
    CONTACT,
    GOAL,
    CAREER_GOAL,
    PLAN,
    EVENT,
    INTERACTION,
    ORGANISATION,
    OPPORTUNITY,
    BRAND,
    ASSESSMENT,
    REVIEW,
)
KIND_NAMED = {kind.name: kind for kind in KINDS}
