"""An entry as a record of plain values: what `list` shows, filters ask and scripts read."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from typing import Any

from vaultplan.days import Span
from vaultplan.kinds import KIND_NAMED
from vaultplan.kinds.brand import FINISHED
from vaultplan.kinds.contact import Contact
from vaultplan.kinds.event import Event, begin_of, day_of
from vaultplan.kinds.fields import Common, Entry, declared
from vaultplan.kinds.opportunity import OVER
from vaultplan.kinds.values import CLOCK, DAY, MOMENT, Birthday
from vaultplan.plan import Plan
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.organisations import last_contact, members_of
from vaultplan.plan.people import Person
from vaultplan.plan.ranking import rank_key_contacts
from vaultplan.text.links import Link

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True)
class Record:
    """One entry: `fields` as parsed (all that the kind declares), `derived` as it follows today."""

    path: str
    type: str
    name: str
    fields: Mapping[str, Plain]
    derived: Mapping[str, Plain]

    def value(self, name: str) -> Plain:
        """A field or a derived value by name; a derived one wins, as it stands for today."""
        own = {"path": self.path, "type": self.type, "name": self.name}
        for values in (self.derived, own, self.fields):
            if name in values:
                return values[name]
        return None


def plain(value: Any) -> Plain:
    """A typed value as JSON has it: dates ISO, links by their target, nothing is null."""
    if isinstance(value, tuple | list):
        return [plain(member) for member in value]
    if is_dataclass(value) and not isinstance(value, Link | Span | Birthday | type):
        return {name: plain(member) for name, member in asdict(value).items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _scalar(value)


def _scalar(value: Any) -> bool | int | float | str | None:
    if isinstance(value, Link):
        return value.target
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool | int | float):
        return value
    return str(value) if value not in (None, "") else None


def names_of(kind: str) -> list[str]:
    """Every name a filter may use for a kind: its fields, and what is derived."""
    fields = [one.name for one in (*declared(KIND_NAMED[kind].record), *declared(Common))]
    return list(dict.fromkeys([*fields, *DERIVED.get(kind, ()), "path", "type"]))


def days_of(kind: str) -> list[str]:
    """The names among them that hold days."""
    shapes = (DAY, MOMENT, CLOCK)
    fields = [
        one.name for one in declared(KIND_NAMED[kind].record) if one.metadata["shape"] in shapes
    ]
    return [*fields, "connection", "last_contact", "next_follow_up"]


DERIVED: Mapping[str, tuple[str, ...]] = {
    "contact": (
        "status",
        "tracked",
        "connection",
        "last_contact",
        "next_follow_up",
        "given",
        "received",
        "asked",
        "rank",
    ),
    "goal": ("actual", "state", "expected", "evidence", "start", "due"),
    "organisation": ("people", "last_contact"),
    "event": ("status",),
    "opportunity": ("open",),
    "brand": ("open",),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of the whole plan once for many records, each by path."""

    ranks: Mapping[str, int]
    goals: Mapping[str, GoalPlan]
    members: Mapping[str, tuple[Entry[Contact], ...]]


def records_of(entries: Iterable[Entry[Any]], plan: Plan) -> list[Record]:
    """The records of entries on the plan's day, in their order."""
    entries = tuple(entries)
    kinds = {entry.kind for entry in entries}
    ranked = any(entry.kind == "contact" and entry.item.key for entry in entries)
    key = rank_key_contacts(plan.people, plan.goals, plan.vault) if ranked else ()
    known = Known(
        ranks={person.path: rank for rank, person in enumerate(key, 1)},
        goals={goal.entry.path: goal for goal in plan.goals},
        members=members_of(plan.vault) if "organisation" in kinds else {},
    )
    return [_record(entry, plan, known) for entry in entries]


def record_of(entry: Entry[Any], plan: Plan) -> Record:
    """The record of one entry on the plan's day; for more of them ask `records_of`."""
    return records_of((entry,), plan)[0]


def _record(entry: Entry[Any], plan: Plan, known: Known) -> Record:
    fields = {one.name: plain(getattr(entry.common, one.name)) for one in declared(Common)}
    for one in declared(KIND_NAMED[entry.kind].record):
        fields[one.name] = plain(getattr(entry.item, one.name))
    if isinstance(entry.item, Event):
        fields["start"] = plain(begin_of(entry.item))
    return Record(entry.path, entry.kind, entry.name, fields, _derived(entry, plan, known))


def _derived(entry: Entry[Any], plan: Plan, known: Known) -> dict[str, Plain]:
    """What follows today for an entry; the names are those of `DERIVED`."""
    if entry.kind == "contact":
        return {**_of_person(plan.people[entry.path]), "rank": known.ranks.get(entry.path)}
    if entry.kind == "goal":
        return _of_goal(known.goals[entry.path])
    if entry.kind == "organisation":
        members = known.members[entry.path]
        day = last_contact(members, plan.people)
        return {"people": len(members), "last_contact": plain(day)}
    if entry.kind == "event":
        return {"status": event_status(entry.item, plan.today)}
    if entry.kind == "opportunity":
        return {"open": entry.item.stage not in OVER}
    return {"open": entry.item.status not in FINISHED} if entry.kind == "brand" else {}


def is_past(event: Event, today: date) -> bool:
    """Whether an event is over: its last day is before today."""
    start = begin_of(event)
    if start is None:
        return False
    first = day_of(start)
    end = day_of(event.end) if isinstance(event.end, date) else first
    return max(first, end) < today


def event_status(event: Event, today: date) -> str:
    """The status of an event; one that is past and has none waits for an answer."""
    return event.status or ("attended?" if is_past(event, today) else "planned")


def _of_person(person: Person) -> dict[str, Plain]:
    connection, last, follow_up = person.case.connection, person.last, person.next
    return {
        "status": person.status,
        "tracked": bool(person.tracked),
        "connection": plain(connection.day) if connection else None,
        "last_contact": plain(last.day) if last else None,
        "next_follow_up": plain(follow_up.step.due) if follow_up else None,
        "given": person.given,
        "received": person.received,
        "asked": person.asked,
    }


def _of_goal(goal: GoalPlan) -> dict[str, Plain]:
    return {
        "actual": plain(goal.actual),
        "state": goal.pace.stand.value if goal.pace else None,
        "expected": round(goal.pace.expected, 2) if goal.pace else None,
        "evidence": [str(source) for source in goal.evidence],
        "start": plain(goal.start),
        "due": plain(goal.due),
    }
