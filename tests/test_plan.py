from collections.abc import Callable
from inspect import cleandoc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import declared
from vaultplan.plan import Plan
from vaultplan.plan.people import once_done
from vaultplan.plan.records import record_of

PlanOf = Callable[[str, str], Plan]
StepsOf = Callable[[Plan, str], str]
DAY = "2026-11-20"
PLAN = "--- Plan.md\n---\ntype: plan\nstart: 2026-10-05\n---\n"


def ada(properties: str, *log: str) -> str:
    front = properties.replace("; ", "\n")
    lines = "\n".join(f"- {line}" for line in log)
    return f"--- Ada.md\n---\ntype: contact\n{front}\n---\n## Log\n\n{lines}\n"


@pytest.mark.parametrize(
    ("properties", "tracked"),
    [
        ("cadence: 3 months", "cadence"),
        ("cadence: none", "cadence"),
        ("follow_up: 2026-12-01", "follow_up"),
        ("status: to-do", "status"),
        ("status: in-progress", "status"),
        ("key: true", "key"),
        ("key: false", ""),
        ("status: done", ""),
        ("status: paused", ""),
        ("cadence: often", ""),
        ("met: 2026-11-01; strength: strong; mentor: active; snooze: 2026-12-01", ""),
        ("email: ada@lovelace.example; birthday: 1815-12-10", ""),
    ],
)
def test_only_who_is_asked_for_is_tracked_and_nobody_else_is_ever_due(
    plan_of: PlanOf, properties: str, tracked: str
) -> None:
    plan = plan_of(ada(properties, "2025-11-18 coffee") + PLAN, DAY)

    assert plan.people["Ada.md"].tracked == tracked
    if not tracked:
        assert plan.people["Ada.md"].silent == ""
        assert (plan.todos, plan.ranked) == ((), ())
        assert {one.path for one in plan.appointments} == {"Plan.md"}


def test_a_checklist_block_tracks_too(plan_of: PlanOf) -> None:
    block = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"

    assert plan_of(ada("") + block, DAY).people["Ada.md"].tracked == "checklist"
    assert plan_of(ada("") + block.replace("checklist", "agenda"), DAY).todos == ()


@pytest.mark.parametrize(
    ("properties", "log", "steps"),
    [
        ("status: paused; key: true", "2026-11-18 coffee", ""),
        ("status: paused; follow_up: 2026-12-01", "2026-11-01 email", ""),
        ("cadence: none", "2026-11-18 coffee", ""),
        ("cadence: none; key: true", "2026-11-18 coffee", ""),
        ("cadence: none; follow_up: 2026-12-01", "2026-11-25 email", ""),
        (
            "cadence: none; follow_up: 2026-12-01",
            "2026-11-01 email",
            "reach-out done 2026-11-04\ncheck-in upcoming 2026-12-01",
        ),
        (
            "cadence: none; follow_up: 2026-12-01",
            "2026-11-20 note",
            "reach-out upcoming 2026-12-01",
        ),
    ],
)
def test_paused_and_no_cadence_silence_but_for_a_follow_up_by_hand(
    plan_of: PlanOf, steps_of: StepsOf, properties: str, log: str, steps: str
) -> None:
    plan = plan_of(ada(properties, log) + PLAN, "2026-11-26")

    assert steps_of(plan, "Ada") == steps
    assert bool(plan.people["Ada.md"].silent) is not bool(steps)


@pytest.mark.parametrize(
    ("properties", "log", "status"),
    [
        ("cadence: 1y", "", "to-do"),
        ("cadence: 1y", "2026-09-01 note", "to-do"),
        ("cadence: 1y", "2026-09-01 email", "done"),
        ("cadence: 1y", "2026-11-19 coffee", "in-progress"),
        ("cadence: 1y", "2026-11-19 coffee|2026-11-19 email", "in-progress"),
        ("cadence: 1y", "2026-11-19 coffee|2026-11-19 email|2026-11-20 gave", "done"),
        ("cadence: 1y", "2026-01-19 coffee", "done"),
        ("key: true", "2026-09-01 coffee", "to-do"),
        ("key: true", "2026-09-01 coffee|2026-10-05 email", "done"),
        ("key: true", "2026-11-05 coffee", "in-progress"),
        ("status: to-do", "2026-09-01 email", "to-do"),
        ("status: in-progress", "", "in-progress"),
        ("status: done; key: true", "2026-11-19 coffee", "done"),
        ("status: paused", "2026-11-19 coffee", "paused"),
        ("status: Done", "", "done"),
        ("", "", "to-do"),
        ("", "2026-11-19 coffee", "done"),
        ("snooze: 2026-12-24; cadence: 1y", "2026-11-10 coffee", "in-progress"),
    ],
)
def test_a_status_follows_from_what_happened_unless_set_by_hand(
    plan_of: PlanOf, properties: str, log: str, status: str
) -> None:
    assert plan_of(ada(properties, *log.split("|")) + PLAN, DAY).people["Ada.md"].status == status


