from collections.abc import Callable
from inspect import cleandoc

import pytest

from vaultplan.plan import Plan

PlanOf = Callable[[str, str], Plan]
DAY = "2026-11-20"


def touches(plan: Plan) -> str:
    """Every touch on a line: day, kind, person, and the lines that tell of it."""
    return "\n".join(
        " ".join(
            (
                str(touch.day),
                touch.kind or "-",
                touch.person.removesuffix(".md") or "nobody",
                ", ".join(str(source).replace(".md:", ":") for source in touch.sources),
            )
        )
        for touch in plan.vault.touches
    )


def problems(plan: Plan) -> str:
    return "\n".join(
        f"{one.path}:{one.line} {one.severity} {one.rule}" for one in sorted(plan.problems)
    )


ADA = """
--- Ada.md
---
type: contact
---
## Log
- 2026-11-18 coffee: at the canal
- 2026-11-19 thank-you
"""


def test_the_log_of_a_contact_tells_of_touches(plan_of: PlanOf) -> None:
    assert touches(plan_of(ADA, DAY)) == cleandoc("""
        2026-11-18 coffee Ada Ada:5
        2026-11-19 thank-you Ada Ada:6
    """)


def test_one_touch_is_person_day_and_kind_however_many_notes_tell_it(plan_of: PlanOf) -> None:
    plan = plan_of(
        ADA
        + """
--- 2026-11-18.md
- coffee: with [[Ada]] and [[Bob]]
- coffee: [[Ada]] again
- call: [[Ada]]
--- Bob.md
---
type: contact
---
--- Meeting.md
---
type: interaction
date: 2026-11-18
kind: coffee
people: ["[[Ada]]", "[[Ada]]"]
---
""",
        DAY,
    )

    assert touches(plan) == cleandoc("""
        2026-11-18 call Ada 2026-11-18:3
        2026-11-18 coffee Ada Ada:5, 2026-11-18:1, 2026-11-18:2, Meeting:1
        2026-11-18 coffee Bob 2026-11-18:1
        2026-11-19 thank-you Ada Ada:6
    """)
    assert plan.vault.touches[1].text == "at the canal"


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("type: interaction", "meeting"),
        ("type: meeting", "meeting"),
        ("type: call", "call"),
        ("type: 1-1", "meeting"),
        ("tags: [call]", "call"),
        ("categories: [Meetings]", "meeting"),
        ("type: meeting\nkind: Interview", "interview"),
        ("type: meeting\nkind: brunch", "meeting"),
    ],
)
def test_an_interaction_note_is_one_touch_with_each_of_its_people(
    plan_of: PlanOf, front: str, kind: str
) -> None:
    vault = (
        f"--- M.md\n---\n{front}\ndate: 2026-11-18T09:30\nattendees:\n"
        '  - "[[Ada]]"\n  - "[[Bob|Bobby]]"\n  - Eve\n  - "[[M]]"\n---\n'
        "--- Ada.md\n---\ntype: person\n---\n--- Bob.md\n---\ntype: person\n---\n"
    )

    assert touches(plan_of(vault, DAY)) == f"2026-11-18 {kind} Ada M:1\n2026-11-18 {kind} Bob M:1"


def test_the_file_name_tells_the_day_of_an_interaction_without_one(plan_of: PlanOf) -> None:
    vault = (
        "--- 2026-11-18 Lunch.md\n---\ntype: meeting\n---\n--- Lunch.md\n---\ntype: meeting\n---\n"
    )

    assert touches(plan_of(vault, DAY)) == "2026-11-18 meeting nobody 2026-11-18 Lunch:1"


def test_a_note_with_a_day_and_people_but_no_type_counts_only_if_the_settings_say_so(
    plan_of: PlanOf,
) -> None:
    vault = """
--- Meetings/M.md
---
date: 2026-11-18
people: "[[Ada]]"
---
--- Ada.md
---
type: person
---
"""
    settings = '--- vaultplan.toml\n[kinds.interaction]\nfolders = ["Meetings/"]\n'

    assert touches(plan_of(vault, DAY)) == ""
    assert touches(plan_of(vault + settings, DAY)) == "2026-11-18 meeting Ada Meetings/M:1"


EVENT = """
--- Dinner.md
---
type: event
start: 2026-11-18T19:00+01:00
status: STATUS
people: [[Ada]]
---
--- Ada.md
---
type: person
---
--- Bob.md
---
type: person
met_at: "[[Dinner]]"
---
"""


