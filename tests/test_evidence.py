"""The arithmetic of the evidence, its edges, and who has an open account."""

from collections.abc import Callable
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.kinds.assessment import DIMENSIONS
from vaultplan.plan import Plan
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.exchange import accounts_of
from vaultplan.rules.evidence import Figure, Form, evenness, middle, rate, said, share

PlanOf = Callable[[str, str], Plan]
TODAY = "2026-11-20"
PLAN = "--- Plan.md\n---\ntype: plan\nstart: START\ndays: 30\n---\n"


def contact(name: str, properties: str, *log_lines: str) -> str:
    front = properties.replace("; ", "\n")
    lines = "".join(f"- {line}\n" for line in log_lines)
    return f"--- {name}.md\n---\ntype: contact\n{front}\n---\n## Log\n\n{lines}"


def figure(plan: Plan, name: str) -> Figure:
    return next(one for each in evidence_of(plan) for one in each.figures if one.name == name)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([5], 0),
        ([5, 0, 0], 0),
        ([2, 2, 2], 1),
        ([1] * 5, 1),
        ([4, 1], -(0.8 * log(0.8) + 0.2 * log(0.2)) / log(2)),
        ([4, 1, 0], -(0.8 * log(0.8) + 0.2 * log(0.2)) / log(2)),
        ([2, 2], None),
        ([], None),
    ],
)
def test_evenness_is_entropy_by_the_most_it_could_be(
    numbers: list[int], expected: float | None
) -> None:
    found = evenness(numbers)

    assert found == (expected if expected is None else pytest.approx(expected))
    assert found is None or found <= 1


@given(st.lists(st.integers(0, 10_000), max_size=40))
def test_evenness_lies_between_none_and_all_whatever_the_order(numbers: list[int]) -> None:
    found = evenness(numbers)

    assert found == evenness(sorted(numbers))
    assert found is None if sum(numbers) < 5 else found is not None and 0 <= found <= 1


def test_under_five_data_points_nothing_is_said_and_from_five_on_it_is() -> None:
    assert (share(4, 4), share(2, 5)) == (None, 0.4)
    assert (middle([1, 1, 1, 1]), middle([9, 1, 2, 1, 30])) == (None, 2)
    assert (middle([1, 2, 3, 4, 5, 6]), middle([])) == (3.5, None)
    assert (rate(4, 90, 4), rate(3, 90, 5), rate(0, 90, 5)) == (None, 1, 0)


@pytest.mark.parametrize(
    ("form", "value", "counts", "words"),
    [
        (Form.NUMBER, 0.8124, {"Software": 3, "Finance": 2}, "it 0.81"),
        (Form.NUMBER, 1.0, {"Software": 3, "Finance": 3}, "it 1"),
        (Form.NUMBER, 30, {"gave": 30}, "it 30"),
        (Form.NUMBER, 0, {}, "it 0"),
        (Form.NUMBER, None, {"Software": 3, "Art": 1}, "it: not enough to say (Software 3, Art 1)"),
        (Form.NUMBER, None, {}, "it: not enough to say (none)"),
        (Form.SHARE, 0.6, {"weak": 6, "strong": 4}, "it 60 % (6 of 10)"),
        (Form.SHARE, 0.125, {"given": 1, "received": 3, "asked": 4}, "it 13 % (1 of 8)"),
        (Form.SHARE, None, {"weak": 3, "strong": 1}, "it: not enough to say (3 of 4)"),
        (Form.DAYS, 1.0, {"thank-yous": 5}, "it 1 day"),
        (Form.DAYS, 1.5, {"thank-yous": 6}, "it 1.5 days"),
        (Form.DAYS, None, {"thank-yous": 0}, "it: not enough to say (thank-yous 0)"),
        (Form.RATE, 10 / 3, {"people": 10, "contacts": 40}, "it 3.3 per 30 days"),
        (Form.RATE, 10.0, {"people": 30, "contacts": 40}, "it 10 per 30 days"),
        (
            Form.RATE,
            None,
            {"people": 1, "contacts": 4},
            "it: not enough to say (people 1, contacts 4)",
        ),
    ],
)
def test_a_figure_is_said_in_words_with_its_counts_where_they_matter(
    form: Form, value: float | None, counts: dict[str, int], words: str
) -> None:
    assert said(Figure("it", value, form, tuple(counts.items()), ())) == words


def test_an_empty_vault_has_every_dimension_and_claims_nothing(plan_of: PlanOf) -> None:
    found = evidence_of(plan_of("--- Note.md\nnothing\n", TODAY))

    assert tuple(one.name for one in found) == DIMENSIONS
    assert {figure.value for one in found for figure in one.figures} == {None, 0}
    assert not any(figure.sources for one in found for figure in one.figures)


def five(since: str, thanked: str) -> str:
    """Five contacts who are thanked after 1, 2, 3, 4 days, and the last one as told."""
    others = "".join(
        contact(f"P{days}", "cadence: 1y", "2026-10-01 met", f"2026-10-0{1 + days} thank-you")
        for days in range(1, 5)
    )
    return others + contact("Last", "cadence: 1y", f"{since} met", f"{thanked} email")


@pytest.mark.parametrize(
    ("since", "thanked", "value"),
    [("2026-08-23", "2026-09-30", 3), ("2026-08-23", "2026-08-23", 2), ("2026-08-22", TODAY, None)],
)
def test_the_days_to_a_thank_you_are_those_of_the_connections_of_the_window(
    plan_of: PlanOf, since: str, thanked: str, value: float | None
) -> None:
    assert figure(plan_of(five(since, thanked), TODAY), "median to thank-you").value == value


