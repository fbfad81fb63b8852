from collections.abc import Callable
from inspect import cleandoc

import pytest

from vaultplan.passes.due import ranking_of
from vaultplan.passes.ranking import first_of
from vaultplan.plan import Plan

PlanOf = Callable[[str, str], Plan]
DAY = "2026-11-20"
GOAL = """
--- Goal.md
---
type: goal
measure: people
target: 9
start: 2026-01-01
due: 2026-12-31
---
"""


def contact(name: str, front: str, *log: str) -> str:
    properties = front.replace("; ", "\n")
    lines = "\n".join(f"- {line}" for line in log)
    return f"--- {name}.md\n---\ntype: contact\n{properties}\n---\n## Log\n\n{lines}\n"


def ranked(plan: Plan, limit: int = 99, until: str = DAY) -> str:
    """What to do, a line for each: the person, the step, the parts of its score."""
    return "\n".join(
        f"{one.due.person} {one.due.step}: "
        + " + ".join(f"{name} {value:g}" for name, value in one.parts)
        for one in first_of(ranking_of(plan).items, until, limit)
    )


@pytest.mark.parametrize(
    ("front", "parts"),
    [
        ("cadence: 10d", "overdue 0.5"),
        ("cadence: 1 month", "overdue 0.167"),
        ("cadence: 10d; key: true", "overdue 0.5 + key 1"),
        ("cadence: 10d; goals: '[[Goal]]'", "overdue 0.5 + goals 0.5"),
        ("cadence: 10d; goals: ['[[Goal]]', '[[Gone]]', '[[Goal]]']", "overdue 0.5 + goals 0.5"),
        ("cadence: 10d; mentor: active", "overdue 0.5 + mentor 0.5"),
        ("cadence: 10d; mentor: asked", "overdue 0.5 + mentor 0.5"),
        ("cadence: 10d; mentor: former", "overdue 0.5"),
        ("cadence: 10d; strength: weak", "overdue 0.5 + weak 0.25"),
        ("cadence: 10d; strength: strong", "overdue 0.5"),
        (
            "cadence: 10d; key: true; goals: '[[Goal]]'; mentor: active; strength: weak",
            "overdue 0.5 + key 1 + goals 0.5 + mentor 0.5 + weak 0.25",
        ),
    ],
)
def test_a_score_is_days_overdue_by_the_steps_interval_and_what_the_contact_adds(
    plan_of: PlanOf, front: str, parts: str
) -> None:
    last = "2026-11-05 email" if "10d" in front else "2026-10-15 email"

    assert ranked(plan_of(contact("Ada", front, last) + GOAL, DAY)) == f"Ada check-in: {parts}"


def test_a_goal_that_is_achieved_or_missed_raises_nobody(plan_of: PlanOf) -> None:
    ada = contact("Ada", "cadence: 10d; goals: '[[Goal]]'", "2026-11-05 email")

    for over in (GOAL.replace("target: 9", "target: 1"), GOAL.replace("12-31", "11-19")):
        assert ranked(plan_of(ada + over, DAY)) == "Ada check-in: overdue 0.5"


@pytest.mark.parametrize(
    ("today", "overdue"), [("2026-11-20", "1"), ("2026-11-21", "1"), ("2026-11-22", "2")]
)
def test_from_the_due_day_on_it_is_at_least_one_day(
    plan_of: PlanOf, today: str, overdue: str
) -> None:
    plan = plan_of(contact("Ada", "key: true", "2026-11-19 coffee"), today)

    assert ranked(plan, until=today) == f"Ada thank: overdue {overdue} + key 1"


def test_the_weights_are_settings(plan_of: PlanOf) -> None:
    ada = contact("Ada", "cadence: 10d; key: true; strength: weak", "2026-11-05 email")
    settings = "--- vaultplan.toml\n[next]\nkey = 0.1\nweak = 3\n"

    assert ranked(plan_of(ada + settings, DAY)) == ("Ada check-in: overdue 0.5 + key 0.1 + weak 3")


