"""What follows from the notes for each contact: steps, status, last and next contact."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from vaultplan.days import days_after
from vaultplan.kinds.contact import Contact
from vaultplan.kinds.event import Event, begin_of, day_of
from vaultplan.kinds.fields import Entry
from vaultplan.plan.vault import Vault
from vaultplan.rules.cadence import cadence_of
from vaultplan.rules.steps import (
    LAPSE_DAYS,
    Case,
    Dated,
    State,
    Step,
    Window,
    chain,
    connection_of,
    is_spent,
)
from vaultplan.rules.touches import Touch
from vaultplan.settings import Settings
from vaultplan.text.tasks import task_key

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Todo:
    """One step of one contact; `key` is the id of its task lines."""

    path: str
    person: str
    step: Step
    key: str


@dataclass(frozen=True)
class Person:
    """A contact and everything that follows for it today.

    `touches` are all contacts with the person, oldest first; `todos` is empty for who is not
    tracked; `silent` says why a tracked contact is not asked for, if so. `parts` keeps what was
    made of this contact alone, by what it is: see `part`.
    """

    entry: Entry[Contact]
    touches: tuple[Touch, ...]
    case: Case
    tracked: str
    silent: str
    todos: tuple[Todo, ...]
    status: str
    given: int
    received: int
    asked: int
    parts: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def part(self, name: str, make: Callable[[], T]) -> T:
        """Something made of this contact alone, such as its row in a table: made only once.

        It must be of plain values, so that it can be kept as long as the contact is the same.
        """
        if name not in self.parts:
            self.parts[name] = make()
        made: T = self.parts[name]
        return made

    @property
    def path(self) -> str:
        """The path of the contact's note."""
        return self.entry.path

    @property
    def name(self) -> str:
        """What the person is called."""
        return self.entry.name

    @property
    def key(self) -> bool:
        """Whether it is one of the plan's key people."""
        return self.entry.item.key

    @property
    def last(self) -> Touch | None:
        """The newest contact."""
        return self.touches[-1] if self.touches else None

    @property
    def next(self) -> Todo | None:
        """The open step that is due first; an undated one comes last."""
        if not self.todos:
            return None
        dated = [todo for todo in self.todos if todo.step.open and not todo.step.provisional]
        return min(dated, key=lambda todo: todo.step.due or date.max, default=None)


def people_of(vault: Vault, window: Window | None, today: date) -> dict[str, Person]:
    """Every contact by path."""
    planned = planned_of(vault, today)
    return {
        entry.path: person_of(
            entry,
            tuple(vault.contacts.get(entry.path, ())),
            planned.get(entry.path),
            window,
            vault,
            today,
        )
        for entry in vault.of_kind("contact")
    }


def planned_of(vault: Vault, today: date) -> dict[str, Dated]:
    """The first event still to come, or not yet ticked off, at which each person will be met."""
    events: list[tuple[date, Entry[Event]]] = [
        (day_of(start), entry)
        for entry in vault.of_kind("event")
        if (start := begin_of(entry.item)) and entry.item.status in ("", "planned")
    ]
    found: dict[str, Dated] = {}
    for day, entry in sorted(events, key=lambda pair: (pair[0], pair[1].path)):
        if day >= days_after(today, -LAPSE_DAYS):
            for person in vault.find_all(entry.item.people, entry.path):
                found.setdefault(person.path, Dated(day, entry.source("start")))
    return found


def person_of(
    entry: Entry[Contact],
    touches: tuple[Touch, ...],
    planned: Dated | None,
    window: Window | None,
    vault: Vault,
    today: date,
) -> Person:
    """A contact and what follows for it; `touches` are all contacts with it, by day."""
    contact, settings = entry.item, vault.settings
    case = _case(entry, touches, planned, window, settings)
    tracked = tracked_by(entry, vault)
    silent = _silent(case, contact)
    steps = chain(case, settings.steps, today) if tracked and not silent else ()
    kinds, log = [touch.kind for touch in touches], settings.log
    return Person(
        entry=entry,
        touches=touches,
        case=case,
        tracked=tracked,
        silent=silent if tracked else "",
        todos=tuple(_todos(entry, steps, settings)),
        status=_status(contact, case, steps),
        given=sum(map(log.gave.__contains__, kinds)),
        received=sum(map(log.received.__contains__, kinds)),
        asked=sum(map(log.asked.__contains__, kinds)),
    )


def _case(
    entry: Entry[Contact],
    touches: tuple[Touch, ...],
    planned: Dated | None,
    window: Window | None,
    settings: Settings,
) -> Case:
    contact = entry.item
    met = [touch for touch in touches if touch.day == contact.met]
    connecting = (touch for touch in met if touch.kind in settings.log.connection)
    return Case(
        touches=touches,
        connection=connection_of(touches, next(connecting, met[0] if met else None), settings.log),
        planned=planned,
        window=window,
        key=contact.key,
        cadence=cadence_of(
            contact.cadence, contact.mentor, contact.strength, entry.common.tags, settings.cadence
        ),
        cadence_source=entry.source("cadence") if contact.cadence is not None else "",
        follow_up=_dated(entry, "follow_up"),
        snooze=_dated(entry, "snooze"),
    )


def _dated(entry: Entry[Contact], name: str) -> Dated | None:
    day = getattr(entry.item, name)
    return Dated(day, entry.source(name)) if day else None


def tracked_by(entry: Entry[Contact], vault: Vault) -> str:
    """What enrols a contact in follow-ups, empty if nothing does: nobody else is ever due."""
    contact = entry.item
    if contact.cadence is not None:
        return "cadence"
    if contact.follow_up:
        return "follow_up"
    if contact.status in ("to-do", "in-progress"):
        return "status"
    if contact.key:
        return "key"
    blocks = vault.facts[entry.path].blocks
    return "checklist" if any(block.view == "checklist" for block in blocks) else ""


def _silent(case: Case, contact: Contact) -> str:
    """What silences a tracked contact; a `follow_up` by hand is asked for even with no cadence."""
    if contact.status == "paused":
        return "status: paused"
    if contact.cadence is not None and case.cadence.span is None:
        waiting = case.follow_up and not is_spent(case.follow_up, case.touches)
        return "" if waiting else "cadence: none"
    return ""


def _todos(entry: Entry[Contact], steps: tuple[Step, ...], settings: Settings) -> Iterator[Todo]:
    vault = str(settings.vault_id or "")
    for step in steps:
        since = step.since.isoformat() if step.since else ""
        key = task_key(vault, entry.key, step.name, since)
        yield Todo(entry.path, entry.name, step, key)


def _status(contact: Contact, case: Case, steps: tuple[Step, ...]) -> str:
    """To do, in progress or done, from what happened; a status by hand wins."""
    if contact.status:
        return contact.status
    since = case.window.start if case.window and case.key else date.min
    if not any(touch.day >= since for touch in case.touches):
        return "to-do"
    waiting = any(step.open and step.rule.once and not step.provisional for step in steps)
    return "in-progress" if waiting else "done"


def once_done(person: Person) -> tuple[int, int]:
    """How many of the contact's one-off steps are done, and how many there are."""
    once = [todo.step for todo in person.todos if todo.step.rule.once and not todo.step.provisional]
    return sum(step.state is State.DONE for step in once), len(once)