def test_a_second_feed_does_not_count_what_is_overdue_again(plan_of: PlanOf) -> None:
    plan = plan_of(ada("key: true", "2026-11-18 coffee"), DAY)
    overdue = {one for one in plan.appointments if one.category == "overdue"}

    assert [one.title for one in overdue] == ["1 follow-up overdue"]
    assert set(plan.lasting) == set(plan.appointments) - overdue


def test_what_was_given_received_and_asked_is_counted(plan_of: PlanOf) -> None:
    log = ["gave", "shared", "intro", "received", "feedback", "asked", "note", "gave"]
    person = plan_of(
        ada("", *(f"2026-11-0{day} {kind}" for day, kind in enumerate(log, 1))), DAY
    ).people["Ada.md"]

    assert (person.given, person.received, person.asked) == (4, 2, 1)


def test_the_next_step_is_the_open_one_due_first_and_once_steps_are_told_apart(
    plan_of: PlanOf,
) -> None:
    vault = ada("cadence: 2 months; key: true", "2026-11-18 coffee", "2026-11-18 email") + PLAN
    person = plan_of(vault, DAY).people["Ada.md"]

    assert person.next is not None
    assert person.next.step.name == "share"
    assert once_done(person) == (2, 3)


def test_every_step_says_why(plan_of: PlanOf) -> None:
    plan_note = PLAN.replace("start", "reach_out_days: 20\nstart")
    vault = ada("snooze: 2026-11-30; cadence: 2 months", "2026-11-18 coffee") + plan_note
    lines = [
        f"{todo.step.name}: "
        + "; ".join(
            f"{reason.rule} = {reason.value}" + (f" ({reason.source})" if reason.source else "")
            for reason in todo.step.why
        )
        for todo in plan_of(vault, DAY).todos
    ]

    assert "\n".join(lines) == cleandoc("""
        reach-out: plan start = 2026-10-05 (Plan.md:4); reach-out after = 20 days (Plan.md:3)
        thank: connection = coffee on 2026-11-18 (Ada.md:8); thank after = 1 day; SNOOZE
        share: connection = coffee on 2026-11-18 (Ada.md:8); share after = 1 week; SNOOZE
        check-in: last contact = coffee on 2026-11-18 (Ada.md:8); cadence = 2 months (Ada.md:4)
    """).replace("SNOOZE", "snooze = 2026-11-30 (Ada.md:3)")


MEETUP = """
--- Meetup.md
---
type: event
start: 2026-12-03T18:00
status: STATUS
people: [[Ada]]
---
"""


def test_a_planned_event_projects_the_steps_of_who_is_not_yet_connected(
    plan_of: PlanOf, steps_of: StepsOf
) -> None:
    vault = ada("cadence: 1 month", "2026-11-20 email") + MEETUP.replace("STATUS", "planned")

    assert steps_of(plan_of(vault, DAY), "Ada") == cleandoc("""
        reach-out done -
        thank upcoming 2026-12-04 provisional
        share upcoming 2026-12-10 provisional
        check-in upcoming 2026-12-20
    """)


@pytest.mark.parametrize(
    ("properties", "status", "log", "today"),
    [
        ("cadence: 1 month", "planned", "2026-11-10 coffee", DAY),
        ("cadence: 1 month", "skipped", "", DAY),
        ("", "planned", "", DAY),
        ("cadence: 1 month", "planned", "", "2027-01-03"),
    ],
)
def test_nothing_is_projected_for_the_connected_the_untracked_or_long_after(
    plan_of: PlanOf, properties: str, status: str, log: str, today: str
) -> None:
    plan = plan_of(ada(properties, log) + MEETUP.replace("STATUS", status), today)

    assert not any(todo.step.provisional for todo in plan.todos)


