"""The feed is what was meant, byte for byte, whatever the notes say."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from vaultplan.feed import build_feed, build_todo_feed
from vaultplan.feedcheck import check_feed
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings

TODAY = date(2026, 11, 20)
VAULT = UUID("6f1d3c3e-52c5-4d0e-9a53-0c1f6a5d3b21")
BERLIN = ZoneInfo("Europe/Berlin")
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


def feed_settings(**changes: Any) -> FeedSettings:
    return FeedSettings(**{"vault_name": "My vault", "vault_id": VAULT, **changes})


def thank(**changes: Any) -> Appointment:
    fields = {
        "identity": ("ada-1", "thank", "2026-11-19"),
        "category": Category.FOLLOW_UP,
        "start": TODAY,
        "title": "Thank {person}",
        "path": "People/Ada Lovelace.md",
        "stamp": date(2026, 11, 19),
        "person": "Ada Lovelace",
    }
    return Appointment(**{**fields, **changes})


def talk(start: datetime, **changes: Any) -> Appointment:
    fields = {"identity": ("talk",), "category": Category.EVENT, "title": "A talk", "person": ""}
    return thank(**{**fields, "start": start, **changes})


def feed(*items: Appointment, today: date = TODAY, **changes: Any) -> str:
    data, problems = build_feed(items, feed_settings(**changes), today)

    assert problems == ()
    assert [flaw for flaw in check_feed(data) if flaw.severity != "hint"] == []
    return data.decode()


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def values(text: str, name: str) -> list[str]:
    found = (re.fullmatch(rf"{name}((?:;[^:]*)?):(.*)", line) for line in unfolded(text))
    return [f"{match[1]}:{match[2]}".removeprefix(":") for match in found if match]


def summaries(text: str) -> list[str]:
    """The titles of events, not the descriptions of alarms."""
    signs = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n"}
    found = values(text, "SUMMARY")
    return [re.sub(r"\\.", lambda match: signs[match[0]], value) for value in found]


def test_a_feed_reads_as_calendar_programs_want_it() -> None:
    notes = ("You met on 2026-11-19.", "Offer: a template; two, if need be")

    assert feed(thank(notes=notes), zone="Europe/Berlin").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//vaultplan//vaultplan//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Follow-ups",
        "X-WR-CALNAME:Follow-ups",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-APPLE-CALENDAR-COLOR:#008080",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/Berlin",
        "BEGIN:VEVENT",
        "SUMMARY:Thank Ada Lovelace",
        "DTSTART;VALUE=DATE:20261120",
        "DTEND;VALUE=DATE:20261121",
        "DTSTAMP:20261119T000000Z",
        "UID:a8c042ff-cfaf-5926-94f6-a60d538bc51c",
        "CATEGORIES:Follow-up",
        r"DESCRIPTION:You met on 2026-11-19.\nOffer: a template\; two\, if need be\no",
        " bsidian://open?vault=My%20vault&file=People%2FAda%20Lovelace",
        "TRANSP:TRANSPARENT",
        "URL:obsidian://open?vault=My%20vault&file=People%2FAda%20Lovelace",
        "X-VAULTPLAN-KEY:a8c042ff",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Thank Ada Lovelace",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_feed_without_items_is_a_calendar_without_components() -> None:
    data, problems = build_feed([], feed_settings(), TODAY)

    assert data.endswith(b"X-PUBLISHED-TTL:PT1H\r\nEND:VCALENDAR\r\n")
    assert problems == ()


# ids


def test_the_id_formula_never_changes() -> None:
    assert uid_of(VAULT, "VEVENT", thank().identity) == "a8c042ff-cfaf-5926-94f6-a60d538bc51c"
    assert uid_of(VAULT, "VTODO", thank().identity) == "f4fb1a0d-6a08-5cae-9d6a-fe23d3175caa"


def test_an_id_stays_when_everything_but_the_identity_is_edited() -> None:
    edited = thank(
        title="Write", path="Ada.md", start=date(2027, 1, 1), notes=("x",), stamp=TODAY, done=TODAY
    )

    assert uid_of(VAULT, "VEVENT", edited.identity) == uid_of(VAULT, "VEVENT", thank().identity)


@pytest.mark.parametrize(
    ("one", "other"),
    [(("a", "b"), ("a\nb",)), (("a", "b"), ('a","b',)), (("ab", ""), ("a", "b")), (("a",), ())],
)
def test_identities_that_differ_give_ids_that_differ(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    ids = {uid_of(VAULT, "VEVENT", identity) for identity in (one, other)}

    assert len(ids) == 2


def test_an_id_is_the_same_whichever_way_a_file_system_spells_an_umlaut() -> None:
    composed, apart = (thank(identity=(path,)) for path in ("Zo\u00eb.md", "Zoe\u0308.md"))

    assert uid_of(VAULT, "VEVENT", composed.identity) == uid_of(VAULT, "VEVENT", apart.identity)


# days and times


def test_a_whole_day_ends_on_the_next_one_and_a_longer_thing_where_it_says() -> None:
    longer = thank(identity=("b",), start=date(2026, 11, 21), end=date(2026, 11, 24))
    text = feed(thank(), longer)

    assert values(text, "DTEND") == [";VALUE=DATE:20261121", ";VALUE=DATE:20261124"]
    assert values(text, "TRANSP") == ["TRANSPARENT"] * 2


def test_things_stand_by_day_whole_days_first_then_by_time() -> None:
    late, early = (
        talk(datetime(2026, 11, 20, hour, tzinfo=UTC), identity=(f"{hour}",), title=f"{hour}")
        for hour in (18, 9)
    )
    tomorrow = thank(identity=("t",), title="tomorrow", start=date(2026, 11, 21))

    assert summaries(feed(tomorrow, late, early, thank())) == [
        *("Thank Ada Lovelace", "9", "18", "tomorrow")
    ]


# what is in it


@pytest.mark.parametrize(
    ("item", "there"),
    [
        (thank(start=date(2026, 8, 22)), True),
        (thank(start=date(2026, 8, 21)), False),
        (thank(start=date(2026, 8, 1), end=date(2026, 8, 22)), True),
        (thank(start=date(2028, 11, 20)), True),
        (thank(start=date(2028, 11, 21)), False),
        (thank(start=date(1815, 12, 10), yearly=True), True),
        (thank(start=date(2100, 12, 10), yearly=True), True),
        (talk(datetime(2026, 8, 22, 1, tzinfo=BERLIN)), True),
        (talk(datetime(2026, 8, 21, 23, tzinfo=BERLIN)), False),
        (thank(done=TODAY), False),
    ],
)
def test_a_feed_looks_90_days_back_and_two_years_ahead(item: Appointment, *, there: bool) -> None:
    assert bool(summaries(feed(item))) is there


def test_only_the_kinds_asked_for_are_in_a_feed() -> None:
    goal = thank(category=Category.GOAL, title="A goal", identity=("g",))

    assert summaries(feed(thank(), goal, include=frozenset({Category.GOAL}))) == ["A goal"]


def test_a_feed_of_what_is_done_ticks_it_off_and_does_not_remind_of_it() -> None:
    text = feed(thank(done=TODAY), completed=True)

    assert summaries(text) == ["✓ Thank Ada Lovelace"]
    assert "VALARM" not in text


def test_birthdays_come_every_year_those_of_29_february_too() -> None:
    ada = thank(start=date(1815, 12, 10), yearly=True)
    leap = thank(identity=("b",), start=date(1996, 2, 29), yearly=True)
    text = feed(ada, leap)

    assert values(text, "RRULE") == ["FREQ=YEARLY", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"]
    assert values(text, "DTSTART") == [";VALUE=DATE:18151210", ";VALUE=DATE:19960229"]
    assert values(text, "TRIGGER") == ["PT9H", "PT9H"]


@pytest.mark.parametrize(
    ("item", "alarms", "trigger"),
    [
        (thank(), time(7, 30), ["PT7H30M"]),
        (thank(), time(0), ["P0D"]),
        (thank(), None, []),
        (thank(start=date(2026, 11, 19)), time(9), []),
        (talk(datetime(2026, 11, 20, 1, tzinfo=BERLIN)), time(9), ["-PT30M"]),
        (talk(datetime(2026, 11, 20, 1, tzinfo=timezone(timedelta(hours=2)))), time(9), ["-PT30M"]),
        (talk(datetime(2026, 11, 19, 23, tzinfo=BERLIN)), time(9), []),
    ],
)
def test_alarms_are_for_today_and_later(
    item: Appointment, alarms: time | None, trigger: list[str]
) -> None:
    assert values(feed(item, alarms=alarms), "TRIGGER") == trigger


# to-dos


def todos(*items: Appointment, **changes: Any) -> str:
    data, problems = build_todo_feed(items, feed_settings(todo="to-dos.ics", **changes), TODAY)

    assert problems == ()
    assert [flaw for flaw in check_feed(data) if flaw.severity != "hint"] == []
    return data.decode()


def test_a_to_do_is_due_on_its_day_and_has_no_start() -> None:
    text = todos(thank())

    assert unfolded(text[text.index("BEGIN:VTODO") :]) == [
        "BEGIN:VTODO",
        "CATEGORIES:Follow-up",
        "DESCRIPTION:obsidian://open?vault=My%20vault&file=People%2FAda%20Lovelace",
        "DTSTAMP:20261119T000000Z",
        "DUE;VALUE=DATE:20261120",
        "STATUS:NEEDS-ACTION",
        "SUMMARY:Thank Ada Lovelace",
        "UID:f4fb1a0d-6a08-5cae-9d6a-fe23d3175caa",
        "URL:obsidian://open?vault=My%20vault&file=People%2FAda%20Lovelace",
        "X-VAULTPLAN-KEY:f4fb1a0d",
        *("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Thank Ada Lovelace"),
        *("TRIGGER;RELATED=END:PT9H", "END:VALARM", "END:VTODO", "END:VCALENDAR", ""),
    ]


def test_what_happens_by_itself_is_no_to_do_and_what_is_overdue_stays() -> None:
    event = thank(identity=("e",), category=Category.EVENT)
    old = thank(identity=("o",), start=date(2025, 1, 1), title="Old")

    assert summaries(todos(event, old)) == ["Old"]


def test_a_done_to_do_says_when() -> None:
    text = todos(thank(done=date(2026, 11, 18)), completed=True)

    assert values(text, "STATUS") == ["COMPLETED"]
    assert values(text, "COMPLETED") == ["20261118T120000Z"]


# what is bad


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (thank(identity=()), "it has nothing to know it by"),
        (thank(end=TODAY), "it ends before it starts"),
        (thank(end=datetime(2026, 11, 21, tzinfo=UTC)), "one end has a time, the other has none"),
        (talk(datetime(2026, 11, 20, tzinfo=UTC), end=TODAY), "one end has a time, the other has"),
        (talk(datetime(2026, 11, 20, tzinfo=UTC), yearly=True), "what comes every year has no"),
        (thank(start=date.max, yearly=True), "it is on the last day there is"),
        (
            talk(datetime(2026, 11, 20, 9, tzinfo=UTC), end=datetime(9999, 1, 1, tzinfo=UTC)),
            "its year is beyond what calendars know",
        ),
        (
            talk(
                datetime(2026, 10, 25, 2, 50, tzinfo=BERLIN, fold=1),
                end=datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN),
            ),
            "it ends before it starts",
        ),
    ],
)
def test_one_bad_item_is_left_out_and_told_and_the_rest_stays(
    bad: Appointment, message: str
) -> None:
    good = thank(identity=("good",))
    data, problems = build_feed([bad, good], feed_settings(), TODAY)

    assert data == build_feed([good], feed_settings(), TODAY)[0]
    assert [(p.path, p.line, p.rule, p.severity) for p in problems] == [
        ("People/Ada Lovelace.md", 0, "feed-item", "warning")
    ]
    assert message in problems[0].message


def test_a_moment_without_a_zone_is_a_defect_of_who_made_it() -> None:
    naive = talk(datetime(2026, 11, 20, 9))  # noqa: DTZ001  (that is the point)

    with pytest.raises(ValueError, match="no zone"):
        build_feed([naive], feed_settings(), TODAY)


def test_of_two_items_with_one_id_that_of_the_first_path_stays() -> None:
    one, other = thank(path="a.md", title="One"), thank(path="b.md", title="Other")
    results = [build_feed(items, feed_settings(), TODAY) for items in ([one, other], [other, one])]

    assert results[0] == results[1]
    assert summaries(results[0][0].decode()) == ["One"]
    assert [problem.message for problem in results[0][1]] == [
        "“Other” is not in follow-ups.ics: a.md has an item with the same identity"
    ]


def test_a_feed_too_large_for_google_is_told() -> None:
    items = [thank(identity=(str(n),), notes=("x" * 9000,)) for n in range(100)]
    data, problems = build_feed(items, feed_settings(), TODAY)

    assert len(data) > 900_000
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("follow-ups.ics", "feed-size")
    ]
