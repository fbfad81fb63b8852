"""Taking a change back from a text that went on since."""

from collections import Counter
from collections.abc import Sequence
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.text.takeback import Piece, take_back

MARK = "·"  # what stands in a piece that a pass fills


def pieces(text: str) -> list[Piece]:
    """One piece a word; what follows a dot in it is filled in, what follows a slash is its end."""
    found = []
    for word in text.split():
        body, _, end = word.partition("/")
        found.append(Piece(body.partition(MARK)[0], body, end))
    return found


def taken(before: str, after: str, now: str) -> str | None:
    found = take_back(pieces(before), pieces(after), pieces(now))
    if found is None:
        return None
    return " ".join(piece.body + ("/" + piece.end if piece.end else "") for piece in found)


@pytest.mark.parametrize(
    ("before", "after", "now", "expected"),
    [
        # Nothing since: the very text of before.
        ("a b", "a x b", "a x b", "a b"),
        ("a b", "b", "b", "a b"),
        ("", "a b", "a b", ""),
        ("a", "", "", "a"),
        ("a b c", "c x a", "c x a", "a b c"),
        # Elsewhere something since: that stays.
        ("a b c", "a x b c", "n a x b c", "n a b c"),
        ("a b c", "a x b c", "a x b n c", "a b n c"),
        ("a b c", "a x b c", "a x b", "a b"),
        ("a b c", "a x b y c", "a x b n y c", "a b n c"),
        ("a o b", "a b", "a n b", "a o n b"),
        ("a o b", "a b", "n b", "n o b"),
        ("o b", "b", "b n", "o b n"),
        ("a o", "a", "a n", "a o n"),
        # Right beside it, or what was written stands twice by now.
        ("a b", "a x b", "a n x n b", "a n n b"),
        ("a b", "a x b", "a x x b", "a x b"),
        ("a x b", "a x x b", "a x n x b", "a x n b"),
        ("a h i", "a h i h i", "a h n i h i", "a h n i"),
        # A change of a piece, and another piece since.
        ("a o b", "a x b", "a x b n", "a o b n"),
        ("- - a -", "- x - a -", "- x - a n -", "- - a n -"),
    ],
)
def test_a_change_is_taken_back_and_what_came_since_stays(
    before: str, after: str, now: str, expected: str
) -> None:
    assert taken(before, after, now) == expected


@pytest.mark.parametrize(
    ("before", "after", "now"),
    [
        ("a b", "a x b", "a b"),
        ("a b", "a x b", "a n b"),
        ("a b", "a x y b", "a x n y b"),
        ("a b", "a x y b", "a x b"),
        ("a o b", "a x b", "a n b"),
        ("a o b", "a b", "n"),
        ("a o b", "a b", ""),
        ("o", "", "n"),
        ("a", "a x", ""),
        ("a b c", "a b c x", "x a b c"),
    ],
)
def test_a_change_that_was_changed_since_is_not_taken_back(
    before: str, after: str, now: str
) -> None:
    assert taken(before, after, now) is None


@pytest.mark.parametrize(
    ("before", "after", "now", "expected"),
    [
        # What is filled in is alike, and stays as it is filled now.
        ("a f·1 b", "a f·1 x b", "a f·2 x b", "a f·2 b"),
        ("a f·1 b", "a f·1 x b", "a f·1 x b n", "a f·1 b n"),
        # Unless the change was to what is in it, and nobody touched that since.
        ("a f·1 b", "a f·3 b", "a f·3 b n", "a f·1 b n"),
        ("a f·1 b", "a f·3 b", "a f·2 b n", "a f·2 b n"),
        # The same with ends: what was the last piece is it again.
        ("a/n b", "a/n b/n x", "a/n b/n x", "a/n b"),
        ("a/n b", "a/n b/n x", "a/r b/r x", "a/r b/r"),
        ("a/n f·1", "a/n f·1/n x", "a/n f·2/n x", "a/n f·2"),
        ("a/n o", "a", "a/n n", "a/n o n"),
    ],
)
def test_of_alike_pieces_the_one_of_now_stays_but_for_what_the_change_was_about(
    before: str, after: str, now: str, expected: str
) -> None:
    assert taken(before, after, now) == expected


