"""Advice: where each lint speaks, and where it keeps silent."""

from collections.abc import Callable
from pathlib import Path

import pytest

from vaultplan.plan import Plan
from vaultplan.plan.lints import LINTS, lints_of

PlanOf = Callable[[str, str], Plan]
PROJECT = Path(__file__).parent.parent
SAMPLE = PROJECT / "sample-vault"
DAY = "2026-11-20"


def note(path: str, properties: str, *log: str) -> str:
    """A note; its first property stands on line 2, its first log line three below the `---`."""
    front = properties.replace("; ", "\n")
    lines = "".join(f"- {line}\n" for line in log)
    return f"--- {path}.md\n---\n{front}\n---\n## Log\n\n{lines}"


def plan(properties: str = "", path: str = "Plan") -> str:
    """A plan of ninety days from the fifth of October, with checkpoints every two weeks."""
    return note(path, f"type: plan; start: 2026-10-05; key_contacts: 0; {properties}")


def ada(properties: str, *log: str, path: str = "Ada") -> str:
    return note(path, f"type: contact; {properties}", *log)


def goal(properties: str, path: str = "Goal") -> str:
    return note(path, f"type: goal; {properties}")


SMART = (
    "specific: Five talks; measure: interviews; target: 5; achievable: yes; relevant: yes; "
    "due: 2026-12-18"
)
OLD = note("Old", "type: plan; start: 2026-01-05; days: 90")
AFTER = note("Plan", "type: plan; start: 2026-10-05; key_contacts: 0; previous: '[[Old]]'")
FINAL = note("End", "type: review; plan: '[[Old]]'; date: 2026-04-06")
STRONG = [ada("cadence: 1 month; strength: strong", path=f"P{number}") for number in range(5)]
KEY = "key: true; purpose: Advice; offer: Time"


def places(plan: Plan, rule: str) -> list[str]:
    return [f"{one.path}:{one.line}" for one in lints_of(plan) if one.rule == rule]


