"""The views `assessment` and `ledger`, and what `status` says of the latest assessment."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vaultplan.__main__ import run
from vaultplan.plan import Plan
from vaultplan.text.linkstyle import LinkStyle
from vaultplan.views.assessment import ASSESSMENT
from vaultplan.views.ledger import LEDGER
from vaultplan.views.view import OddOption, Page, View

PlanOf = Callable[[str, str], Plan]
TODAY = "2026-11-20"

PEOPLE = """
--- Zoe.md
---
type: contact
key: true
industry: Art | Crafts
offer: "a map of <field> | and more"
---
## Log
- 2026-11-02 met
- 2026-11-03 asked
--- ada.md
---
type: contact
key: true
industry: Software
offer: an introduction
---
## Log
- 2026-09-10 received
- 2026-11-04 gave
- 2026-11-05 shared
- 2026-11-06 asked
--- Bob.md
---
type: contact
key: true
offer: a reading
---
--- Plan.md
---
type: plan
start: 2026-10-05
---
"""
FIRST = """
--- First.md
---
type: assessment
date: 2026-10-01
diversity: 2
comfort: 5
challenge: nobody asks
---
"""
SECOND = """
--- Second.md
---
type: assessment
date: 2026-11-20
diversity: 3
reciprocity: 4
challenge: "I wait | too *long*"
---
--- Undated.md
---
type: assessment
diversity: 1
---
--- To come.md
---
type: assessment
date: 2026-11-21
diversity: 5
---
"""
EVIDENCE = r"""
| Dimension | Rating | Evidence |
| --- | --- | --- |
| Diversity | {} | industry: not enough to say (Art \| Crafts 1, Software 1); role/seniority: not enough to say (none); organisation: not enough to say (none); weak ties: not enough to say (0 of 0) |
| Reciprocity | {} | given 2; received 1; asked 2; share given 40 % (2 of 5); people asked before giving 1 |
| Maintenance | {} | within cadence: not enough to say (2 of 2); not yet contacted 1; median to thank-you: not enough to say (thank-yous 0) |
| Focus | {} | contacts for open goals 0 % (0 of 6); open goals without a contact 0 |
| Comfort | {} | new people 0.7 per 30 days; new people before: not enough to say (people 0, contacts 0) |
"""  # noqa: E501  (a row of a table is one line)


def shown(view: View, plan: Plan, **options: str) -> str:
    page = Page(plan, "Index.md", LinkStyle())
    given = {name: (value,) for name, value in options.items()}
    return "\n".join(("", *view.render(page, given), ""))


def test_without_an_assessment_the_evidence_stands_alone(plan_of: PlanOf) -> None:
    assert shown(ASSESSMENT, plan_of(PEOPLE, TODAY)) == (
        "\n*No assessment yet; `vaultplan assess` asks the questions.*\n"
        + EVIDENCE.format("", "", "", "", "")
    )


def test_one_assessment_stands_beside_the_evidence_without_a_history(plan_of: PlanOf) -> None:
    assert shown(ASSESSMENT, plan_of(PEOPLE + FIRST, TODAY)) == (
        "\nLatest assessment: [[First]], 2026-10-01 · biggest challenge: nobody asks\n"
        + EVIDENCE.format(2, "", "", "", 5)
    )


def test_the_latest_of_several_is_shown_and_the_history_newest_first(plan_of: PlanOf) -> None:
    assert shown(ASSESSMENT, plan_of(PEOPLE + FIRST + SECOND, TODAY)) == (
        "\nLatest assessment: [[Second]], 2026-11-20 · "
        "biggest challenge: I wait \\| too \\*long\\*\n"
        + EVIDENCE.format(3, 4, "", "", "")
        + r"""
| Date | Diversity | Reciprocity | Maintenance | Focus | Comfort |
| --- | --- | --- | --- | --- | --- |
| [[Second\|2026-11-20]] | 3 | 4 |  |  |  |
| [[First\|2026-10-01]] | 2 |  |  |  | 5 |
"""
    )


def test_a_limit_shortens_the_history(plan_of: PlanOf) -> None:
    text = shown(ASSESSMENT, plan_of(FIRST + SECOND, TODAY), limit="1")

    assert "2026-11-20]] | 3 |" in text
    assert "First" not in text


def test_an_assessment_without_a_challenge_is_named_all_the_same(plan_of: PlanOf) -> None:
    plan = plan_of(FIRST.replace("challenge", "quarrel"), TODAY)

    assert shown(ASSESSMENT, plan).splitlines()[1] == "Latest assessment: [[First]], 2026-10-01"


ACCOUNTS = r"""
| Name | Given | Received | Asked | In this plan |
| --- | --- | --- | --- | --- |
| [[ada]] | 2 | 1 | 1 | 2 given, 1 asked |
| [[Zoe]] | 0 | 0 | 1 | 1 asked; asked before giving |
| **Total of 2** | 2 | 1 | 2 | 2 given, 2 asked |

