from collections.abc import Callable
from typing import Any

import pytest

from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import declared
from vaultplan.plan import Plan
from vaultplan.plan.records import Plain, record_of

PlanOf = Callable[[str, str], Plan]
DAY = "2026-11-20"


def note(front: str, path: str = "N.md") -> str:
    return f"--- {path}\n---\n{front}\n---\n"


def kind_of(plan: Plan, path: str = "N.md") -> str:
    entry = plan.vault.entries.get(path)
    return entry.kind if entry else ""


def fields_of(plan: Plan, path: str = "N.md") -> dict[str, Plain]:
    """What was read in a note, without what was not written."""
    entry = plan.vault.entries[path]
    fields = record_of(entry, plan).fields
    said = {name: str(one.value).casefold() for name, one in entry.written.items()}
    return {
        name: value
        for name, value in fields.items()
        if name in said and value not in (None, []) and (value is not False or said[name] in NO)
    }


NO = ("false", "no")


def problems(plan: Plan) -> list[str]:
    return [f"{one.path}:{one.line} {one.severity} {one.rule}" for one in plan.problems]


@pytest.mark.parametrize(
    ("front", "kind"),
    [
        *((f"type: {kind.name}", kind.name) for kind in KINDS),
        ("type: Person", "contact"),
        ("type: people", "contact"),
        ("Type: [person]", "contact"),
        ('type: "[[Person]]"', "contact"),
        ("type: career goal", "career-goal"),
        ("type: Career_Goal", "career-goal"),
        ("tags: person", "contact"),
        ("tags: [work, '#people']", "contact"),
        ("tags: work, person", "contact"),
        ("tag: type/person", "contact"),
        ("tags: [personal]", ""),
        ('categories: ["[[People]]"]', "contact"),
        ("category: Meetings", "interaction"),
        ("categories: [meeting]", "interaction"),
        ("type: note\ntags: person", "contact"),
        ("type: meeting\ntags: person", "interaction"),
        ("tags: meeting\ncategory: people", "interaction"),
        ("type: recipe", ""),
        ("type:", ""),
        ("type: 5", ""),
        ("type: {a: person}", ""),
        ("title: Ada", ""),
        ("", ""),
    ],
)
def test_a_kind_is_told_by_type_else_tag_else_category(
    plan_of: PlanOf, front: str, kind: str
) -> None:
    assert kind_of(plan_of(note(front), DAY)) == kind


HABITS = """
--- vaultplan.toml
[kinds.contact]
types = ["human"]
tags = ["#crm"]
categories = "Humans"
folders = ["CRM/People/"]
[kinds.contact.keys]
last_contact = ["zuletzt", "Letzter Kontakt"]
role = "job"
[kinds.interaction]
folders = ["CRM"]
"""


@pytest.mark.parametrize(
    ("front", "path", "kind"),
    [
        ("type: Human", "N.md", "contact"),
        ("tags: [crm]", "N.md", "contact"),
        ("category: humans", "N.md", "contact"),
        ("job: baker", "CRM/People/N.md", "contact"),
        ("job: baker", "crm/people/Berlin/N.md", "contact"),
        ("type:\njob: baker", "CRM/People/N.md", "contact"),
        ("job: baker", "CRM/N.md", "interaction"),
        ("job: baker", "CRM People/N.md", ""),
        ("job: baker", "Old/CRM/People/N.md", ""),
        ("type: recipe", "CRM/People/N.md", ""),
        ("type: goal", "CRM/People/N.md", "goal"),
        ("tags: person", "CRM/N.md", "contact"),
        ("type: contact", "N.md", "contact"),
    ],
)
def test_the_settings_add_marks_and_folders(
    plan_of: PlanOf, front: str, path: str, kind: str
) -> None:
    assert kind_of(plan_of(note(front, path) + HABITS, DAY), path) == kind