FIRES: tuple[tuple[str, str, str], ...] = (
    ("goal-not-specific", goal("specific:; target: 5"), "Goal.md:3"),
    ("goal-not-specific", goal("target: 5"), "Goal.md:1"),
    ("goal-without-number", goal("measure: interviews"), "Goal.md:3"),
    ("goal-without-number", goal("kind: skill; target: 5"), "Goal.md:4"),
    ("goal-without-number", plan() + goal("plan: '[[Plan]]'; target: 5"), "Goal.md:4"),
    ("goal-not-achievable", goal("achievable: ''"), "Goal.md:3"),
    ("goal-not-relevant", goal("target: 5; relevant:"), "Goal.md:4"),
    ("goal-without-date", goal("specific: Five talks"), "Goal.md:1"),
    (
        "goal-without-date",
        goal("plan: '[[Plan]]'") + note("Plan", "type: plan; days: 30"),
        "Goal.md:3",
    ),
    ("goal-without-contact", goal(SMART), "Goal.md:1"),
    (
        "goal-past-due",
        goal("start: 2026-10-05; measure: people; target: 1; due: 2026-11-19"),
        "Goal.md:6",
    ),
    (
        "goal-past-due",
        OLD + goal("plan: '[[Old]]'; measure: people; target: 1"),
        "Goal.md:1",
    ),
    (
        "goal-past-due",
        OLD + plan() + goal("plan: '[[Old]]'; measure: people; target: 1; due: 2026-03-01"),
        "Goal.md:6",
    ),
    ("milestone-without-day", note("Job", "type: opportunity; stage: applied"), "Job.md:3"),
    ("milestone-without-day", note("Job", "type: opportunity; stage: won; date:"), "Job.md:4"),
    (
        "milestone-without-day",
        note("Essay", "type: brand; kind: article; status: published"),
        "Essay.md:4",
    ),
    ("key-without-goal", ada("offer: Time; key: true"), "Ada.md:4"),
    (
        "key-without-goal",
        ada("key: true; goals: '[[Goal]]'")
        + goal("target: 1; actual: 1; due: 2026-12-18")
        + plan(),
        "Ada.md:4",
    ),
    ("key-without-offer", ada("purpose: Advice; key: true"), "Ada.md:4"),
    ("key-without-offer", ada("key: true; offer:"), "Ada.md:4"),
    ("too-few-key-contacts", note("Plan", "type: plan; start: 2026-10-05"), "Plan.md:3"),
    (
        "too-few-key-contacts",
        note("Plan", "type: plan; start: 2026-10-05; key_contacts: 2") + ada(KEY),
        "Plan.md:4",
    ),
    ("all-ties-strong", "".join(STRONG), "P0.md:4"),
    ("asked-first", plan() + ada("role: x", "2026-10-05 asked: a favour"), "Ada.md:7"),
    (
        "asked-first",
        ada("role: x", "2026-11-01 asked: a second", "2026-08-23 asked: a first"),
        "Ada.md:8",
    ),
    (
        "asked-first",
        ada("role: x") + "--- Daily/2026-11-01.md\n- asked: [[Ada]] for a word\n"
        '--- .obsidian/daily-notes.json\n{"folder": "Daily"}\n',
        "Daily/2026-11-01.md:1",
    ),
    ("offer-not-delivered", ada("cadence: 1 month; offer: Time", "2026-11-06 coffee"), "Ada.md:4"),
    ("offer-not-delivered", plan() + ada("key: true; offer: Time"), "Ada.md:4"),
    (
        "offer-not-delivered",
        plan() + ada("key: true; offer: Time", "2026-01-01 gave: a book", "2026-01-02 coffee"),
        "Ada.md:4",
    ),
    ("no-feedback", plan() + ada("key: true", "2026-10-21 coffee"), "Ada.md:3"),
    (
        "no-feedback",
        plan() + ada("mentor: active", "2026-10-04 feedback", "2026-10-21 coffee"),
        "Ada.md:3",
    ),
    ("no-assessment", plan(), "Plan.md:3"),
    ("no-assessment", plan() + note("Rated", "type: assessment; date: 2026-09-04"), "Plan.md:3"),
    ("checkpoint-without-review", plan(), "Plan.md:3"),
    (
        "checkpoint-without-review",
        plan("checkpoint_every: 2 weeks")
        + note("Look", "type: review; plan: '[[Plan]]'; date: 2026-11-15"),
        "Plan.md:5",
    ),
    ("plan-without-start", note("Plan", "type: plan; days: 30"), "Plan.md:1"),
    ("plans-overlap", plan() + note("Next", "type: plan; start: 2026-12-01"), "Next.md:3"),
    ("plan-without-review", OLD, "Old.md:3"),
    ("plan-without-review", OLD + AFTER, "Old.md:3"),
    (
        "plan-without-review",
        OLD + note("Look", "type: review; plan: '[[Old]]'; date: 2026-04-01"),
        "Old.md:3",
    ),
)

