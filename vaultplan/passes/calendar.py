"""The calendar files of a plan, put together from what each contact adds to them."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from vaultplan.feed import EVENTS, TO_DOS, Part, Sort, join_parts, next_turn, parts_of, zones_of
from vaultplan.plan import Plan
from vaultplan.plan.calendar import appointments_besides, appointments_with
from vaultplan.plan.people import Person
from vaultplan.problems import Problem
from vaultplan.rules.appointments import Category
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
    made = [
        _part(person, settings, plan.today) for person in plan.people.values() if person.tracked
    ]
    besides = list(appointments_besides(plan.vault, plan.people, plan.goals, plan.today))
    lasting = [one for one in besides if one.category is not Category.OVERDUE]
    feeds: dict[str, bytes] = {}
    problems: list[Problem] = []
    for place, (path, feed, sort) in enumerate(files_of(settings)):
        own = besides if feed is settings.feeds[0] else lasting
        parts, odd = parts_of(own, feed, plan.today, sort)
        parts += [Part._make(item) for one in made for item in one[1][place][0]]
        odd += [Problem(*item) for one in made for item in one[1][place][1]]
        zones = zones_of(own, feed, plan.today) if sort is EVENTS else b""
        feeds[path], more = join_parts(parts, feed, path, zones)
        problems += sorted((*odd, *more)) if sort is EVENTS else ()
    return feeds, tuple(problems)


def problems_with(person: Person, settings: Settings, today: date) -> Iterator[Problem]:
    """What of a contact could not be put into the calendar."""
    if person.tracked and settings.vault_id:
        _, files = _part(person, settings, today)
        for (_, _, sort), (_, odd) in zip(files_of(settings), files, strict=True):
            yield from (Problem(*item) for item in odd if sort is EVENTS)


def turn_of(person: Person, settings: Settings, today: date) -> date | None:
    """The first day after today on which a contact may add something else."""
    turn = _part(person, settings, today)[0] if person.tracked and settings.vault_id else 0
    return date.fromordinal(turn) if turn else None


def _part(person: Person, settings: Settings, today: date) -> tuple[int, Any]:
    """When a contact may add something else, and what it adds to each file, as plain values."""

    def make() -> tuple[int, Any]:
        appointments = list(appointments_with(person))
        turn = next_turn(appointments, today)
        files = tuple(
            tuple(tuple(map(tuple, found)) for found in parts_of(appointments, feed, today, sort))
            for _, feed, sort in files_of(settings)
        )
        return turn.toordinal() if turn else 0, files

    return person.part("calendar", make)
