from collections.abc import Callable
from inspect import cleandoc

import pytest

from vaultplan.plan import Plan

Steps = Callable[[str, str], str]
KINDS = (
    "met email message call coffee meeting interview event reply thank-you check-in gave shared "
    "intro received asked feedback post forum training note"
)
PLAN = "--- Plan.md\n---\ntype: plan\nstart: 2026-10-05\n---\n"


@pytest.fixture
def steps(plan_of: Callable[[str, str], Plan], steps_of: Callable[[Plan, str], str]) -> Steps:
    """The steps of Ada on a day, a line for each."""
    return lambda vault, today: steps_of(plan_of(vault, today), "Ada")


def ada(properties: str, *log: str) -> str:
    """Ada's note, with properties parted by semicolons."""
    front = properties.replace("; ", "\n")
    lines = "\n".join(f"- {line}" for line in log)
    return f"--- Ada.md\n---\ntype: contact\n{front}\n---\n## Log\n\n{lines}\n"


def state(steps: str, name: str) -> str:
    """The state and the day of one step, empty if there is none."""
    found = [line for line in steps.splitlines() if line.startswith(f"{name} ")]
    return found[0].removeprefix(f"{name} ") if found else ""


def test_a_connection_asks_for_thanks_something_useful_and_a_check_in(steps: Steps) -> None:
    vault = ada("cadence: 3 months", "2026-11-18 coffee: about teams")

    assert steps(vault, "2026-11-18") == cleandoc("""
        reach-out done -
        thank upcoming 2026-11-19
        share upcoming 2026-11-25
        check-in upcoming 2027-02-18
    """)


def test_who_was_never_met_is_to_be_reached_out_to(steps: Steps) -> None:
    assert steps(ada("cadence: 3 months"), "2026-11-20") == "reach-out undated -"
    assert steps(ada("cadence: 3 months") + PLAN, "2026-11-20") == "reach-out overdue 2026-11-04"


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("thank", "thank-you email message"),
        ("share", "gave shared intro"),
    ],
)
def test_a_step_is_done_by_the_kinds_of_its_row_and_by_no_other(
    steps: Steps, name: str, kinds: str
) -> None:
    doing = {
        kind
        for kind in KINDS.split()
        if "done"
        in state(steps(ada("key: true; met: 2026-11-01", f"2026-11-05 {kind}"), "2026-11-20"), name)
    }

    assert doing == set(kinds.split())


@pytest.mark.parametrize(
    "log", ["2026-11-05 email", "2026-11-05", "2026-11-05: lunch", "2026-11-05 asked"]
)
def test_any_contact_since_the_plans_start_is_reaching_out(steps: Steps, log: str) -> None:
    assert state(steps(ada("key: true", log) + PLAN, "2026-11-20"), "reach-out") == (
        "done 2026-11-04"
    )


@pytest.mark.parametrize("log", ["2026-11-05 note", "2026-11-05 post", "2026-10-04 email"])
def test_a_note_or_an_older_contact_is_no_reaching_out(steps: Steps, log: str) -> None:
    assert state(steps(ada("key: true", log) + PLAN, "2026-11-20"), "reach-out") == (
        "overdue 2026-11-04"
    )


def test_only_key_contacts_are_reached_out_to_again_in_each_plan(steps: Steps) -> None:
    log = "2026-09-01 email"

    assert state(steps(ada("key: true", log) + PLAN, "2026-10-20"), "reach-out") == (
        "upcoming 2026-11-04"
    )
    assert state(steps(ada("cadence: 1y", log) + PLAN, "2026-10-20"), "reach-out") == ""


def test_the_plan_says_within_how_many_days_to_reach_out(steps: Steps) -> None:
    plan = PLAN.replace("start:", "reach_out_days: 10\nstart:")

    assert steps(ada("key: true") + plan, "2026-10-10") == "reach-out upcoming 2026-10-15"


def test_reaching_out_never_lapses_inside_the_plan(steps: Steps) -> None:
    vault = ada("key: true") + PLAN

    assert steps(vault, "2027-01-02") == "reach-out overdue 2026-11-04"
    assert steps(vault, "2027-01-03") == "reach-out lapsed 2026-11-04"


