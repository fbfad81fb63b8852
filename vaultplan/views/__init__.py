"""The views; a new one is one file and one line here."""

from vaultplan.views.agenda import AGENDA
from vaultplan.views.checklist import CHECKLIST
from vaultplan.views.contacts import CONTACTS
from vaultplan.views.goals import GOALS
from vaultplan.views.problems import PROBLEMS
from vaultplan.views.progress import PROGRESS
from vaultplan.views.view import View

VIEWS: tuple[View, ...] = (AGENDA, CHECKLIST, CONTACTS, GOALS, PROGRESS, PROBLEMS)