def test_the_settings_add_names_of_keys(plan_of: PlanOf) -> None:
    plan = plan_of(note("type: human\nLetzter-Kontakt: 2026-11-01\njob: baker") + HABITS, DAY)

    assert fields_of(plan) == {"last_contact": "2026-11-01", "role": "baker"}


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("last_contacted: 2026-11-01", "last_contact", "2026-11-01"),
        ("Last-Contact: 2026-11-01", "last_contact", "2026-11-01"),
        ("lastContacted: 2026-11-01", "last_contact", "2026-11-01"),
        ("LAST INTERACTION: 2026-11-01", "last_contact", "2026-11-01"),
        ("next_contact: 2026-12-01", "follow_up", "2026-12-01"),
        ("next_followup: 2026-12-01", "follow_up", "2026-12-01"),
        ("followUp: 2026-12-01", "follow_up", "2026-12-01"),
        ("company: Acme", "organisation", "Acme"),
        ("Organization: Acme", "organisation", "Acme"),
        ("org: Acme", "organisation", "Acme"),
        ("frequency: monthly", "cadence", "1 month"),
        ("contact_frequency: 30", "cadence", "30 days"),
        ("cadence: none", "cadence", "none"),
        ("E-Mail: a@b.example", "email", ["a@b.example"]),
        ("emails:\n  - a@b.example\n  - c@d.example", "email", ["a@b.example", "c@d.example"]),
        (
            "email:\n  home: a@b.example\n  work: c@d.example",
            "email",
            ["a@b.example", "c@d.example"],
        ),
        ("phone: 4631555", "phone", ["4631555"]),
        ("phone: 02134", "phone", ["2134"]),
        ("birthday: 1990-05-14", "birthday", "1990-05-14"),
        ("bday: --05-14", "birthday", "--05-14"),
        ("birthday: 05-14", "birthday", "--05-14"),
        ("birthday: --02-29", "birthday", "--02-29"),
        ("Relationship-Strength: Weak", "strength", "weak"),
        ("status: In_Progress", "status", "in-progress"),
        ("key: yes", "key", True),
        ("key: True", "key", True),
        ("key: no", "key", False),
        ("met: '[[2026-11-01]]'", "met", "2026-11-01"),
        ("met: [[2026-11-01]]", "met", "2026-11-01"),
        ("met: '[[Daily/2026-11-01|Sunday]]'", "met", "2026-11-01"),
        ("met: 2026-11-01T10:00:00+01:00", "met", "2026-11-01"),
        ("goals: [[Learn Go]]", "goals", ["Learn Go"]),
        ("goals: [[Learn, and do]]", "goals", ["Learn, and do"]),
        ("goals: '[[Learn Go|Go]]'", "goals", ["Learn Go"]),
        ("goals: Learn Go", "goals", ["Learn Go"]),
        ("goals: '[Go](Goals/Learn%20Go.md)'", "goals", ["Goals/Learn Go"]),
        ("goals: [[[A]], [[B]], '[[C]]', D, '', null]", "goals", ["A", "B", "C", "D"]),
        ("goal:\n  - '[[A]]'\n  - [[B]]", "goals", ["A", "B"]),
        ("organisation: [[Acme]]", "organisation", "Acme"),
        ("organisation: '[[Firms/Acme]]'", "organisation", "Acme"),
        ("organisation: '[[Firms/Acme|ACME]]'", "organisation", "ACME"),
        ("organisation: [Acme, Beta]", "organisation", "Acme, Beta"),
        ("met_at: [[Dinner]]", "met_at", "Dinner"),
        ("priority: 1", "priority", "1"),
        ("alias: Bob", "aliases", ["Bob"]),
        ("tags: '#a, b c'", "tags", ["a", "b", "c"]),
        (
            "mentor_fit: {experience: 5, insight: 3}",
            "mentor_fit",
            {"experience": 5, "values": None, "insight": 3},
        ),
    ],
)
def test_a_field_is_read_in_the_ways_people_write_it(
    plan_of: PlanOf, line: str, field: str, value: Plain
) -> None:
    plan = plan_of(note(f"type: contact\n{line}"), DAY)

    assert fields_of(plan) == {field: value}
    assert "bad" not in str(problems(plan))


