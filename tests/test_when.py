from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.problems import WrongUseError
from vaultplan.when import parse_when

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("today", "2026-11-20"),
        ("Yesterday", "2026-11-19"),
        (" tomorrow ", "2026-11-21"),
        ("saturday", "2026-11-21"),
        ("thursday", "2026-11-26"),
        ("friday", "2026-11-27"),
        ("FRI", "2026-11-27"),
        ("tues", "2026-11-24"),
        ("last friday", "2026-11-13"),
        ("last thursday", "2026-11-19"),
        ("last mon", "2026-11-16"),
        ("+3d", "2026-11-23"),
        ("-2w", "2026-11-06"),
        ("+1m", "2026-12-20"),
        ("-1y", "2025-11-20"),
        ("+0d", "2026-11-20"),
        ("+9999y", "9999-12-31"),
    ],
)
def test_a_day_is_said_in_many_words(word: str, day: str) -> None:
    assert parse_when(word, FRIDAY) == date.fromisoformat(day)


def test_a_month_ends_on_its_last_day() -> None:
    assert parse_when("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert parse_when("-1m", date(2026, 3, 31)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    "word", ["", "soon", "mo", "2026-02-30", "2026-11-20T10:00", "3d", "+3x", "last", "last year"]
)
def test_anything_else_is_said_to_be_no_day(word: str) -> None:
    with pytest.raises(WrongUseError, match="is no day; write 2026-11-20, today"):
        parse_when(word, FRIDAY)


@given(st.text(), st.dates())
def test_no_word_ends_in_another_way(word: str, today: date) -> None:
    try:
        parse_when(word, today)
    except WrongUseError as error:
        assert word in str(error)  # noqa: PT017  (it may also be a day)