SILENT: tuple[tuple[str, str], ...] = (
    ("goal-not-specific", goal(SMART)),
    ("goal-not-specific", plan() + goal("target: 1; actual: 1")),
    ("goal-not-specific", OLD + plan() + goal("plan: '[[Old]]'")),
    ("goal-without-number", goal(SMART)),
    ("goal-without-number", goal("target: 5; actual: 0")),
    ("goal-not-achievable", goal(SMART)),
    ("goal-not-relevant", goal(SMART)),
    ("goal-not-relevant", goal("career_goal: '[[Lead]]'")),
    ("goal-without-date", goal("due: 2026-12-18")),
    ("goal-without-date", plan() + goal("plan: '[[Plan]]'")),
    ("goal-without-date", plan() + goal("specific: Five talks")),
    ("goal-without-contact", goal(SMART) + ada("goals: '[[Goal]]'")),
    ("goal-without-contact", goal(SMART) + ada("role: x", "2026-11-01 coffee: [[Goal]]")),
    ("goal-past-due", goal("start: 2026-10-05; measure: people; target: 1; due: 2026-11-20")),
    ("goal-past-due", goal("start: 2026-10-05; target: 1; actual: 1; due: 2026-11-01")),
    ("goal-past-due", OLD + AFTER + goal("plan: '[[Old]]'; measure: people; target: 1")),
    ("milestone-without-day", note("Job", "type: opportunity; date: 2026-11-01")),
    ("milestone-without-day", note("Job", "type: opportunity", "2026-11-01 call")),
    ("milestone-without-day", note("Essay", "type: brand; kind: article; status: draft")),
    ("key-without-goal", ada("key: true; purpose: Advice")),
    ("key-without-goal", ada("key: true; goals: '[[Goal]]'") + goal(SMART)),
    ("key-without-goal", ada("cadence: 1 month")),
    ("key-without-goal", ada("key: true; status: paused")),
    ("key-without-offer", ada("key: true; offer: Time")),
    ("key-without-offer", ada("cadence: 1 month")),
    ("key-without-offer", ada("key: true; status: paused")),
    ("too-few-key-contacts", plan("key_contacts: 1") + ada(KEY)),
    ("too-few-key-contacts", ada("cadence: 1 month")),
    ("too-few-key-contacts", OLD),
    ("all-ties-strong", "".join(STRONG[1:])),
    ("all-ties-strong", "".join(STRONG) + ada("cadence: 1 month; strength: weak")),
    ("asked-first", ada("role: x", "2026-11-01 asked: a favour", "2026-11-19 gave: a book")),
    ("asked-first", ada("role: x", "2026-11-01 asked: a favour", "2020-01-01 intro")),
    ("asked-first", ada("role: x", "2026-08-21 asked: a favour")),
    ("asked-first", plan() + ada("role: x", "2026-10-04 asked: a favour")),
    ("offer-not-delivered", ada("cadence: 1 month; offer: Time", "2026-11-07 coffee")),
    (
        "offer-not-delivered",
        plan() + ada("key: true; offer: Time", "2026-01-02 coffee", "2026-10-04 gave: a book"),
    ),
    ("offer-not-delivered", ada("offer: Time", "2026-10-07 coffee")),
    ("offer-not-delivered", ada("cadence: 1 month; offer: Time")),
    ("offer-not-delivered", ada("key: true", "2026-10-07 coffee")),
    ("offer-not-delivered", plan() + ada("key: true; offer: Time; snooze: 2026-11-21")),
    (
        "offer-not-delivered",
        ada("cadence: 1 month; offer: Time", "2026-10-07 coffee", "2026-10-07 shared: a talk"),
    ),
    ("no-feedback", plan() + ada("key: true", "2026-10-06 call", "2026-10-05 feedback")),
    ("no-feedback", plan() + ada("key: true", "2026-10-06 email")),
    ("no-feedback", plan() + ada("mentor: potential", "2026-10-06 call")),
    ("no-feedback", plan("checkpoint_every: none") + ada("key: true", "2026-10-06 call")),
    ("no-feedback", ada("key: true", "2026-10-06 call")),
    ("no-feedback", plan() + ada("key: true; cadence: none", "2026-10-06 call")),
    ("no-assessment", plan() + note("Rated", "type: assessment; date: 2026-09-05")),
    ("no-assessment", note("Plan", "type: plan; start: 2026-12-21")),
    ("no-assessment", OLD),
    (
        "checkpoint-without-review",
        plan() + note("Look", "type: review; plan: '[[Plan]]'; date: 2026-11-16"),
    ),
    ("checkpoint-without-review", plan("checkpoint_every: none")),
    ("checkpoint-without-review", OLD),
    ("plan-without-start", plan()),
    ("plans-overlap", plan() + note("Next", "type: plan; start: 2027-01-03")),
    ("plan-without-review", plan()),
    ("plan-without-review", OLD + AFTER + FINAL),
    ("plan-without-review", OLD + plan()),
)