def test_an_open_thank_you_is_no_data_point(plan_of: PlanOf) -> None:
    text = five("2026-10-01", "2026-09-30")

    assert figure(plan_of(text, TODAY), "median to thank-you").counts == (("thank-yous", 4),)


@pytest.mark.parametrize(
    ("properties", "counted"),
    [
        ("cadence: 1w", "longer ago 1"),
        ("cadence: 2w", "within 1"),
        ("cadence: 1w; status: paused", ""),
        ("cadence: none", ""),
        ("cadence: none; follow_up: 2026-12-24", ""),
        ("strength: weak", ""),
    ],
)
def test_only_who_is_asked_for_at_intervals_can_be_within_them(
    plan_of: PlanOf, properties: str, counted: str
) -> None:
    plan = plan_of(contact("Ada", properties, "2026-11-06 coffee"), TODAY)

    found = figure(plan, "within cadence").counts
    assert ", ".join(f"{name} {number}" for name, number in found if number) == counted


def test_what_happens_with_nobody_is_neither_given_nor_a_contact(plan_of: PlanOf) -> None:
    text = "--- Guild.md\n---\ntype: organisation\n---\n## Log\n\n- 2026-11-02 gave: a talk\n"

    plan = plan_of(text, TODAY)

    assert len(plan.vault.touches) == 1
    assert figure(plan, "given").value == 0
    assert figure(plan, "contacts for open goals").counts == (("for open goals", 0), ("others", 0))


def test_kinds_of_the_persons_own_count_as_the_settings_say(plan_of: PlanOf) -> None:
    text = '--- vaultplan.toml\n[log]\ngave = ["referral"]\nasked = ["favour"]\n'
    text += contact("Ada", "key: true", "2026-11-02 favour", "2026-11-03 referral")

    plan = plan_of(text, TODAY)

    assert figure(plan, "given").counts == (("referral", 1),)
    assert figure(plan, "asked").counts == (("favour", 1),)
    assert figure(plan, "people asked before giving").value == 1


def marks(plan: Plan) -> str:
    return " ".join(
        f"{one.person.name}{'!' * one.asked_first}{'?' * one.open_offer}"
        for one in accounts_of(plan)
    )


@pytest.mark.parametrize(
    ("log_lines", "expected"),
    [
        (["2026-11-10 asked"], "Ada!"),
        (["2026-11-10 asked", "2026-11-10 gave"], "Ada"),
        (["2026-11-10 asked", "2026-11-19 intro"], "Ada"),
        (["2025-01-10 gave", "2026-11-10 asked"], "Ada"),
        (["2026-10-31 asked"], "Ada"),
        (["2026-11-01 asked"], "Ada!"),
        (["2026-11-10 received"], "Ada"),
        (["2026-11-10 coffee"], ""),
    ],
)
def test_who_was_asked_in_the_plan_and_never_given_anything_is_marked(
    plan_of: PlanOf, log_lines: list[str], expected: str
) -> None:
    text = contact("Ada", "key: true", *log_lines)

    assert marks(plan_of(text + PLAN.replace("START", "2026-11-01"), TODAY)) == expected


@pytest.mark.parametrize(
    ("properties", "log_line", "expected"),
    [
        ("key: true; offer: a map", "2026-11-10 coffee", "Ada?"),
        ("key: true; offer: a map", "2026-11-01 gave", "Ada"),
        ("key: true; offer: a map", "2026-10-31 gave", "Ada?"),
        ("key: true; offer: ''", "2026-11-10 coffee", ""),
        ("offer: a map", "2026-11-10 coffee", ""),
    ],
)
def test_an_offer_is_open_until_something_is_given_in_the_plan(
    plan_of: PlanOf, properties: str, log_line: str, expected: str
) -> None:
    text = contact("Ada", properties, log_line)

    assert marks(plan_of(text + PLAN.replace("START", "2026-11-01"), TODAY)) == expected


@pytest.mark.parametrize("plan", ["", PLAN.replace("START", "2026-12-01")])
def test_without_a_plan_that_has_begun_gifts_count_ever_and_asks_for_90_days(
    plan_of: PlanOf, plan: str
) -> None:
    text = contact("Ada", "key: true; offer: a map", "2020-01-01 gave")
    text += contact("Bob", "key: true; offer: a map", "2020-01-01 asked")
    text += contact("Eve", "key: true; offer: a map", "2026-11-01 asked")

    found = plan_of(text + plan, TODAY)

    assert marks(found) == "Ada Bob? Eve!?"
    assert all((one.cycle_given, one.cycle_asked) == (0, 0) for one in accounts_of(found))


def test_what_comes_after_the_last_day_of_the_plan_is_not_of_the_plan(plan_of: PlanOf) -> None:
    text = contact("Ada", "key: true; offer: a map", "2026-10-30 gave", "2026-10-31 gave")

    (account,) = accounts_of(plan_of(text + PLAN.replace("START", "2026-10-01"), TODAY))

    assert (account.given, account.cycle_given, account.open_offer) == (2, 1, False)


def test_a_field_in_other_letters_or_composed_otherwise_is_one_field(plan_of: PlanOf) -> None:
    words = ("Café", "Cafe\u0301", "CAFÉ", "Tea", "tea")
    notes = "".join(
        f"--- {number}.md\n---\ntype: contact\nkey: true\nindustry: {word}\n---\n"
        for number, word in enumerate(words)
    )

    industry = evidence_of(plan_of(notes, "2026-11-20"))[0].figures[0]

    assert industry.counts == (("Café", 3), ("Tea", 2))
