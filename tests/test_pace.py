from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.rules.pace import Stand, pace

START, DUE = date(2026, 10, 1), date(2026, 10, 31)


def stand(actual: float, today: str, target: float = 6) -> str:
    return pace(actual, target, START, DUE, date.fromisoformat(today)).stand.value


@pytest.mark.parametrize(
    ("today", "actual", "state"),
    [
        ("2026-09-30", 0, "not started"),
        ("2026-09-30", 6, "not started"),
        ("2026-10-01", 0, "on track"),
        ("2026-10-02", 0, "behind"),
        ("2026-10-06", 1, "on track"),
        ("2026-10-07", 1, "behind"),
        ("2026-10-16", 3, "on track"),
        ("2026-10-16", 2.9, "behind"),
        ("2026-10-16", 6, "achieved"),
        ("2026-10-16", 7, "achieved"),
        ("2026-10-31", 5, "behind"),
        ("2026-10-31", 6, "achieved"),
        ("2026-11-01", 5, "missed"),
        ("2026-11-01", 6, "achieved"),
    ],
)
def test_six_in_thirty_days(today: str, actual: float, state: str) -> None:
    assert stand(actual, today) == state


@pytest.mark.parametrize(
    ("today", "actual", "expected", "per_week"),
    [
        ("2026-09-20", 0, 0, 1.4),
        ("2026-10-01", 0, 0, 1.4),
        ("2026-10-16", 2, 3, 28 / 15),
        ("2026-10-24", 6, 4.6, 0),
        ("2026-10-30", 5, 5.8, 7),
        ("2026-10-31", 5, 6, 7),
        ("2026-11-20", 2, 6, 0),
    ],
)
def test_what_is_expected_by_today_and_still_needed_a_week(
    today: str, actual: float, expected: float, per_week: float
) -> None:
    found = pace(actual, 6, START, DUE, date.fromisoformat(today))

    assert found.expected == pytest.approx(expected)
    assert found.per_week == pytest.approx(per_week)


def test_nothing_to_reach_is_reached() -> None:
    assert stand(0, "2026-10-02", target=0) == "achieved"


def test_a_goal_of_one_day_is_open_on_that_day() -> None:
    assert pace(0, 1, START, START, START).stand is Stand.ON_TRACK
    assert pace(0, 1, START, START, START + timedelta(days=1)).stand is Stand.MISSED


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.dates(), st.dates(), st.dates(), st.floats(0, 1e6))
def test_more_is_never_worse(
    actual: float, target: float, start: date, due: date, today: date, more: float
) -> None:
    order = [Stand.MISSED, Stand.BEHIND, Stand.ON_TRACK, Stand.ACHIEVED, Stand.NOT_STARTED]
    less, better = (pace(each, target, start, due, today) for each in (actual, actual + more))

    assert order.index(less.stand) <= order.index(better.stand)
    assert 0 <= better.per_week <= less.per_week
    assert 0 <= less.expected <= target * (1 + 1e-9)