@pytest.mark.parametrize(("rule", "vault", "place"), FIRES)
def test_advice_stands_at_what_it_is_about(
    plan_of: PlanOf, rule: str, vault: str, place: str
) -> None:
    assert places(plan_of(vault, DAY), rule) == [place]


@pytest.mark.parametrize(("rule", "vault"), SILENT)
def test_there_is_no_advice_where_all_is_well_or_nothing_can_be_done(
    plan_of: PlanOf, rule: str, vault: str
) -> None:
    assert places(plan_of(vault, DAY), rule) == []


@pytest.mark.parametrize(
    ("rule", "before", "since", "vault"),
    [
        ("no-feedback", "2026-10-18", "2026-10-19", plan() + ada("key: true; met: 2026-10-06")),
        ("checkpoint-without-review", "2026-10-19", "2026-10-20", plan()),
        ("plan-without-review", "2027-01-02", "2027-01-03", plan()),
        ("no-assessment", "2026-09-04", "2026-09-05", plan()),
        ("offer-not-delivered", "2026-10-18", "2026-10-19", plan() + ada(KEY)),
    ],
)
def test_advice_comes_on_its_day(
    plan_of: PlanOf, rule: str, before: str, since: str, vault: str
) -> None:
    assert places(plan_of(vault, before), rule) == []
    assert len(places(plan_of(vault, since), rule)) == 1


def test_the_plan_names_who_could_be_a_key_contact(plan_of: PlanOf) -> None:
    linked = "cadence: 1 month; goals: '[[Goal]]'; strength:"
    vault = (
        note("Plan", "type: plan; start: 2026-10-05; key_contacts: 2")
        + goal(SMART)
        + ada(f"{linked} strong", path="Bea")
        + ada(f"{linked} weak", path="Cleo")
        + ada("cadence: 1 month; strength: weak", path="Dan")
        + ada("cadence: 1 month", path="Anna")
        + ada(f"{linked} weak; status: paused", path="Eve")
        + ada("goals: '[[Goal]]'", path="Fay")
        + ada(KEY)
    )

    found = next(one for one in lints_of(plan_of(vault, DAY)) if one.rule == "too-few-key-contacts")

    assert found.message == "the plan asks for 2 key contacts and has 1"
    assert "for 1 more, such as Cleo, Bea, Dan;" in found.fix


def test_only_asking_first_is_more_than_a_hint_and_all_advice_says_what_to_do(
    plan_of: PlanOf,
) -> None:
    for _, vault, _ in FIRES:
        for one in lints_of(plan_of(vault, DAY)):
            assert one.severity == ("warning" if one.rule == "asked-first" else "hint")
            assert one.message
            assert one.fix


def test_advice_is_no_problem_of_the_notes(plan_of: PlanOf) -> None:
    found = plan_of(plan() + ada("key: true", "2026-11-01 asked"), DAY)

    assert found.problems == ()
    assert len(lints_of(found)) > 3


def test_an_empty_vault_is_left_in_peace(plan_of: PlanOf) -> None:
    assert lints_of(plan_of("--- Thoughts.md\nNothing yet.\n", DAY)) == ()


def test_every_rule_is_documented_and_shown_to_speak() -> None:
    documented = (PROJECT / "docs" / "problems.md").read_text("utf-8").partition("## Goals")[2]
    rules = {line.split("`")[1] for line in documented.splitlines() if line.startswith("| `")}

    assert rules == {rule for rule, _, _ in FIRES} == {rule for rule, _ in SILENT}
    assert len(rules) >= len(LINTS)


def test_of_the_sample_vault_all_is_a_hint(plan_of: PlanOf) -> None:
    paths = [path for path in sorted(SAMPLE.rglob("*.md")) if "Templates" not in path.parts]
    texts = {path.relative_to(SAMPLE).as_posix(): path.read_text("utf-8") for path in paths}

    found = lints_of(plan_of("".join(f"--- {path}\n{text}" for path, text in texts.items()), DAY))

    assert {one.severity for one in found} == {"hint"}
    assert not [one for one in found if one.rule.startswith("goal-")]
