"""Looking back: assessments by day, reviews by plan, and what one plan hands on to the next."""

from collections.abc import Callable
from datetime import date

import pytest

from vaultplan.plan import Plan
from vaultplan.plan.lookback import (
    assessments_of,
    final_review,
    handed_on,
    is_final,
    reviews_of,
    successors,
)

PlanOf = Callable[[str, str], Plan]
DAY = "2027-02-01"
PLANS = """
--- Plans/Autumn.md
---
type: plan
aliases: [Last one]
start: 2026-10-01
days: 31
---
--- Plans/Winter.md
---
type: plan
start: 2026-12-01
days: 31
previous: "[[Autumn]]"
---
"""
AUTUMN, WINTER = "Plans/Autumn.md", "Plans/Winter.md"


def note(front: str, path: str) -> str:
    return f"--- {path}\n---\n{front}\n---\n"


def review(path: str, more: str, plan: str = "Autumn") -> str:
    return note(f'type: review\nplan: "[[{plan}]]"\n{more}', path)


def assessments(plan: Plan, until: date) -> list[str]:
    return [entry.path for entry in assessments_of(plan.vault, until)]


def habits(plan: Plan, path: str = WINTER) -> tuple[str, str, str] | None:
    found = handed_on(plan.vault, plan.vault.entries[path], plan.cycles)
    return (found.stop, found.start, found.review.path) if found else None


def final(plan: Plan) -> str:
    found = final_review(plan.vault, plan.cycles[AUTUMN])
    return found.path if found else ""


# Assessments


def test_assessments_stand_by_day_and_those_of_one_day_by_path(plan_of: PlanOf) -> None:
    front = "type: assessment\ndate: {}\nfocus: 3"
    vault = (
        note(front.format("2026-11-02"), "B.md")
        + note(front.format("2026-11-02"), "A.md")
        + note(front.format("'[[2026-11-01]]'"), "Z.md")
        + note(front.format("2026-11-20"), "C.md")
        + note(front.format("2026-11-21"), "D.md")
        + note(front.format(""), "E.md")
        + note("type: assessment\ndate: someday", "F.md")
    )
    plan = plan_of(vault, DAY)

    assert assessments(plan, date(2026, 11, 20)) == ["Z.md", "A.md", "B.md", "C.md"]
    assert assessments(plan, date(2026, 10, 31)) == []
    assert assessments(plan, date.max) == ["Z.md", "A.md", "B.md", "C.md", "D.md"]


# Reviews


@pytest.mark.parametrize(
    ("more", "is_it"),
    [
        ("date: 2026-10-30", False),
        ("date: 2026-10-31", True),
        ("date: 2026-11-15", True),
        ("date: 2026-10-15\nkind: final", True),
        ("date: 2026-11-15\nkind: checkpoint", False),
        ("kind: final", True),
        ("kind: checkpoint", False),
        ("stop: early", False),
        ("date: soon", False),
        ("date: 2026-10-31\nkind: weekly", True),
    ],
)
def test_a_review_is_final_if_it_says_so_or_is_of_the_last_day_or_later(
    plan_of: PlanOf, more: str, *, is_it: bool
) -> None:
    plan = plan_of(PLANS + review("R.md", more), DAY)

    assert is_final(plan.vault.entries["R.md"], plan.cycles[AUTUMN]) is is_it
    assert final(plan) == ("R.md" if is_it else "")


def test_reviews_are_those_of_one_plan_the_oldest_first(plan_of: PlanOf) -> None:
    vault = (
        review("B.md", "date: 2026-10-15")
        + review("A.md", "date: 2026-10-15", "Plans/Autumn")
        + review("Z.md", "date: 2026-10-01", "Last one")
        + review("U.md", "")
        + review("W.md", "date: 2026-10-15", "Winter")
        + review("N.md", "date: 2026-10-15", "Nowhere")
        + note("type: review\ndate: 2026-10-15", "O.md")
    )
    plan = plan_of(PLANS + vault, DAY)

    assert [one.path for one in reviews_of(plan.vault, AUTUMN)] == ["U.md", "Z.md", "A.md", "B.md"]
    assert [one.path for one in reviews_of(plan.vault, WINTER)] == ["W.md"]


