"""A component written here is the one that icalendar itself would write."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Alarm, Event, Todo
from icalendar.prop import vCategory, vDDDTypes, vDuration, vRecur, vUri

from vaultplan.feed import component
from vaultplan.feed.lines import Shared, Text, written
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings.feeds import FeedSettings

ZONE = ZoneInfo("Europe/Paris")
MOMENTS = (
    date(2026, 2, 28),
    datetime(2026, 2, 28, 9, tzinfo=ZONE),
    datetime(2026, 2, 28, tzinfo=UTC),
)
words = st.text(st.sampled_from("aé漢🙂 ,;:\\N\n\"'^"), max_size=120)


def unfolded(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"")


def whole(kind: type[Event | Todo], moment: date, title: str) -> Event | Todo:
    alarm = Alarm()
    alarm["TRIGGER"] = Shared(vDuration(timedelta(minutes=-30), params={"RELATED": "END"}))
    alarm["ACTION"], alarm["DESCRIPTION"] = Text("DISPLAY"), Text(title)
    item = kind()
    item["X-VAULTPLAN-KEY"], item["UID"], item["SUMMARY"] = Text("x"), Text("u"), Text(title)
    item["DTSTART"] = item["DTSTAMP"] = Shared(vDDDTypes(moment))
    item["CATEGORIES"] = Shared(vCategory(["Follow-up"]))
    item["RRULE"] = Shared(vRecur({"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": -1}))
    item["URL"] = Shared(vUri("obsidian://open?vault=a&file=b%20c"))
    item.add_component(alarm)
    return item


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
@given(title=words)
def test_the_lines_are_those_of_icalendar(moment: date, title: str) -> None:
    for kind in (Event, Todo):
        item = whole(kind, moment, title)

        assert unfolded(written(item)) == unfolded(item.to_ical())
        assert all(len(line) <= 75 for line in written(item).split(b"\r\n"))


def test_one_moment_is_told_in_the_zone_it_has() -> None:
    paris = datetime(2026, 2, 28, 10, tzinfo=ZONE)
    talk = Appointment(("talk",), Category.EVENT, paris, "A talk", "Talk.md", date(2026, 2, 1))
    settings = FeedSettings(vault_name="My vault", vault_id=UUID(int=1))

    there = component(talk, settings, date(2026, 2, 1))
    utc = component(replace(talk, start=paris.astimezone(UTC)), settings, date(2026, 2, 1))

    assert b"DTSTART;TZID=Europe/Paris:20260228T100000" in there
    assert b"DTSTART:20260228T090000Z" in utc
