import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.text.front import (
    Front,
    FrontError,
    Value,
    read_front,
)
from vaultplan.text.yaml12 import read_yaml

NOTE = """---
type: contact
name: "Ada Lovelace" # the first
email:
  - ada@example.org # work
  # and more
tags: [a, b]   # two
offer: |
  an intro

phone: +46 70 123
last_contact:
met: 2026-11-20
---
# Ada
"""


def values(text: str) -> dict[str, Value]:
    return {one.key: one.value for one in read_front(text).properties}


def spans(text: str) -> dict[str, str]:
    return {one.key: text[one.start : one.end] for one in read_front(text).properties}


# Where front matter begins and ends


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("---\na: 1\n---\nrest", "rest"),
        ("\ufeff---\na: 1\n---\nrest", "rest"),
        ("---\r\na: 1\r\n---\r\nrest", "rest"),
        ("--- \t\na: 1\n---  \nrest", "rest"),
        ("---\na: 1\n---", ""),
        ("---\na: 1\n --- \n---\nrest", "rest"),
        ("---\na: |\n  x\n  ---\n---\nrest", "rest"),
        ("---\na: |\n  x\n---\n  y\n---\n", "  y\n---\n"),
    ],
)
def test_front_matter_stands_between_two_lines_of_three_dashes(text: str, body: str) -> None:
    front = read_front(text)
    assert text[front.body :] == body
    assert text[front.end :].startswith("---")
    assert [one.key for one in front.properties] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: 1",
        "---",
        "---\n",
        "---\na: 1\n",
        "---\na: 1\n----\n",
        "---\na: 1\n--- x\n",
        "---\na: 1\n...\n",
        "----\na: 1\n---\n",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "---\ra: 1\r---\r",
        "+++\na = 1\n+++\n",
        '{"a": 1}\n',
        "---\u2028a: 1\n---\n",
    ],
)
def test_without_such_lines_there_is_no_front_matter(text: str) -> None:
    assert read_front(text) == Front((), 0, 0, 0)
    assert read_front("\ufeff" + text) == Front((), 1, 1, 1)


@pytest.mark.parametrize("inner", ["", "\n", "# only a remark\n", "  \n\t\n", "null\n"])
def test_a_block_that_says_nothing_has_no_properties(inner: str) -> None:
    text = f"---\n{inner}---\nrest"
    assert read_front(text) == Front((), 4, 4 + len(inner), 8 + len(inner))


# What a property is, and where it stands


def test_every_property_has_its_value() -> None:
    assert values(NOTE) == {
        "type": "contact",
        "name": "Ada Lovelace",
        "email": ["ada@example.org"],
        "tags": ["a", "b"],
        "offer": "an intro\n",
        "phone": "+46 70 123",
        "last_contact": None,
        "met": "2026-11-20",
    }


def test_every_property_has_its_line_and_its_place() -> None:
    assert [one.line for one in read_front(NOTE).properties] == [2, 3, 4, 7, 8, 11, 12, 13]
    assert spans(NOTE) == {
        "type": "contact",
        "name": '"Ada Lovelace"',
        "email": "- ada@example.org",
        "tags": "[a, b]",
        "offer": "|\n  an intro\n\n",
        "phone": "+46 70 123",
        "last_contact": "",
        "met": "2026-11-20",
    }


def test_only_one_text_on_one_line_may_be_spliced() -> None:
    more = "x: &a 1\ny: *a\nz: !t 1\nw: one\n  two\nv: 'a'\nu:\n  on its own line\n"
    text = NOTE.replace("met:", more + "met:")
    single = [one.key for one in read_front(text).properties if one.single]
    assert single == ["type", "name", "phone", "last_contact", "v", "u", "met"]


def test_in_braces_nothing_may_be_spliced() -> None:
    assert [one.single for one in read_front('---\n{"a": 1, "b": x}\n---\n').properties] == [
        False
    ] * 2


def test_places_stay_true_behind_emoji_crlf_and_odd_characters() -> None:
    inner = "a: 👩\u200d🚀 x\u2028y\x07\nb: \x85\nc: [\x1b] # \x00\nd: 'e'\n"
    text = f"\ufeff---\n{inner}---\n".replace("\n", "\r\n")
    assert values(text) == {"a": "👩\u200d🚀 x\u2028y\x07", "b": "\x85", "c": ["\x1b"], "d": "e"}
    assert spans(text) == {"a": "👩\u200d🚀 x\u2028y\x07", "b": "\x85", "c": "[\x1b]", "d": "'e'"}
    assert [one.line for one in read_front(text).properties] == [2, 3, 4, 5]


def test_private_characters_of_the_note_are_its_own() -> None:
    private = "".join(map(chr, [*range(0xF0000, 0xF0100), *range(0x100000, 0x100100)]))
    assert values(f"---\na: {private}\x07\nb: -\n---\n") == {"a": f"{private}\x07", "b": [None]}


def test_json_escapes_of_an_emoji_are_the_emoji_between_double_quotes_only() -> None:
    pair = r"\ud83d\ude00"
    text = f"---\na: \"x{pair}y\"\nb: '{pair}'\nc: {pair}\nd: e\n---\n"
    assert values(text) == {"a": "x😀y", "b": pair, "c": pair, "d": "e"}
    assert spans(text)["d"] == "e"