def test_an_event_is_a_touch_with_its_people_once_attended(plan_of: PlanOf) -> None:
    assert touches(plan_of(EVENT.replace("STATUS", "attended"), DAY)) == cleandoc("""
        2026-11-18 event Ada Dinner:1
        2026-11-18 event Bob Bob:3
    """)


@pytest.mark.parametrize("status", ["planned", "skipped", "", "cancelled"])
def test_an_event_not_attended_is_none(plan_of: PlanOf, status: str) -> None:
    assert touches(plan_of(EVENT.replace("STATUS", status), DAY)) == ""


DAILY = """
--- Daily/2026-11-18.md
- coffee: with [[Ada]], and [[Nobody]] came to [[Dinner]]
- 14:30 call: [[Bob]]
- [x] email: [[Bob]]
- [ ] message: [[Bob]]
- saw [[Bob]] in the street
- coffee: alone
> - coffee: [[Bob]]
--- Ada.md
---
type: person
---
--- Bob.md
---
type: person
aliases: [Bobby]
---
--- Dinner.md
---
type: event
---
"""


def test_items_of_a_daily_note_that_begin_with_a_kind_count(plan_of: PlanOf) -> None:
    assert touches(plan_of(DAILY, DAY)) == cleandoc("""
        2026-11-18 coffee Ada Daily/2026-11-18:1
        2026-11-18 call Bob Daily/2026-11-18:2
        2026-11-18 email Bob Daily/2026-11-18:3
    """)


def test_with_mentions_any_item_that_links_someone_counts(plan_of: PlanOf) -> None:
    settings = "--- vaultplan.toml\n[daily_notes]\nmentions = true\n"

    assert "2026-11-18 - Bob Daily/2026-11-18:5" in touches(plan_of(DAILY + settings, DAY))


@pytest.mark.parametrize(
    ("settings", "count"),
    [
        ("enabled = false", 0),
        ('folder = "Journal"', 0),
        ('folder = "Daily"', 3),
        ('format = "DD.MM.YYYY"', 0),
    ],
)
def test_the_settings_say_where_daily_notes_are(plan_of: PlanOf, settings: str, count: int) -> None:
    plan = plan_of(f"{DAILY}--- vaultplan.toml\n[daily_notes]\n{settings}\n", DAY)

    assert len(plan.vault.touches) == count


def test_else_obsidian_says_where_they_are(plan_of: PlanOf) -> None:
    obsidian = '--- .obsidian/daily-notes.json\n{"folder": "Daily", "format": "DD.MM.YYYY"}\n'
    vault = DAILY.replace("2026-11-18.md", "18.11.2026.md")

    assert len(plan_of(vault, DAY).vault.touches) == 0
    assert len(plan_of(vault + obsidian, DAY).vault.touches) == 3


@pytest.mark.parametrize(
    ("front", "log", "expected"),
    [
        ("met: 2026-11-01", "", "2026-11-01 met Ada Ada:3"),
        ("met: 2026-11-01", "2026-11-01 coffee", "2026-11-01 coffee Ada Ada:6"),
        (
            "met: 2026-11-01",
            "2026-11-01 email",
            "2026-11-01 met Ada Ada:3|2026-11-01 email Ada Ada:6",
        ),
        ("last_contact: 2026-11-01", "", "2026-11-01 - Ada Ada:3"),
        ("last_contact: 2026-11-01", "2026-11-01 email", "2026-11-01 email Ada Ada:6"),
        (
            "last_contact: 2026-11-01",
            "2026-11-01 note",
            "2026-11-01 - Ada Ada:3|2026-11-01 note Ada Ada:6",
        ),
        ("met: 2026-11-20", "", "2026-11-20 met Ada Ada:3"),
        ("met: 2026-11-21", "", ""),
        ("last_contact: 2026-11-20", "", "2026-11-20 - Ada Ada:3"),
        ("last_contact: 2026-11-21", "", ""),
    ],
)
def test_what_properties_say_counts_where_no_line_of_that_day_says_it_better(
    plan_of: PlanOf, front: str, log: str, expected: str
) -> None:
    vault = f"--- Ada.md\n---\ntype: person\n{front}\n---\n## Log\n- {log}\n"

    assert touches(plan_of(vault, DAY)) == expected.replace("|", "\n")