# Whatever is written

_words = st.lists(st.sampled_from([*"abcdef", "-", "-", "f·1", "f·2", "g/n"]), max_size=9)
_texts = _words.map(" ".join)


@given(_texts, _texts)
def test_without_a_word_since_the_text_of_before_is_back(before: str, after: str) -> None:
    assert taken(before, after, after) == " ".join(before.split())


@given(_texts, _texts)
def test_a_change_that_was_none_changes_nothing(text: str, now: str) -> None:
    assert taken(text, text, now) in {now, None}
    assert taken(text, text, now) == now


@given(_texts, _texts, _texts)
def test_no_piece_that_came_since_is_dropped_and_none_comes_from_nowhere(
    before: str, after: str, now: str
) -> None:
    found = take_back(pieces(before), pieces(after), pieces(now))
    if found is None:
        return
    keys = [Counter(piece.key for piece in each) for each in map(pieces, (before, after, now))]
    old, changed, last = keys
    assert Counter(piece.key for piece in found) == last - (changed - old) + (old - changed)
    there = {piece.body for each in (before, now) for piece in pieces(each)}
    assert {piece.body for piece in found} <= there


@st.composite
def _two_edits(draw: st.DrawFn) -> tuple[list[str], list[str], list[str], list[str]]:
    """A text, the text changed, the changed text edited elsewhere, and only edited.

    A line that stands once parts every change from every edit.
    """
    texts: tuple[list[str], ...] = ([], [], [], [])
    before, after, now, only = texts
    for number in range(draw(st.integers(1, 6))):
        old = draw(st.lists(st.sampled_from(["", "", "-", "same"]), max_size=3))
        new = draw(st.lists(st.sampled_from(["", "", "-", "same"]), max_size=3))
        if draw(st.booleans()):
            before += old
            after += new
            now += new
            only += old
        else:
            before += old
            after += old
            now += new
            only += new
        for text in texts:
            text.append(f"line {number}")
    return before, after, now, only


@given(_two_edits())
def test_a_change_undone_around_other_edits_gives_the_old_text_with_these_edits(
    texts: tuple[list[str], list[str], list[str], list[str]],
) -> None:
    before, after, now, only = ([Piece(line, line) for line in text] for text in texts)

    assert take_back(before, after, now) == only


@pytest.mark.usefixtures("no_hang")
@pytest.mark.parametrize("blank", [1, 2, 50_000], ids=["all differ", "every other", "all alike"])
def test_a_note_of_50_000_lines_is_no_work(blank: int) -> None:
    lines = [f"line {number}" if number % blank == 0 else "" for number in range(50_000)]
    before = as_pieces(["top", *lines, "end"])
    after = as_pieces(["top", "new", *lines, "end", "more"])
    now = as_pieces(["top", "new", *lines[:30_000], "typed", *lines[30_000:], "end", "more"])
    begin = process_time()

    found = take_back(before, after, now)

    assert process_time() - begin < 5
    assert found == as_pieces(["top", *lines[:30_000], "typed", *lines[30_000:], "end"])


@pytest.mark.usefixtures("no_hang")
def test_a_text_turned_upside_down_is_no_work_either() -> None:
    lines = [f"line {number % 30_000}" for number in range(50_000)]
    begin = process_time()

    take_back(as_pieces(lines), as_pieces([*lines, "new"]), as_pieces(["new", *lines[::-1]]))

    assert process_time() - begin < 5


def as_pieces(lines: Sequence[str]) -> list[Piece]:
    return [Piece(line, line, "\n") for line in lines]
