"""The reader without a parser never says anything but what the whole one says."""

import json
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultplan.text.yaml12 import read_events, read_yaml
from vaultplan.text.yaml_errors import YamlError
from vaultplan.text.yaml_plain import read_plain

CASES = json.loads((Path(__file__).parent / "yaml_cases.json").read_text("ascii"))["cases"]
# What such texts are made of, and what is nearly that.
PIECES = (
    *(
        "a",
        "b: ",
        "key:",
        "null:",
        "true",
        "_x: ",
        "last contact: ",
        "a b",
        "é: ",
        "- ",
        "  - ",
        "-",
    ),
    *(": ", ":", " ", "  ", "\n", "\n", "\n  ", "#", " # ", "C#", '"', "'", "''", '"x"', "'y'"),
    *(
        "[",
        "]",
        "[]",
        ", ",
        ",",
        "{",
        "}",
        "[a, b]",
        '["[[A]]", c]',
        "[[A]]",
        "&x ",
        "*x",
        "!t ",
        "|",
    ),
    *(
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "~",
        ".",
        "..",
        "...",
        "---",
        "-1",
        "+1",
        "1.50",
        "0x1F",
        ".inf",
    ),
    *(
        "2026-11-20",
        "12:30",
        "http://a.b/c#d",
        "\\",
        "\\n",
        "\t",
        "\r\n",
        "\ufeff",
        "\u2028",
        "🙂",
        "/",
    ),
)
LINES = (
    *("a: b\n", "a:\n", "b: 'x'\n", 'c: "x: #y"\n', "d: [a, 'b', \"c\"]\n", "e:\n  - a\n  - b\n"),
    *(
        "f:\n- a\n",
        "g: 1\n",
        "h: a:b\n",
        "i: x # y\n",
        "j:\n  - a: b\n",
        "k:  x  \n",
        "l: [a b, c/d]\n",
    ),
    *(
        "m:\n   - a\n  - b\n",
        "  n: x\n",
        "\n",
        "# o\n",
        "  x\n",
        "p: [\n",
        "q:\n    - 'x' \n    - 7",
    ),
)


def whole(source: str, line: int, offset: int) -> object:
    try:
        return read_events(source, line, offset).properties
    except YamlError as error:
        return error


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(PIECES) | st.sampled_from(LINES), max_size=12).map("".join))
@example("key: a\n\n  b\n")
@example("a: x\x85y\n")
@example("a: \\ud83d\\ude00\n")
def test_values_and_places_are_those_of_the_whole_reader(source: str) -> None:
    plain = read_plain(source, 7, 100)

    if plain is not None and source:
        assert repr(plain) == repr(whole(source, 7, 100))


def test_of_the_texts_that_obsidian_was_asked_about_none_is_read_otherwise() -> None:
    answered = [case["source"] for case in CASES if read_plain(case["source"], 1, 0)]

    assert len(answered) > 50
    for source in answered:
        assert repr(read_plain(source, 1, 0)) == repr(whole(source, 1, 0)), source


def test_front_matter_as_most_write_it_needs_no_parser() -> None:
    source = (
        "type: contact\nname: Ada King\naliases:\n  - Ada\n  - 'A. K.'\n"
        'email: [a@b.org, "c@d.org"]\nurl: https://a.org/x#y\nphone: +46 70 408\n'
        "strength: 'weak'\norganisation: \"[[Globex]]\"\nkey: true\n"
        "met: 2026-11-18\ntags: []\nsnooze:\nlast contact:  \n"
    )

    plain = read_plain(source, 1, 0)

    assert plain is not None
    assert {key: one.value for key, one in plain.items()} == {
        "type": "contact",
        "name": "Ada King",
        "aliases": ["Ada", "A. K."],
        "email": ["a@b.org", "c@d.org"],
        "url": "https://a.org/x#y",
        "phone": "+46 70 408",
        "strength": "weak",
        "organisation": "[[Globex]]",
        "key": True,
        "met": "2026-11-18",
        "tags": [],
        "snooze": None,
        "last contact": None,
    }
    assert [source[one.start : one.end] for one in plain.values()][:4] == [
        "contact",
        "Ada King",
        "- Ada\n  - 'A. K.'",
        '[a@b.org, "c@d.org"]',
    ]


def test_what_is_written_otherwise_is_left_to_the_whole_reader() -> None:
    for source in (
        *(
            "a: b # c\n",
            "a: {b: c}\n",
            "a: |\n  b\n",
            "a: *b\n",
            "a: &b c\n",
            "a: !b c\n",
            "a:\tb\n",
        ),
        *(
            "a: b\n c\n",
            "a: b\r\n",
            "a:\n  b: c\n",
            "# a\nb: c\n",
            "a: [[b]]\n",
            "null: a\n",
            "a: - \n",
        ),
        *("a: b\na: c\n", 'a: "b\\n"\n', "a: 'b''c'\n", "a: [b\n", "1: a\n", "a: b: c\n", "a:b\n"),
    ):
        assert read_plain(source, 1, 0) is None, source


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    for line in (
        "a: " * 30_000,
        "a:" * 40_000,
        'a: "b' * 20_000,
        "a: [b, " * 20_000,
        "a " * 50_000,
    ):
        assert read_plain(line, 1, 0) is None
    assert read_yaml("a: " + "x " * 50_000 + "\n").value == {"a": ("x " * 50_000).strip()}
    assert read_plain("a:\n" + "- b\n" * 30_000 + "- [\n", 1, 0) is None