def test_a_day_to_come_is_a_problem_and_no_contact(plan_of: PlanOf) -> None:
    plan = plan_of(
        """
--- Ada.md
---
type: person
met: 2026-11-22
last_contact: 2026-11-23
---
## Log
- 2026-11-21 coffee
- 2026-11-20 email
--- Call.md
---
type: call
date: 2026-11-24
people: "[[Ada]]"
---
--- 2026-11-25.md
- call: [[Ada]]
""",
        DAY,
    )

    assert touches(plan) == "2026-11-20 email Ada Ada:8"
    assert problems(plan) == cleandoc("""
        2026-11-25.md:1 warning future-date
        Ada.md:3 warning future-date
        Ada.md:4 warning future-date
        Ada.md:7 warning future-date
        Call.md:1 hint future-date
    """)
    assert [(one.message, one.fix) for one in sorted(plan.problems) if one.line in (1, 7)] == [
        (f"2026-11-{day} is still to come, so it does not count yet", fix)
        for day, fix in ((25, "correct the date"), (21, "correct the date"), (24, ""))
    ]


def test_of_two_notes_with_one_id_the_first_path_keeps_it(plan_of: PlanOf) -> None:
    plan = plan_of(
        "--- b.md\n---\ntype: person\nid: 7\n---\n--- a.md\n---\nid: 7\ntype: person\n---\n", DAY
    )

    assert [entry.key for entry in plan.vault.entries.values()] == ["7", "b.md"]
    assert [f"{one.path}:{one.line} {one.rule} {one.message}" for one in plan.problems] == [
        "b.md:3 duplicate-id the id “7” is also the id of a.md"
    ]


def test_a_link_by_an_alias_counts_and_is_flagged(plan_of: PlanOf) -> None:
    plan = plan_of(
        """
--- People/Robert.md
---
type: person
aliases: [Bobby, Rob]
introduced_by: "[[Ada]]"
---
--- Ada.md
---
type: person
aliases: Rob
---
--- M.md
---
type: meeting
date: 2026-11-18
people:
  - "[[Bobby]]"
  - "[[Rob]]"
---
""",
        DAY,
    )

    assert touches(plan) == "2026-11-18 meeting People/Robert M:1"
    assert [(f"{one.path}:{one.line}", one.rule, one.fix) for one in plan.problems] == [
        ("M.md:4", "alias-link", "write [[Robert|Bobby]]")
    ]


def test_a_link_between_our_notes_that_leads_nowhere_is_a_problem(plan_of: PlanOf) -> None:
    plan = plan_of(
        """
--- Ada.md
---
type: person
goals:
  - "[[Gone]]"
introduced_by: "[[Someone without a note]]"
met_at: at a party
---
--- Goal.md
---
type: goal
career_goal: Gone too
---
""",
        DAY,
    )

    assert problems(plan) == "Ada.md:3 warning lost-link\nGoal.md:3 warning lost-link"


def test_two_people_of_one_name_are_told_apart_by_their_path(plan_of: PlanOf) -> None:
    plan = plan_of(
        """
--- Acme/Sam.md
---
type: person
---
--- Nord/Sam.md
---
type: person
---
--- Nord/2026-11-18.md
- call: [[Sam]]
- email: [[Acme/Sam|Sam]]
""",
        DAY,
    )

    assert touches(plan) == cleandoc("""
        2026-11-18 email Acme/Sam Nord/2026-11-18:2
        2026-11-18 call Nord/Sam Nord/2026-11-18:1
    """)


def test_activities_of_a_plan_are_touches_with_nobody(plan_of: PlanOf) -> None:
    plan = plan_of(
        "--- P.md\n---\ntype: plan\n---\n## Log\n- 2026-11-01 post: on [[Ada]]\n"
        "--- Ada.md\n---\ntype: person\n---\n",
        DAY,
    )

    assert touches(plan) == "2026-11-01 post nobody P:5"


def test_two_activities_of_one_day_are_two(plan_of: PlanOf) -> None:
    plan = plan_of(
        """
        --- Plan.md
        ---
        type: plan
        start: 2026-11-01
        objectives: [{measure: "kind:training", target: 2, per: plan}]
        ---
        ## Log
        - 2026-11-10 training: one
        - 2026-11-10 training: two
        """,
        "2026-11-20",
    )

    assert [one.actual for one in plan.objectives] == [2]
