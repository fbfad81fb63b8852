"""What a pass tells of itself, as plain values that can be remembered."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from vaultplan.problems import Problem

_REFUSALS = frozenset({"note-changed", "note-busy"})


class Reason(NamedTuple):
    """Why a step is due: a rule, its value, and the `path:line` it comes from, if from one."""

    rule: str
    value: str
    source: str | None


class Due(NamedTuple):
    """A step as scripts read it: days are ISO, `uid` is that of its event in the feed.

    Each of `why` has the members of a `Reason`.
    """

    uid: str | None
    path: str
    person: str
    step: str
    title: str
    due: str | None
    state: str
    provisional: bool
    why: tuple[tuple[str, str, str | None], ...]


class Kept(NamedTuple):
    """Lines that a person typed into a block, moved to just below it."""

    path: str
    line: int
    lines: tuple[str, ...]


class Report(NamedTuple):
    """What a pass did on a day.

    `filled` counts the files with generated places, `unchanged` those of them that needed nothing;
    `read` counts the notes of each kind, `kinds` says the same in words; `tracked` says how many
    contacts are followed up; `due` are the steps due or overdue, the oldest first.
    """

    today: str
    read: Mapping[str, int]
    kinds: str
    notes: int
    written: tuple[str, ...]
    filled: int
    unchanged: int
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]
    due: tuple[Due, ...]
    tracked: str

    @property
    def refused(self) -> bool:
        """Whether a note changed meanwhile, so that nothing was written there."""
        return any(problem.rule in _REFUSALS for problem in self.problems)


def plain_of(report: Report) -> dict[str, Any]:
    """A report that wrote nothing, as values that any format can hold."""
    return {
        "today": report.today,
        "read": dict(report.read),
        "kinds": report.kinds,
        "notes": report.notes,
        "filled": report.filled,
        "problems": [
            (one.path, one.line, one.rule, one.severity, one.message, one.fix)
            for one in report.problems
        ],
        "due": [plain_due(one) for one in report.due],
        "tracked": report.tracked,
    }


def report_from(plain: Mapping[str, Any]) -> Report:
    """The report that was remembered."""
    return Report(
        today=plain["today"],
        read=plain["read"],
        kinds=plain["kinds"],
        notes=plain["notes"],
        written=(),
        filled=plain["filled"],
        unchanged=plain["filled"],
        kept=(),
        problems=tuple(Problem(*one) for one in plain["problems"]),
        due=tuple(map(Due._make, plain["due"])),
        tracked=plain["tracked"],
    )


def plain_due(due: Due) -> tuple[Any, ...]:
    """A step as values that any format can hold."""
    return (*due[:-1], tuple(map(tuple, due.why)))
