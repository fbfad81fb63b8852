import re
from datetime import date

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from vaultplan.text.edits import weave
from vaultplan.text.front import (
    FrontError,
    SpliceError,
    Value,
    differs_only_in,
    read_front,
    set_property,
)
from vaultplan.text.scalars import written

ODD = st.sampled_from("ab1 :-\n\r\t#\"'[]{},&*!|>?%@`~.\\\x00\x85\u2028\ufeff\ud800😀é")
BLOCK = st.text(ODD, max_size=40) | st.text(max_size=40)


def values(text: str) -> dict[str, Value]:
    return {one.key: one.value for one in read_front(text).properties}


def spliced(text: str, key: str, value: str) -> str:
    return weave(text, [set_property(text, read_front(text), key, value)])


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: x\n", "2026-11-20", "a: 2026-11-20\n"),
        ("a:\n", "2026-11-20", "a: 2026-11-20\n"),
        ("a: \n", "2026-11-20", "a: 2026-11-20\n"),
        ("a:\t\n", "x", "a:\tx\n"),
        ("a:   'x'   # why\n", "z", "a:   z   # why\n"),
        ("a: # why\n", "x", "a: x # why\n"),
        ("a:   # why\n", "x", "a: x  # why\n"),
        ("a: x\n", "", "a:\n"),
        ("a: x # why\n", "", "a:  # why\n"),
        ("a: x \n", "", "a:  \n"),
        ("a: ~\n", "", "a: ~\n"),
        ("a: ''\n", "", "a: ''\n"),
        ('a: "2026-11-20"\n', "2026-11-20", 'a: "2026-11-20"\n'),
        ("a: 40\n", "40", 'a: "40"\n'),
        ("a: x\n", "yes", 'a: "yes"\n'),
        ("a: x\n", "3 of 10", "a: 3 of 10\n"),
        ("a: x\n", "[[Ada]]", 'a: "[[Ada]]"\n'),
        ("a: x\n", 'say "hi"\n', 'a: "say \\"hi\\"\\n"\n'),
        ("b: 1\n", "x", "b: 1\na: x\n"),
        ("b: 1\n", "", "b: 1\na:\n"),
        ("  b: 1\n", "x", "  b: 1\n  a: x\n"),
        ("", "x", "a: x\n"),
        ("# remark\n", "x", "# remark\na: x\n"),
        ("b: |+\n  x\n\n", "z", "b: |+\n  x\n\na: z\n"),
        ("b:\n- x\n", "z", "b:\n- x\na: z\n"),
        ("A: 1\n", "x", "A: 1\na: x\n"),
        ("a: |-\n  x\n", "x", "a: |-\n  x\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("head", "tail"), [("", "\n rest"), ("\ufeff", "")])
def test_a_value_is_put_where_the_old_one_was(
    before: str, value: str, after: str, newline: str, head: str, tail: str
) -> None:
    note = f"{head}---\n{before}---{tail}".replace("\n", newline)
    expected = f"{head}---\n{after}---{tail}".replace("\n", newline)
    assert spliced(note, "a", value) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "---\na: x\n---\n"),
        ("rest", "---\na: x\n---\nrest"),
        ("\ufeffrest", "\ufeff---\na: x\n---\nrest"),
        ("one\r\ntwo", "---\r\na: x\r\n---\r\none\r\ntwo"),
        ("---\nnever closed", "---\na: x\n---\n---\nnever closed"),
    ],
)
def test_a_note_without_front_matter_gets_some(before: str, after: str) -> None:
    assert spliced(before, "a", "x") == after


@pytest.mark.parametrize(
    "inner",
    [
        "a: [x]\n",
        "a: {b: c}\n",
        "a:\n  - x\n",
        "a:\n  b: c\n",
        "a: |\n  x\n",
        "a: one\n  two\n",
        "a: 'one\n  two'\n",
        "a: &x 1\nb: *x\n",
        "a: !t x\n",
        "? a\n",
        '{"a": "x"}\n',
        '{"b": "x"}\n',
        "{}\n",
        "b: 1\n...\n",
        'a: "x"#c\n',
        "? b\n: - c\n   \n  - d\n...\n",
    ],
)
def test_what_cannot_be_spliced_safely_is_refused(inner: str) -> None:
    with pytest.raises(SpliceError, match="change it by hand"):
        spliced(f"---\n{inner}---\n", "a", "new")