@pytest.mark.parametrize(
    ("kind", "line", "field", "value"),
    [
        ("event", "start: 2026-11-20", "start", "2026-11-20"),
        ("event", "date: 2026-11-20T18:00", "date", "2026-11-20T18:00:00"),
        ("event", "date: 2026-11-20 18:00", "date", "2026-11-20T18:00:00"),
        ("event", "start: 2026-11-20T18:00:00+01:00", "start", "2026-11-20T18:00:00+01:00"),
        ("event", "start: '[[2026-11-20]]'", "start", "2026-11-20"),
        ("goal", "target: 0", "target", 0),
        ("goal", "target: 2.5", "target", 2.5),
        ("goal", "target: '5'", "target", 5),
        ("plan", "days: 9999", "days", 9999),
        ("plan", "checkpoint_every: never", "checkpoint_every", "none"),
        (
            "plan",
            "objectives: [{measure: people, target: 4, per: month}, {measure: events, target: 1}]",
            "objectives",
            [
                {"measure": "people", "target": 4, "per": "month"},
                {"measure": "events", "target": 1, "per": "plan"},
            ],
        ),
        ("contact", "mentor_fit: {experience: 1, values: 5}", "mentor_fit",
         {"experience": 1, "values": 5, "insight": None}),
    ],
)  # fmt: skip
def test_days_numbers_and_tables_are_read_as_they_are(
    plan_of: PlanOf, kind: str, line: str, field: str, value: Plain
) -> None:
    plan = plan_of(note(f"type: {kind}\n{line}"), DAY)

    assert fields_of(plan) == {field: value}
    assert problems(plan) == []


@pytest.mark.parametrize("empty", ["", '""', "[]", "null", "'  '", "[null]", '[""]'])
def test_a_field_without_a_value_is_as_if_it_were_not_there(plan_of: PlanOf, empty: str) -> None:
    names = [one.name for one in declared(KINDS[0].record)]
    plan = plan_of(note("type: contact\n" + "\n".join(f"{name}: {empty}" for name in names)), DAY)

    assert fields_of(plan) == {}
    assert problems(plan) == []


BAD_DAYS = ["soon", "2026-02-30", "20.11.2026", "5", "true", "[2026-11-01, 2026-11-02]", "{a: b}"]