def test_projected_steps_stay_until_thirty_days_after_the_event(
    plan_of: PlanOf, steps_of: StepsOf
) -> None:
    vault = ada("cadence: 1 month") + MEETUP.replace("STATUS", "planned")

    assert "thank overdue 2026-12-04 provisional" in steps_of(plan_of(vault, "2027-01-02"), "Ada")
    assert steps_of(plan_of(vault, "2027-01-03"), "Ada") == "reach-out undated -"


@pytest.mark.parametrize(
    "happened",
    [
        MEETUP.replace("STATUS", "attended"),
        "--- 2026-12-03.md\n- met: [[Ada]]\n",
        MEETUP.replace("STATUS", "planned") + "--- 2026-12-03.md\n- coffee: [[Ada]]\n",
    ],
)
def test_the_projected_steps_have_the_keys_that_the_real_ones_get(
    plan_of: PlanOf, happened: str
) -> None:
    before = plan_of(ada("key: true") + MEETUP.replace("STATUS", ""), DAY)
    after = plan_of(ada("key: true") + happened, "2026-12-04")
    keys = [
        {todo.step.name: todo.key for todo in plan.todos if todo.step.rule.since == "connection"}
        for plan in (before, after)
    ]

    assert keys[0] == keys[1]
    assert set(keys[0]) == {"thank", "share"}
    assert not any(todo.step.provisional for todo in after.todos)


def test_the_earliest_of_several_planned_events_projects(
    plan_of: PlanOf, steps_of: StepsOf
) -> None:
    sooner = MEETUP.replace("Meetup.md", "Z.md").replace("2026-12-03", "2026-11-25")
    vault = ada("key: true") + MEETUP.replace("STATUS", "") + sooner.replace("STATUS", "")

    assert "thank upcoming 2026-11-26 provisional" in steps_of(plan_of(vault, DAY), "Ada")


def test_the_key_of_a_step_names_vault_contact_step_and_day(plan_of: PlanOf) -> None:
    def keys(vault: str) -> set[str]:
        return {todo.key for todo in plan_of(vault, DAY).todos}

    one = ada("key: true; id: a", "2026-11-18 coffee")
    settings = '--- vaultplan.toml\nvault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"\n'

    assert len(keys(one)) == 4
    assert keys(one) == keys(one.replace("Ada.md", "Lovelace.md"))
    assert keys(one.replace("id: a", "")) != keys(
        one.replace("id: a", "").replace("Ada.md", "Lovelace.md")
    )
    assert not keys(one) & keys(one + settings)
    assert len(keys(one) & keys(one.replace("11-18", "11-17"))) == 1


OBJECTIVES = """
--- Plan.md
---
type: plan
start: 2026-10-05
days: DAYS
objectives:
  - {measure: people, target: 4, per: month}
  - {measure: people, target: 4, per: quarter}
  - {measure: people, target: 73, per: year}
  - {measure: people, target: 4, per: plan}
  - {measure: people, target: 4}
---
"""


@pytest.mark.parametrize(
    ("days", "targets"),
    [
        ("90", [12, 4, 18, 4, 4]),
        ("", [12, 4, 18, 4, 4]),
        ("30", [4, 1.33, 6, 4, 4]),
        ("365", [48.67, 16.22, 73, 4, 4]),
    ],
)
def test_an_objective_is_prorated_to_the_days_of_the_plan(
    plan_of: PlanOf, days: str, targets: list[float]
) -> None:
    plan = plan_of(OBJECTIVES.replace("DAYS", days), DAY)

    assert [one.target for one in plan.objectives] == targets


def test_a_goal_runs_with_its_plan_unless_it_has_days_of_its_own(plan_of: PlanOf) -> None:
    goal = "--- Goal.md\n---\ntype: goal\nmeasure: people\ntarget: 2\n{}\n---\n"
    old = "--- Old.md\n---\ntype: plan\nstart: 2026-01-01\ndays: 10\n---\n"

    def days(front: str) -> str:
        (found,) = plan_of(goal.format(front) + PLAN + old, DAY).goals
        return f"{found.start} {found.due} {found.pace.stand if found.pace else ''}"

    assert days("") == "2026-10-05 2027-01-02 behind"
    assert days("plan: '[[Old]]'") == "2026-01-01 2026-01-10 missed"
    assert days("due: 2026-11-30") == "2026-10-05 2026-11-30 behind"
    assert days("start: 2026-11-21") == "2026-11-21 2027-01-02 not started"
    assert days("actual: 2") == "2026-10-05 2027-01-02 achieved"


