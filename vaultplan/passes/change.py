"""The changes that a tick or a command may make to a contact's note."""

from dataclasses import dataclass
from datetime import date

from vaultplan.plan.people import Person
from vaultplan.rules.steps import Step


@dataclass(frozen=True, slots=True)
class AddLine:
    """Write a log line, with words of the person's own if there are any."""

    day: date
    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Take the bare log line of a kind and a day out again."""

    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a field of a contact a value; empty clears it."""

    field: str
    value: str


Change = AddLine | RemoveLine | SetField


def doing(step: Step, person: Person, day: date, text: str = "") -> tuple[Change, ...]:
    """The changes to a contact's note that say a step was done on a day."""
    kind = step.rule.writes
    changes: list[Change] = []
    if text or not any(touch.day == day and touch.kind == kind for touch in person.touches):
        changes.append(AddLine(day, kind, text))
    if step.rule.since != "connection" and person.entry.item.follow_up:
        changes.append(SetField("follow_up", ""))
    return tuple(changes)