@pytest.mark.parametrize(
    ("kind", "line", "problem"),
    [
        *(("contact", f"follow_up: {bad}", "error bad-date") for bad in BAD_DAYS),
        *(("event", f"start: {bad}", "error bad-date") for bad in BAD_DAYS),
        ("event", "start: 2026-11-20 at six", "error bad-date"),
        ("event", "start: 2026-11-20T25:00", "error bad-date"),
        ("contact", "cadence: often", "error bad-cadence"),
        ("contact", "cadence: [1 month, 2 months]", "error bad-cadence"),
        ("contact", "cadence: {every: month}", "error bad-cadence"),
        ("contact", "cadence: true", "error bad-cadence"),
        ("contact", "cadence: 0", "error bad-cadence"),
        ("contact", "key: perhaps", "error bad-value"),
        ("contact", "key: [true, false]", "error bad-value"),
        ("contact", "birthday: 1990-02-30", "error bad-date"),
        ("contact", "birthday: in May", "error bad-date"),
        ("contact", "birthday: [1990-05-14, 1991-05-14]", "error bad-date"),
        ("contact", "strength: mighty", "warning unknown-word"),
        ("contact", "strength: [weak, strong]", "warning unknown-word"),
        ("contact", "status: 5", "warning unknown-word"),
        ("contact", "mentor: {a: b}", "warning unknown-word"),
        ("contact", "goals: true", "error bad-value"),
        ("contact", "goals: {a: b}", "error bad-value"),
        ("contact", "met_at: false", "error bad-value"),
        ("contact", "tags: [{a: b}]", "error bad-value"),
        ("contact", "mentor_fit: 4", "error bad-value"),
        ("contact", "mentor_fit: {experience: 6}", "error bad-value"),
        ("contact", "mentor_fit: {experience: 0}", "error bad-value"),
        ("contact", "mentor_fit: {charm: 5}", "error bad-value"),
        ("contact", "mentor_fit: {insight: high}", "error bad-value"),
        ("goal", "target: many", "error bad-value"),
        ("goal", "target: -1", "error bad-value"),
        ("goal", "target: .nan", "error bad-value"),
        ("goal", "target: .inf", "error bad-value"),
        ("goal", "target: [5]", "error bad-value"),
        ("goal", "target: true", "error bad-value"),
        ("plan", "days: 90.5", "error bad-value"),
        ("plan", "days: 10000", "error bad-value"),
        ("plan", "objectives: 5", "error bad-value"),
        ("plan", "objectives: [people]", "error bad-value"),
        ("plan", "objectives: [{measure: people}]", "error bad-value"),
        ("plan", "objectives: [{measure: people, target: few}]", "error bad-value"),
        ("plan", "objectives: [{measure: people, target: 5, per: day}]", "error bad-value"),
        ("plan", "objectives: [{target: 5}]", "error bad-value"),
    ],
)
def test_a_bad_value_is_one_problem_in_its_place_and_the_rest_counts(
    plan_of: PlanOf, kind: str, line: str, problem: str
) -> None:
    plan = plan_of(note(f"type: {kind}\nname: Ada\n{line}\nid: a1"), DAY)

    assert problems(plan) == [f"N.md:4 {problem}"]
    assert fields_of(plan) == {"name": "Ada", "id": "a1"}


def test_a_problem_shows_the_value_and_says_what_to_write(plan_of: PlanOf) -> None:
    plan = plan_of(note(f"type: contact\nFrequency: {'often ' * 20}"), DAY)

    assert [(one.message, one.fix) for one in plan.problems] == [
        (
            "Frequency: “often often often often often often oft…” cannot be read, and is left out",
            'write "3 months", "90d", "P3M", "quarterly" or "none"',
        )
    ]


def test_computed_keys_are_output_only_where_the_settings_list_them(plan_of: PlanOf) -> None:
    vault = note("type: contact\nlast_contact: 2026-11-01\nfollow_up_state: due")
    settings = '--- vaultplan.toml\ncomputed = ["last_contact"]\n'

    assert fields_of(plan_of(vault, DAY)) == {"last_contact": "2026-11-01"}
    assert fields_of(plan_of(vault + settings, DAY)) == {}


def test_only_the_exact_spelling_is_computed(plan_of: PlanOf) -> None:
    vault = note("type: contact\nLast-Contact: 2026-11-01")
    settings = '--- vaultplan.toml\ncomputed = ["last_contact"]\n'

    assert fields_of(plan_of(vault + settings, DAY)) == {"last_contact": "2026-11-01"}


@pytest.mark.parametrize(
    ("front", "name"),
    [("", "N"), ("name: Ada", "Ada"), ("full-name: Ada", "Ada"), ("name: 5", "5"), ("name:", "N")],
)
def test_a_note_is_called_by_its_name_else_by_its_file(
    plan_of: PlanOf, front: str, name: str
) -> None:
    assert plan_of(note(f"type: contact\n{front}"), DAY).vault.entries["N.md"].name == name


