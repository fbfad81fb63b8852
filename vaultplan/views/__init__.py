"""The views; a new one is one file and one line here."""

from vaultplan.views.activity import ACTIVITY
from vaultplan.views.agenda import AGENDA
from vaultplan.views.assessment import ASSESSMENT
from vaultplan.views.brand import BRAND
from vaultplan.views.checklist import CHECKLIST
from vaultplan.views.contacts import CONTACTS
from vaultplan.views.events import EVENTS
from vaultplan.views.goals import GOALS
from vaultplan.views.ledger import LEDGER
from vaultplan.views.mentors import MENTORS
from vaultplan.views.network import NETWORK
from vaultplan.views.opportunities import OPPORTUNITIES
from vaultplan.views.organisations import ORGANISATIONS
from vaultplan.views.problems import PROBLEMS
from vaultplan.views.progress import PROGRESS
from vaultplan.views.timeline import TIMELINE
from vaultplan.views.view import View

VIEWS: tuple[View, ...] = (
    AGENDA,
    ASSESSMENT,
    CHECKLIST,
    CONTACTS,
    GOALS,
    LEDGER,
    PROGRESS,
    MENTORS,
    ORGANISATIONS,
    EVENTS,
    OPPORTUNITIES,
    BRAND,
    NETWORK,
    ACTIVITY,
    TIMELINE,
    PROBLEMS,
)
VIEW_NAMED = {view.name: view for view in VIEWS}
