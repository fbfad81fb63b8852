"""A moment in a feed is the moment that was meant, in every zone and beside every change."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import resources
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from vaultplan.feed import build_feed
from vaultplan.feedcheck import check_feed
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings.feeds import FeedSettings


def zone(key: str, rules: str = "") -> ZoneInfo:
    """A zone as the tzdata package has it, or with another one's rules."""
    path = resources.files("tzdata").joinpath("zoneinfo", *(rules or key).split("/"))
    with path.open("rb") as data:
        return ZoneInfo.from_file(data, key=key)


TODAY = date(2026, 11, 20)
BERLIN = zone("Europe/Berlin")
ZONES = [
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Asia/Jerusalem",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
]
HALF_HOUR = timedelta(minutes=30)


def talk(start: datetime, **changes: Any) -> Appointment:
    fields = {
        "identity": (start.isoformat(),),
        "category": Category.EVENT,
        "start": start,
        "title": "A talk",
        "path": "Events/A talk.md",
        "stamp": TODAY,
    }
    return Appointment(**{**fields, **changes})


def feed(*items: Appointment, today: date = TODAY) -> str:
    settings = FeedSettings(vault_name="My vault", vault_id=UUID(int=1), alarms=None)
    data, problems = build_feed(items, settings, today)

    assert problems == ()
    assert check_feed(data) == ()
    return data.decode().replace("\r\n ", "")


def values(text: str, name: str) -> list[str]:
    events = text[text.index("BEGIN:VEVENT") :]
    return re.findall(rf"^{name}[:;](.*)\r$", events, re.MULTILINE)


def zone_part(text: str) -> list[str]:
    return text[text.index("TZID:") : text.index("END:VTIMEZONE")].split()


def test_a_moment_with_a_bare_offset_is_told_in_utc_and_lasts_an_hour() -> None:
    text = feed(talk(datetime(2026, 11, 20, 23, 30, tzinfo=timezone(timedelta(hours=-3.5)))))

    assert values(text, "DTSTART") == ["20261121T030000Z"]
    assert values(text, "DTEND") == ["20261121T040000Z"]
    assert values(text, "TRANSP") == ["OPAQUE"]
    assert "VTIMEZONE" not in text


def test_a_moment_in_a_zone_is_told_with_the_rules_of_the_zone() -> None:
    text = feed(talk(datetime(2026, 11, 20, 18, tzinfo=BERLIN)))

    assert values(text, "DTSTART") == ["TZID=Europe/Berlin:20261120T180000"]
    assert values(text, "DTEND") == ["TZID=Europe/Berlin:20261120T190000"]
    assert zone_part(text) == [
        "TZID:Europe/Berlin",
        *("BEGIN:STANDARD", "DTSTART:20251026T030000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
        *("TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:20250330T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        *("TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:DAYLIGHT"),
    ]


def test_a_zone_without_summer_time_has_one_rule() -> None:
    assert zone_part(feed(talk(datetime(2026, 11, 20, 18, tzinfo=zone("Asia/Kolkata"))))) == [
        *("TZID:Asia/Kolkata", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
        *("TZNAME:IST", "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530", "END:STANDARD"),
    ]


def test_changes_that_follow_no_rule_are_told_one_by_one() -> None:
    starts = [datetime(year, 5, 1, 18, tzinfo=zone("Africa/Casablanca")) for year in (2024, 2025)]
    part = zone_part(feed(*map(talk, starts), today=starts[0].date()))

    assert [line for line in part if ":20" in line] == [
        *("DTSTART:20230319T030000", "RDATE:20240310T030000", "RDATE:20250223T030000"),
        *("DTSTART:20230423T020000", "RDATE:20240414T020000", "RDATE:20250406T020000"),
    ]


def test_every_zone_is_told_once_by_name() -> None:
    start = datetime(2026, 11, 20, 18, tzinfo=UTC)
    keys = [*ZONES, *ZONES[::-1]]
    text = feed(
        *(talk(start.astimezone(zone(key)), identity=(str(n),)) for n, key in enumerate(keys))
    )

    assert re.findall(r"\nTZID:(.*)\r", text) == sorted(ZONES)


@pytest.mark.parametrize(
    ("start", "told"),
    [
        # the hour that comes twice: which one is meant, UTC says best
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), "20261025T013000Z"),
        # it ends in that hour
        (datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN), "20261024T233000Z"),
        # the hour that does not come
        (datetime(2027, 3, 28, 2, 30, tzinfo=BERLIN), "TZID=Europe/Berlin:20270328T033000"),
        (datetime(2026, 11, 20, 18, tzinfo=zone("UTC")), "20261120T180000Z"),
    ],
)
def test_where_clocks_change_the_moment_stays(start: datetime, told: str) -> None:
    assert values(feed(talk(start)), "DTSTART") == [told]


