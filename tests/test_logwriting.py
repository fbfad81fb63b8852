"""One line more in a log, and one taken out again.

Notes stand as text, with `+ ` where the written lines are expected, and `  ` before all others.
"""

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.days import parse_day
from vaultplan.text.edits import newline_of, weave
from vaultplan.text.lines import lines_of
from vaultplan.text.log import LogLine, LogWords, add_log_line, read_log, remove_log_line

WORDS = LogWords(
    frozenset({"log", "interactions"}), frozenset({"call", "coffee", "thank-you", "email"})
)
DAY = date(2026, 11, 20)


def day_of(target: str) -> date | None:
    name = target.rpartition("/")[2]
    return date(2026, 11, 16) if name == "Monday" else parse_day(name) if len(name) == 10 else None


def log_of(note: str, body: int = 0) -> tuple[LogLine, ...]:
    return read_log(lines_of(note, body), WORDS, day_of)[0]


def added(note: str, *, kind: str = "thank-you", words: str = "", body: int = 0) -> str:
    lines = lines_of(note, body)
    return weave(note, [add_log_line(note, lines, WORDS, day_of, DAY, kind, words)])


def writes(picture: str, *, kind: str = "thank-you", words: str = "") -> None:
    lines = dedent(picture).strip("\n").split("\n")
    before = "\n".join(line[2:] for line in lines if not line.startswith("+"))
    after = "\n".join(line[2:] for line in lines)

    assert added(before, kind=kind, words=words) == after


def test_a_log_that_has_the_newest_first_gets_the_line_on_top() -> None:
    writes("""
          # Ada

          ## Log
        + - 2026-11-20 thank-you
          - 2026-11-18 coffee
            with [[Ada]]
          - 2026-10-01 call
    """)


def test_a_log_that_has_the_oldest_first_gets_the_line_below() -> None:
    writes("""
          ## Log

          * 2026-10-01 call
          * 2026-11-18 coffee: talked
            about [[Ada]]

            - nested
        + * 2026-11-20 thank-you

          words below the list

          ## Notes
    """)


def test_an_earlier_day_goes_where_the_order_has_it() -> None:
    writes("""
          ## Log
          - 2026-11-01 call
          - 2026-11-20 coffee
        + - 2026-11-20 thank-you
          - 2026-12-01 call
          - 2026-12-02 call
    """)
    writes("""
          ## Log
          - 2026-12-02 call
          - 2026-12-01 call
        + - 2026-11-20 thank-you
          - 2026-11-20 coffee
          - 2026-11-01 call
    """)
    writes("""
          ## Log
          - 2026-12-02 call
          - 2026-12-01 call
        + - 2026-11-20 thank-you
    """)
    writes("""
          ## Log
        + - 2026-11-20 thank-you
          - 2026-12-01 call
          - 2026-12-02 call
    """)


def test_a_log_without_an_order_gets_the_line_below() -> None:
    writes("""
          ## Log
          - 2026-12-01 call
        + - 2026-11-20 thank-you
    """)
    writes("""
          ## Log
          - 2026-11-01 call
          - 2026-11-05 call
          - 2026-11-03 call
        + - 2026-11-20 thank-you
          - [ ] 2026-12-24 call
    """)


@pytest.mark.parametrize(
    ("item", "fresh"),
    [
        ("+ 2026-11-01 call", "+ 2026-11-20 thank-you: sent"),
        ("- 2026-11-01: call", "- 2026-11-20: thank-you: sent"),
        ("- 2026-11-01:", "- 2026-11-20: thank-you: sent"),
        ("- 2026-11-01 — call", "- 2026-11-20 — thank-you: sent"),
        ("- [x] 2026-11-01 call", "- 2026-11-20 thank-you: sent"),
        ("- 2026-11-01 14:00, call", "- 2026-11-20, thank-you: sent"),
        ("- **2026-11-01** call", "- **2026-11-20** thank-you: sent"),
        ("- **2026-11-01:** call", "- **2026-11-20:** thank-you: sent"),
        ("- **2026-11-01 — a DM**", "- **2026-11-20** — thank-you: sent"),
        ("- [[2026-11-01]]: call", "- [[2026-11-20]]: thank-you: sent"),
        ("- **[[2026-11-01]]** call", "- **[[2026-11-20]]** thank-you: sent"),
        ("- [[Daily/2026-11-01]] call", "- [[Daily/2026-11-20]] thank-you: sent"),
        ("- [[D/2026/2026-11-01|1 Nov]]", "- [[D/2026/2026-11-20|2026-11-20]] thank-you: sent"),
        ("- [[D/10/2026-10-01|1 Oct]]", "- [[2026-11-20|2026-11-20]] thank-you: sent"),
        ("- [1 Nov](D/2026-11-01.md) call", "- [2026-11-20](D/2026-11-20.md) thank-you: sent"),
        ("- [[Monday]] call", "- 2026-11-20 thank-you: sent"),
        ("1. 2026-11-01 call", "2. 2026-11-20 thank-you: sent"),
        ("9) 2026-11-01 call", "10) 2026-11-20 thank-you: sent"),
        ("*   2026-11-01 call", "*   2026-11-20 thank-you: sent"),
        ("- 2026\n\t- 2026-11-01 call", "\t- 2026-11-20 thank-you: sent"),
    ],
)
def test_the_line_is_written_like_the_one_beside_it(item: str, fresh: str) -> None:
    note = f"## Log\n\n{item}\n\n## Notes\n"

    assert added(note, words="sent") == f"## Log\n\n{item}\n{fresh}\n\n## Notes\n"


