"""Templates filled as Obsidian's core plugin does, new properties, and names of files."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.kinds import KINDS, Kind
from vaultplan.passes.templates import template_text
from vaultplan.text.filenames import LONGEST, file_name
from vaultplan.text.front import SpliceError, read_front
from vaultplan.text.note import Note, read_note
from vaultplan.text.template import fill, plain_days, put_property

DAY, CLOCK = date(2026, 11, 3), time(15, 7, 9)


def filled(text: str) -> str:
    return fill(text, "Ada", DAY, CLOCK)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("# {{title}}, {{ Title }}", "# Ada, Ada"),
        ("{{date}} {{time}}", "2026-11-03 15:07"),
        ("{{date:}}", "2026-11-03"),
        ("{{date:dddd, MMMM Do YYYY}}", "Tuesday, November 3rd 2026"),
        ("{{date:ddd D MMM YY}}", "Tue 3 Nov 26"),
        ("{{date:GGGG-[W]WW, [day] DDDD}}", "2026-W45, day 307"),
        ("{{date:[Q]Q Mo E}}", "Q4 11th 2"),
        ("{{time:h:mm a, HH:mm:ss A}}", "3:07 pm, 15:07:09 PM"),
        ("{{time:YYYY-MM-DD}} {{date:HH:mm}}", "2026-11-03 15:07"),
        ("{{date:YYYY-MM-DDTHH:mm}}", "2026-11-03T15:07"),
    ],
)
def test_what_the_plugin_fills_is_filled(template: str, text: str) -> None:
    assert filled(template) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{date:Z}} {{date:YYYY-MM-DD zz}}",
        "{{date:gggg-[W]ww}}",
        "{{date:LL}}",
        "{{date+1d}} {{VALUE}} {{title:x}} {{ }} {title}",
        "<% tp.date.now() %>",
        "{{date:YYYY",
    ],
)
def test_what_cannot_be_filled_stays(template: str) -> None:
    assert filled(template) == template


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "12 am 0 24"), (11, "11 am 11 11"), (12, "12 pm 12 12"), (23, "11 pm 23 23")],
)
def test_midnight_and_noon_are_said_as_moment_does(hour: int, words: str) -> None:
    assert fill("{{time:h a H k}}", "", DAY, time(hour)) == words


@pytest.mark.parametrize(
    ("day", "said"),
    [(1, "1st"), (2, "2nd"), (11, "11th"), (13, "13th"), (23, "23rd"), (30, "30th")],
)
def test_ordinals(day: int, said: str) -> None:
    assert fill("{{date:Do}}", "", date(2026, 11, day), CLOCK) == said


@given(st.text())
def test_any_text_can_be_filled_and_says_nothing_else_without_a_placeholder(text: str) -> None:
    assert filled(text) == text or "{{" in text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_built_in_template_is_front_matter_before_and_after_it_is_filled(kind: Kind) -> None:
    text = template_text(kind)

    assert {one.key for one in read_front(text).properties} >= {"type"}
    note = read_note("x.md", plain_days(filled(text)).encode())
    assert isinstance(note, Note)
    days = [one for one in note.front.properties if one.value == "2026-11-03"]
    assert all(note.text[one.start : one.end] == "2026-11-03" for one in days)
    assert text.endswith("\n")
    assert ("## Log" in text) is kind.logs


@pytest.mark.parametrize(
    ("front", "key", "source", "after"),
    [
        ("type: goal\n", "plan", '"[[A]]"', 'type: goal\nplan: "[[A]]"\n'),
        ("plan:\ndue:\n", "plan", "x", "plan: x\ndue:\n"),
        ("plan: # which\n", "plan", "x", "plan: x # which\n"),
        ("plan: old # which\n", "plan", "", "plan: # which\n"),
        ("goals: []\ndue:\n", "goals", "\n  - a\n  - b", "goals:\n  - a\n  - b\ndue:\n"),
        ("goals:\n  - z\ndue:\n", "goals", "\n  - a", "goals:\n  - a\ndue:\n"),
        ("note: |\n  one\n  two\ndue:\n", "note", "x", "note: x\ndue:\n"),
        ("target: five\n", "target", "5", "target: 5\n"),
        ("", "key", "true", "key: true\n"),
    ],
)
def test_a_property_is_put_where_it_stands(front: str, key: str, source: str, after: str) -> None:
    text = f"---\n{front}---\n\nbody\n"

    assert put_property(text, key, source) == f"---\n{after}---\n\nbody\n"
    with_returns = put_property(text.replace("\n", "\r\n"), key, source)
    assert with_returns == f"---\n{after}---\n\nbody\n".replace("\n", "\r\n")


def test_front_matter_begins_with_the_first_property() -> None:
    assert put_property("# Ada\n", "type", "contact") == "---\ntype: contact\n---\n# Ada\n"


@pytest.mark.parametrize(
    ("text", "key", "source"),
    [
        ("---\na: 1\na: 2\n---\n", "b", "x"),
        ("---\n{a: 1}\n---\n", "b", "x"),
        ("---\na: &x 1\nb: *x\n---\n", "a", "2"),
    ],
)
def test_what_would_change_more_is_refused(text: str, key: str, source: str) -> None:
    with pytest.raises(SpliceError):
        put_property(text, key, source)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("C/C++: the [book]?", "C-C++ - the book"),
        ("10:30 <call> | #1 ^2", "10-30 call - 1 2"),
        ("..hidden.. ", "hidden"),
        ("a\nb\tc\x00d\u202e", "a b cd"),
        ("CON", "CON_"),
        ("com1.notes", "com1_.notes"),
        ("Connie", "Connie"),
        ("Zoe\u0308", "Zoë"),
        ("🦊", "🦊"),
        ("???", ""),
        ("...", ""),
    ],
)
def test_a_name_becomes_the_name_of_a_file(name: str, stem: str) -> None:
    assert file_name(name) == stem


@given(st.text())
def test_a_file_name_fits_every_disk_and_stays_what_it_is(name: str) -> None:
    stem = file_name(name)

    assert len(stem.encode()) <= LONGEST + 1
    assert not set(stem) & set('[]#^|\\/:*?"<>')
    assert stem == stem.strip(" .")
    assert file_name(stem) == stem