def test_a_short_plan_still_leaves_a_month_to_reach_out(steps: Steps) -> None:
    vault = ada("key: true") + PLAN.replace("start:", "days: 14\nstart:")

    assert steps(vault, "2026-11-04") == "reach-out due 2026-11-04"
    assert steps(vault, "2026-12-04") == "reach-out overdue 2026-11-04"
    assert steps(vault, "2026-12-05") == "reach-out lapsed 2026-11-04"


def test_a_day_chosen_for_after_the_plan_is_kept(steps: Steps) -> None:
    vault = ada("follow_up: 2027-02-01") + PLAN

    assert steps(vault, "2027-01-20") == "reach-out upcoming 2027-02-01"
    assert steps(vault, "2027-02-03") == "reach-out overdue 2027-02-01"


@pytest.mark.parametrize(
    ("properties", "log", "thank"),
    [
        ("met: 2026-11-10", "2026-11-18 coffee", "overdue 2026-11-11"),
        ("met: 2026-11-18", "2026-11-10 coffee", "overdue 2026-11-19"),
        ("met:", "2026-11-18 coffee", "overdue 2026-11-19"),
        ("met:", "2026-11-18 met", "overdue 2026-11-19"),
        ("met:", "2026-11-18 call", "overdue 2026-11-19"),
        ("met:", "2026-11-18 meeting", "overdue 2026-11-19"),
        ("met:", "2026-11-18 interview", "overdue 2026-11-19"),
        ("met:", "2026-11-18 event", "overdue 2026-11-19"),
        ("met:", "2026-11-18 received", "overdue 2026-11-19"),
        ("met:", "2026-11-18 email", ""),
        ("met:", "2026-11-18 reply", ""),
        ("met:", "2026-11-18 feedback", ""),
        ("met:", "2026-11-18: lunch", ""),
    ],
)
def test_a_connection_is_met_or_the_first_connecting_line(
    steps: Steps, properties: str, log: str, thank: str
) -> None:
    vault = ada(f"key: true; {properties}", log)

    assert state(steps(vault, "2026-11-20"), "thank") == thank


def test_of_the_day_of_met_the_connecting_line_made_the_connection(steps: Steps) -> None:
    vault = ada("key: true; met: 2026-11-18", "2026-11-18 email", "2026-11-18 coffee")

    assert state(steps(vault, "2026-11-20"), "thank") == "done 2026-11-19"


def test_the_first_connecting_line_is_the_oldest_wherever_it_stands(steps: Steps) -> None:
    vault = ada("key: true", "2026-11-18 coffee", "2026-11-01 email", "2026-11-12 call")

    assert state(steps(vault, "2026-11-20"), "thank") == "overdue 2026-11-13"


def test_the_line_that_made_the_connection_completes_no_step(steps: Steps) -> None:
    settings = '--- vaultplan.toml\n[log]\nconnection = ["gave", "email"]\n'
    vault = ada("key: true", "2026-11-18 gave: my seat") + settings

    assert state(steps(vault, "2026-11-19"), "share") == "upcoming 2026-11-25"
    assert state(
        steps(vault.replace("## Log\n\n", "## Log\n\n- 2026-11-18 shared\n"), "2026-11-19"), "share"
    ) == ("done 2026-11-25")


def test_another_line_of_the_same_day_completes_a_step_but_an_earlier_one_does_not(
    steps: Steps,
) -> None:
    coffee = "2026-11-18 coffee"

    assert "done" in state(
        steps(ada("key: true", coffee, "2026-11-18 email"), "2026-11-20"), "thank"
    )
    assert "due" in state(
        steps(ada("key: true", coffee, "2026-11-17 email"), "2026-11-19"), "thank"
    )


@pytest.mark.parametrize(
    ("cadence", "last", "due"),
    [
        ("1 month", "2027-01-31", "2027-02-28"),
        ("1 month", "2028-01-31", "2028-02-29"),
        ("3 months", "2026-11-30", "2027-02-28"),
        ("30d", "2027-01-31", "2027-03-02"),
        ("P6W", "2026-11-06", "2026-12-18"),
        ("quarterly", "2026-11-20", "2027-02-20"),
        ("", "2026-11-20", "2027-02-20"),
    ],
)
def test_a_check_in_is_due_a_cadence_after_the_last_contact(
    steps: Steps, cadence: str, last: str, due: str
) -> None:
    vault = ada(f"key: true; cadence: {cadence}", f"{last} email", "2020-01-01 email")

    assert state(steps(vault, last), "check-in") == f"upcoming {due}"


