"""Milestones: on which day something was reached, and what counts it, from which lines."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.plan import Plan
from vaultplan.rules.milestones import Reached, day_reached

PlanOf = Callable[[str, str], Plan]
DAY = "2026-11-20"


def note(front: str, path: str = "N.md", log: str = "") -> str:
    lines = f"## Log\n{log}\n" if log else ""
    return f"--- {path}\n---\n{front}\n---\n{lines}"


def reached(plan: Plan) -> list[str]:
    return [f"{one.day} {one.what} {one.source}" for one in plan.vault.milestones]


def problems(plan: Plan) -> list[str]:
    return [f"{one.path}:{one.line} {one.severity} {one.rule}" for one in plan.problems]


ARTICLE = "type: brand\nkind: article"


@pytest.mark.parametrize(
    ("front", "log", "line"),
    [
        # the day it says, else the day it was meant for, else that of its log
        (f"{ARTICLE}\nstatus: published\ndate: 2026-11-10", "", "2026-11-10 article N.md:5"),
        (f"{ARTICLE}\npublished: 2026-11-10\nstatus: done", "", "2026-11-10 article N.md:4"),
        (f"{ARTICLE}\nstatus: done\ndue: 2026-11-01\ndate: 2026-11-10", "",
         "2026-11-10 article N.md:6"),
        (f"{ARTICLE}\nstatus: published\ndue: 2026-11-01", "", "2026-11-01 article N.md:4"),
        (f"{ARTICLE}\nstatus: published", "- 2026-11-12 post: out\n- 2026-11-09 note: sent",
         "2026-11-09 article N.md:4"),
        (f"{ARTICLE}\nstatus: published", "", ""),
        # on its way, it counts for nothing
        (f"{ARTICLE}\nstatus: draft\ndate: 2026-11-10", "- 2026-11-09 note: begun", ""),
        (f"{ARTICLE}\nstatus: idea\ndue: 2026-11-01", "", ""),
        (f"{ARTICLE}\ndate: 2026-11-10", "", ""),
        # the other kinds
        ("type: brand\nkind: talk\nstatus: done\ndate: 2026-11-10", "", "2026-11-10 talk N.md:5"),
        ("type: brand\nkind: training\nstatus: done\ndue: 2026-11-10", "",
         "2026-11-10 training N.md:4"),
        ("type: brand\nkind: pitch\nstatus: done\ndate: 2026-11-10", "", ""),
        ("type: brand\nkind: profile\nstatus: published\ndate: 2026-11-10", "", ""),
        ("type: brand\nstatus: published\ndate: 2026-11-10", "", ""),
        # opportunities count once they are there, won or not; a deadline is no beginning
        ("type: opportunity\ndate: 2026-11-10", "", "2026-11-10 opportunity N.md:3"),
        ("type: opportunity\nstage: lost\ndate: 2026-11-10", "", "2026-11-10 opportunity N.md:4"),
        ("type: opportunity\nstage: applied", "- 2026-11-12 email\n- 2026-11-08 note",
         "2026-11-08 opportunity N.md:1"),
        ("type: opportunity\ndue: 2026-11-10", "", ""),
        ("type: organisation\njoined: 2026-11-10", "", ""),
    ],
)  # fmt: skip
def test_something_is_reached_on_a_day_and_the_line_that_says_so_is_known(
    plan_of: PlanOf, front: str, log: str, line: str
) -> None:
    plan = plan_of(note(front, log=log), DAY)

    assert reached(plan) == ([line] if line else [])
    assert problems(plan) == []


def test_what_is_out_before_its_day_counts_at_once(plan_of: PlanOf) -> None:
    front = f"{ARTICLE}\nstatus: published\ndue: 2026-12-24"

    assert reached(plan_of(note(front), DAY)) == ["2026-11-20 article N.md:4"]
    assert reached(plan_of(note(front, log="- 2026-11-05 post"), DAY)) == [
        "2026-11-05 article N.md:4"
    ]
    assert reached(plan_of(note(front), "2026-12-30")) == ["2026-12-24 article N.md:4"]


@pytest.mark.parametrize(
    "front",
    [f"{ARTICLE}\nstatus: published\ndate: 2026-11-21", "type: opportunity\n\n\ndate: 2026-11-21"],
)
def test_a_day_still_to_come_does_not_count_and_is_said(plan_of: PlanOf, front: str) -> None:
    plan = plan_of(note(front, log="- 2026-11-05 note"), DAY)

    assert reached(plan) == []
    assert problems(plan) == ["N.md:5 hint future-date"]
    assert [(one.message, one.fix) for one in plan.problems] == [
        ("date: 2026-11-21 is still to come, so it does not count yet", "correct the date")
    ]
    tomorrow = plan_of(note(front), "2026-11-21")
    assert (reached(tomorrow)[0][:10], problems(tomorrow)) == ("2026-11-21", [])


def test_a_draft_of_a_day_still_to_come_is_nothing_odd(plan_of: PlanOf) -> None:
    plan = plan_of(note(f"{ARTICLE}\nstatus: draft\ndate: 2026-12-24\ndue: 2026-12-24"), DAY)

    assert problems(plan) == []


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.none() | days, st.none() | days, st.lists(days, max_size=4), days)
def test_what_is_not_dated_by_hand_is_never_reached_after_today(
    day: date | None, planned: date | None, log: list[date], today: date
) -> None:
    found = day_reached(Reached("article", day, planned=planned), log, today)

    assert (found is None) == (not (day or planned or log))
    assert found == day if day else found is None or found <= today
    assert found == day_reached(Reached("article", day, planned=planned), log[::-1], today)


VAULT = """
--- Plan.md
---
type: plan
start: 2026-10-05
days: 60
objectives:
  - {measure: opportunities, target: 3}
  - {measure: articles, target: 3}
  - {measure: talks, target: 3}
  - {measure: training, target: 3}
  - {measure: Training, target: 6, per: year}
