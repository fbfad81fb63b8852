"""What a reader of a feed gets to read: clean lines, and no more than their eyes are for."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from vaultplan.feed import build_feed
from vaultplan.feedcheck import check_feed
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings.feeds import FeedSettings, Variant

TODAY = date(2026, 11, 20)


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


def feed(item: Appointment, **changes: Any) -> str:
    settings = FeedSettings(vault_name="My vault", vault_id=UUID(int=1), **changes)
    data, problems = build_feed([item], settings, TODAY)

    assert problems == ()
    assert check_feed(data) == ()
    return data.decode()


def values(text: str, name: str) -> list[str]:
    lines = text.replace("\r\n ", "").split("\r\n")
    return [line.removeprefix(f"{name}:") for line in lines if line.startswith(f"{name}:")]


def title(text: str) -> str:
    """The one title, as a program unescapes it (RFC 5545, 3.3.11)."""
    signs = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n"}
    (found,) = values(text, "SUMMARY")
    return re.sub(r"\\.", lambda match: signs[match[0]], found)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("  Tea,\tcoffee ; or\\not ", "Tea, coffee ; or\\not"),
        (r"C:\New\new", r"C:\New\new"),
        ("x\r\nEND:VEVENT\rBEGIN:VEVENT\nUID:1", "x END:VEVENT BEGIN:VEVENT UID:1"),
        ("a\0b\x07c\x1b[31m\x7f\x85d\u2028e\u2029f\ufeff\uffff", "abc[31m d e f"),
        ("half a pair \ud83d and a whole \ud83c\udf89", "half a pair \ufffd and a whole 🎉"),
        ("\u202etxt.exe", "txt.exe"),
        ("שלום {person}", "שלום Ada Lovelace"),
        ("", "Follow-up"),
        ("\0\n", "Follow-up"),
        ("Thank {person} and {persons}", "Thank Ada Lovelace and {persons}"),
    ],
)
def test_a_title_is_one_clean_line(written: str, shown: str) -> None:
    assert title(feed(thank(title=written))) == shown


def test_long_lines_are_folded_between_characters_and_not_within_escapes() -> None:
    written = "🎉é;" * 40
    lines = feed(thank(title=written)).encode().split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines[:-1])
    assert not any(line.endswith(b"\\") for line in lines)
    assert title(feed(thank(title=written))) == written


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ada Lovelace", "A. L."),
        ("  ada   king   von lovelace ", "A. K. V. L."),
        ("Zoe\u0308 E\u0301tienne", "Z. É."),
        ("Élise ßen", "É. ß."),
        ("山田太郎", "山."),
        ("محمد علي", "م. ع."),
        ("क्षमा नारायण", "क्ष. ना."),
        ("김철수", "김."),
        ("O'Brien (née Ng)", "O. N. N."),
        ("“Ada” 🎉", "A."),
        ("👩🏽‍🚀 🎉", "someone"),
        ("", "someone"),
        ("\0\u200d", "someone"),
        ("🏳️‍🌈" * 2000, "someone"),
    ],
)
def test_an_initials_feed_shortens_names(name: str, short: str) -> None:
    text = feed(thank(person=name), variant="initials")

    assert title(text) == f"Thank {short}"


def test_an_initials_feed_shortens_a_name_that_the_title_says_itself() -> None:
    meeting = thank(title="Coffee with Ada Lovelace", identity=("x",))
    person = thank(title="{person} at a persons' meeting", person="person")

    assert title(feed(meeting, variant="initials")) == "Coffee with A. L."
    assert title(feed(person, variant="initials")) == "P. at a persons' meeting"


@pytest.mark.parametrize("variant", ["initials", "busy"])
def test_feeds_for_other_eyes_have_no_notes_places_or_links(variant: Variant) -> None:
    item = thank(notes=("Ada Lovelace owes me",), location="Ada's house")
    text = feed(item, variant=variant)

    assert "Ada" not in text
    assert "obsidian" not in text
    assert values(text, "LOCATION") == []
    assert values(text, "DESCRIPTION") == values(text, "SUMMARY")  # the alarm's


@pytest.mark.parametrize("kind", list(Category))
def test_a_busy_feed_says_only_what_kind_of_thing_it_is(kind: Category) -> None:
    text = feed(thank(category=kind), variant="busy")

    assert [title(text)] == values(text, "CATEGORIES")
    people = {"Follow-up", "Birthday", "Event"}
    assert title(text) in people | {"Goal", "Checkpoint", "Brand", "Opportunity"}


def test_notes_are_lines_of_the_description_and_the_link_the_last() -> None:
    item = thank(notes=("one\r\n\r\n two  ", "\x1bthree", ""), location=" Berlin,\nAlex ")
    text = feed(item)

    assert values(text, "LOCATION") == [r"Berlin\, Alex"]
    assert values(text, "DESCRIPTION")[0] == (
        r"one\n\ntwo\nthree\n\nobsidian://open?vault=My%20vault&file=People%2FAda%20Lovelace"
    )


def test_the_name_of_a_feed_is_a_clean_line_too() -> None:
    text = feed(thank(), name="Ada;\r\nMETHOD:x, y", zone="\0Europe/Berlin\n")

    assert values(text, "NAME") == values(text, "X-WR-CALNAME") == [r"Ada\; METHOD:x\, y"]
    assert values(text, "X-WR-TIMEZONE") == ["Europe/Berlin"]


def test_links_can_be_switched_off() -> None:
    assert "obsidian" not in feed(thank(), links=False)
    assert "obsidian" not in feed(thank(path=""))


def test_a_link_is_ascii_whatever_the_file_is_called() -> None:
    path = 'a/%41 A|B]]<b>#^;,"\udcff é🎉.md'
    name = "a%2F%2541%20A%7CB%5D%5D%3Cb%3E%23%5E%3B%2C%22%EF%BF%BD%20%C3%A9%F0%9F%8E%89"

    assert values(feed(thank(path=path)), "URL") == [
        f"obsidian://open?vault=My%20vault&file={name}"
    ]


def test_an_initials_feed_says_nothing_of_what_is_about_nobody_in_particular() -> None:
    words = {"person": "", "identity": ("x",), "category": Category.EVENT}
    event = thank(title="Dinner with Ada Lovelace", **words)
    odd = thank(title="Dinner of {person} with Ada Lovelace", **words)
    overdue = thank(title="3 follow-ups overdue", person="", category=Category.OVERDUE)

    assert title(feed(event, variant="initials")) == "Event"
    assert title(feed(odd, variant="initials")) == "Event"
    assert title(feed(overdue, variant="initials")) == "3 follow-ups overdue"
