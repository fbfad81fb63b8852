"""A plan comes to its end: its review, and the plan after it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from vaultplan.__main__ import run

VaultAt = Callable[[Path, str], Path]

VAULT = """
--- vaultplan.toml
vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
timezone = "UTC"
--- Plans/Spring.md
---
type: plan
id: spring
# ninety days
start: 2026-03-01
key_contacts: 2
objectives:
  - {measure: new-people, target: 2, per: month} # honest
strategies:
  - One coffee a week
---
Once upon a time.
--- Goals/Interviews.md
---
type: goal
plan: "[[Spring]]"
measure: interviews
target: 3
due: 2026-05-20
---
--- Goals/Talk to ten.md
---
type: goal
plan: "[[Spring]]"
measure: people
target: 2
learning: Ask early.
---
--- People/Ada.md
---
type: contact
key: true
goals: ["[[Interviews]]", "[[Talk to ten]]"]
---
## Log
- 2026-03-10 interview: how she works
- 2026-03-11 thank-you
- 2026-04-02 feedback: Speak up | sooner
- 2026-06-20 interview: after the end
--- People/Bob.md
---
type: contact
key: true
goals: "[[Talk to ten]]"
---
## Log
- 2026-03-20 asked: a desk
- 2026-03-21 gave: a chair
--- People/Eve.md
---
type: contact
---
## Log
- 2026-03-22 met
--- Rated.md
---
type: assessment
date: 2026-02-20
diversity: 2
challenge: I wait to be asked
---
--- Rated again.md
---
type: assessment
date: 2026-05-29
diversity: 4
challenge: I forget to write
---
"""
END, AFTER = "2026-05-29", "2026-06-03"
REVIEW = "Reviews/Review of Spring.md"


@dataclass(frozen=True)
class Vault:
    root: Path
    capsys: pytest.CaptureFixture[str]

    def say(self, today: str, *args: str) -> tuple[int, str]:
        code = run(["-C", str(self.root), "--today", today, *args])
        said = self.capsys.readouterr()
        return code, said.out + said.err

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1), "utf-8")

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def vault(tmp_path: Path, vault_at: VaultAt, capsys: pytest.CaptureFixture[str]) -> Vault:
    return Vault(vault_at(tmp_path, VAULT), capsys)


def rows(text: str, heading: str) -> list[list[str]]:
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_the_final_review_says_target_actual_and_success_or_failure(vault: Vault) -> None:
    code, said = vault.say(AFTER, "review")
    text = vault.read(REVIEW)

    assert (code, said.splitlines()[0]) == (0, f"Wrote {REVIEW}")
    assert rows(text, "What was meant and what came of it") == [
        ["key contacts reached", "2", "2", "success", ""],
        ["[[Interviews]]", "3", "1", "failure", ""],
        ["[[Talk to ten]]", "2", "2", "success", "Ask early."],
        ["new-people (2 a month)", "6", "3", "failure", ""],
    ]


def test_each_number_of_a_review_leads_to_its_lines(vault: Vault) -> None:
    vault.say(AFTER, "review")
    counted = vault.read(REVIEW).split("## Counted from\n")[1]

    assert "**[[Interviews]]**\n\n- 2026-03-10 interview: [[Ada]], line 7\n\n" in counted
    assert "**new-people (2 a month)**\n\n- 2026-03-10 interview: [[Ada]], line 7\n" in counted
    assert "- 2026-03-20 asked: [[Bob]], line 7\n- 2026-03-22 met: [[Eve]], line 5\n" in counted


def test_a_review_shows_what_was_given_what_others_said_and_both_assessments(vault: Vault) -> None:
    vault.say(AFTER, "review")
    text = vault.read(REVIEW)

    assert rows(text, "Given and received") == [
        ["[[Ada]]", "0", "1", "0"],
        ["[[Bob]]", "1", "0", "1"],
        ["**All**", "1", "1", "1"],
    ]
    assert "- 2026-04-02 [[Ada]]: Speak up \\| sooner\n" in text
    assert "| Dimension | Then 2026-02-20 | Now 2026-05-29 |" in text
    assert rows(text, "How you rate yourself, then and now")[0] == ["Diversity", "2", "4"]
    assert "\n- Reciprocity, before: given 0; " in text
    assert "\n- Reciprocity, now: given 1; received 1; asked 1; " in text


def test_a_review_stays_as_it_is_when_the_vault_goes_on(vault: Vault) -> None:
    vault.say(AFTER, "review")
    vault.write(REVIEW, "stop:", "stop: waiting to be asked")
    vault.write("People/Eve.md", "## Log\n", "## Log\n- 2026-04-01 interview: late to tell\n")
    before = vault.files()

    for day in (AFTER, "2026-06-04", "2027-01-01"):
        assert vault.say(day, "review") == (0, f"Nothing to write, it is there already: {REVIEW}\n")
    vault.say(AFTER, "sync")

    after = vault.files()
    assert {path: after[path] for path in before} == before


def test_a_review_is_read_as_one_and_nothing_is_wrong_with_it(vault: Vault) -> None:
    vault.say(AFTER, "review")

    code, said = vault.say(AFTER, "list", "review", "--json")
    assert [item["fields"]["plan"] for item in json.loads(said)["items"]] == ["Spring"]
    code, said = vault.say(AFTER, "check")
    assert code == 0
    assert REVIEW not in said


def test_before_the_end_it_is_a_checkpoints_and_once_for_each(vault: Vault) -> None:
    _, said = vault.say("2026-03-17", "review")
    assert said.startswith("Wrote Reviews/Checkpoint 2026-03-17 of Spring.md")
    text = vault.read("Reviews/Checkpoint 2026-03-17 of Spring.md")
    assert "kind: checkpoint\n" in text
    assert rows(text, "What was meant and what came of it")[1][3].startswith("on track: ")

    _, said = vault.say("2026-03-28", "review")
    assert said.startswith("Nothing to write")
    _, said = vault.say("2026-03-29", "review")
    assert said.startswith("Wrote Reviews/Checkpoint 2026-03-29 of Spring.md")
    _, said = vault.say("2026-03-29", "review", "--final")
    assert said.startswith(f"Wrote {REVIEW}")


def test_there_is_nothing_to_review_before_a_plan_begins(vault: Vault) -> None:
    code, said = vault.say("2026-02-01", "review")

    assert code == 2
    assert "Spring begins on 2026-03-01" in said


def test_the_next_plan_takes_over_what_it_should(vault: Vault) -> None:
    vault.say(AFTER, "review")
    vault.write(REVIEW, "stop:", "stop: waiting | idly")
    vault.write(REVIEW, "start_habit:", "start_habit: writing on Fridays")
    before = vault.files()

    code, said = vault.say(AFTER, "plan", "next", "Summer", "--start", "2026-06-08")
    text = vault.read("Plans/Summer.md")

    assert (code, said.splitlines()[0]) == (0, "Wrote Plans/Summer.md")
    assert {path: data for path, data in vault.files().items() if path in before} == before
    front, body = text.split("---\n", 2)[1:]
    assert re.sub(r"id: summer-\w{4}\n", "id: X\n", front) == (
        "type: plan\n"
        "id: X\n"
        "# ninety days\n"
        "start: 2026-06-08\n"
        "key_contacts: 2\n"
        "objectives:\n"
        "  - {measure: new-people, target: 2, per: month} # honest\n"
        "strategies:\n"
        "  - One coffee a week\n"
        'previous: "[[Spring]]"\n'
        'goals:\n  - "[[Interviews]]"\n'
    )
    assert "- Biggest challenge: I forget to write\n" in body
    assert "- Stop: waiting \\| idly\n- Start: writing on Fridays\n" in body
    assert "- [[Interviews]]: 1 of 3\n" in body
    assert "Talk to ten" not in body
    assert "- [[Ada]]\n- [[Bob]]\n" in body


def test_beginning_the_next_plan_again_changes_nothing(vault: Vault) -> None:
    vault.say(AFTER, "plan", "next", "Summer")
    before = vault.files()

    for day in (END, AFTER, "2026-06-30"):
        assert vault.say(day, "plan", "next")[0] == 0
        assert vault.files() == before


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-03-14", "day 14 of 90, next checkpoint 2026-03-15"),
        ("2026-05-25", "day 86 of 90, review 2026-05-29"),
        (END, "day 90 of 90, review 2026-05-29"),
        (AFTER, "2026-03-01 to 2026-05-29, over"),
    ],
)
def test_the_status_says_what_comes_next_in_the_plan(vault: Vault, today: str, said: str) -> None:
    assert vault.say(today, "status")[1].splitlines()[0] == f"Spring: {said}"


def test_the_next_plan_begins_later_than_the_one_it_follows(vault: Vault) -> None:
    code, said = vault.say(AFTER, "plan", "next", "Summer", "--start", "2026-03-01")

    assert code == 2
    assert "Spring begins on 2026-03-01" in said
    assert not (vault.root / "Plans/Summer.md").exists()


def test_a_goal_carried_on_is_counted_on_and_is_due_with_its_new_plan(vault: Vault) -> None:
    vault.say(AFTER, "plan", "next", "Summer")

    _, said = vault.say("2026-06-21", "status", "--json")
    goals = {goal["name"]: goal for goal in json.loads(said)["goals"]}

    assert goals["Interviews"]["plan"] == "Plans/Summer.md"
    assert goals["Interviews"]["actual"] == 2
    assert goals["Interviews"]["due"] == "2026-08-31"
    assert goals["Interviews"]["state"] == "on track"
    assert goals["Talk to ten"]["plan"] == "Plans/Spring.md"


def test_the_progress_of_the_next_plan_begins_with_what_to_stop_and_start(vault: Vault) -> None:
    vault.say(AFTER, "review")
    vault.write(REVIEW, "stop:", "stop: waiting")
    vault.say(AFTER, "plan", "next", "Summer")
    (vault.root / "P.md").write_text("<!-- vaultplan:begin progress -->\n<!-- vaultplan:end -->\n")

    vault.say("2026-06-21", "sync")

    assert (
        "**Biggest challenge:** I forget to write\n\n**Stop:** waiting\n\n| Metric"
        in vault.read("P.md")
    )
    assert "Talk to ten" not in vault.read("P.md")


def test_a_dry_run_only_shows_the_note(vault: Vault) -> None:
    before = vault.files()

    _, said = vault.say(AFTER, "review", "--dry-run")

    assert said.startswith(f"--- /dev/null\n+++ b/{REVIEW}\n")
    assert "\n+type: review\n" in said
    assert vault.files() == before


def add_goal(vault: Vault, name: str, front: str) -> None:
    (vault.root / "Goals" / f"{name}.md").write_text(f"---\ntype: goal\n{front}\n---\n")


def test_a_goal_of_no_plan_is_counted_on_from_the_plan_it_began_in(vault: Vault) -> None:
    add_goal(vault, "Give", "measure: value\ntarget: 4")
    vault.say(AFTER, "plan", "next", "Summer")
    vault.write("People/Eve.md", "## Log\n", "## Log\n- 2026-06-10 gave: a map\n")
    vault.write("People/Eve.md", "type: contact\n", "type: contact\ngoals: '[[Give]]'\n")
    vault.write("People/Bob.md", '"[[Talk to ten]]"', '["[[Talk to ten]]", "[[Give]]"]')
    vault.say("2026-07-30", "plan", "next", "Autumn", "--start", "2026-09-01")

    for day, due in (("2026-06-21", "2026-08-31"), ("2026-09-02", "2026-11-29")):
        _, said = vault.say(day, "status", "--json")
        goals = {goal["name"]: goal for goal in json.loads(said)["goals"]}
        assert (goals["Give"]["start"], goals["Give"]["due"]) == ("2026-03-01", due)
        assert goals["Give"]["actual"] == 2


def test_a_plan_may_be_reviewed_after_the_next_one_has_begun(vault: Vault) -> None:
    vault.say(AFTER, "plan", "next", "Summer")
    late = "2026-06-20"
    _, said = vault.say(late, "check")
    assert '`vaultplan review "Spring"`' in said

    code, said = vault.say(late, "review", "spr")

    assert (code, said.splitlines()[0]) == (0, f"Wrote {REVIEW}")
    assert "| [[Interviews]] | 3 | 1 | failure |" in vault.read(REVIEW)
    assert "plan-without-review" not in vault.say(late, "check")[1]


def test_a_plan_that_is_not_there_cannot_be_reviewed(vault: Vault) -> None:
    code, said = vault.say(AFTER, "review", "winter")

    assert (code, said) == (
        2,
        "vaultplan: there is no one plan “winter” with a start; there are Spring\n",
    )


def test_a_goal_that_is_not_due_at_the_plans_end_has_not_failed_yet(vault: Vault) -> None:
    add_goal(vault, "Later", 'plan: "[[Spring]]"\nmeasure: feedback\ntarget: 9\ndue: 2026-08-31')

    vault.say(AFTER, "review")

    assert "| [[Later]] | 9 | 0 | behind until 2026-08-31 |" in vault.read(REVIEW)
