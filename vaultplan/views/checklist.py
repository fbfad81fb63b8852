"""The checklist of one contact: its steps with their days, and the last and the next contact."""

import re
from collections.abc import Iterator

from vaultplan.plan.people import Person, once_done
from vaultplan.rules.steps import State
from vaultplan.text.escape import inline
from vaultplan.views.view import Options, Page, View


def _render(page: Page, _: Options) -> Iterator[str]:
    person = page.plan.people[page.path]
    yield _summary(person)
    shown = [todo for todo in person.todos if not todo.step.provisional]
    if shown:
        yield ""
    for todo in shown:
        if todo.step.state is State.LAPSED:
            text = inline(todo.step.rule.text.replace("{person}", person.name))
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
    parts = [f"{done} of {count} done"] if count else []
    if person.next and person.next.step.due:
        name = inline(person.next.step.name)
        parts.append(f"{name} due {person.next.step.due}")
    return ", ".join(parts) or "Nothing to do"


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
        r"\d+ of \d+ done(, .* due \d{4}-\d\d-\d\d)?|.* due \d{4}-\d\d-\d\d|Nothing to do"
        r"|Not asked for \(.*\)|- .*: lapsed, was due \d{4}-\d\d-\d\d"
        r"|Last contact: \d{4}-\d\d-\d\d.*"
    ),
    wrong_place=_wrong_place,
)
