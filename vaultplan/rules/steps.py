"""The follow-up chain of one contact: which steps there are, when each is due, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from vaultplan.days import Span, days_after, shift
from vaultplan.rules.cadence import Cadence
from vaultplan.rules.touches import Touch
from vaultplan.settings.follow import ANY, LogRules, StepRule

LAPSE_DAYS = 30
SPENT_DAYS = 7


class State(StrEnum):
    """How a step stands today."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    SNOOZED = "snoozed"
    UNDATED = "undated"
    DONE = "done"
    LAPSED = "lapsed"


OPEN = frozenset({State.UPCOMING, State.DUE, State.OVERDUE, State.SNOOZED, State.UNDATED})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is so: the rule, the value it used, and the `path:line` that came from."""

    rule: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a note says, and where it says it."""

    day: date
    source: str


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a plan, `start` and `end` included, and within how many to reach out.

    `source` is the line of its start, `days_source` of `reach_out_days` ("": not written).
    """

    start: date
    end: date
    reach_out_days: int
    source: str
    days_source: str


@dataclass(frozen=True, slots=True)
class Case:
    """All that the chain of one contact follows from; `touches` are contacts, sorted by day.

    `connection` is the touch that made the connection, `planned` the event that will make it.
    """

    touches: Sequence[Touch]
    connection: Touch | None
    planned: Dated | None
    window: Window | None
    key: bool
    cadence: Cadence
    cadence_source: str
    follow_up: Dated | None
    snooze: Dated | None


class Step(NamedTuple):
    """One step as it stands today.

    `since` is the day it is counted from, `due` the day it is due (None: undated), `planned_due`
    that day before a snooze moved it; `interval` is its own length in days; `done_by` the touch
    that did it. A provisional step will be real once its planned event has happened.
    """

    rule: StepRule
    since: date | None
    due: date | None
    planned_due: date | None
    interval: int
    state: State
    why: tuple[Reason, ...]
    done_by: Touch | None = None
    provisional: bool = False

    @property
    def name(self) -> str:
        """The step's name in the settings."""
        return self.rule.name

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN


def connection_of(touches: Sequence[Touch], met: Touch | None, rules: LogRules) -> Touch | None:
    """What made the connection: `met` if the note says it, else the first connecting line."""
    return met or next((touch for touch in touches if touch.kind in rules.connection), None)


def is_spent(follow_up: Dated, touches: Sequence[Touch]) -> bool:
    """Whether a contact from seven days before a `follow_up` on has used it up."""
    return bool(touches) and touches[-1].day >= days_after(follow_up.day, -SPENT_DAYS)


def chain(case: Case, rules: Sequence[StepRule], today: date) -> tuple[Step, ...]:
    """Every step there is for a contact, in the order of the rules."""
    return tuple(
        _stand(_snoozed(step, case.snooze, today), case, today)
        for rule in rules
        for step in _BUILDERS[rule.since](rule, case)
    )


def _reach_out(rule: StepRule, case: Case) -> Iterator[Step]:
    """Asked of key people without a contact since the plan's start, and of anyone without any."""
    window = case.window
    start = window.start if window else date.min
    before = any(touch.day < start for touch in case.touches)
    if before and not case.key:
        return
    done = _done_by(rule, case.touches, start, None)
    follow_up = _unspent(case)
    why: tuple[Reason, ...] = ()
    due, interval = None, LAPSE_DAYS
    if window:
        after = rule.after if isinstance(rule.after, Span) else Span(days=window.reach_out_days)
        due, interval = shift(window.start, after), max(after.length, 1)
        why = (Reason("plan start", str(window.start), window.source),)
        source = "" if after is rule.after else window.days_source
        why += (Reason(f"{rule.name} after", str(after), source),)
    if follow_up and not done:
        due, why = follow_up.day, (Reason("follow_up", str(follow_up.day), follow_up.source),)
    since = window.start if window else None
    yield Step(rule, since, due, due, interval, State.UNDATED, why, done)


def _after_connection(rule: StepRule, case: Case) -> Iterator[Step]:
    assert isinstance(rule.after, Span)  # noqa: S101  (the settings allow nothing else here)
    interval = max(rule.after.length, 1)
    why: tuple[Reason, ...]
    if case.connection:
        day, source = case.connection.day, str(case.connection.sources[0])
        done = _done_by(rule, case.touches, day, case.connection)
        word = case.connection.kind or "contact"
        why = (Reason("connection", f"{word} on {day}", source),)
    elif case.planned:
        day, source = case.planned.day, case.planned.source
        done, why = None, (Reason("planned event", str(day), source),)
    else:
        return
    due = shift(day, rule.after)
    why += (Reason(f"{rule.name} after", str(rule.after)),)
    provisional = case.connection is None
    yield Step(rule, day, due, due, interval, State.UNDATED, why, done, provisional)


def _after_last_contact(rule: StepRule, case: Case) -> Iterator[Step]:
    if not case.touches:
        return
    last = case.touches[-1]
    span = rule.after if isinstance(rule.after, Span) else case.cadence.span
    follow_up = _unspent(case)
    why: tuple[Reason, ...] = (Reason("last contact", _told(last), str(last.sources[0])),)
    if follow_up:
        due = follow_up.day
        why += (Reason("follow_up", str(due), follow_up.source),)
    elif span:
        due = shift(last.day, span)
        why += (Reason(case.cadence.rule, str(span), case.cadence_source),)
    else:
        return
    interval = max(span.length if span else LAPSE_DAYS, 1)
    yield Step(rule, last.day, due, due, interval, State.UNDATED, why)


_BUILDERS = {
    "plan": _reach_out,
    "connection": _after_connection,
    "last-contact": _after_last_contact,
}


def _told(touch: Touch) -> str:
    return f"{touch.kind} on {touch.day}" if touch.kind else str(touch.day)


def _unspent(case: Case) -> Dated | None:
    follow_up = case.follow_up
    return follow_up if follow_up and not is_spent(follow_up, case.touches) else None


def _done_by(
    rule: StepRule, touches: Sequence[Touch], since: date, but: Touch | None
) -> Touch | None:
    """The first touch of a kind that does the step; `but` made the connection and does nothing."""
    fits = (
        touch
        for touch in touches
        if touch.day >= since
        and touch is not but
        and (ANY in rule.done_by or touch.kind in rule.done_by)
    )
    return next(fits, None)


def _snoozed(step: Step, snooze: Dated | None, today: date) -> Step:
    if snooze is None or step.done_by or step.due is None or step.due >= snooze.day:
        return step
    why = (*step.why, Reason("snooze", str(snooze.day), snooze.source))
    state = State.SNOOZED if today < snooze.day else step.state
    return step._replace(due=snooze.day, why=why, state=state)


def _stand(step: Step, case: Case, today: date) -> Step:
    """The step as it stands today."""
    if step.done_by:
        return step._replace(state=State.DONE)
    if step.due is None or step.state is State.SNOOZED:
        return step
    if _lapsed(step, step.due, case.window, today):
        return step._replace(state=State.LAPSED)
    if step.due == today:
        return step._replace(state=State.DUE)
    return step._replace(state=State.UPCOMING if step.due > today else State.OVERDUE)


def _lapsed(step: Step, due: date, window: Window | None, today: date) -> bool:
    """Whether it is too late for a one-off step; inside its plan it never is for a reach-out."""
    if step.rule.since == "plan" and (window is None or today <= window.end):
        return False
    return step.rule.once and today > days_after(due, LAPSE_DAYS)
