from collections.abc import Callable

import pytest

from vaultplan.plan import Plan
from vaultplan.rules.measures import MEASURES, measure_named
from vaultplan.settings.follow import LogRules

PlanOf = Callable[[str, str], Plan]

PLAN = """
--- Plan.md
---
type: plan
start: 2026-10-05
objectives: [OBJECTIVES]
---
## Log
- 2026-11-02 post: what I learnt
- 2026-11-02 note: nothing
"""
PEOPLE = """
--- Ada.md
---
type: contact
goals: "[[Goal]]"
---
## Log
- 2026-09-01 email: before the plan
- 2026-10-04 coffee: the day before it
- 2026-10-05 coffee: its first day
- 2026-10-21 interview: see [[M]]
- 2026-10-22 gave
- 2027-01-02 email: its last day
- 2027-01-03 email: the day after it
--- Bob.md
---
type: contact
---
## Log
- 2026-10-05 met
- 2026-10-06 shared: for [[Goal]]
- 2026-10-06 note: not a contact
- 2026-10-07 intro: to [[Ada]]
- 2026-10-08 feedback
- 2026-10-21: lunch
--- Eve.md
---
type: contact
---
## Log
- 2026-11-30 received
--- Zoe.md
---
type: contact
---
## Log
- 2026-10-07 note: found her profile
--- M.md
---
type: interview
date: 2026-10-21
kind: interview
people: ["[[Ada]]", "[[Bob]]"]
---
--- Meetup.md
---
type: event
start: 2026-10-10
status: attended
people: ["[[Ada]]", "[[Eve]]"]
goals: "[[Goal]]"
---
--- Alone.md
---
type: event
start: 2026-10-11
status: attended
---
--- Later.md
---
type: event
start: 2026-10-12
status: planned
---
--- 2026-10-13.md
- intro: [[Ada]] and [[Eve]], over lunch
- meeting: [[Ada]], [[Bob]] and [[Eve]]
--- vaultplan.toml
[kinds.interaction]
types = "interview"
"""
GOAL = """
--- Goal.md
---
type: goal
measure: MEASURE
target: 5
---
"""


def count(plan: Plan) -> str:
    """The counts of the objectives."""
    return " ".join(str(one.actual) for one in plan.objectives)


@pytest.mark.parametrize(
    ("measure", "by_the_last_day", "by_november"),
    [
        ("people", 3, 3),
        ("new-people", 2, 2),
        ("touches", 18, 16),
        ("conversations", 3, 3),
        ("interviews", 1, 1),
        ("events", 2, 2),
        ("value", 5, 5),
        ("introductions", 2, 2),
        ("feedback", 1, 1),
        ("kind:email", 1, 0),
        ("kind:coffee", 1, 1),
        ("kind:meeting", 1, 1),
        ("kind:met", 1, 1),
        ("kind:post", 1, 0),
        ("kind:note", 3, 2),
        ("Kind: thank you", 0, 0),
        ("New_People", 2, 2),
    ],
)
def test_an_objective_counts_everything_inside_the_plan(
    plan_of: PlanOf, measure: str, by_the_last_day: int, by_november: int
) -> None:
    plan = PLAN.replace("OBJECTIVES", f"{{measure: '{measure}', target: 5}}")

    assert count(plan_of(plan + PEOPLE, "2027-01-05")) == str(by_the_last_day)
    assert count(plan_of(plan + PEOPLE, "2026-11-01")) == str(by_november)


def goal(plan: Plan) -> tuple[float | None, list[str]]:
    """What the goal counts, and the lines it counts."""
    (one,) = plan.goals
    return one.actual, [str(source) for source in one.evidence]


