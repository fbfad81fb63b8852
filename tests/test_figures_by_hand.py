"""One small vault whose figures were counted on paper: every number below is worked out here.

Today is 20 November 2026, the last day of the plan (22 September and 59 days more). The last 90
days are 23 August to 20 November, the 90 days before 25 May to 22 August.

Contacts in the last 90 days (Fair is an event of Ada and Bob, Lunch a coffee with Cleo and Finn):
Ada 5 (lines 13 to 16, Fair), Bob 5 (11 to 14, Fair), Cleo 4 (11 to 13, Lunch), Eve 2 (15, 16),
Finn 2 (9, Lunch), Gus 2 (9, 10), Hal 2 (6, 7): 22 in all. In the 90 days before: Ada 1 (12) and
Eve 4 (11 to 14): 5 in all. The line numbers are those of the notes.
"""

from collections.abc import Callable
from math import log

import pytest

from vaultplan.plan import Plan
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.exchange import accounts_of

PlanOf = Callable[[str, str], Plan]

TODAY, THE_DAY_AFTER, HALF_WAY = "2026-11-20", "2026-11-21", "2026-10-21"
VAULT = """
--- Ada.md
---
type: contact
cadence: 30 days
industry: Software
seniority: senior
organisation: Acme
strength: strong
goals: "[[Talk]]"
offer: a map of the field
---
## Log
- 2026-08-22 met
- 2026-08-23 thank-you
- 2026-09-21 gave
- 2026-10-01 coffee
- 2026-10-21 asked
--- Bob.md
---
type: contact
key: true
industry: " software "
role: Engineer
organisation: ACME
strength: weak
goals: "[[Help]]"
---
## Log
- 2026-09-22 met
- 2026-09-22 asked
- 2026-09-24 email
- 2026-10-05 shared
--- Cleo.md
---
type: contact
follow_up: 2026-12-01
industry: Finance
seniority: Senior
organisation: Bolt
strength: weak
goals: "[[Talk]]"
---
## Log
- 2026-09-21 call
- 2026-09-22 thank-you
- 2026-11-20 intro: for [[Help]]
- 2026-11-21 gave
--- Dan.md
---
type: contact
status: to-do
industry: "  "
seniority: junior
role: Buyer
offer: a look at the slides
---
--- Eve.md
---
type: contact
cadence: 1 month
industry: Health
role: Nurse
organisation: Care
strength: strong
---
## Log
- 2026-05-24 email
- 2026-05-25 reply
- 2026-06-01 email
- 2026-07-01 message
- 2026-08-22 received
- 2026-10-19 asked
- 2026-10-19 gave
--- Finn.md
---
type: contact
cadence: none
industry: finance
strength: weak
---
## Log
- 2026-11-10 note
- 2026-11-20 received
--- Gus.md
---
type: contact
industry: Energy
seniority: executive
organisation: Grid
strength: strong
---
## Log
- 2026-08-23 met
- 2026-11-03 asked
--- Hal.md
---
type: contact
cadence: 2 weeks
---
## Log
- 2026-11-04 met
- 2026-11-05 thank-you
--- Fair.md
---
type: event
start: 2026-10-10
status: attended
people: ["[[Ada]]", "[[Bob]]"]
goals: "[[Talk]]"
---
--- Lunch.md
---
type: meeting
date: 2026-11-05
kind: coffee
people: ["[[Cleo]]", "[[Finn]]"]
---
--- Job.md
---
type: opportunity
stage: spotted
date: 2026-09-22
---
--- Post.md
---
type: brand
kind: article
status: published
date: 2026-11-20
goals: "[[Write]]"
---
--- Talk.md
---
type: goal
measure: conversations
target: 6
start: 2026-10-01
due: 2026-12-10
---
--- Help.md
---
type: goal
measure: value
target: 2
---
--- Write.md
---
type: goal
measure: articles
target: 3
---
--- Plan.md
---
type: plan
start: 2026-09-22
days: 60
objectives:
  - {measure: new-people, target: 4, per: month}
  - {measure: value, target: 3, per: quarter}
  - {measure: events, target: 10, per: year}
  - {measure: opportunities, target: 1, per: plan}
  - {measure: articles, target: 2, per: plan}
---
"""
GIVEN = "Ada.md:14 Bob.md:14 Cleo.md:13 Eve.md:16"
RECEIVED = "Finn.md:9"
ASKED = "Ada.md:16 Bob.md:12 Eve.md:15 Gus.md:10"
CONTACTS = (
    "Ada.md:13 Ada.md:14 Ada.md:15 Ada.md:16 Bob.md:11 Bob.md:12 Bob.md:13 Bob.md:14 "
    "Cleo.md:11 Cleo.md:12 Cleo.md:13 Eve.md:15 Eve.md:16 Fair.md:1 Finn.md:9 "
    "Gus.md:10 Gus.md:9 Hal.md:6 Hal.md:7 Lunch.md:1"
)

