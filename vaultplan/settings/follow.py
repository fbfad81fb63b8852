"""Settings of the follow-ups: cadences, steps, the kinds of log lines, who comes first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from vaultplan.days import Span
from vaultplan.settings.table import Table

From = Literal["plan", "connection", "last-contact"]
ANY = "any"
_KIND = re.compile(r"[^\W\d_]+(-[^\W\d_]+)*")
_WORDS = {"plan": "reach_out_days", "connection": None, "last-contact": "cadence"}


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step of the follow-up chain.

    `after` is a span, or `cadence` (the contact's own) or `reach_out_days` (the plan's).
    `done_by` are kinds of log lines, or `any` contact; `writes` is the kind a tick writes.
    """

    name: str
    text: str
    since: From
    after: Span | Literal["cadence", "reach_out_days"]
    done_by: frozenset[str]
    writes: str

    def said(self, person: str) -> str:
        """What is to be done, said of a person."""
        return self.text.replace("{person}", person)

    @property
    def once(self) -> bool:
        """Whether it is done once, rather than again and again."""
        return self.since != "last-contact"


THANK = "thank"
DEFAULT_STEPS = (
    StepRule(
        name="reach-out",
        text="Reach out to {person}",
        since="plan",
        after="reach_out_days",
        done_by=frozenset({ANY}),
        writes="message",
    ),
    StepRule(
        name=THANK,
        text="Thank {person}",
        since="connection",
        after=Span(days=1),
        done_by=frozenset({"thank-you", "email", "message"}),
        writes="thank-you",
    ),
    StepRule(
        name="share",
        text="Share something useful with {person}",
        since="connection",
        after=Span(days=7),
        done_by=frozenset({"gave", "shared", "intro"}),
        writes="shared",
    ),
    StepRule(
        name="check-in",
        text="Check in with {person}",
        since="last-contact",
        after="cadence",
        done_by=frozenset({ANY}),
        writes="check-in",
    ),
)


def read_steps(tables: tuple[Table, ...]) -> tuple[StepRule, ...]:
    """The default steps as the settings' `[[steps]]` change them; `after = "none"` removes one."""
    steps = {step.name: step for step in DEFAULT_STEPS}
    told: set[str] = set()
    for table in tables:
        name = table.text("name")
        if not name or name in told:
            raise table.fail("name", "the name of a step, each step once")
        told.add(name)
        known = steps.get(name) or StepRule(
            name, f"{name} {{person}}", "connection", Span(days=7), frozenset(), name
        )
        if table.raw("after") == "none":
            steps.pop(name, None)
        else:
            steps[name] = _changed(known, table)
        table.done()
    return tuple(steps.values())


def _changed(step: StepRule, table: Table) -> StepRule:
    since = table.choice("from", step.since, ("plan", "connection", "last-contact"))
    after = table.raw("after")
    if after is None:
        after = step.after
    elif after not in ("cadence", "reach_out_days"):
        after = table.span("after", None)
    if not isinstance(after, Span) and after != _WORDS[since]:
        raise table.fail("after", f'a span such as "1 week" for a step from {since!r}')
    writes = _kind(table.text("writes", step.writes))
    if not _KIND.fullmatch(writes) or writes in LogRules().other:
        raise table.fail("writes", 'a kind of log line that is a contact, such as "invited"')
    text = table.text("text", step.text)
    if "{person}" not in text:
        raise table.fail("text", "a text with {person} for who it is about")
    done_by = frozenset(map(_kind, table.texts("done_by"))) or step.done_by
    if ANY not in done_by:
        done_by |= {writes}  # or ticking the step would not do it
    return replace(
        step,
        text=text,
        since=since,  # type: ignore[arg-type]  # choice() has just checked it
        after=after,
        done_by=done_by,
        writes=writes,
    )


def kinds_of(steps: tuple[StepRule, ...]) -> frozenset[str]:
    """The kinds of log lines that do steps: each is a contact, known to the log or not."""
    return frozenset(kind for step in steps for kind in (step.writes, *step.done_by)) - {ANY}


