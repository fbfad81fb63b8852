"""The checklist of one contact: its steps with their days, and the last and the next contact."""

import re
from collections.abc import Iterator

from vaultplan.plan.people import Person, once_done
from vaultplan.rules.steps import State
from vaultplan.text.escape import inline
from vaultplan.views.view import Options, Page, View

_DAY = r"\d{4}-\d\d-\d\d"


def _render(page: Page, _: Options) -> Iterator[str]:
    person = page.plan.people[page.path]
    yield _summary(person)
    shown = [todo for todo in person.todos if not todo.step.provisional]
    if shown:
        yield ""
    for todo in shown:
        if todo.step.state is State.LAPSED:
            text = inline(todo.step.rule.said(person.name))
            yield f"- {text}: lapsed, was due {todo.step.due}"
        else:
            yield page.task(todo)
    if person.last:
        yield ""
        yield _contacts(person)


def _summary(person: Person) -> str:
    if person.silent:
        return f"Not asked for ({inline(person.silent)})"
    done, count = once_done(person)
    words = f"{done} of {count} done" if count else "All done"
    if person.next and person.next.step.due:
        return f"{words}, {inline(person.next.step.name)} due {person.next.step.due}"
    return words


def _contacts(person: Person) -> str:
    last = person.last
    words = f"Last contact: {last.day} {inline(last.kind)}".strip() if last else ""
    due = person.next.step.due if person.next else None
    return f"{words} · next: {due}" if due else words


def _wrong_place(page: Page) -> str:
    if page.path in page.plan.people:
        return ""
    return "a checklist belongs in the note of a contact, and this is none"


CHECKLIST = View(
    name="checklist",
    doc="in a contact: its steps with their days and status, last and next contact",
    render=_render,
    phrases=re.compile(
        rf"(\d+ of \d+|All) done(, [^,]+ due {_DAY})?"
        r"|Not asked for \((status: paused|cadence: none)\)"
        rf"|- .+: lapsed, was due {_DAY}"
        rf"|Last contact: {_DAY}( [^ ·]+)?( · next: {_DAY})?"
    ),
    wrong_place=_wrong_place,
)
