"""What a pass tells, as the JSON that scripts read: one object, `"schema": 1`.

Nothing here imports what a pass needs: one that has nothing to do shows what is remembered.
"""

from collections.abc import Iterable
from typing import Any

from vaultplan.passes.report import Due, Reason, Report
from vaultplan.problems import Problem

SCHEMA = 1
Json = dict[str, Any]


def report_shape(report: Report) -> Json:
    """What a pass did."""
    return {
        "schema": SCHEMA,
        "today": report.today,
        "notes": report.notes,
        "read": dict(report.read),
        "written": list(report.written),
        "unchanged": report.unchanged,
        "kept": [{**kept._asdict(), "lines": list(kept.lines)} for kept in report.kept],
        "problems": problems_shape(report.problems),
        "due": [due_shape(one) for one in report.due],
    }


def due_shape(due: Due) -> Json:
    """One step."""
    return {**due._asdict(), "why": [Reason(*one)._asdict() for one in due.why]}


def problem_shape(problem: Problem) -> Json:
    """One problem."""
    return {
        "path": problem.path,
        "line": problem.line,
        "rule": problem.rule,
        "severity": problem.severity,
        "message": problem.message,
        "fix": problem.fix or None,
    }


def problems_shape(problems: Iterable[Problem]) -> list[Json]:
    """Problems by path and line."""
    return [problem_shape(problem) for problem in sorted(problems)]