def test_items_that_all_have_one_number_keep_it_and_blank_lines_between_items_stay() -> None:
    writes(
        """
          ## Log

          1. 2026-10-01 call

          1. 2026-11-01 call

        + 1. 2026-11-20 thank-you
        +
          ## Notes
    """.replace("+\n", "+ \n")
    )


def test_an_empty_log_gets_the_line_below_what_stands_there() -> None:
    writes("""
          ## Log
        +\x20
        + - 2026-11-20 thank-you
    """)
    writes("""
          ## Log
        +\x20
        + - 2026-11-20 thank-you
        +\x20
          ## Notes
    """)
    writes("""
          ## Log
          <!-- vaultplan:begin log -->
          - 2026-11-01 call
          <!-- vaultplan:end -->
        +\x20
        + - 2026-11-20 thank-you

          ## Notes
    """)
    writes("""
          ## Log
          All that happened:

          * [ ] call her
            soon
        + * 2026-11-20 thank-you
    """)


def test_a_log_of_dated_headings_gets_the_line_above_them() -> None:
    writes("""
          ## Log

        + - 2026-11-20 thank-you
        +\x20
          ### 2026-11-01
          words
    """)


def test_the_line_stays_out_of_code_that_is_never_closed() -> None:
    writes("""
          ## Log
        +\x20
        + - 2026-11-20 thank-you
        +\x20
          ```
          - 2026-11-01 call
    """)


def test_no_other_line_changes_its_meaning() -> None:
    writes("""
        + ## Log
        +\x20
        + - 2026-11-20 thank-you
        +\x20
          ~~~
          never closed
    """)
    writes("""
              code
        +\x20
        + ## Log
        +\x20
        + - 2026-11-20 thank-you
        +\x20
          ~~~
          never closed
    """)
    writes(
        """
          ## Log
          - 2026-11-02 call
          - 2026-11-01 call: drew an arrow -->
        + - 2026-11-20 thank-you: for <!-- that
        """,
        words="for <!-- that",
    )
    writes(
        """
          ## Log
          - 2026-11-01 call
          ## Notes
          words
          %% hidden %%
        +\x20
        + ## Log
        +\x20
        + - 2026-11-20 thank-you: for 50 %% off
        """,
        words="for 50 %% off",
    )


def test_what_cannot_be_read_back_goes_where_it_would_have_gone() -> None:
    assert added("## Log\n- 2026-11-01 call\n", kind="dance") == (
        "## Log\n- 2026-11-01 call\n- 2026-11-20 dance\n"
    )


