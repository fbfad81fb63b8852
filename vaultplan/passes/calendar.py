"""The calendar files of a plan, put together from what each contact adds to them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from vaultplan.feed import EVENTS, TO_DOS, Part, Sort, join_parts, next_turn, parts_of, zones_of
from vaultplan.kinds.fields import Entry
from vaultplan.plan import Plan
from vaultplan.plan.calendar import appointments_about, appointments_with, overdue
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person
from vaultplan.problems import Problem
from vaultplan.rules.appointments import Appointment
from vaultplan.settings import Settings
from vaultplan.settings.feeds import FeedSettings


class File(NamedTuple):
    """One calendar file: where it is written, what it holds."""

    path: str
    feed: FeedSettings
    sort: Sort


def files_of(settings: Settings) -> Iterator[File]:
    """The calendar files that the settings ask for."""
    for feed in settings.feeds:
        yield File(feed.path, feed, EVENTS)
        if feed.todo:
            yield File(feed.todo, feed, TO_DOS)


def feeds_of(plan: Plan) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The bytes of every calendar file, and what could not be put in."""
    settings = plan.vault.settings
    if settings.vault_id is None:
        fix = "`vaultplan check --fix` adds one"
        message = "without a vault_id no calendar is written"
        return {}, (Problem("vaultplan.toml", 0, "no-vault-id", "warning", message, fix),)
    files = list(files_of(settings))
    made = [
        _part(person, settings, plan.today)[1] for person in plan.people.values() if person.tracked
    ]
    goals = {goal.entry.path: goal for goal in plan.goals}
    about = [
        _about(entry, goals.get(entry.path), plan)
        for entry in plan.vault.entries.values()
        if entry.kind != "contact"
    ]
    made += [one for _, one in about]
    timed = [appointment for moments, _ in about for appointment in moments]
    late = list(overdue(plan.todos, plan.today))
    feeds: dict[str, bytes] = {}
    problems: list[Problem] = []
    for place, (path, feed, sort) in enumerate(files):
        own = late if feed is settings.feeds[0] else []
        parts, odd = parts_of(own, feed, plan.today, sort)
        parts += [Part._make(item) for one in made for item in one[place][0]]
        odd += [Problem(*item) for one in made for item in one[place][1]]
        zones = zones_of(timed, feed, plan.today) if sort is EVENTS else b""
        feeds[path], more = join_parts(parts, feed, path, zones)
        problems += sorted((*odd, *more)) if sort is EVENTS else ()
    return feeds, tuple(problems)


def turn_of(person: Person, settings: Settings, today: date) -> date | None:
    """The first day after today on which a contact may add something else."""
    turn = _part(person, settings, today)[0] if person.tracked and settings.vault_id else 0
    return date.fromordinal(turn) if turn else None


def _part(person: Person, settings: Settings, today: date) -> tuple[int, Any]:
    """When a contact may add something else, and what it adds to each file, as plain values."""

    def make() -> tuple[int, Any]:
        appointments = list(appointments_with(person))
        turn = next_turn(appointments, today)
        return turn.toordinal() if turn else 0, _plain(appointments, settings, today)

    return person.part("calendar", make)


def _about(entry: Entry[Any], goal: GoalPlan | None, plan: Plan) -> tuple[list[Appointment], Any]:
    """The moments that a note adds, as zones are needed for them, and what it adds to each file."""
    key = plan.today, goal and (goal.open, goal.start, goal.due)
    kept = entry.parts.get("calendar")
    if kept is None or kept[0] != key:
        found = list(appointments_about(entry, goal, plan.vault, plan.today))
        timed = [one for one in found if isinstance(one.start, datetime)]
        kept = key, (timed, _plain(found, plan.vault.settings, plan.today))
        entry.parts["calendar"] = kept
    made: tuple[list[Appointment], Any] = kept[1]
    return made


def _plain(appointments: Sequence[Appointment], settings: Settings, today: date) -> Any:
    """What some appointments are in each file, as plain values."""
    return tuple(
        tuple(tuple(map(tuple, found)) for found in parts_of(appointments, feed, today, sort))
        for _, feed, sort in files_of(settings)
    )