def test_of_several_final_reviews_the_newest_counts_and_one_without_a_day_is_not_the_newest(
    plan_of: PlanOf,
) -> None:
    old = review("Z.md", "date: 2026-10-31\nstop: old")
    undated = review("Y.md", "kind: final\nstop: undated")
    new = review("A.md", "date: 2026-11-02\nstop: new")

    assert final(plan_of(PLANS + undated, DAY)) == "Y.md"
    assert final(plan_of(PLANS + old + undated, DAY)) == "Z.md"
    assert final(plan_of(PLANS + old + new + undated, DAY)) == "A.md"


# What is handed on


def test_the_review_of_the_plan_before_hands_on_what_to_stop_and_to_start(plan_of: PlanOf) -> None:
    vault = PLANS + review("R.md", "date: 2026-10-31\nstop: Cold mails\nstart_habit: Ask first")
    plan = plan_of(vault, DAY)

    assert habits(plan) == ("Cold mails", "Ask first", "R.md")
    assert habits(plan, AUTUMN) is None
    assert [one.path for one in successors(plan.vault, AUTUMN)] == [WINTER]
    assert list(successors(plan.vault, WINTER)) == []


@pytest.mark.parametrize(
    ("more", "handed"),
    [
        ("stop: Cold mails", ("Cold mails", "", "R.md")),
        ("start_habit: Ask first", ("", "Ask first", "R.md")),
        ("start: 2026-10-01", None),
        ("surprise: A dinner", None),
    ],
)
def test_only_habits_are_handed_on(
    plan_of: PlanOf, more: str, handed: tuple[str, str, str] | None
) -> None:
    vault = PLANS + review("R.md", f"date: 2026-10-31\n{more}")

    assert habits(plan_of(vault, DAY)) == handed


def test_the_newest_review_that_names_a_habit_hands_it_on(plan_of: PlanOf) -> None:
    vault = PLANS + review("Z.md", "date: 2026-10-15\nstop: early")
    assert habits(plan_of(vault, DAY)) == ("early", "", "Z.md")

    vault += review("A.md", "date: 2026-10-31\nkind: final\nstop: late")
    assert habits(plan_of(vault, DAY)) == ("late", "", "A.md")

    vault += review("Y.md", "stop: some day") + review("X.md", "date: 2026-11-02\nsurprise: none")
    assert habits(plan_of(vault, DAY)) == ("late", "", "A.md")


@pytest.mark.parametrize("previous", ['"[[Nowhere]]"', "", '"[[Goal]]"', '"[[Undated]]"', "5"])
def test_without_a_plan_before_nothing_is_handed_on(plan_of: PlanOf, previous: str) -> None:
    vault = (
        PLANS.replace('"[[Autumn]]"', previous)
        + note("type: goal", "Goal.md")
        + note("type: plan", "Undated.md")
        + review("R.md", "kind: final\nstop: x", "Goal")
        + review("S.md", "kind: final\nstop: x", "Undated")
    )

    assert habits(plan_of(vault, DAY)) is None


def test_plans_that_name_each_other_or_themselves_are_no_riddle(plan_of: PlanOf) -> None:
    before = 'previous: "[[Winter]]"\n---'
    ring = PLANS.replace("31\n---", f"31\n{before}", 1)
    own = PLANS.replace('"[[Autumn]]"', '"[[Winter]]"')
    last = review("R.md", "kind: final\nstop: x", "Winter")

    assert habits(plan_of(ring + last, DAY), AUTUMN) == ("x", "", "R.md")
    assert [one.path for one in successors(plan_of(ring, DAY).vault, WINTER)] == [AUTUMN]
    assert [one.path for one in successors(plan_of(own, DAY).vault, WINTER)] == [WINTER]
    assert habits(plan_of(own + last, DAY)) == ("x", "", "R.md")
