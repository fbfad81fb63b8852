"""What is written here by hand is what the icalendar library writes of the same values."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Calendar, Event, Todo
from icalendar.prop import vCategory, vDDDTypes, vDuration, vRecur, vText, vUri, vUTCOffset

from vaultplan.feed import build_feed, component, todo
from vaultplan.feed.lines import duration, line, moment_line, text
from vaultplan.feed.zones import _offset
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings

ZONE = ZoneInfo("Europe/Paris")
TODAY = date(2026, 2, 1)
MOMENTS = (
    date(2026, 2, 28),
    date(1, 2, 3),
    datetime(2026, 2, 28, 9, tzinfo=ZONE),
    datetime(2026, 2, 28, tzinfo=UTC),
)
SETTINGS = FeedSettings(vault_name="My vault", vault_id=UUID(int=1), zone="Europe/Paris")
words = st.text(st.sampled_from("aé漢🙂 ,;:\\n\"'^"), max_size=120).map(
    lambda said: " ".join(said.split())
)


def unfolded(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"")


def filled(item: Event | Todo, talk: Appointment) -> Event | Todo:
    """What events and to-dos share, as icalendar is told it."""
    uid = uid_of(SETTINGS.vault_id, str(item.name), talk.identity)
    link = "obsidian://open?vault=My%20vault&file=Talk"
    item["UID"], item["X-VAULTPLAN-KEY"] = vText(uid), vText(uid[:8])
    item["SUMMARY"] = vText(talk.title or "Event")
    item["DESCRIPTION"] = vText("\n".join([*talk.notes, link]).strip())
    if talk.location:
        item["LOCATION"] = vText(talk.location)
    item["DTSTAMP"] = vDDDTypes(datetime.combine(talk.stamp, time(), UTC))
    item["CATEGORIES"], item["URL"] = vCategory(["Event"]), vUri(link)
    alarm = Alarm()
    alarm["ACTION"], alarm["DESCRIPTION"] = vText("DISPLAY"), item["SUMMARY"]
    item.add_component(alarm)
    return item


@given(title=words, note=words, place=words, day=st.dates(TODAY, date(2027, 1, 1)))
def test_components_are_those_of_icalendar(title: str, note: str, place: str, day: date) -> None:
    talk = Appointment(
        ("talk",),
        Category.EVENT,
        day,
        title,
        "Talk.md",
        TODAY,
        notes=(note,),
        location=place,
        yearly=True,
    )
    event, task = filled(Event(), talk), filled(Todo(), talk)
    event["DTSTART"], event["DTEND"] = vDDDTypes(day), vDDDTypes(day + timedelta(1))
    event["TRANSP"], event["RRULE"] = vText("TRANSPARENT"), vRecur({"FREQ": "YEARLY"})
    event.subcomponents[0]["TRIGGER"] = vDuration(timedelta(hours=9))
    task["DUE"], task["STATUS"] = vDDDTypes(day), vText("NEEDS-ACTION")
    task.subcomponents[0]["TRIGGER"] = vDuration(timedelta(hours=9), params={"RELATED": "END"})

    for written, wanted in (
        (component(talk, SETTINGS, TODAY), event),
        (todo(talk, SETTINGS, TODAY), task),
    ):
        assert unfolded(written) == unfolded(wanted.to_ical())
        assert all(len(each) <= 75 for each in written.split(b"\r\n"))


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_moments_are_those_of_icalendar(moment: date) -> None:
    event = Event()
    event["DTSTART"] = vDDDTypes(moment)

    assert moment_line("DTSTART", moment) in bytes(event.to_ical())


@given(st.integers(-1439, 1439))
def test_durations_and_offsets_are_those_of_icalendar(minutes: int) -> None:
    span = timedelta(minutes=minutes)

    assert duration(span).encode() == vDuration(span).to_ical()  # type: ignore[no-untyped-call]  # (icalendar does not say)
    assert _offset(span) == vUTCOffset(span).to_ical()


@given(words)
def test_the_head_is_that_of_icalendar(name: str) -> None:
    head = Calendar()
    head["VERSION"], head["PRODID"] = vText("2.0"), vText("-//vaultplan//vaultplan//EN")
    head["CALSCALE"], head["COLOR"] = vText("GREGORIAN"), vText("teal")
    head["NAME"] = head["X-WR-CALNAME"] = vText(name or "Follow-ups")
    head["REFRESH-INTERVAL"] = vDuration(timedelta(hours=1), params={"VALUE": "DURATION"})
    head["X-APPLE-CALENDAR-COLOR"], head["X-PUBLISHED-TTL"] = vText("#008080"), vText("PT1H")
    head["X-WR-TIMEZONE"] = vText("Europe/Paris")

    written, _ = build_feed([], replace(SETTINGS, name=name), TODAY)

    assert unfolded(written) == unfolded(head.to_ical())


def test_a_typed_backslash_and_n_is_no_line_break() -> None:
    assert text("C:\\New, C:\\new") == "C:\\\\New\\, C:\\\\new"


@given(st.text(st.sampled_from("aé漢🙂\\,"), max_size=300))
def test_a_folded_line_splits_no_character_and_no_escape(title: str) -> None:
    written = line(f"SUMMARY:{text(title)}")
    pieces = written.removesuffix(b"\r\n").split(b"\r\n ")

    assert "".join(piece.decode() for piece in pieces) == f"SUMMARY:{text(title)}"
    for piece in pieces:
        assert (len(piece) - len(piece.rstrip(b"\\"))) % 2 == 0


def test_one_moment_is_told_in_the_zone_it_has() -> None:
    paris = datetime(2026, 2, 28, 10, tzinfo=ZONE)
    talk = Appointment(("talk",), Category.EVENT, paris, "A talk", "Talk.md", date(2026, 2, 1))

    there = component(talk, SETTINGS, TODAY)
    utc = component(replace(talk, start=paris.astimezone(UTC)), SETTINGS, TODAY)

    assert b"DTSTART;TZID=Europe/Paris:20260228T100000" in there
    assert b"DTSTART:20260228T090000Z" in utc
