from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.days import Span, days_after, parse_day, parse_span, shift


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3 months", "3 months"),
        ("1 month", "1 month"),
        ("90d", "90 days"),
        ("90", "90 days"),
        ("14 days", "2 weeks"),
        ("6 weeks", "6 weeks"),
        ("2wk", "2 weeks"),
        ("P3M", "3 months"),
        ("p2w", "2 weeks"),
        ("P1Y", "1 year"),
        ("1 year", "1 year"),
        ("18 months", "18 months"),
        ("2 yrs", "2 years"),
        ("a", None),
        ("every 3 months", "3 months"),
        ("every month", "1 month"),
        ("Quarterly", "3 months"),
        ("  monthly ", "1 month"),
        ("2q", "6 months"),
        ("quarter", "3 months"),
        ("weekly", "1 week"),
        ("fortnightly", "2 weeks"),
        ("daily", "1 day"),
        ("yearly", "1 year"),
        ("0 days", None),
        ("-3 months", None),
        ("3.5 months", None),
        ("often", None),
        ("3 moons", None),
        ("P1M2D", None),
        ("999 years", None),
        ("100 years", "100 years"),
        ("101 years", None),
        ("9999d", "9999 days"),
        ("10000d", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_span_is_read_as_people_and_programs_write_it(text: str, span: str | None) -> None:
    found = parse_span(text)

    assert (str(found) if found else None) == span


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize("text", ["every" + " " * 60_000 + "!", " " * 60_000 + "1", "1" * 60_000])
def test_a_long_text_is_no_span_in_no_time(text: str) -> None:
    assert str(parse_span(text)) in ("None", "1 day")


@pytest.mark.parametrize(
    ("day", "span", "later"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2026-08-31", "3 months", "2026-11-30"),
        ("2026-11-30", "3 months", "2027-02-28"),
        ("2028-02-29", "1 year", "2029-02-28"),
        ("2026-08-20", "3 months", "2026-11-20"),
        ("2026-12-31", "1 day", "2027-01-01"),
        ("9999-12-01", "3 months", "9999-12-31"),
    ],
)
def test_months_are_calendar_months(day: str, span: str, later: str) -> None:
    length = parse_span(span)

    assert length is not None
    assert shift(date.fromisoformat(day), length) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("span", "length"),
    [("1 day", 1), ("2 weeks", 14), ("1 month", 30), ("3 months", 90), ("1 year", 365)],
)
def test_a_span_has_a_round_length_in_days(span: str, length: int) -> None:
    found = parse_span(span)

    assert found is not None
    assert found.length == length


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T18:00:00+01:00", date(2026, 11, 20)),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("0000-01-01", None),
        ("20261120", None),
        ("2026-W47", None),
        ("٢٠٢٦-١١-٢٠", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_iso_8601_has_it(text: str, day: date | None) -> None:
    assert parse_day(text) == day


def test_no_day_is_beyond_the_calendar() -> None:
    assert days_after(date.max, 1) == date.max
    assert days_after(date.min, -1) == date.min
    assert shift(date.max, Span(days=1)) == date.max


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    parse_day(text)
    span = parse_span(text)

    assert span is None or span.length > 0


@given(st.dates(), st.integers(0, 1200), st.integers(0, 36500))
def test_a_shift_never_goes_back(day: date, months: int, days: int) -> None:
    assert shift(day, Span(months, days)) >= day


@given(st.integers(1, 999), st.booleans())
def test_a_span_reads_back_as_it_is_written(number: int, in_months: bool) -> None:  # noqa: FBT001  (drawn, not passed)
    span = Span(months=number) if in_months else Span(days=number)

    assert parse_span(str(span)) == span