def _kind(word: str) -> str:
    """A kind of log line as the log has it: `thank-you`, however it is written."""
    return re.sub(r"[\s_]+", "-", word.strip().casefold())


QUARTERLY = Span(months=3)
STAGES = ("potential", "asked", "active", "former")


@dataclass(frozen=True, slots=True)
class Cadences:
    """How often to be in touch, where a contact does not say; None is never."""

    default: Span | None = QUARTERLY
    strength: Mapping[str, Span | None] = field(default_factory=dict)
    mentor: Mapping[str, Span | None] = field(default_factory=dict)
    tags: Mapping[str, Span | None] = field(default_factory=dict)


def read_cadences(table: Table) -> Cadences:
    """`[cadence]`, `[cadence.mentor]` and `[cadence.tags]`."""
    mentor, tags = table.table("mentor"), table.table("tags")
    found = Cadences(
        default=table.span("default", QUARTERLY),
        strength=_spans(table, ("strong", "weak")),
        mentor=_spans(mentor, STAGES),
        tags={name.lstrip("#").casefold(): tags.span(name, None) for name in tags.names()},
    )
    mentor.done()
    table.done()
    return found


def _spans(table: Table, names: tuple[str, ...]) -> dict[str, Span | None]:
    return {name: table.span(name, None) for name in names if table.raw(name) is not None}


@dataclass(frozen=True, slots=True)
class LogRules:
    """The headings a log stands under, and what the kinds of its lines count as."""

    headings: frozenset[str] = frozenset({"log", "interactions", "history", "interaction log"})
    connection: frozenset[str] = frozenset(
        {"met", "call", "coffee", "meeting", "interview", "event", "received"}
    )
    gave: frozenset[str] = frozenset({"gave", "shared", "intro"})
    received: frozenset[str] = frozenset({"received", "feedback"})
    asked: frozenset[str] = frozenset({"asked"})
    contact: frozenset[str] = frozenset({"email", "message", "reply", "thank-you", "check-in"})
    other: frozenset[str] = frozenset({"note", "post", "forum", "training"})

    @property
    def contacts(self) -> frozenset[str]:
        """Every kind that is a contact with a person; a line without a kind is one too."""
        return self.contact | self.connection | self.gave | self.received | self.asked | {""}

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind a log line may have."""
        return (self.contacts | self.other) - {""}


def read_log_rules(table: Table, extra: frozenset[str]) -> LogRules:
    """`[log]`: each list adds to the common ones; `extra` are kinds that do steps."""
    base = LogRules()
    headings = frozenset(word.strip().casefold() for word in table.texts("headings"))
    words = {
        name: frozenset(map(_kind, table.texts(name))) - {""}
        for name in ("contact", "connection", "gave", "received", "asked")
    }
    table.done()
    return LogRules(
        headings=base.headings | headings,
        connection=base.connection | words["connection"],
        gave=base.gave | words["gave"],
        received=base.received | words["received"],
        asked=base.asked | words["asked"],
        contact=base.contact | words["contact"] | (extra - base.kinds),
    )


@dataclass(frozen=True, slots=True)
class NextRules:
    """How many to do a day, and what is added to a rank (days overdue ÷ interval) for whom."""

    limit: int = 5
    key: float = 1.0
    goals: float = 0.5
    mentor: float = 0.5
    weak: float = 0.25


def _whole(table: Table, key: str, default: int) -> int:
    number = float(table.number(key, default))
    if not number.is_integer():
        raise table.fail(key, "a whole number")
    return int(number)


def read_next_rules(table: Table) -> NextRules:
    """`[next]`."""
    base = NextRules()
    found = NextRules(
        limit=_whole(table, "limit", base.limit),
        key=table.number("key", base.key),
        goals=table.number("goals", base.goals),
        mentor=table.number("mentor", base.mentor),
        weak=table.number("weak", base.weak),
    )
    table.done()
    return found
