from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.text.daily import DailyNames, readable

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("", "2026-11-20"),
        ("YYYY-MM-DD", "2026-11-20"),
        ("YYYYMMDD", "20261120"),
        ("YY-M-D", "26-11-20"),
        ("DD.MM.YYYY", "20.11.2026"),
        ("D MMM YYYY", "20 Nov 2026"),
        ("D MMM YYYY", "20 nov 2026"),
        ("MMMM Do, YYYY", "November 20th, 2026"),
        ("YYYY-MM-DD dddd", "2026-11-20 Friday"),
        ("YYYY-MM-DD dddd", "2026-11-20 Freitag"),
        ("DD-MM-YYYY, dddd", "20-11-2026, sexta-feira"),
        ("YYYY-MM-DD dddd", "2026-11-20 शुक्रवार"),
        ("dddd-MMMM-DD-YYYY", "Friday-November-20-2026"),
        ("YYYY-MM-DD ddd", "2026-11-20 ven."),
        ("YYYY-DDDD", "2026-324"),
        ("YYYY-DDD", "2026-324"),
        ("YYYY/MMMM/YYYY-MMM-DD", "2026/November/2026-Nov-20"),
        ("YYYY/MM-MMMM/YYYY-MM-DD", "2026/11-Novembre/2026-11-20"),
        ("YYYY/[Q]Q/[W]WW/YYYY-MM-DD", "2026/Q4/W47/2026-11-20"),
        ("YYYY/MM/DD", "2026/11/20"),
        ("[Daily] YYYY-MM-DD", "Daily 2026-11-20"),
        ("YYYY-MM-DD dddd \\J\\o\\u\\r", "2026-11-20 Friday Jour"),
        ("YYYY年MM月DD日", "2026年11月20日"),
        ("[a+b] YYYY (MM) DD.", "a+b 2026 (11) 20."),
    ],
)
def test_a_name_in_the_format_tells_its_day(format_: str, name: str) -> None:
    assert DailyNames("", format_).day_of(f"{name}.md") == DAY
    assert DailyNames("Journal", format_).day_of(f"Journal/{name}.md") == DAY
    assert DailyNames("Journal", format_).day_of_link(name) == DAY
    assert DailyNames("Journal", format_).day_of_link(f"Journal/{name}") == DAY


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("YYYY-MM-DD", "2026-11-20 Ada"),
        ("YYYY-MM-DD", "2026-11-2"),
        ("YYYY-MM-DD", "2026-02-30"),
        ("YYYY-MM-DD", "2026-13-01"),
        ("YYYY-MM-DD", "0000-01-01"),
        ("YYYY-MM-DD", "٢٠٢٦-١١-٢٠"),
        ("YYYY-MM-DD", "Ada"),
        ("YYYY-MM-DD", ""),
        ("YYYY-DDDD", "2026-000"),
        ("YYYY-DDDD", "2026-366"),
        ("YYYY-DDDD", "9999-999"),
        ("D MMM YYYY", "20 November 2026"),
        ("D MMMM YYYY", "20 Nov 2026"),
        ("D MMMM YYYY", "20 Novembre 2026"),
        ("YYYY MM MMMM DD", "2026 11 October 20"),
        ("YYYY/YYYY-MM-DD", "2025/2026-11-20x"),
        ("DD.MM.YYYY", "20-11-2026"),
        ("YYYY-MM-DD dddd", "2026-11-20"),
        ("[Daily] YYYY-MM-DD", "2026-11-20"),
    ],
)
def test_a_name_that_does_not_fit_or_is_no_day_is_no_daily_note(format_: str, name: str) -> None:
    assert DailyNames("", format_).day_of(f"{name}.md") is None


def test_only_notes_below_the_folder_are_daily_notes() -> None:
    daily = DailyNames("Journal", "")
    assert daily.day_of("Journal/2026-11-20.md") == DAY
    assert daily.day_of("journal/2026-11-20.MD") == DAY
    assert daily.day_of("Journal/Archive/2026-11-20.md") == DAY
    assert daily.day_of("2026-11-20.md") is None
    assert daily.day_of("Journals/2026-11-20.md") is None
    assert DailyNames("/Journal/", "").day_of("Journal/2026-11-20.md") == DAY
    assert DailyNames("Tagebu\u0308cher", "").day_of("Tageb\u00fccher/2026-11-20.md") == DAY
    assert DailyNames(".", "").day_of("2026-11-20.md") == DAY


