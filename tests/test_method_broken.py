"""The method under odd conditions: the ends of the calendar, rings of plans, hurried hands."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import vaultplan
from vaultplan.__main__ import run
from vaultplan.plan import Plan
from vaultplan.views.papers.report import report_text

VaultAt = Callable[[Path, str], Path]
PlanOf = Callable[[str, str], Plan]
TODAY = "2026-11-20"
PLAN = """
--- Plans/Last.md
---
type: plan
start: 2026-10-01
previous: "[[PREVIOUS]]"
---
--- Plans/Early.md
---
type: plan
start: 2026-06-01
previous: "[[Last]]"
---
"""


def say(root: Path, *args: str, today: str = TODAY) -> int:
    return run(["-C", str(root), "--today", today, *args])


def test_no_pattern_has_a_possessive_group() -> None:
    """Before Python 3.11.5 such a group with alternatives in it may match nothing (gh-106052)."""
    package = Path(vaultplan.__file__).parent
    possessive = re.compile(r"(?<!\\)\)[*+?]\+")

    found = [path for path in package.rglob("*.py") if possessive.search(path.read_text("utf-8"))]

    assert found == []


@pytest.mark.usefixtures("no_hang")
def test_the_report_ends_where_the_calendar_does(plan_of: PlanOf) -> None:
    plan = plan_of("--- P.md\n---\ntype: plan\nstart: 9999-12-20\n---\n", "9999-12-31")

    weeks = report_text(plan, titles=False).partition("## Contacts by week")[2]

    assert re.findall(r"\| (\d{4}-\d\d-\d\d) \|", weeks) == ["9999-12-20", "9999-12-27"]


@pytest.mark.usefixtures("no_hang")
def test_the_report_begins_where_the_calendar_does(plan_of: PlanOf) -> None:
    plan = plan_of("--- P.md\n---\ntype: plan\nstart: 2026-12-20\n---\n", "0001-01-01")

    weeks = report_text(plan, titles=False).partition("## Contacts by week")[2]

    assert not re.search(r"\d", weeks)


@pytest.mark.parametrize("previous", ["Last", "Early"])
def test_a_plan_that_follows_itself_or_a_later_one_can_be_followed(
    previous: str, tmp_path: Path, vault_at: VaultAt
) -> None:
    root = vault_at(tmp_path, PLAN.replace("PREVIOUS", previous))

    assert say(root, "plan", "next", "Next", "--start", "2027-01-04") == 0
    assert 'previous: "[[Last]]"' in (root / "Plans/Next.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "given", "written"),
    [
        (
            "contact",
            "mentor_fit=experience: 4, values: 5",
            "mentor_fit: {experience: 4, values: 5}",
        ),
        ("contact", "mentor_fit={insight: 2}", "mentor_fit: {insight: 2}"),
        (
            "plan",
            "objectives=measure: people, target: 4",
            "objectives: {measure: people, target: 4}",
        ),
        (
            "plan",
            "objectives=[{measure: people, target: 4}]",
            "objectives: [{measure: people, target: 4}]",
        ),
    ],
)
def test_ratings_and_objectives_need_no_braces(
    kind: str, given: str, written: str, tmp_path: Path, vault_at: VaultAt
) -> None:
    root = vault_at(tmp_path, "--- Note.md\n")

    assert say(root, "new", kind, "Ada", given) == 0
    assert f"\n{written}\n" in next(root.glob("*/Ada.md")).read_text("utf-8")


@pytest.mark.parametrize(
    "given", ["4", "4, 5, 3", "experience", "experience: 4}", "{x: 1}", "a: b: c"]
)
def test_ratings_that_are_none_are_refused_with_what_to_write(
    given: str, tmp_path: Path, vault_at: VaultAt, capsys: pytest.CaptureFixture[str]
) -> None:
    root = vault_at(tmp_path, "--- Note.md\n")

    assert say(root, "new", "contact", "Ada", f"mentor_fit={given}") == 2
    said = capsys.readouterr().err
    assert said.startswith(f"vaultplan: mentor_fit: “{given}” cannot be read; write ")
    assert not (root / "Contacts").exists()


def test_only_ratings_that_are_given_are_shown(
    tmp_path: Path, vault_at: VaultAt, capsys: pytest.CaptureFixture[str]
) -> None:
    note = "--- Ada.md\n---\ntype: contact\nmentor_fit: {experience: 4, values: 5}\n---\n"

    assert say(vault_at(tmp_path, note), "show", "ada") == 0
    assert re.search(r"^mentor fit +experience 4, values 5$", capsys.readouterr().out, re.MULTILINE)


def test_on_a_terminal_an_interruption_is_said_on_a_line_of_its_own(
    tmp_path: Path, vault_at: VaultAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdin", io.StringIO("3\n"))

    assert say(vault_at(tmp_path, "--- Note.md\n"), "assess") == 130
    assert terminal.getvalue() == "\nvaultplan: interrupted\n"
    assert not (tmp_path / "vault/Assessments").exists()