@pytest.mark.parametrize(
    ("today", "current"),
    [
        ("2026-01-01", "A.md"),
        ("2026-02-01", "A.md"),
        ("2026-03-05", "B.md"),
        ("2026-05-01", "A.md"),
        ("2026-12-31", "A.md"),
    ],
)
def test_the_current_plan_is_the_one_running_else_the_last_else_the_next(
    plan_of: PlanOf, today: str, current: str
) -> None:
    fronts = {"A": "start: 2026-02-01\ndays: 365", "B": "start: 2026-03-01\ndays: 30", "C": ""}
    vault = "".join(f"--- {name}.md\n---\ntype: plan\n{fronts[name]}\n---\n" for name in fronts)
    plan = plan_of(vault, today)

    assert plan.cycle is not None
    assert plan.cycle.path == current


# fmt: off
WORDS = (
    "2026-11-20", "2026-11-18", "0001-01-01", "9999-12-31", "none", "90d", "99 years", "true", "5",
    "-1", ".nan", "weak", "paused", "planned", "attended", "people", "[[Ada]]", '"[[B]]"',
    "[a, [b, [c]]]", "{a: {b: c}}", "[{measure: people, target: 5, per: month}]",
)
# fmt: on
FIELDS = sorted({one.name for kind in KINDS for one in declared(kind.record)} | {"id", "tags"})
LINES = st.builds(
    "- {} {} {}".format,
    st.sampled_from(["2026-11-20", "2026-11-18", "0001-01-01", "9999-12-31", "2026-02-30"]),
    st.sampled_from(["coffee", "email:", "note", "gave: x [[Goal]]", "", "[[Ada]]", "x:"]),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=5),
)
NOTES = st.builds(
    "---\ntype: {}\n{}\n---\n## Log\n{}\n".format,
    st.sampled_from([*(kind.name for kind in KINDS), "daily"]),
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(WORDS), max_size=8).map(
        lambda front: "\n".join(f"{key}: {value}" for key, value in front.items())
    ),
    st.lists(LINES, max_size=4).map("\n".join),
)
PATHS = ["Ada.md", "B.md", "Goal.md", "2026-11-18.md", "Sub/Ada.md"]
VAULTS = st.dictionaries(st.sampled_from(PATHS), NOTES, min_size=1)
DAYS = st.sampled_from(["2026-11-20", "2027-03-01", "0001-01-01", "9999-12-31"])


def told(plan: Plan) -> tuple[object, ...]:
    records = [record_of(entry, plan) for entry in plan.vault.entries.values()]
    steps, said = (plan.todos, plan.ranked), (plan.appointments, plan.problems)
    return records, plan.vault.touches, steps, plan.objectives, said


@settings(max_examples=300, deadline=None)
@given(VAULTS, DAYS, st.permutations(PATHS))
def test_any_values_make_a_plan_and_the_order_of_notes_makes_no_difference(
    plan_of: PlanOf, notes: dict[str, str], today: str, order: list[str]
) -> None:
    one, other = (
        plan_of("".join(f"--- {path}\n{notes[path]}" for path in paths), today)
        for paths in (notes, sorted(notes, key=order.index))
    )

    assert told(one) == told(other)
    assert all(todo.step.due is None or todo.step.why for todo in one.todos)


def test_a_plan_runs_ninety_days_with_a_checkpoint_every_two_weeks(plan_of: PlanOf) -> None:
    def told(more: str) -> str:
        cycle = plan_of(PLAN.replace("start:", f"{more}\nstart:"), DAY).cycle
        assert cycle is not None
        return " ".join(map(str, (cycle.end, cycle.key_contacts, *cycle.checkpoints)))

    assert told("days: 29") == "2026-11-02 10 2026-10-19"
    assert told("days: 30") == "2026-11-03 10 2026-10-19 2026-11-02"
    assert told("checkpoint_every: none\nkey_contacts: 3") == "2027-01-02 3"
    assert told("checkpoint_every: 1 month") == "2027-01-02 10 2026-11-05 2026-12-05"


def test_a_plan_of_many_checkpoints_is_made_in_no_time(plan_of: PlanOf) -> None:
    plan = plan_of(PLAN.replace("start:", "days: 9999\ncheckpoint_every: 1d\nstart:"), DAY)

    assert plan.cycle is not None
    assert len(plan.cycle.checkpoints) == 9997