def test_a_format_with_folders_is_read_whole_unless_its_last_part_tells_the_day() -> None:
    assert DailyNames("", "YYYY/MM/DD").day_of("20.md") is None
    assert DailyNames("", "YYYY/MM/DD").day_of("2026/11/20.md") == DAY
    assert DailyNames("", "YYYY/YYYY-MM-DD").day_of("Old/2026-11-20.md") == DAY


def test_a_link_with_a_plain_date_means_that_day_in_every_format() -> None:
    daily = DailyNames("Journal", "DD.MM.YYYY")
    assert daily.day_of_link("2026-11-20") == DAY
    assert daily.day_of_link("Elsewhere/2026-11-20.md") == DAY
    assert daily.day_of_link("20.11.2026") == DAY
    assert daily.day_of_link("2026-02-30") is None
    assert daily.day_of_link("2026-11-20 with Ada") is None
    assert daily.day_of_link("Ada Lovelace") is None
    assert daily.day_of("Journal/2026-11-20.md") is None


@pytest.mark.parametrize(
    "format_",
    ["HH:mm", "YYYY-MM-DD HHmm", "gggg-[W]ww", "MM-DD", "YYYY-MM", "LL", "X", "YYYY Mo D"],
)
def test_a_format_that_tells_no_day_is_not_readable_and_only_plain_dates_are(format_: str) -> None:
    assert not readable(format_)
    assert DailyNames("", format_).day_of("2026-11-20.md") == DAY
    assert DailyNames("", format_).day_of("2026-11-20 Friday.md") is None


def test_the_usual_formats_are_readable() -> None:
    assert readable("")
    assert readable("YYYY-MM-DD")
    assert readable("YYYY/MMMM/YYYY-MMM-DD")
    assert readable("MMMM Do, YYYY")


@given(st.dates(), st.sampled_from(["YYYY-MM-DD", "D MMMM YYYY"]))
def test_every_day_is_read_back(day: date, format_: str) -> None:
    months = "January February March April May June July August September October November December"
    names = {
        "YYYY-MM-DD": day.isoformat(),
        "D MMMM YYYY": f"{day.day} {months.split()[day.month - 1]} {day.year:04}",
    }
    assert DailyNames("", format_).day_of(f"{names[format_]}.md") == day


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)))
def test_two_digit_years_are_of_1969_to_2068(day: date) -> None:
    name = f"{day.year % 100:02}{day.month:02}{day.day:02}"
    assert DailyNames("", "YYMMDD").day_of(f"{name}.md") == day


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_format_and_name_give_a_day_or_none(format_: str, name: str) -> None:
    daily = DailyNames(name[:3], format_)
    for day in (daily.day_of(name), daily.day_of_link(name)):
        assert day is None or isinstance(day, date)


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("YYYY" + "DM" * 5 + "D", "2026" + "1" * 900),
        ("YYYY-MM-DD dddddddddddd", "2026-11-20 " + "a-" * 490),
        ("YYYY-MM-DD", "2" * 65_000),
        ("dddd" * 1000 + "YYYY-MM-DD", "a" * 900),
    ],
)
@pytest.mark.usefixtures("no_hang")
def test_no_format_and_name_take_for_ever(format_: str, name: str) -> None:
    assert DailyNames("", format_).day_of(f"{name}.md") is None


@pytest.mark.usefixtures("no_hang")
def test_sixteen_thousand_names_are_read() -> None:
    first = date(2000, 1, 1)
    daily = DailyNames("Daily", "YYYY/MMMM/YYYY-MM-DD dddd")
    for count in range(16_000):
        day = first + timedelta(days=count)
        path = f"Daily/{day:%Y}/Month/{day:%Y-%m-%d} Day.md"
        assert daily.day_of(path) == day
