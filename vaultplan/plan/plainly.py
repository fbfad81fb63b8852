"""What follows for a contact as plain values, and back: days are ordinals, 0 for none."""

from datetime import date
from typing import Any

from vaultplan.plan.people import Todo
from vaultplan.plan.vault import Vault
from vaultplan.rules.steps import Reason, State, Step
from vaultplan.rules.touches import Source, Touch
from vaultplan.settings import Settings

Plain = tuple[Any, ...]
_STATES = {state.value: state for state in State}
_NONE: frozenset[str] = frozenset()


def plain_day(day: date | None) -> int:
    """A day as its ordinal, 0 for none."""
    return day.toordinal() if day else 0


def day_from(plain: int) -> date | None:
    """The day of an ordinal."""
    return date.fromordinal(plain) if plain else None


def plain_touch(touch: Touch) -> Plain:
    """A touch, whole."""
    sources = tuple(tuple(source) for source in touch.sources)
    return (
        touch.day.toordinal(),
        touch.kind,
        touch.person,
        sources,
        touch.text,
        tuple(sorted(touch.links)),
    )


def touch_from(plain: Plain) -> Touch:
    """The touch that was made plain."""
    day, kind, person, sources, text, links = plain
    lines = tuple(Source(*source) for source in sources)
    return Touch(date.fromordinal(day), kind, person, lines, text, frozenset(links))


def plain_count(touch: Touch, vault: Vault) -> Plain:
    """A touch without words; the line alone if it is one of the contact's own note."""
    goals = [path for path in touch.links if _is_goal(path, vault)] if touch.links else ()
    own = len(touch.sources) == 1 and touch.sources[0].path == touch.person
    lines = touch.sources[0].line if own else tuple(tuple(source) for source in touch.sources)
    return touch.day.toordinal(), touch.kind, lines, tuple(goals)


def _is_goal(path: str, vault: Vault) -> bool:
    return path in vault.entries and vault.entries[path].kind == "goal"


def count_from(path: str, plain: Plain) -> Touch:
    """A touch with the contact at a path, without words."""
    day, kind, lines, goals = plain
    if isinstance(lines, int):
        sources: tuple[Source, ...] = (Source(path, lines),)
    else:
        sources = tuple(Source(*line) for line in lines)
    linked = frozenset(goals) if goals else _NONE
    return Touch(date.fromordinal(day), kind, path, sources, "", linked)


def plain_todo(todo: Todo) -> Plain:
    """A step of a contact."""
    step = todo.step
    days = (step.since, step.due, step.planned_due)
    return (
        *(step.name, todo.key, step.state.value, step.interval, step.provisional),
        tuple(map(plain_day, days)),
        tuple((one.rule, one.value, one.source) for one in step.why),
        plain_touch(step.done_by) if step.done_by else None,
    )


def todo_from(path: str, person: str, plain: Plain, settings: Settings) -> Todo:
    """The step of a contact that was made plain."""
    name, key, state, interval, provisional, days, why, done_by = plain
    rule = next(rule for rule in settings.steps if rule.name == name)
    since, due, planned_due = map(day_from, days)
    reasons = tuple(Reason(*reason) for reason in why)
    done = touch_from(done_by) if done_by else None
    step = Step(rule, since, due, planned_due, interval, _STATES[state], reasons, done, provisional)
    return Todo(path, person, step, key)
