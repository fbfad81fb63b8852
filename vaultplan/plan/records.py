"""An entry as a record of plain values: what `list` shows, filters ask and scripts read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from typing import Any

from vaultplan.days import Span
from vaultplan.kinds import KIND_NAMED
from vaultplan.kinds.event import Event, begin_of
from vaultplan.kinds.fields import Common, Entry, declared
from vaultplan.kinds.values import CLOCK, DAY, MOMENT, Birthday
from vaultplan.plan import Plan
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person
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
    derived = {"contact": CONTACT_DERIVED, "goal": GOAL_DERIVED}.get(kind, ())
    return [*fields, *derived, "path", "type"]


def days_of(kind: str) -> list[str]:
    """The names among them that hold days."""
    shapes = (DAY, MOMENT, CLOCK)
    fields = [
        one.name for one in declared(KIND_NAMED[kind].record) if one.metadata["shape"] in shapes
    ]
    return [*fields, "connection", "last_contact", "next_follow_up"]


CONTACT_DERIVED = (
    "status",
    "tracked",
    "connection",
    "last_contact",
    "next_follow_up",
    "given",
    "received",
    "asked",
)
GOAL_DERIVED = ("actual", "state", "expected", "evidence", "start", "due")


def record_of(entry: Entry[Any], plan: Plan) -> Record:
    """The record of an entry on the plan's day."""
    fields = {one.name: plain(getattr(entry.common, one.name)) for one in declared(Common)}
    for one in declared(KIND_NAMED[entry.kind].record):
        fields[one.name] = plain(getattr(entry.item, one.name))
    if isinstance(entry.item, Event):
        fields["start"] = plain(begin_of(entry.item))
    derived: dict[str, Plain] = {}
    if entry.path in plan.people:
        derived = _of_person(plan.people[entry.path])
    goal = next((goal for goal in plan.goals if goal.entry.path == entry.path), None)
    if goal:
        derived = _of_goal(goal)
    return Record(entry.path, entry.kind, entry.name, fields, derived)


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