@pytest.mark.parametrize(("key", "value"), [("k" * 2000, "x"), ("a", "\ud83d"), ("\udc00", "x")])
def test_what_would_not_be_read_again_is_refused(key: str, value: str) -> None:
    with pytest.raises(SpliceError):
        spliced("---\na: 1\n---\n", key, value)


NOTES = st.builds(
    lambda head, newline, old, comment, last: (
        head + "---\nx: 1 # 👍\na:" + old + comment + "\nb: [1, true]\n---" + last
    ).replace("\n", newline),
    st.sampled_from(["", "\ufeff"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", " ", " x", ' "x"', "  'é 😀'", " 12", "\t~", "\n  below"]),
    st.sampled_from(["", " ", " # why", "  # 😀"]),
    st.sampled_from(["", "\n", "\nrest", " \n\n rest \n"]),
)


@given(NOTES, st.text())
def test_any_text_that_is_spliced_in_is_read_again_and_all_else_stays(note: str, new: str) -> None:
    front = read_front(note)
    edit = set_property(note, front, "a", new)
    after = weave(note, [edit])
    assert after[: edit.start] + note[edit.start : edit.end] + note[edit.end :] == note
    assert values(after)["a"] in ([new] if new else ["", None])
    assert differs_only_in(note, after, {"a"})
    assert spliced(after, "a", new) == after


@given(NOTES)
def test_setting_and_clearing_does_not_let_a_note_grow(note: str) -> None:
    once = spliced(spliced(note, "a", "y"), "a", "")
    assert spliced(spliced(once, "a", "y"), "a", "") == once


@given(BLOCK, st.text(max_size=5) | st.sampled_from(["first", "a", "b"]), st.text(max_size=9))
def test_in_any_note_a_splice_changes_its_property_alone_or_nothing(
    inner: str, key: str, value: str
) -> None:
    note = f"---\nfirst: x\n{inner}\n---\nrest"
    try:
        after = spliced(note, key, value)
    except (FrontError, SpliceError):
        return
    assert values(after)[key] in ([value] if value else ["", None])
    assert differs_only_in(note, after, {key})


@given(st.text(), st.text(max_size=9), st.text(max_size=9))
def test_a_note_of_any_text_takes_a_property_or_is_refused(text: str, key: str, value: str) -> None:
    try:
        after = spliced(text, key, value)
    except (FrontError, SpliceError):
        return
    assert text.removeprefix("\ufeff") in after
    assert values(after)[key] in ([value] if value else ["", None])


@given(st.text(min_size=1))
def test_readers_of_yaml_1_1_understand_what_is_written_too(text: str) -> None:
    assume(not re.fullmatch(r"\d{4}-\d\d-\d\d.*", text))
    assert yaml.safe_load(f"a: {written(text)}\n") == {"a": text}


@given(st.dates())
def test_a_day_is_written_without_quotes(day: date) -> None:
    assert written(str(day)) == str(day)


# Comparing


@pytest.mark.parametrize(
    "after",
    [
        "---\na: 2\nb: true\n---\nrest ",
        "---\na: 2\nb: 1\n---\nrest",
        "---\na: 2\nb: 'true'\n---\nrest",
        "---\na: 2\n---\nrest",
        "---\na: 2\nb: true\nc:\n---\nrest",
        "---\nb: true\na: 2\nc: 1\n---\nrest",
        "---\na: 2\nb: true\n--- \nrest",
        "\ufeff---\na: 2\nb: true\n---\nrest",
        "---\na: [2\nb: true\n---\nrest",
        "rest",
    ],
)
def test_a_note_that_changed_elsewhere_differs_in_more(after: str) -> None:
    before = "---\na: 1\nb: true\n---\nrest"
    assert differs_only_in(before, "---\na: 2\nb: true\n---\nrest", {"a"})
    assert not differs_only_in(before, after, {"a"})


def test_a_number_that_is_none_is_equal_to_itself() -> None:
    assert differs_only_in("---\na: .nan\n---\n", "---\na: .NaN\nb:\n---\n", {"b"})
