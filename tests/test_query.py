from collections.abc import Callable
from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.kinds import KIND_NAMED
from vaultplan.plan import Plan
from vaultplan.plan.query import fits, ordered, parse_filter
from vaultplan.plan.records import DERIVED, Record, names_of, record_of, records_of
from vaultplan.problems import WrongUseError

PlanOf = Callable[[str, str], Plan]

VAULT = """
--- Ada.md
---
type: contact
key: true
strength: weak
status: to-do
priority: 10
cadence: 3 months
goals: ["[[Goals/Learn Go|Go]]", "[[Climb]]"]
tags: [maths, engines]
email: [ada@lovelace.example]
organisation: Analytical Engines
met: 2026-09-01
---
## Log
- 2026-11-18 gave
--- Bob.md
---
type: contact
strength: strong
priority: 9
goals: "[[Swim]]"
organisation: Zuse
met: 2026-10-01
website: https://bob.example/about
---
## Log
- 2026-11-19 call
- 2026-11-20 gave
--- Cy.md
---
type: contact
name: Čapek
phone: "0042"
---
"""


def records(plan_of: PlanOf, text: str = VAULT) -> list[Record]:
    plan = plan_of(text, "2026-11-20")
    return [record_of(entry, plan) for entry in plan.vault.of_kind("contact")]


def fitting(plan_of: PlanOf, *expressions: str) -> str:
    filters = [parse_filter(text, "contact") for text in expressions]
    return " ".join(
        record.path.removesuffix(".md") for record in records(plan_of) if fits(record, filters)
    )


@pytest.mark.parametrize(
    ("expression", "who"),
    [
        ("strength = weak", "Ada"),
        ("strength=WEAK", "Ada"),
        ("Strength != weak", "Bob Cy"),
        ("strength =", "Cy"),
        ("strength != ", "Ada Bob"),
        ('organisation = "Analytical Engines"', "Ada"),
        ("organisation = 'zuse'", "Bob"),
        ("organisation ~ engine", "Ada"),
        ("organisation ~ u", "Bob"),
        ("organisation < b", "Ada"),
        ("organisation >= b", "Bob"),
        ("priority > 9", "Ada"),
        ("priority >= 9", "Ada Bob"),
        ("priority < 10", "Bob"),
        ("priority <= 9.5", "Bob"),
        ("priority = 9", "Bob"),
        ("given = 1", "Ada Bob"),
        ("given = 1.0", "Ada Bob"),
        ("given = 01", "Ada Bob"),
        ("given < 1", "Cy"),
        ("phone = 0042", "Cy"),
        ("phone = 42", ""),
        ("met < 2026-09-15", "Ada"),
        ("met >= 2026-10-01", "Bob"),
        ("met ~ 2026", "Ada Bob"),
        ("last_contact > 2026-11-18", "Bob"),
        ("Last-Contact = 2026-11-18", "Ada"),
        ("last contact =", "Cy"),
        ("next_follow_up <= 2027-02-18", "Ada"),
        ("tracked = true", "Ada"),
        ("key = false", "Bob Cy"),
        ("key != true", "Bob Cy"),
        ("status = to-do", "Ada Cy"),
        ("connection = 2026-09-01", "Ada"),
        ("cadence = 3 months", "Ada"),
        ("tags = maths", "Ada"),
        ("tags = engine", ""),
        ("tags ~ engine", "Ada"),
        ("tags != maths", "Bob Cy"),
        ("tags =", "Bob Cy"),
        ("tags > a", "Ada"),
        ("goals = Learn Go", "Ada"),
        ("goals = goals/learn go", "Ada"),
        ("goals = [[Goals/Learn Go]]", "Ada"),
        ("goals = '[[Climb|up]]'", "Ada"),
        ("goals = Go", ""),
        ("goals ~ swim", "Bob"),
        ("goals != climb", "Bob Cy"),
        ("email ~ @lovelace.", "Ada"),
        ("name = čapek", "Cy"),
        ("name = Ada", "Ada"),
        ("path ~ b", "Bob"),
        ("path = Bob.md", "Bob"),
        ("type = contact", "Ada Bob Cy"),
        ("website = https://bob.example/about", "Bob"),
        ("website ~ =", ""),
        ("key = no", "Bob Cy"),
        ("tracked = YES", "Ada"),
        ("cadence > 10 weeks", "Ada"),
        ("cadence < 100 days", "Ada"),
        ("cadence = quarterly", "Ada"),
    ],
)
def test_an_expression_asks_fields_and_derived_values(
    plan_of: PlanOf, expression: str, who: str
) -> None:
    assert fitting(plan_of, expression) == who


