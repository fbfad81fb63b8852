"""The agenda: what is due, most pressing first, one task line each."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter

from vaultplan.days import days_after
from vaultplan.views.view import Options, Page, View, limit_of

WEEK, WEEKS = 7, 28
_HEADS = ("Overdue", "Today", "This week", "Next weeks", "No date")


def _head(due: date | None, today: date) -> str:
    if due is None:
        return _HEADS[4]
    if due < today:
        return _HEADS[0]
    if due == today:
        return _HEADS[1]
    if due <= days_after(today, WEEK):
        return _HEADS[2]
    return _HEADS[3]


def _render(page: Page, options: Options) -> Iterator[str]:
    limit = limit_of(options)
    last = days_after(page.plan.today, WEEKS)
    asked = [one for one in page.plan.asked if one.step.due is None or one.step.due <= last]
    shown = [(_head(todo.step.due, page.plan.today), todo) for todo in asked[:limit]]
    for head, todos in groupby(shown, key=itemgetter(0)):
        yield from ("", f"**{head}**", "", *(page.task(todo) for _, todo in todos))
    if not shown:
        yield f"*Nothing is due in the next four weeks ({page.plan.tracked}).*"


AGENDA = View(
    name="agenda",
    doc="what is due: overdue, today, this week and the three weeks after; one task line each",
    render=_render,
    options=("limit",),
    phrases=re.compile(
        r"\*\*(Overdue|Today|This week|Next weeks|No date)\*\*"
        r"|\*Nothing is due in the next four weeks \(\d+ of \d+ contacts tracked\)\.\*"
    ),
)