def test_a_follow_up_by_hand_stands_for_the_next_check_in(steps: Steps) -> None:
    vault = ada("follow_up: 2026-12-10", "2026-11-01 email")

    assert state(steps(vault, "2026-12-09"), "check-in") == "upcoming 2026-12-10"
    assert state(steps(vault, "2026-12-10"), "check-in") == "due 2026-12-10"
    assert state(steps(vault, "2027-06-01"), "check-in") == "overdue 2026-12-10"


@pytest.mark.parametrize(
    ("log", "due"),
    [
        ("2026-12-02 email", "2026-12-10"),
        ("2026-12-03 email", "2027-03-03"),
        ("2026-12-03 note", "2026-12-10"),
        ("2026-12-10 check-in", "2027-03-10"),
        ("2026-12-20 coffee", "2027-03-20"),
    ],
)
def test_a_follow_up_is_spent_by_a_contact_from_seven_days_before(
    steps: Steps, log: str, due: str
) -> None:
    vault = ada("follow_up: 2026-12-10", "2026-11-01 email", log)

    assert state(steps(vault, "2027-01-01"), "check-in").split()[1] == due


def test_a_follow_up_without_any_contact_is_the_day_to_reach_out(steps: Steps) -> None:
    assert steps(ada("follow_up: 2026-12-10"), "2026-11-20") == "reach-out upcoming 2026-12-10"
    assert steps(ada("follow_up: 2026-12-10") + PLAN, "2026-11-20") == (
        "reach-out upcoming 2026-12-10"
    )


def test_a_snooze_moves_what_is_due_to_no_earlier_than_that_day(steps: Steps) -> None:
    vault = ada("cadence: 1 month; snooze: 2026-11-30", "2026-11-18 coffee", "2026-11-18 email")

    assert steps(vault, "2026-11-20") == cleandoc("""
        reach-out done -
        thank done 2026-11-19
        share snoozed 2026-11-30
        check-in upcoming 2026-12-18
    """)
    assert state(steps(vault, "2026-11-30"), "share") == "due 2026-11-30"
    assert state(steps(vault, "2026-12-01"), "share") == "overdue 2026-11-30"


def test_an_undated_step_has_no_day_to_move(steps: Steps) -> None:
    assert steps(ada("cadence: 1 month; snooze: 2026-11-30"), "2026-11-20") == (
        "reach-out undated -"
    )


@pytest.mark.parametrize(
    ("today", "thank", "share"),
    [
        ("2026-11-18", "upcoming", "upcoming"),
        ("2026-11-19", "due", "upcoming"),
        ("2026-11-20", "overdue", "upcoming"),
        ("2026-11-25", "overdue", "due"),
        ("2026-12-19", "overdue", "overdue"),
        ("2026-12-20", "lapsed", "overdue"),
        ("2026-12-25", "lapsed", "overdue"),
        ("2026-12-26", "lapsed", "lapsed"),
    ],
)
def test_one_off_steps_lapse_after_thirty_days(
    steps: Steps, today: str, thank: str, share: str
) -> None:
    found = steps(ada("key: true", "2026-11-18 coffee"), today)

    assert state(found, "thank") == f"{thank} 2026-11-19"
    assert state(found, "share") == f"{share} 2026-11-25"


def test_what_lapsed_is_still_done_by_a_late_line_and_a_check_in_never_lapses(
    steps: Steps,
) -> None:
    vault = ada("cadence: 1 month", "2025-01-10 coffee", "2025-06-01 thank-you")

    assert steps(vault, "2026-11-20") == cleandoc("""
        reach-out done -
        thank done 2025-01-11
        share lapsed 2025-01-17
        check-in overdue 2025-07-01
    """)


def test_a_cadence_of_none_from_the_settings_asks_for_no_check_in(steps: Steps) -> None:
    settings = '--- vaultplan.toml\n[cadence]\ndefault = "none"\n'
    vault = ada("key: true", "2026-11-18 coffee") + settings

    assert state(steps(vault, "2026-11-20"), "thank") == "overdue 2026-11-19"
    assert state(steps(vault, "2026-11-20"), "check-in") == ""


def test_the_calendar_has_a_last_day(steps: Steps) -> None:
    assert steps(ada("cadence: 99 years", "9999-12-29 coffee"), "9999-12-30") == cleandoc("""
        reach-out done -
        thank due 9999-12-30
        share upcoming 9999-12-31
        check-in upcoming 9999-12-31
    """)