def test_several_expressions_are_and(plan_of: PlanOf) -> None:
    assert fitting(plan_of, "given = 1", "met > 2026-09-15") == "Bob"
    assert fitting(plan_of, "given = 1", "met > 2026-09-15", "key = true") == ""
    assert fitting(plan_of) == "Ada Bob Cy"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("status", "is no filter; write FIELD OP VALUE"),
        ("", "is no filter"),
        ("= to-do", "is no filter"),
        ("statsu = to-do", "a contact has no field statsu; did you mean status?"),
        ("shoe size = 42", "a contact has no field shoe size; there are "),
        ("target = 5", "a contact has no field target"),
        ("met => 2026-11-20", "there is no =>; write ="),
    ],
)
def test_what_is_no_expression_is_said_to_be_none(text: str, message: str) -> None:
    with pytest.raises(WrongUseError, match=message):
        parse_filter(text, "contact")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("met < yesterday", "2026-11-19"),
        ("next_follow_up <= +1w", "2026-11-27"),
        ("last contact != ", ""),
        ("met ~ 2026", "2026"),
        ("name = today", "today"),
    ],
)
def test_days_may_be_said_in_words(text: str, value: str) -> None:
    assert parse_filter(text, "contact", date(2026, 11, 20)).value == value


def test_every_kind_has_its_own_fields() -> None:
    assert parse_filter("state = behind", "goal").field == "state"
    assert parse_filter("start < 2026-12-01", "event").field == "start"
    with pytest.raises(WrongUseError):
        parse_filter("state = behind", "event")


@pytest.mark.parametrize(
    ("field", "order"),
    [
        ("name", "Ada Bob Cy"),
        ("-name", "Cy Bob Ada"),
        ("organisation", "Ada Bob Cy"),
        ("-organisation", "Bob Ada Cy"),
        ("priority", "Bob Ada Cy"),
        ("-priority", "Ada Bob Cy"),
        ("met", "Ada Bob Cy"),
        ("-met", "Bob Ada Cy"),
        ("given", "Cy Ada Bob"),
        ("-given", "Ada Bob Cy"),
        ("goals", "Ada Bob Cy"),
        ("-goals", "Bob Ada Cy"),
        ("Last-Contact", "Ada Bob Cy"),
        ("key", "Bob Cy Ada"),
        ("type", "Ada Bob Cy"),
    ],
)
def test_records_are_ordered_by_a_field_those_without_it_last(
    plan_of: PlanOf, field: str, order: str
) -> None:
    found = ordered(records(plan_of)[::-1], field, "contact")

    assert " ".join(record.path.removesuffix(".md") for record in found) == order


def test_there_is_no_order_by_what_there_is_not() -> None:
    with pytest.raises(WrongUseError, match="no field statsu; did you mean status"):
        ordered([], "-statsu", "contact")


@given(st.text(), st.sampled_from(["<", "<=", ">", ">=", "=", "!=", "~"]), st.text())
def test_no_value_is_too_odd_to_be_asked_for(
    plan_of: PlanOf, name: str, operator: str, value: str
) -> None:
    record = Record("N.md", "contact", name, {"met": "2026-11-20", "tags": [name, None]}, {})

    for field in ("name", "met", "tags", "key"):
        answer = fits(record, [parse_filter(f'{field} {operator} "{value}"', "contact")])
        assert answer in (True, False)
    assert fitting(plan_of, "name = Ada") == "Ada"


@pytest.mark.parametrize("text", [" " * 60_000, "a " * 30_000, "a" * 60_000 + "=", "=" * 60_000])
def test_a_long_text_is_no_expression_in_no_time(text: str) -> None:
    start = process_time()
    with pytest.raises(WrongUseError):
        parse_filter(text, "contact")

    assert process_time() - start < 1


