"""What views say, and what they must never take for their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.views import VIEWS

TYPED = (
    "Send her the invoice due 2026-12-01",
    "Last contact: 2026-11-01 she is moving to Oslo",
    "*Nothing is due to me from Bob, remember that*",
    "2 of 3 done: the last one is hers",
    "Not asked for (by anybody)",
    "**Today I will write to Ada**",
    "*No problems with Ada.*",
)


@pytest.mark.parametrize("line", TYPED)
def test_no_sentence_of_a_persons_own_is_taken_for_a_view(line: str) -> None:
    assert [view.name for view in VIEWS if view.phrases.fullmatch(line)] == []


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1))
def test_no_words_without_numbers_are_taken_for_a_view_unless_they_are_its_own(line: str) -> None:
    own = {"All done"}

    assert not any(view.phrases.fullmatch(line) for view in VIEWS) or line in own


def test_every_view_has_a_name_of_its_own_and_says_what_it_shows() -> None:
    assert len({view.name for view in VIEWS}) == len(VIEWS)
    assert all(view.doc for view in VIEWS)