def test_a_log_heading_in_code_or_a_comment_is_none() -> None:
    writes("""
          <!--
          ## Log
          -->
          ~~~
          ## Log
          ~~~
        +\x20
        + ## Log
        +\x20
        + - 2026-11-20 thank-you
    """)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("", "## Log\n\n- 2026-11-20\n"),
        ("\ufeff", "\ufeff## Log\n\n- 2026-11-20\n"),
        ("words", "words\n\n## Log\n\n- 2026-11-20"),
        ("words\n", "words\n\n## Log\n\n- 2026-11-20\n"),
        ("words\r\n", "words\r\n\r\n## Log\r\n\r\n- 2026-11-20\r\n"),
        ("words\n\n\n", "words\n\n## Log\n\n- 2026-11-20\n\n\n"),
        ("## Log", "## Log\n\n- 2026-11-20"),
        ("## Log\n", "## Log\n\n- 2026-11-20\n"),
        ("## Log\r\n\r\n", "## Log\r\n\r\n- 2026-11-20\r\n"),
    ],
)
def test_the_end_of_a_note_is_kept_as_it_was(note: str, expected: str) -> None:
    assert added(note, kind="") == expected


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("---\na: 1\n---\n", "---\na: 1\n---\n\n## Log\n\n- 2026-11-20\n"),
        ("---\na: 1\n---", "---\na: 1\n---\n\n## Log\n\n- 2026-11-20"),
    ],
)
def test_a_note_that_is_all_front_matter_gets_a_log_below_it(front: str, expected: str) -> None:
    assert added(front, kind="", body=len(front)) == expected


def test_a_line_without_kind_and_words_is_a_date() -> None:
    assert added("## Log\n- 2026-11-01: x\n", kind="").endswith("- 2026-11-20\n")
    assert added("# Log\n- 2026-11-01: x\n", kind="", words=" a\n b ").endswith(
        "- 2026-11-20: a b\n"
    )


def test_taking_a_line_out_takes_its_line_ending_too() -> None:
    note = "## Log\r\n- 2026-11-01 call\r\n  - more\r\n- 2026-11-02 call\r\n- 2026-11-03 call"
    first, _, last = log_of(note)

    assert weave(note, [remove_log_line(note, first)]) == (
        "## Log\r\n- 2026-11-02 call\r\n- 2026-11-03 call"
    )
    assert weave(note, [remove_log_line(note, last)]) == (
        "## Log\r\n- 2026-11-01 call\r\n  - more\r\n- 2026-11-02 call"
    )


PIECES = [
    *("words", "  words", "", "", "## Log", "### Log", "## Interactions:", "## Next", "---"),
    *(
        "- 2026-11-18 coffee: x",
        "- 2026-11-17",
        "* [[Daily/2026-11-16|Mon]]: call",
        "1. 2025-01-01",
    ),
    *("- **2026-05-18 — DM**", "**2026-11-13 — DM**", "### 2026-11-12", "- [ ] 2026-12-01 plan"),
    *("  - nested", "- undated", "  - 2025-01-01 call", "\t- 2024-01-01 email: y", "> quote"),
    *("```", "- ```", "~~~", "<!-- open", "-->", "a <!-- b", "%%", "a %% b", "$$", "    code"),
    *("<!-- vaultplan:begin x -->", "- [ ] made", "<!-- vaultplan:end -->", "| a | b |"),
]
NOTES = st.tuples(
    st.sampled_from(["", "\ufeff", "---\ntype: contact\n---\n"]),
    st.lists(st.sampled_from(PIECES), max_size=9),
    st.sampled_from(["", "\n", "\n\n"]),
    st.sampled_from(["\n", "\r\n"]),
)


def told(lines: tuple[LogLine, ...]) -> list[tuple[date, str, str]]:
    return [(line.day, line.kind, line.text) for line in lines]


def spoken(note: str) -> list[str]:
    """The lines of a note that a new log may not have added."""
    return [line for line in note.lstrip("\ufeff").splitlines() if line not in ("", "## Log")]


@given(NOTES, st.sampled_from(["", "coffee"]), st.sampled_from(["", "with [[Ada]]"]))
def test_a_line_written_is_read_back_and_everything_else_stays(
    parts: tuple[str, list[str], str, str], kind: str, words: str
) -> None:
    front, pieces, end, newline = parts
    front = front.replace("\n", newline)
    note = front + newline.join(pieces) + end.replace("\n", newline)
    body = len(front) if front.startswith("-") else 0
    edit = add_log_line(note, lines_of(note, body), WORDS, day_of, DAY, kind, words)
    after = weave(note, [edit])
    span = range(edit.start, edit.start + len(edit.text) + 1)
    (fresh,) = (line for line in log_of(after, body) if line.start in span and line.end in span)

    others = [line for line in log_of(after, body) if line != fresh]
    assert told((fresh,)) == [(DAY, kind, words)]
    assert told(tuple(others)) == told(log_of(note, body))
    assert edit.start == edit.end
    assert "\n" not in edit.text.replace(newline_of(note), "")

    again = weave(after, [remove_log_line(after, fresh)])
    assert spoken(again) == spoken(note)
    if edit.text.count("\n") == 1:
        assert again == note