---
--- Write.md
---
type: goal
measure: articles
target: 2
---
--- Explore.md
---
type: goal
name: Explore the field
aliases: [Field]
measure: opportunities
target: 2
start: 2026-11-01
due: 2026-11-15
---
--- One.md
---
type: brand
kind: article
status: published
date: 2026-10-05
goals: ["[[Write]]"]
---
--- Two.md
---
type: brand
kind: article
status: published
date: 2026-10-04
goal: "[[Write]]"
---
--- Three.md
---
type: brand
kind: article
status: done
date: 2026-11-20
---
--- Talk.md
---
type: brand
kind: talk
status: done
date: 2026-11-02
goals: ["[[Write]]", "[[Explore]]"]
---
--- Course.md
---
type: brand
kind: training
status: done
date: 2026-11-02
---
--- Opportunities/A.md
---
type: opportunity
date: 2026-11-01
goals: "[[Explore]]"
---
--- Opportunities/B.md
---
type: opportunity
date: 2026-11-15
stage: lost
goals: ["[[Field]]"]
---
--- Opportunities/C.md
---
type: opportunity
date: 2026-11-16
goals: "[[Explore]]"
---
--- Opportunities/D.md
---
type: opportunity
date: 2026-11-10
---
"""


def test_objectives_count_every_milestone_inside_the_plan(plan_of: PlanOf) -> None:
    plan = plan_of(VAULT, DAY)

    assert {
        one.objective.measure: [str(source) for source in one.evidence] for one in plan.objectives
    } == {
        "opportunities": [
            "Opportunities/A.md:3",
            "Opportunities/D.md:3",
            "Opportunities/B.md:3",
            "Opportunities/C.md:3",
        ],
        "articles": ["One.md:5", "Three.md:5"],
        "talks": ["Talk.md:5"],
        "training": ["Course.md:5"],
        "Training": ["Course.md:5"],
    }
    assert [one.actual for one in plan.objectives] == [4, 2, 1, 1, 1]


def test_a_goal_counts_the_milestones_that_name_it_inside_its_own_days(plan_of: PlanOf) -> None:
    plan = plan_of(VAULT, DAY)
    counts = {goal.entry.path: goal for goal in plan.goals}

    assert [str(source) for source in counts["Write.md"].evidence] == ["One.md:5"]
    assert [str(source) for source in counts["Explore.md"].evidence] == [
        "Opportunities/A.md:3",
        "Opportunities/B.md:3",
    ]
    assert counts["Explore.md"].actual == 2


def test_a_milestone_that_is_not_there_yet_is_not_counted_the_day_before(plan_of: PlanOf) -> None:
    actual = {
        day: plan_of(VAULT, day).objectives[0].actual
        for day in ("2026-10-31", "2026-11-01", "2026-11-15", "2026-12-31")
    }

    assert actual == {"2026-10-31": 0, "2026-11-01": 1, "2026-11-15": 3, "2026-12-31": 4}


def test_milestones_stand_by_day_then_by_path(plan_of: PlanOf) -> None:
    front = "type: opportunity\ndate: 2026-11-{}"
    vault = note(front.format("02"), "B.md") + note(front.format("02"), "a.md")
    plan = plan_of(vault + note(front.format("01"), "Z.md") + note(front.format("02"), "A.md"), DAY)

    assert [one.source.path for one in plan.vault.milestones] == ["Z.md", "A.md", "B.md", "a.md"]


def test_a_goal_that_is_not_there_is_said_and_the_milestone_counts_all_the_same(
    plan_of: PlanOf,
) -> None:
    front = f"{ARTICLE}\nstatus: done\ndate: 2026-11-10\ngoals: ['[[Nowhere]]']"
    plan = plan_of(note(front), DAY)

    assert problems(plan) == ["N.md:6 warning lost-link"]
    assert reached(plan) == ["2026-11-10 article N.md:5"]


def test_a_plan_of_a_day_counts_what_the_next_day_still_counts(plan_of: PlanOf) -> None:
    front = f"{ARTICLE}\nstatus: published\ndue: 2026-12-01"
    plan = "--- P.md\n---\ntype: plan\nstart: 2026-11-01\nobjectives:\n"
    plan += "  - {measure: articles, target: 1}\n---\n"
    first = date.fromisoformat(DAY)

    counts = [
        plan_of(note(front) + plan, str(first + timedelta(days=more))).objectives[0].actual
        for more in range(0, 30, 5)
    ]

    assert counts == [1] * 6