FIGURES = {
    # Tracked are Ada, Bob, Cleo, Dan, Eve, Finn and Hal; Gus is not. Dan and Hal have no industry.
    "industry": (
        -(2 / 5 * log(2 / 5) + 2 / 5 * log(2 / 5) + 1 / 5 * log(1 / 5)) / log(3),
        "Finance 2, Software 2, Health 1",
        "Ada.md:4 Bob.md:4 Cleo.md:4 Eve.md:4 Finn.md:4",
    ),
    # Ada and Cleo are senior, Dan is junior, whatever his role; Bob and Eve have only a role.
    "role/seniority": (
        -(2 / 5 * log(2 / 5) + 3 * (1 / 5 * log(1 / 5))) / log(4),
        "senior 2, Engineer 1, junior 1, Nurse 1",
        "Ada.md:5 Bob.md:5 Cleo.md:5 Dan.md:5 Eve.md:5",
    ),
    # Four say where they work, one too few.
    "organisation": (
        None,
        "Acme 2, Bolt 1, Care 1",
        "Ada.md:6 Bob.md:6 Cleo.md:6 Eve.md:6",
    ),
    # Bob, Cleo, Finn; Ada, Eve.
    "weak ties": (
        3 / (3 + 2),
        "weak 3, strong 2",
        "Ada.md:7 Bob.md:7 Cleo.md:7 Eve.md:7 Finn.md:5",
    ),
    "given": (1 + 1 + 1 + 1, "gave 2, intro 1, shared 1", GIVEN),
    # What Eve gave on 22 August is a day too old.
    "received": (1, "received 1", RECEIVED),
    "asked": (1 + 1 + 1 + 1, "asked 4", ASKED),
    "share given": (
        4 / (4 + 1 + 4),
        "given 4, received 1, asked 4",
        " ".join(sorted(f"{GIVEN} {RECEIVED} {ASKED}".split())),
    ),
    # Bob was asked 13 days before he was given anything, Gus never was given; Eve on the same day.
    "people asked before giving": (
        1 + 1,
        "before giving 2, after giving 2",
        "Bob.md:12 Gus.md:10",
    ),
    # Ada 21 October + 30 days = today; Bob 10 October + 3 months; Cleo today. Longer ago: Eve
    # 19 October + 1 month = 19 November, Hal 5 November + 2 weeks = 19 November. Dan: no contact
    # yet; Finn: never asked for.
    "within cadence": (
        3 / (3 + 2),
        "within 3, longer ago 2",
        "Ada.md:16 Cleo.md:13 Eve.md:16 Fair.md:1 Hal.md:7",
    ),
    "not yet contacted": (1, "", "Dan.md:3"),
    # Bob 2 days, Cleo 1, Hal 1, two too few; Ada was connected the day before the window.
    "median to thank-you": (
        None,
        "thank-yous 3",
        "Bob.md:11 Bob.md:13 Cleo.md:11 Cleo.md:12 Hal.md:6 Hal.md:7",
    ),
    # Ada 5 and Cleo 4 of the 22 are for Talk; Help is achieved, so Bob's 5 are for nothing open.
    "contacts for open goals": (
        (5 + 4) / 22,
        f"for open goals {5 + 4}, others {22 - 5 - 4}",
        CONTACTS,
    ),
    "open goals without a contact": (1, "without 1, with 1", "Write.md:1"),
    # Bob, Cleo, Finn, Gus, Hal.
    "new people": (
        5 * 30 / 90,
        "people 5, contacts 22",
        "Bob.md:11 Cleo.md:11 Gus.md:9 Hal.md:6 Lunch.md:1",
    ),
    # Ada alone: Eve's first contact was on 24 May, the day before those 90 days.
    "new people before": (1 * 30 / 90, "people 1, contacts 5", "Ada.md:12"),
}
OF_DIMENSION = {
    "diversity": "industry, role/seniority, organisation, weak ties",
    "reciprocity": "given, received, asked, share given, people asked before giving",
    "maintenance": "within cadence, not yet contacted, median to thank-you",
    "focus": "contacts for open goals, open goals without a contact",
    "comfort": "new people, new people before",
}


def test_every_figure_counted_here_is_there_and_no_other(plan_of: PlanOf) -> None:
    found = evidence_of(plan_of(VAULT, TODAY))

    assert {one.name: ", ".join(each.name for each in one.figures) for one in found} == OF_DIMENSION
    assert list(FIGURES) == [figure.name for one in found for figure in one.figures]