def test_an_hour_lasts_an_hour_where_clocks_change() -> None:
    text = feed(talk(datetime(2027, 3, 28, 1, 30, tzinfo=BERLIN)))

    assert values(text, "DTEND") == ["TZID=Europe/Berlin:20270328T033000"]


def test_the_rules_that_a_machine_has_of_a_zone_do_not_matter() -> None:
    walls = [datetime(2026, month, 28, 2, 30) for month in (9, 10, 11, 12)]  # noqa: DTZ001
    between = talk(datetime(2026, 11, 28, 3, tzinfo=UTC))
    feeds = {
        feed(between, *(talk(at.replace(tzinfo=there), identity=(f"{at}",)) for at in walls))
        for there in (BERLIN, zone("Europe/Berlin", rules="America/New_York"))
    }

    assert len(feeds) == 1


def moments(key: str, today: date) -> Iterator[datetime]:
    """Half-hours around every change of the clocks in the window, and noons between."""
    first = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=85)
    days = [first + timedelta(days=n) for n in range(810)]
    there = zone(key)
    for one, next_one in pairwise(days):
        if one.astimezone(there).utcoffset() != next_one.astimezone(there).utcoffset():
            yield from ((one + n * HALF_HOUR).astimezone(there) for n in range(-4, 56))
    yield from ((day + timedelta(hours=12)).astimezone(there) for day in days[::20])


def known(text: str) -> dict[str, list[tuple[datetime, timedelta]]]:
    """What the feed says of each zone: from which moment in UTC which offset counts."""
    found: dict[str, list[tuple[datetime, timedelta]]] = {}
    for part in re.findall(r"BEGIN:VTIMEZONE(.*?)END:VTIMEZONE", text, re.DOTALL):
        own = found.setdefault(re.findall(r"TZID:(.*)\r", part)[0], [])
        for block in re.split("BEGIN:", part)[1:]:
            lines = dict(line.partition(":")[::2] for line in block.split("\r\n"))
            before, after = (offset(lines[f"TZOFFSET{word}"]) for word in ("FROM", "TO"))
            onsets = list(map(wall, [lines["DTSTART"], *re.findall(r"\nRDATE:(.*)\r", block)]))
            if "RRULE" in lines:
                rule = rrulestr(lines["RRULE"], dtstart=onsets[0])
                onsets = rule.between(onsets[0], wall("20300101T000000"), inc=True)
            own += [(at - before, after) for at in onsets]
    return found


def read(zones: dict[str, list[tuple[datetime, timedelta]]], told: str) -> datetime:
    """The moment of `TZID=…:20261120T180000`, by the VTIMEZONEs of the feed alone."""
    if told.endswith("Z"):
        return wall(told[:-1]).replace(tzinfo=UTC)
    key, text = told.removeprefix("TZID=").split(":")
    at = wall(text)
    return (at - max(pair for pair in zones[key] if pair[0] <= at - pair[1])[1]).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007  (wall-clock time)


def offset(text: str) -> timedelta:
    size = timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))
    return -size if text[0] == "-" else size


@pytest.mark.parametrize(
    ("key", "today"),
    [
        *((key, TODAY) for key in ZONES),
        ("America/Mexico_City", date(2022, 3, 1)),  # gave summer time up
        ("Europe/Volgograd", date(2020, 11, 1)),  # moved to another offset for good
    ],
)
def test_every_moment_of_every_zone_is_read_as_it_was_meant(key: str, today: date) -> None:
    meant = sorted(set(moments(key, today)))
    text = feed(*(talk(moment) for moment in meant), today=today)
    zones = known(text)
    read_back = sorted(read(zones, told) for told in values(text, "DTSTART"))
    ends = sorted(read(zones, told) for told in values(text, "DTEND"))

    assert read_back == [moment.astimezone(UTC) for moment in meant]
    assert ends == [moment + timedelta(hours=1) for moment in read_back]


def test_a_zone_is_told_from_before_the_first_moment_in_it() -> None:
    part = zone_part(
        feed(
            talk(datetime(2020, 11, 20, 18, tzinfo=zone("Europe/Volgograd"))),
            talk(datetime(2020, 12, 30, 18, tzinfo=zone("Europe/Volgograd"))),
            today=date(2020, 11, 1),
        )
    )

    assert [line for line in part if line.startswith(("DTSTART", "TZOFFSETTO"))] == [
        *("DTSTART:19700101T000000", "TZOFFSETTO:+0400"),
        *("DTSTART:20201227T020000", "TZOFFSETTO:+0300"),
    ]
