"""Organisations, opportunities, brand notes, assessments and reviews, as people write them."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from vaultplan.feed import build_feed, build_todo_feed
from vaultplan.kinds import KINDS
from vaultplan.plan import Plan
from vaultplan.plan.records import Plain, record_of
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings, Variant

PlanOf = Callable[[str, str], Plan]
DAY = "2026-11-20"
SETTINGS = FeedSettings(vault_id=UUID(int=7), vault_name="Mine")


def note(front: str, body: str = "", path: str = "N.md") -> str:
    return f"--- {path}\n---\n{front}\n---\n{body}\n"


def kind_of(plan: Plan, path: str = "N.md") -> str:
    entry = plan.vault.entries.get(path)
    return entry.kind if entry else ""


def field(plan: Plan, name: str) -> Plain:
    return record_of(plan.vault.entries["N.md"], plan).fields[name]


def problems(plan: Plan) -> list[str]:
    return [f"{one.path}:{one.line} {one.severity} {one.rule}" for one in plan.problems]


# What makes a note one of them


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        ("type: company", "organisation"),
        ("type: '[[Organization]]'", "organisation"),
        ("type: Association", "organisation"),
        ("tags: [type/company]", "organisation"),
        ("tags: [type/organization, startup]", "organisation"),
        ('categories: ["[[Companies]]"]', "organisation"),
        ("type: Job Application", "opportunity"),
        ("type: personal brand", "brand"),
        ("type: self_assessment", "assessment"),
        ("type: Networking review", "review"),
    ],
)
def test_the_common_marks_are_known(plan_of: PlanOf, front: str, kind: str) -> None:
    assert kind_of(plan_of(note(front), DAY)) == kind


@pytest.mark.parametrize(
    "front",
    [
        "type: application\ndate: 2026-11-10\nstatus: DRAFT",
        "tags: [company, valuation, market-microstructure]\nstatus: excellent",
        "tags: organization, factories, test-data",
        "tags: [organisation, tidying]",
        "tags: [brand, review, opportunity, assessment, community]",
        "categories: [reviews, brands, opportunities, assessments]",
        "type: article\npublished: true",
        "type: talk",
        "type: training",
        "type: book-review\nstart: 2026-11-01",
        "type: weekly-review",
        "type: peer assessment",
    ],
)
def test_what_a_note_is_about_does_not_make_it_one_of_them(plan_of: PlanOf, front: str) -> None:
    assert kind_of(plan_of(note(front), DAY)) == ""


@pytest.mark.parametrize("marks", ["types", "tags", "categories"])
def test_no_mark_belongs_to_two_kinds(marks: str) -> None:
    words = [word for kind in KINDS for word in getattr(kind.habits, marks)]

    assert len(set(words)) == len(words)


PEOPLE_FOLDER = '--- vaultplan.toml\n[kinds.contact]\nfolders = ["People"]\n'


def test_a_tag_of_a_company_takes_no_contact_out_of_its_folder(plan_of: PlanOf) -> None:
    ada = note("tags: [company, organization]", "## Log\n- 2026-11-10 coffee", "People/Ada.md")
    plan = plan_of(ada + PEOPLE_FOLDER, DAY)

    assert kind_of(plan, "People/Ada.md") == "contact"
    assert [touch.person for touch in plan.vault.touches] == ["People/Ada.md"]


def test_a_tag_of_a_company_takes_no_contacts_out_of_a_daily_note(plan_of: PlanOf) -> None:
    ada, day = note("type: person", path="Ada.md"), "- coffee: [[Ada]]"
    plan = plan_of(ada + note("tags: [company, daily]", day, "2026-11-18.md"), DAY)

    assert [str(touch.day) for touch in plan.vault.touches] == ["2026-11-18"]


# Their fields


@pytest.mark.parametrize(
    ("kind", "line", "name", "value"),
    [
        ("organisation", "member-since: 2025-03-01", "joined", "2025-03-01"),
        ("organisation", "status: on the board, till May", "status", "on the board, till May"),
        ("organisation", "url: https://acme.example", "website", "https://acme.example"),
        ("opportunity", "company: '[[Firms/Acme]]'", "organisation", "Acme"),
        ("opportunity", "Position: Platform lead", "role", "Platform lead"),
        ("opportunity", "stage: Applied", "stage", "applied"),
        ("opportunity", "deadline: 2026-12-01", "due", "2026-12-01"),
        ("opportunity", "people: [[Ada]]", "people", ["Ada"]),
        ("brand", "Status: Published", "status", "published"),
        ("brand", "published_on: '[[2026-11-10]]'", "date", "2026-11-10"),
        ("assessment", "comfort: '3'", "comfort", 3),
        ("assessment", "focus: 4.0", "focus", 4),
        ("assessment", "strengths: patience", "strengths", ["patience"]),
        ("assessment", "improve: [small talk, names]", "improve", ["small talk", "names"]),
        ("review", "plan: '[[Autumn]]'", "plan", "Autumn"),
        ("review", "kind: Final", "kind", "final"),
        ("review", "start habit: Write on Mondays", "start_habit", "Write on Mondays"),
        ("review", "stop: [cold mails, late nights]", "stop", "cold mails, late nights"),
    ],
)  # fmt: skip
def test_a_field_is_read_in_the_ways_people_write_it(
    plan_of: PlanOf, kind: str, line: str, name: str, value: Plain
) -> None:
    plan = plan_of(note(f"type: {kind}\n{line}"), DAY)

    assert field(plan, name) == value
    assert [one for one in problems(plan) if "lost-link" not in one] == []


def test_the_first_day_of_a_week_looked_at_is_no_habit(plan_of: PlanOf) -> None:
    plan = plan_of(note("type: review\nstart: 2026-11-01\nend: 2026-11-07"), DAY)

    assert field(plan, "start_habit") is None
    assert problems(plan) == []


@pytest.mark.parametrize("bad", ["0", "6", "10000", "3.5", "-1", "high", "true", "[3, 4]", "4/5"])
def test_a_rating_out_of_range_is_one_problem_on_its_line_and_the_others_count(
    plan_of: PlanOf, bad: str
) -> None:
    front = f"type: assessment\ndate: {DAY}\ndiversity: 5\nfocus: {bad}\ncomfort: 1"
    plan = plan_of(note(front), DAY)

    assert problems(plan) == ["N.md:5 error bad-value"]
    assert [field(plan, name) for name in ("diversity", "focus", "comfort")] == [5, None, 1]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("organisation", "kind: startup"),
        ("opportunity", "stage: qualified"),
        ("brand", "kind: podcast"),
        ("brand", "status: live"),
        ("review", "kind: weekly"),
    ],
)
def test_a_word_that_is_not_known_is_a_warning_and_left_out(
    plan_of: PlanOf, kind: str, line: str
) -> None:
    plan = plan_of(note(f"type: {kind}\n{line}"), DAY)

    assert problems(plan) == ["N.md:3 warning unknown-word"]
    assert field(plan, line.partition(":")[0]) is None


# Their logs


@pytest.mark.parametrize("kind", ["organisation", "opportunity", "brand"])
def test_lines_of_their_logs_are_activities_and_contacts_with_nobody(
    plan_of: PlanOf, kind: str
) -> None:
    log = "## Log\n- 2026-11-10 post: on platforms, with [[Ada]]\n- 2026-11-11 coffee: [[Ada]]"
    plan_front = "type: plan\nstart: 2026-11-01\nobjectives:\n"
    wanted = ("kind:post", "conversations", "people", "touches", "new-people")
    plan_front += "\n".join(f"  - {{measure: '{name}', target: 3}}" for name in wanted)
    ada = note("type: person\nkey: true", path="Ada.md")
    plan = plan_of(note(f"type: {kind}", log) + ada + note(plan_front, path="P.md"), DAY)

    assert [(touch.person, touch.kind) for touch in plan.vault.touches] == [
        ("", "post"),
        ("", "coffee"),
    ]
    assert [one.actual for one in plan.objectives] == [1, 1, 0, 0, 0]
    assert plan.people["Ada.md"].last is None


@pytest.mark.parametrize("kind", ["assessment", "review"])
def test_what_is_written_in_an_assessment_or_a_review_is_no_log(plan_of: PlanOf, kind: str) -> None:
    plan = plan_of(note(f"type: {kind}", "## Log\n- 2026-11-10 post: x"), DAY)

    assert plan.vault.touches == ()


# The calendar


def dates(plan: Plan) -> list[str]:
    return [f"{one.start} {one.category} {one.title}" for one in plan.appointments]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("type: brand\ndue: 2026-12-01", "2026-12-01 brand Due: N"),
        ("type: brand\ndue: 2026-12-01\nstatus: draft", "2026-12-01 brand Due: N"),
        ("type: brand\ndue: 2026-12-01\nstatus: published", ""),
        ("type: brand\ndue: 2026-12-01\nstatus: done", ""),
        ("type: brand\ndate: 2026-12-01\nstatus: draft", ""),
        ("type: opportunity\ndue: 2026-12-01", "2026-12-01 opportunities Deadline: N"),
        ("type: opportunity\ndue: 2026-12-01\ndate: 2026-11-01\nstage: offer",
         "2026-12-01 opportunities Deadline: N"),
        ("type: opportunity\ndue: 2026-12-01\nstage: won", ""),
        ("type: opportunity\ndue: 2026-12-01\nstage: lost", ""),
        ("type: opportunity\ndate: 2026-11-01", ""),
        ("type: organisation\njoined: 2026-11-01", ""),
        ("type: assessment\ndate: 2026-11-20", ""),
        ("type: review\ndate: 2026-11-20", ""),
    ],
)  # fmt: skip
def test_deadlines_are_in_the_calendar_until_they_are_over(
    plan_of: PlanOf, front: str, line: str
) -> None:
    assert dates(plan_of(note(front), DAY)) == ([line] if line else [])


def feed_of(plan: Plan, variant: Variant = "full") -> str:
    """Both calendars of a plan, unfolded."""
    settings = FeedSettings(vault_id=SETTINGS.vault_id, vault_name="Mine", variant=variant)
    today = date.fromisoformat(DAY)
    events, problems = build_feed(plan.appointments, settings, today)
    todos, more = build_todo_feed(plan.appointments, settings, today)
    assert (problems, more) == ((), ())
    return (events + todos).decode().replace("\r\n ", "")


def uids(plan: Plan) -> list[str]:
    return [line for line in feed_of(plan).split("\r\n") if line.startswith("UID:")]


@pytest.mark.parametrize("kind", ["brand", "opportunity"])
def test_a_deadline_keeps_its_calendar_id_when_its_words_and_days_change(
    plan_of: PlanOf, kind: str
) -> None:
    before = plan_of(note(f"type: {kind}\ndue: 2026-12-01"), DAY)
    after = plan_of(
        note(f"type: {kind}\nname: Other\ndue: 2026-12-08\ndate: 2026-11-01\nurl: x"), DAY
    )

    assert len(uids(before)) == 2
    assert uids(after) == uids(before)


@pytest.mark.parametrize("kind", ["brand", "opportunity"])
def test_a_note_with_an_id_keeps_its_calendar_id_when_it_is_renamed(
    plan_of: PlanOf, kind: str
) -> None:
    front = f"type: {kind}\nid: x1\ndue: 2026-12-01"
    renamed = plan_of(note(front, path="In/Other.md"), DAY)

    assert uids(renamed) == uids(plan_of(note(front), DAY))


def test_the_review_day_of_a_plan_keeps_the_calendar_id_it_always_had(plan_of: PlanOf) -> None:
    plan = plan_of(note("type: plan\nname: Autumn\nstart: 2026-11-01\ndays: 30"), DAY)
    old = uid_of(SETTINGS.vault_id, "VEVENT", ("N.md", "last day"))

    assert "2026-11-30 checkpoints Review: Autumn" in dates(plan)
    assert old == "f5ea2632-7016-5cfb-82c8-7b0b2d73eed1"
    assert f"UID:{old}" in uids(plan)


@pytest.mark.parametrize("variant", ["initials", "busy"])
@pytest.mark.parametrize(("kind", "word"), [("brand", "Brand"), ("opportunity", "Opportunity")])
def test_a_feed_for_other_eyes_says_nothing_of_a_deadline_but_its_kind(
    plan_of: PlanOf, kind: str, word: str, variant: Variant
) -> None:
    words = "name: Talk with Ada Lovelace\nrole: Ada's deputy\norganisation: Ada & Co\nurl: Ada"
    front = f"type: {kind}\n{words}\nkind: talk\nstatus: draft\ndue: 2026-12-01\npeople: '[[Ada]]'"
    text = feed_of(plan_of(note(front, path="Ada.md"), DAY), variant)

    assert text.count(f"\r\nSUMMARY:{word}\r\n") == 2
    assert not any(name in text for name in ("Ada", "Talk", "draft", "deputy"))