def test_a_record_has_all_fields_of_its_kind_and_what_scripts_rely_on(plan_of: PlanOf) -> None:
    goal = "--- Goal.md\n---\ntype: goal\nmeasure: value\ntarget: 4\ndue: 2026-12-20\n---\n"
    plan = plan_of(VAULT + goal.replace("due", "start: 2026-11-10\ngoal: x\ndue"), "2026-11-20")
    ada, target = (record_of(plan.vault.entries[path], plan) for path in ("Ada.md", "Goal.md"))

    assert ada.derived == {
        "status": "to-do",
        "tracked": True,
        "connection": "2026-09-01",
        "last_contact": "2026-11-18",
        "next_follow_up": "2027-02-18",
        "given": 1,
        "received": 0,
        "asked": 0,
        "rank": 1,
    }
    assert ada.fields["goals"] == ["Goals/Learn Go", "Climb"]
    assert ada.fields["met"] == "2026-09-01"
    assert ada.fields["industry"] is None
    assert target.fields["target"] == 4
    assert target.derived == {
        "actual": 0,
        "state": "behind",
        "expected": 1.0,
        "evidence": [],
        "start": "2026-11-10",
        "due": "2026-12-20",
    }


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("cadence = quarterly", ["Bo"]),
        ("cadence = 90d", []),
        ("cadence < 1 month", ["Ada"]),
        ("cadence != 3 months", ["Ada", "Cy"]),
        ("cadence = none", ["Cy"]),
        ("key = yes", ["Ada"]),
    ],
)
def test_spans_compare_by_length_and_flags_by_either_word(
    plan_of: PlanOf, expression: str, names: list[str]
) -> None:
    plan = plan_of(
        """
        --- Ada.md
        ---
        {type: contact, cadence: 2 weeks, key: true}
        ---
        --- Bo.md
        ---
        {type: contact, cadence: 3 months}
        ---
        --- Cy.md
        ---
        {type: contact, cadence: none}
        ---
        """,
        "2026-11-20",
    )
    records_ = [record_of(person.entry, plan) for person in plan.people.values()]

    assert [
        one.name for one in records_ if fits(one, [parse_filter(expression, "contact")])
    ] == names


@pytest.mark.parametrize("kind", KIND_NAMED)
def test_what_is_derived_can_be_asked_for(plan_of: PlanOf, kind: str) -> None:
    plan = plan_of(f"--- N.md\n---\ntype: {kind}\n---\n", "2026-11-20")
    (entry,) = plan.vault.of_kind(kind)

    assert set(record_of(entry, plan).derived) == set(DERIVED.get(kind, ()))
    assert set(DERIVED.get(kind, ())) <= set(names_of(kind))
    assert len(set(names_of(kind))) == len(names_of(kind))


PEOPLE = """
A | key: true, goals: ["[[Done]]", "[[Go]]", "[[Go|go]]"]
B | key: true, goals: ["[[Climb]]", "[[Go]]"]
C | key: true, strength: strong
D | key: true, mentor: asked
E | key: true, mentor: potential
F | key: true, strength: weak
G | key: true, priority: high
H | key: true, priority: "10"
I | key: true, priority: 9
J | key: false, goals: ["[[Climb]]", "[[Go]]"], mentor: active
"""


def test_key_contacts_rank_by_goals_mentors_weak_ties_and_priority(plan_of: PlanOf) -> None:
    goals = "type: goal, target: 1, start: 2026-11-01, due: 2026-12-01, actual:"
    lines = [line.split(" | ") for line in PEOPLE.strip().splitlines()]
    fields = {name: f"type: contact, {rest}" for name, rest in lines}
    fields |= {"Go": f"{goals} 0", "Climb": "type: goal", "Done": f"{goals} 1"}
    text = "".join(f"--- {name}.md\n---\n{{{rest}}}\n---\n" for name, rest in fields.items())
    plan = plan_of(text, "2026-11-20")
    found = records_of(plan.vault.of_kind("contact"), plan)

    ranked = [one for one in ordered(found, "rank", "contact") if one.derived["rank"]]
    assert " ".join(one.name for one in ranked) == "B A D F I H G C E"
    assert [one.derived["rank"] for one in ranked] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [record_of(plan.vault.entries[one.path], plan) for one in found] == found