def test_a_number_is_a_double_and_whole_if_it_can_be() -> None:
    read = read_yaml("[1.0, 1e3, 9007199254740993, 0x1F, 1e400, 1.10]").value
    assert repr(read) == "[1, 1000, 9007199254740992, 31, inf, 1.1]"


# What cannot be read


@pytest.mark.parametrize(
    ("inner", "line", "words"),
    [
        ("a: 1\ntwitter: @ada\n", 3, "begins with a tab, @"),
        ("a: 1\nb: Re: hello\n", 3, "put the value in quotes"),
        ('a: 1\nb: "C:\\dir"\n', 3, "a backslash stands in double quotes"),
        ('a: 1\nb: "x\nc: 2\n', 3, "a quote is opened and never closed"),
        ("a: 1\nb: [x\nc: 2\n", 3, "a bracket is not closed"),
        ("a: 1\nb: [x, #y]\n", 3, "a # in a list"),
        ("a: 1\nb\nc: 2\n", 4, "a line has no colon"),
        ('a: 1\nb: "Ada" L\n', 3, "text follows a quote"),
        ("a: 1\nb: {{date}} x\n", 3, "text follows a quote or bracket"),
        ("a: 1\nb: **x**\n", 3, "begins with * or &"),
        ("a: 1\nb: *x\n", 3, "begins with *, but no &x is before it"),
        ("a: 1\nb: > 3 years\n", 3, "begins with | or >"),
        ("a: 1\nb: ![[x.png]]\n", 3, "begins with !"),
        ("a: 1\nb: - x\n", 3, "begins with a dash"),
        ("a: 1\nb: -\n  x\n", 3, "a list begins behind its key"),
        ("a: 1\nb:\n\t- x\n", 4, "use spaces"),
        ("a: 1\nb: [\nx]\n", 4, "a line of the value of 'b' is not indented"),
        ("%a: 1\n", 2, "begins with %"),
        ("a: 1\na: 2\n", 3, "the key 'a' stands there twice"),
        ("a: 1\nb: {c: 1, c: 2}\n", 3, "the key 'c' stands there twice"),
        ("a: 1\n...\n--- b\n", 4, "ends it early"),
        ("- a\n- b\n", 2, "no `key: value` lines"),
        ("a:1\n", 2, "is a space missing after a colon?"),
        ("a: &x [*x]\n", 2, "no &x is before it"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_to_do(
    inner: str, line: int, words: str
) -> None:
    with pytest.raises(FrontError, match=re.escape(words)) as caught:
        read_front(f"---\n{inner}---\nrest")
    assert caught.value.line == line


@pytest.mark.parametrize(
    "inner",
    [
        "a: " + "[" * 3000 + "]" * 3000,
        "a: " + "{b: " * 3000 + "}" * 3000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1300)),
        "- " * 3000,
        "? " * 3000,
    ],
)
def test_nesting_thousands_deep_is_one_error(inner: str) -> None:
    with pytest.raises(FrontError, match="nested more than 64 deep"):
        read_front(f"---\n{inner}\n---\n")


def test_aliases_may_stand_for_a_hundred_things_and_no_more() -> None:
    few = "a: &x 1\nb: [" + "*x, " * 99 + "]\n"
    assert values(f"---\n{few}---\n")["b"] == [1] * 99
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcde", "bcdef", strict=True)
    )
    with pytest.raises(FrontError, match="stands for too much"):
        read_front(f"---\n{bomb}---\n")


def test_a_huge_block_is_refused() -> None:
    with pytest.raises(FrontError, match="more than 1,000,000 characters"):
        read_front("---\n" + "# x\n" * 300_000 + "---\n")


def test_more_kinds_of_odd_characters_than_can_be_stood_in_for_are_an_error() -> None:
    private = "".join(map(chr, [*range(0xF0000, 0xFFFFE), *range(0x100000, 0x10FFFE)]))
    with pytest.raises(FrontError, match="too many kinds of odd characters"):
        read_front(f"---\na: {private}\x07\n---\n")


ODD = st.sampled_from("ab1 :-\n\r\t#\"'[]{},&*!|>?%@`~.\\\x00\x85\u2028\ufeff\ud800😀é")
BLOCK = st.text(ODD, max_size=40) | st.text(max_size=40)


@given(st.text() | st.text(ODD))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        front = read_front(text)
    except FrontError:
        return
    assert 0 <= front.start <= front.end <= front.body <= len(text)


@given(st.binary())
def test_any_bytes_that_are_a_text_are_read_or_refused(raw: bytes) -> None:
    for text in (raw.decode("utf-8", "ignore"), raw.decode("utf-8", "surrogateescape")):
        try:
            read_front(f"---\n{text}\n---\n")
        except FrontError:
            continue


@given(BLOCK)
def test_a_text_that_may_be_spliced_stands_where_it_is_said_to_stand(inner: str) -> None:
    text = f"---\nfirst: x\n{inner}\n---\nrest"
    try:
        front = read_front(text)
    except FrontError:
        return
    for one in front.properties:
        assert front.start <= one.start <= one.end <= front.end
        if one.single:
            assert repr(read_yaml(text[one.start : one.end]).value) == repr(one.value)