@pytest.mark.parametrize(
    ("measure", "evidence"),
    [
        ("people", ["Ada.md:8", "Bob.md:6", "Meetup.md:1"]),
        ("new-people", ["Meetup.md:1"]),
        ("interviews", ["Ada.md:9"]),
        ("events", ["Meetup.md:1"]),
        ("value", ["Ada.md:10", "Bob.md:6", "2026-10-13.md:1"]),
        ("introductions", ["2026-10-13.md:1"]),
        ("conversations", ["2026-10-13.md:2", "Ada.md:9", "Ada.md:8"]),
        ("feedback", []),
        ("kind:email", ["Ada.md:11"]),
    ],
)
def test_a_goal_counts_what_its_contacts_lines_and_events_link(
    plan_of: PlanOf, measure: str, evidence: list[str]
) -> None:
    vault = PLAN.replace("OBJECTIVES", "") + PEOPLE + GOAL.replace("MEASURE", measure)
    actual, lines = goal(plan_of(vault, "2027-01-05"))

    assert sorted(lines) == sorted(evidence)
    assert actual == len(evidence)


def test_a_number_by_hand_wins(plan_of: PlanOf) -> None:
    vault = PLAN + PEOPLE + GOAL.replace("MEASURE", "people\nactual: 7")

    assert goal(plan_of(vault, "2026-11-20"))[0] == 7


def test_a_goal_without_a_measure_counts_nothing(plan_of: PlanOf) -> None:
    plan = plan_of(PLAN + PEOPLE + GOAL.replace("MEASURE", ""), "2026-11-20")

    assert goal(plan) == (None, [])
    assert plan.goals[0].pace is None


def test_a_goal_counts_inside_its_own_days(plan_of: PlanOf) -> None:
    vault = PLAN + PEOPLE + GOAL.replace("MEASURE", "touches\nstart: 2026-09-01\ndue: 2026-10-04")

    assert goal(plan_of(vault, "2026-11-20")) == (2, ["Ada.md:6", "Ada.md:7"])


def test_what_nothing_is_counted_by_is_a_problem(plan_of: PlanOf) -> None:
    vault = PLAN.replace("OBJECTIVES", "{measure: smiles, target: 5}") + PEOPLE
    plan = plan_of(vault + GOAL.replace("MEASURE", "kind:dance"), "2027-01-05")

    assert [(one.path, one.line, one.rule, one.message) for one in sorted(plan.problems)] == [
        (
            "Goal.md",
            3,
            "unknown-measure",
            "measure: nothing is counted by the name “kind:dance”",
        ),
        ("Plan.md", 4, "unknown-measure", "measure: nothing is counted by the name “smiles”"),
    ]
    assert plan.objectives == ()
    assert goal(plan)[0] is None


def test_two_meetings_of_one_day_are_two_conversations(plan_of: PlanOf) -> None:
    vault = """
--- Plan.md
---
type: plan
start: 2026-10-05
objectives: [{measure: conversations, target: 5}]
---
--- Ada.md
---
type: person
---
--- Bob.md
---
type: person
---
--- One.md
---
type: meeting
date: 2026-10-20
people: ["[[Ada]]"]
---
--- Two.md
---
type: meeting
date: 2026-10-20
people: ["[[Bob]]", "[[Someone else]]"]
---
"""
    assert count(plan_of(vault, "2026-11-20")) == "2"
    assert count(plan_of(vault.replace("[[Someone else]]", "[[Ada]]"), "2026-11-20")) == "1"


def test_a_note_about_someone_is_no_first_contact(plan_of: PlanOf) -> None:
    plan = PLAN.replace("OBJECTIVES", "{measure: new-people, target: 5}")
    ada = "--- Ada.md\n---\ntype: person\n---\n## Log\n- 2026-09-01 note\n- 2026-10-10 email\n"

    assert count(plan_of(plan + ada, "2026-11-20")) == "1"


def test_every_measure_is_known_by_its_name() -> None:
    kinds = LogRules().kinds
    names = [measure.name for measure in MEASURES]

    assert len(set(names)) == len(names)
    assert [measure_named(name, kinds) for name in names] == list(MEASURES)
    assert all(measure_named(f"kind:{kind}", kinds) for kind in kinds)
    assert measure_named("", kinds) is None
    assert measure_named("kind:", kinds) is None