**Open offers**

| Name | Offer | Since |
| --- | --- | --- |
| [[Bob]] | a reading | 2026-10-05 |
| [[Zoe]] | a map of \<field> \| and more | 2026-11-02 |
"""


def test_the_ledger_shows_accounts_by_name_and_what_is_still_on_offer(plan_of: PlanOf) -> None:
    assert shown(LEDGER, plan_of(PEOPLE, TODAY)) == ACCOUNTS


def test_a_limit_shortens_both_tables_but_the_total_is_of_all(plan_of: PlanOf) -> None:
    rows = ACCOUNTS.splitlines(keepends=True)

    short = "".join(row for row in rows if "[[Zoe]]" not in row)

    assert shown(LEDGER, plan_of(PEOPLE, TODAY), limit="1") == short


def test_an_empty_ledger_says_so_and_shows_no_offers(plan_of: PlanOf) -> None:
    text = "--- Ada.md\n---\ntype: contact\nkey: true\n---\n"

    assert shown(LEDGER, plan_of(text, TODAY)) == "\n*Nothing given, received or asked yet.*\n"


@pytest.mark.parametrize("view", [ASSESSMENT, LEDGER])
def test_a_limit_that_is_no_number_is_said(view: View, plan_of: PlanOf) -> None:
    with pytest.raises(OddOption, match="limit=few"):
        shown(view, plan_of(PEOPLE, TODAY), limit="few")


@pytest.mark.parametrize("view", [ASSESSMENT, LEDGER])
@pytest.mark.parametrize("text", [PEOPLE + FIRST + SECOND, FIRST, "--- Note.md\nnothing\n"])
def test_every_line_of_words_is_known_as_the_views_own(
    view: View, text: str, plan_of: PlanOf
) -> None:
    lines = [line for line in shown(view, plan_of(text, TODAY)).splitlines() if line]

    words = [line for line in lines if not line.startswith("| ")]
    assert all(view.phrases.fullmatch(line) for line in words)
    assert len(words) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Latest assessment: better than I thought",
        "Latest assessment: [[First]], 2026-10-01 and it was hard",
        "*No assessment yet, I should do one.*",
        "**Open offers** of mine",
    ],
)
def test_no_sentence_of_the_persons_own_is_taken_for_the_views(line: str) -> None:
    assert not any(view.phrases.fullmatch(line) for view in (ASSESSMENT, LEDGER))


def status(root: Path, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["-C", str(root), "--today", TODAY, "status", *args]) == 0
    return capsys.readouterr().out


def test_status_says_the_latest_ratings_in_one_line(
    vault_at: Callable[[Path, str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = vault_at(tmp_path, PEOPLE + FIRST + SECOND)

    assert "Assessment of 2026-11-20: diversity 3, reciprocity 4\n" in status(root, capsys)

    (root / "Second.md").unlink()
    (root / "First.md").unlink()
    assert "Assessment" not in status(root, capsys)


def test_status_in_json_has_ratings_beside_evidence_with_its_lines(
    vault_at: Callable[[Path, str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(status(vault_at(tmp_path, PEOPLE + FIRST), capsys, "--json"))["assessment"]

    assert found["path"] == "First.md"
    assert found["date"] == "2026-10-01"
    assert found["challenge"] == "nobody asks"
    ratings = {"diversity": 2, "reciprocity": None, "maintenance": None, "focus": None}
    assert found["ratings"] == {**ratings, "comfort": 5}
    assert list(found["evidence"]) == list(found["ratings"])
    assert found["evidence"]["reciprocity"]["share given"] == {
        "value": 0.4,
        "form": "share",
        "counts": {"given": 2, "received": 1, "asked": 2},
        "sources": ["Zoe.md:9", "ada.md:8", "ada.md:9", "ada.md:10", "ada.md:11"],
    }
    assert found["evidence"]["comfort"]["new people"]["value"] == 0.6667
    assert found["evidence"]["diversity"]["industry"]["value"] is None


def test_status_in_json_has_evidence_without_an_assessment_too(
    vault_at: Callable[[Path, str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(status(vault_at(tmp_path, PEOPLE), capsys, "--json"))["assessment"]

    assert (found["path"], found["date"], found["challenge"]) == (None, None, None)
    assert set(found["ratings"].values()) == {None}
    assert found["evidence"]["reciprocity"]["given"]["sources"] == ["ada.md:9", "ada.md:10"]