@pytest.mark.parametrize("name", FIGURES)
def test_the_evidence_is_what_was_counted_on_paper(plan_of: PlanOf, name: str) -> None:
    dimensions = evidence_of(plan_of(VAULT, TODAY))
    value, counts, sources = FIGURES[name]

    figure = next(one for each in dimensions for one in each.figures if one.name == name)

    assert figure.value == (value if value is None else pytest.approx(value))
    assert ", ".join(f"{word} {number}" for word, number in figure.counts) == counts
    assert sorted(map(str, figure.sources)) == sources.split()
    assert list(figure.sources) == sorted(set(figure.sources))


GOALS = {
    # Coffee with Ada, lunch with Cleo; 1 October to 10 December are 70 days, 50 are gone.
    "Talk": (2, "behind", 6 * 50 / 70, (6 - 2) / (20 / 7), "Ada.md:15 Lunch.md:1"),
    # What Bob was sent, and the line of Cleo's that links the goal; today is the last day.
    "Help": (1 + 1, "achieved", 2 * 59 / 59, 0, "Bob.md:14 Cleo.md:13"),
    "Write": (1, "behind", 3 * 59 / 59, (3 - 1) / (1 / 7), "Post.md:5"),
}


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_stands_where_it_was_worked_out_on_paper(plan_of: PlanOf, name: str) -> None:
    goal = next(one for one in plan_of(VAULT, TODAY).goals if one.entry.name == name)
    actual, stand, expected, per_week, evidence = GOALS[name]

    assert goal.actual == actual
    assert goal.pace is not None
    assert goal.pace.stand.value == stand
    assert goal.pace.expected == pytest.approx(expected)
    assert goal.pace.per_week == pytest.approx(per_week)
    assert " ".join(map(str, goal.evidence)) == evidence


def test_the_day_after_the_plan_what_was_not_reached_is_missed(plan_of: PlanOf) -> None:
    goals = plan_of(VAULT, THE_DAY_AFTER).goals

    stands = {goal.entry.name: goal.pace.stand.value for goal in goals if goal.pace}
    assert stands == {"Talk": "behind", "Help": "achieved", "Write": "missed"}


OBJECTIVES = {
    # Measure: target (a period's, by the plan's 60 days), actual, evidence. New are Bob on the
    # first day, Hal, Finn; Cleo came a day too early.
    "new-people": (4 * 60 / 30, 3, "Bob.md:11 Hal.md:6 Lunch.md:1"),
    # Given on 21 September is too early, on 21 November too late.
    "value": (3 * 60 / 90, 3, "Bob.md:14 Eve.md:16 Cleo.md:13"),
    "events": (round(10 * 60 / 365, 2), 1, "Fair.md:1"),
    "opportunities": (1 * 60 / 60, 1, "Job.md:4"),
    "articles": (2 * 60 / 60, 1, "Post.md:5"),
}


@pytest.mark.parametrize("today", [TODAY, THE_DAY_AFTER])
@pytest.mark.parametrize("name", OBJECTIVES)
def test_an_objective_is_prorated_and_counted_as_on_paper(
    plan_of: PlanOf, name: str, today: str
) -> None:
    objectives = plan_of(VAULT, today).objectives
    target, actual, evidence = OBJECTIVES[name]

    one = next(one for one in objectives if one.objective.measure == name)

    assert one.target == pytest.approx(target)
    assert one.actual == actual
    assert " ".join(map(str, one.evidence)) == evidence
    assert one.pace.expected == pytest.approx(target * 59 / 59)
    short = "behind" if today == TODAY else "missed"
    assert one.pace.stand.value == ("achieved" if actual >= target else short)


def test_half_way_an_objective_expects_its_share_of_the_days_that_are_gone(plan_of: PlanOf) -> None:
    new_people, value, *_ = plan_of(VAULT, HALF_WAY).objectives

    assert (new_people.actual, value.actual) == (1, 2)  # Bob; what he and Eve were given
    assert new_people.pace.expected == pytest.approx(8 * 29 / 59)
    assert new_people.pace.per_week == pytest.approx((8 - 1) / (30 / 7))
    assert value.pace.expected == pytest.approx(2 * 29 / 59)


LEDGER = """
Ada: 1 0 1, in the plan 0 0 1
Bob: 1 0 1, in the plan 1 0 1
Cleo: 1 0 0, in the plan 1 0 0
Dan: 0 0 0, in the plan 0 0 0, open offer
Eve: 1 1 1, in the plan 1 0 1
Finn: 0 1 0, in the plan 0 1 0
Gus: 0 0 1, in the plan 0 0 1, asked first
"""


def test_the_ledger_is_what_was_counted_on_paper(plan_of: PlanOf) -> None:
    lines = [
        f"{one.person.name}: {one.given} {one.received} {one.asked}, in the plan "
        f"{one.cycle_given} {one.cycle_received} {one.cycle_asked}"
        + ", asked first" * one.asked_first
        + ", open offer" * one.open_offer
        for one in accounts_of(plan_of(VAULT, TODAY))
    ]

    assert lines == LEDGER.split("\n")[1:-1]
