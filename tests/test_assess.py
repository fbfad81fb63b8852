"""`assess`: the questions one after the other, or the answers as options."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultplan.__main__ import run

VaultAt = Callable[[Path, str], Path]
TODAY = "2026-11-20"
PATH = f"Assessments/Assessment {TODAY}.md"
VAULT = """
--- vaultplan.toml
timezone = "UTC"
--- Assessments/Rated.md
---
type: assessment
date: 2026-08-20
focus: 2
---
"""


@pytest.fixture
def root(tmp_path: Path, vault_at: VaultAt) -> Path:
    return vault_at(tmp_path, VAULT)


def assess(root: Path, *args: str) -> int:
    return run(["-C", str(root), "--today", TODAY, "assess", *args])


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_each_question_is_asked_with_its_evidence_and_the_last_rating(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, "3", "six", "4", "", "2", "1", "Writing late", "listening, maps", "", "")

    code = assess(root)
    said = capsys.readouterr().out
    front = (root / PATH).read_text("utf-8").split("---\n")[1]

    assert code == 0
    assert said.count("a number from 1 to 5, or nothing") == 1
    assert "  share given: not enough to say (0 of 0)\n" in said
    assert "  2026-08-20: you said 2\n" in said
    assert front == (
        "type: assessment\n"
        f"date: {TODAY}\n"
        "diversity: 3\n"
        "reciprocity: 4\n"
        "maintenance:\n"
        "focus: 2\n"
        "comfort: 1\n"
        "challenge: Writing late\n"
        "strengths:\n  - listening\n  - maps\n"
        "improve:\n"
        "resources:\n"
    )


def test_with_an_answer_as_an_option_nothing_is_asked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch)

    assert assess(root, "--comfort", "5") == 0
    assert "comfort: 5\n" in (root / PATH).read_text("utf-8")


def test_a_day_has_one_assessment(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assess(root, "--comfort", "5")
    before = (root / PATH).read_bytes()

    assert assess(root, "--comfort", "1") == 2
    assert f"{PATH} is of {TODAY} already" in capsys.readouterr().err
    assert (root / PATH).read_bytes() == before


def test_json_is_never_mixed_with_questions(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, *"1234512345")

    assert assess(root, "--json") == 2
    assert capsys.readouterr().out == ""
    assert not (root / PATH).exists()


def test_nothing_answered_is_nothing_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(monkeypatch, *([""] * 9))

    assert assess(root) == 0
    assert "Nothing was answered, nothing was written\n" in capsys.readouterr().out
    assert not (root / PATH).exists()


def test_no_question_is_asked_whose_answer_could_not_be_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / f"Assessment {TODAY}.md").write_text("My own words.\n", "utf-8")
    answers(monkeypatch, *"12345abcd")

    assert assess(root) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"there is a note of that name already: Assessment {TODAY}.md" in said.err


def test_answers_that_cannot_be_written_are_given_back(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / PATH).mkdir()
    answers(monkeypatch, "3", "", "", "", "", "it's late", "", "", "a, b")

    assert assess(root) == 2
    assert capsys.readouterr().err == (
        f"vaultplan: {PATH}: is there already; nothing was written; choose another name\n"
        "To give the same answers again: vaultplan assess --diversity 3 "
        "--challenge 'it'\"'\"'s late' --resources 'a, b'\n"
    )


def test_an_end_in_the_middle_writes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "3", "4")

    assert assess(root) == 130
    assert not (root / PATH).exists()


@pytest.mark.parametrize("rating", ["0", "6", "-1", "three", "4.5"])
def test_an_option_takes_a_number_from_1_to_5_only(
    rating: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assess(root, "--focus", rating) == 2
    assert "--focus" in capsys.readouterr().err
    assert not (root / PATH).exists()


def test_a_dry_run_shows_the_note_and_writes_none(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert assess(root, "--focus", "4", "--challenge", "Names: all of them", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "+focus: 4\n" in said
    assert '+challenge: "Names: all of them"\n' in said
    assert not (root / PATH).exists()


def test_what_is_said_in_json_is_the_note(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert assess(root, "--focus", "4", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["schema"], said["today"], said["path"], said["written"]) == (
        1,
        TODAY,
        PATH,
        [PATH],
    )
    assert said["text"] == (root / PATH).read_text("utf-8")


def test_an_assessment_of_another_day_is_in_nobodys_way(root: Path) -> None:
    assert assess(root, "--focus", "4") == 0
    assert run(["-C", str(root), "--today", "2026-11-21", "assess", "--focus", "5"]) == 0
    assert len(list((root / "Assessments").iterdir())) == 3