def test_the_first_spelling_with_a_value_counts(plan_of: PlanOf) -> None:
    plan = plan_of(note("type: contact\norg: Beta\ncompany:\norganisation: ''"), DAY)

    assert fields_of(plan) == {"organisation": "Beta"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_every_kind_has_a_meaning_and_an_empty_value(kind: Any) -> None:
    for one in declared(kind.record):
        assert one.metadata["doc"]
        assert one.metadata["shape"].words
        assert one.default in (None, "", (), False)


def times(plan: Plan) -> list[str]:
    """Start and exclusive end of what belongs in the calendar."""
    spans = (f"{one.start} – {one.end or ''}".rstrip(" –") for one in plan.appointments)
    return [span.replace(":00+", "+") for span in spans]


ZONE = '--- vaultplan.toml\ntimezone = "Europe/Stockholm"\n'


@pytest.mark.parametrize(
    ("front", "zone", "time"),
    [
        ("start: 2026-12-03", "", "2026-12-03 – 2026-12-04"),
        ("start: 2026-12-03\nend: 2026-12-05", "", "2026-12-03 – 2026-12-06"),
        ("start: 2026-12-03\nend: 2026-12-01", "", "2026-12-03 – 2026-12-02"),
        ("start: 2026-12-03T18:00", "", "2026-12-03 – 2026-12-04"),
        ("start: 2026-12-03T18:00\nend: 2026-12-04T02:00", "", "2026-12-03 – 2026-12-05"),
        ("start: 2026-12-03T18:00", ZONE, "2026-12-03 18:00+01:00"),
        ("date: 2026-12-03\nstart: 18:00\nend: 20:30", ZONE,
         "2026-12-03 18:00+01:00 – 2026-12-03 20:30+01:00"),
        ("start: 2026-12-03T18:00\nend: 2026-12-04", ZONE,
         "2026-12-03 18:00+01:00 – 2026-12-05 00:00+01:00"),
        ("date: 2026-12-03\nstart: 18:00", "", "2026-12-03 – 2026-12-04"),
        ("start: 2026-12-03T18:00\nend: 2026-12-03T20:30", ZONE,
         "2026-12-03 18:00+01:00 – 2026-12-03 20:30+01:00"),
        ("start: 2026-12-03T18:00\nend: 2026-12-03T18:00", ZONE,
         "2026-12-03 18:00+01:00"),
        ("start: 2026-12-03T18:00-05:00\nend: 2026-12-04T01:00+01:00", "",
         "2026-12-03 23:00+00:00 – 2026-12-04 00:00+00:00"),
        ("start: 2026-12-03\nend: 2026-12-03T18:00", ZONE, "2026-12-03 – 2026-12-04"),
    ],
)  # fmt: skip
def test_an_event_takes_its_time_or_the_whole_day_but_no_time_without_a_zone(
    plan_of: PlanOf, front: str, zone: str, time: str
) -> None:
    assert times(plan_of(note(f"type: event\n{front}") + zone, DAY)) == [time]
    assert times(plan_of(note(f"type: event\nstatus: skipped\n{front}") + zone, DAY)) == []


@pytest.mark.parametrize(
    ("birthday", "first"),
    [
        ("1990-05-14", "1990-05-14"),
        ("--05-14", "1970-05-14"),
        ("1815-12-10", "1970-12-10"),
        ("--02-29", "1972-02-29"),
        ("1960-02-29", "1972-02-29"),
        ("1988-02-29", "1988-02-29"),
    ],
)
def test_birthdays_of_the_tracked_are_in_the_calendar_from_a_year_all_calendars_know(
    plan_of: PlanOf, birthday: str, first: str
) -> None:
    front = f"type: contact\nbirthday: {birthday}"

    assert times(plan_of(note(f"{front}\nkey: true"), DAY)) == [first]
    assert times(plan_of(note(front), DAY)) == []


def test_a_goal_is_in_the_calendar_until_it_is_achieved_or_missed(plan_of: PlanOf) -> None:
    goal = "type: goal\ntarget: 5\nactual: {}\nstart: 2026-11-01\ndue: {}"

    assert times(plan_of(note(goal.format(1, "2026-11-20")), DAY)) == ["2026-11-20"]
    assert times(plan_of(note(goal.format(5, "2026-11-20")), DAY)) == []
    assert times(plan_of(note(goal.format(1, "2026-11-19")), DAY)) == []