MANY = (
    contact("Cy", "cadence: 10d", "2026-11-05 email")
    + contact("Bo", "cadence: 10d", "2026-11-05 email")
    + contact("Al", "cadence: 10d", "2026-11-09 email")
    + contact("Di", "cadence: 10d", "2026-11-11 email")
    + contact("Ed", "cadence: 99y", "2026-11-12 coffee", "2026-11-13 email")
    + contact("Flo", "cadence: 99y; snooze: 2026-11-21", "2026-11-11 coffee", "2026-11-11 gave")
    + contact("Gil", "cadence: 10d", "2026-10-01 email")
    + contact("Hal", "cadence: 99y", "2026-11-19 coffee")
)


def test_the_most_urgent_comes_first_and_ties_go_by_path(plan_of: PlanOf) -> None:
    assert ranked(plan_of(MANY, DAY)) == cleandoc("""
        Gil check-in: overdue 4
        Hal thank: overdue 1
        Bo check-in: overdue 0.5
        Cy check-in: overdue 0.5
        Ed share: overdue 0.143
        Al check-in: overdue 0.1
    """)


def test_a_later_day_brings_what_is_due_by_then(plan_of: PlanOf) -> None:
    found = ranked(plan_of(MANY, DAY), until="2026-11-21").splitlines()

    assert len(found) == 8
    assert {line.partition(":")[0] for line in found} >= {"Di check-in", "Flo thank"}


def test_the_limit_cuts_the_list_but_never_a_thank_you(plan_of: PlanOf) -> None:
    plan = plan_of(MANY, DAY)

    assert ranked(plan, limit=1) == "Gil check-in: overdue 4\nHal thank: overdue 1"
    assert ranked(plan, limit=0) == "Hal thank: overdue 1"
    assert ranked(plan, limit=3).count("\n") == 2


@pytest.mark.parametrize(
    ("log", "asked"),
    [
        ("email message check-in", False),
        ("email gave thank-you", False),
        ("asked intro shared", False),
        ("reply email message check-in", False),
        ("coffee email message check-in", False),
        ("message check-in", True),
        ("email reply message", True),
        ("email message reply", True),
        ("email received message", True),
        ("email message feedback", True),
        ("email call message", True),
        ("met email message", True),
        ("email - message", True),
        ("- - -", True),
        ("email message note check-in", False),
    ],
)
def test_who_left_three_contacts_unanswered_is_not_suggested(
    plan_of: PlanOf,
    log: str,
    asked: bool,  # noqa: FBT001  (a table)
) -> None:
    lines = [
        f"2026-0{number}-15" + ("" if kind == "-" else f" {kind}")
        for number, kind in enumerate(log.split(), 1)
    ]
    found = ranked(plan_of(contact("Ada", "cadence: 1 month", *lines), DAY))

    assert ("Ada check-in" in found) is asked


def test_a_day_chosen_by_hand_is_suggested_all_the_same(plan_of: PlanOf) -> None:
    log = ["2026-09-01 email", "2026-09-02 email", "2026-09-03 email"]

    assert ranked(plan_of(contact("Ada", "cadence: 10d", *log), DAY)) == ""
    assert ranked(plan_of(contact("Ada", "follow_up: 2026-11-20", *log), DAY)) == (
        "Ada check-in: overdue 0.011"
    )


def test_the_other_steps_of_who_never_answers_are_suggested(plan_of: PlanOf) -> None:
    log = ["2026-09-01 email", "2026-09-02 email", "2026-09-03 email"]
    plan = "--- Plan.md\n---\ntype: plan\nstart: 2026-10-05\n---\n"

    assert ranked(plan_of(contact("Ada", "key: true", *log) + plan, DAY)) == (
        "Ada reach-out: overdue 0.533 + key 1"
    )


def test_done_lapsed_and_undated_steps_are_not_suggested(plan_of: PlanOf) -> None:
    plan = plan_of(
        contact("Ada", "cadence: 99y", "2026-01-01 coffee") + contact("Bob", "key: true"), DAY
    )

    assert ranked(plan) == ""


def test_a_plan_that_gives_no_days_to_reach_out_still_has_an_interval(plan_of: PlanOf) -> None:
    plan = "--- Plan.md\n---\ntype: plan\nstart: 2026-11-18\nreach_out_days: 0\n---\n"

    assert ranked(plan_of(contact("Ada", "key: true") + plan, DAY)) == (
        "Ada reach-out: overdue 2 + key 1"
    )
