"""What each line of a note stands in.

The notes below are written with what is expected in front: `code | …` is a line of code.
"""

from itertools import pairwise
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vaultplan.text.lines import Line, Where, lines_of


def drawn(text: str, body: int = 0) -> str:
    return "\n".join(f"{line.where.value:7} | {line.text}" for line in lines_of(text, body))


def shows(picture: str) -> None:
    """Take the words before `|` off a picture, and see whether they come back."""
    picture = dedent(picture).strip("\n")
    note = "\n".join(line[10:] for line in picture.split("\n"))

    assert [line.rstrip() for line in drawn(note).split("\n")] == picture.split("\n")


def test_a_fence_is_code_until_one_at_least_as_long_of_its_own_kind() -> None:
    shows("""
        text    | words
        code    | ```python
        code    | - 2026-01-01 call
        code    | ~~~
        code    | ```
        text    | words
        code    | ~~~~ info `with` ticks
        code    | ~~~
        code    |   ~~~~
        text    | ```not a fence``` but a code span
        code    | ```
        code    | never closed
    """)


def test_a_fence_in_a_list_item_ends_with_the_item() -> None:
    shows("""
        text    | - item
        code    |   ```
        code    |   - 2026-01-01 call
        code    |
        code    |   ```
        code    | - ```
        code    |   more
        text    | words that stand outside
        text    | 1. item
        code    |    ~~~
        text    | - next item
    """)


def test_indented_code_needs_four_columns_and_no_paragraph_above() -> None:
    shows("""
        text    | words
        text    |     go on here
        text    |
        code    |     code
        code    |     - 2026-01-01 call
        text    | - item
        text    |
        text    |     nested words
        text    |     - nested item
        text    |
        code    |           code in the nested item
        heading | # Title
        code    |     code right below a heading
    """)


def test_a_tab_reaches_to_the_next_multiple_of_four() -> None:
    shows(
        "text    | - item\n"
        "text    |\n"
        "text    | \t- nested by a tab\n"
        "heading | ## Title\n"
        "code    | \tcode\n"
        "code    |   \tcode too"
    )


def test_a_quote_goes_on_where_its_paragraph_does_and_takes_its_fence_with_it() -> None:
    shows("""
        quote   | > said
        quote   | without the sign
        text    |
        text    | not said
        quote   | > ```
        quote   | > code
        text    | outside of the fence
        quote   | > ~~~
        quote   | > code
        quote   | > ~~~
        quote   | > said
        quote   | without the sign
        quote   | > # title
        text    | outside of the title
        quote   | - > quoted in an item
        quote   |   goes on
        text    | - item
        quote   | > [!note]
        text    | - 2026-01-01 call
    """)


def test_headings_have_one_to_six_signs_and_a_blank_or_nothing_after_them() -> None:
    note = "# One\n###### Six ##\n#\n   ## Two\n#tag\n####### seven\n\\# no\n\n    # code\n"

    found = [(line.text, line.level) for line in lines_of(note, 0) if line.level]

    assert found == [("# One", 1), ("###### Six ##", 6), ("#", 1), ("   ## Two", 2)]
    assert all((line.level > 0) == (line.where is Where.HEADING) for line in lines_of(note, 0))


def test_an_html_comment_that_begins_a_line_runs_to_its_end_or_the_notes() -> None:
    shows("""
        comment | <!-- one line -->
        text    | words
        comment | <!-- many
        comment |
        comment | - 2026-01-01 call -->
        text    | <!-- closed --> words
        text    |
        comment | <!-- never closed
        comment |
        comment | # Title
    """)


def test_an_html_comment_inside_a_line_must_be_closed_before_an_empty_line() -> None:
    shows("""
        text    | words <!-- here --> and there
        text    | words <!-- begin
        comment | and end --> here
        text    | `<!--` in a code span
        text    | \\<!-- escaped
        text    | words <!-- begin
        text    |
        text    | no end --> before
    """)


def test_percent_comments_have_exactly_two_signs_on_each_side() -> None:
    shows("""
        text    | words %% hidden %% words
        comment | %% hidden %%
        text    | words %% begin
        comment |
        comment | and end %%
        text    | %%%% is none
        text    | %%% neither
        text    | `%%` nor this
        comment | %%
        comment | ```
        comment | %%
        text    | 100 %% sure
        text    | words
    """)


def test_a_percent_comment_that_begins_a_line_and_is_never_closed_runs_to_the_end() -> None:
    shows("""
        text    | words
        comment | %% begin
        comment |
        comment | # Title
    """)


def test_math_needs_its_end() -> None:
    shows("""
        math    | $$
        math    | - 2026-01-01 call
        math    | $$
        math    | $$ x^2 $$
        text    | $$ x^2 $$ is a square
        text    | it costs $$ or more
        text    | $$ is never closed
        text    | - 2026-01-01 call
    """)


def test_between_the_markers_every_line_is_the_block() -> None:
    shows("""
        text    | words
        marker  | <!-- vaultplan:begin checklist -->
        block   | ```mermaid
        block   | <!-- open
        block   | # Title
        marker  | <!-- vaultplan:end 5d41402a -->
        text    | words
        text    | - item
        marker  |   <!-- vaultplan:begin contacts where="status = to-do" limit=10 -->
        block   | words
        marker  |   <!-- vaultplan:end -->
    """)


def test_a_marker_without_its_partner_swallows_nothing() -> None:
    shows("""
        marker  | <!-- vaultplan:begin first -->
        text    | words
        marker  | <!-- vaultplan:begin second -->
        block   | words
        marker  | <!-- vaultplan:end 00000000 -->
        text    | words
        marker  | <!-- vaultplan:end 00000000 -->
        text    | words
        marker  | <!-- vaultplan:begin third -->
        text    | words
    """)


def test_markers_in_code_comments_and_quotes_or_beside_words_are_none() -> None:
    shows("""
        code    | ```
        code    | <!-- vaultplan:begin a -->
        code    | <!-- vaultplan:end -->
        code    | ```
        quote   | > <!-- vaultplan:begin a -->
        text    |
        comment | %%
        comment | <!-- vaultplan:begin a -->
        comment | %%
        text    | <!-- vaultplan:begin a --> words
        text    | words <!-- vaultplan:begin a -->
        comment | <!-- vaultplan:beginning -->
        code    |     <!-- vaultplan:begin a -->
    """)


def test_lines_are_numbered_from_the_top_of_the_note_and_keep_their_places() -> None:
    note = "---\r\ntype: contact\r\n---\r\nwords\r\n\nmore\rwords\r\nlast\r"
    body = note.index("words")

    assert lines_of(note, body) == (
        Line(4, 25, 30, "words", Where.TEXT),
        Line(5, 32, 32, "", Where.TEXT),
        Line(6, 33, 43, "more\rwords", Where.TEXT),
        Line(7, 45, 50, "last\r", Where.TEXT),
    )


@pytest.mark.parametrize("note", ["", "---\na: 1\n---\n", "\ufeff"])
def test_a_note_without_a_body_has_no_lines(note: str) -> None:
    assert lines_of(note, len(note) if note.startswith("-") else 0) == ()


def test_a_byte_order_mark_hides_no_heading() -> None:
    assert lines_of("\ufeff# Title\n", 0) == (Line(1, 1, 8, "# Title", Where.HEADING, 1),)


PIECES = [
    *("", "words", "  words", "    words", "\t\twords", "# title", "***", "- item", "  - item"),
    *("    - item", "\t- item", "1. item", "2. item", "1234567. item", "- - item", "```", "  ```"),
    *("````", "~~~", "- ```", "> words", "> ```", "> - item", "- > words", "  > words"),
    *("<!-- open", "<!-- whole -->", "  <!-- open", "-->"),
]
KINDS = {"fence": "code", "code_block": "code", "heading_open": "heading", "html_block": "comment"}


def commonmark(note: str) -> list[str]:
    """What each line stands in, as markdown-it-py sees it."""
    seen = ["text"] * (note.count("\n") + 1)
    for token in MarkdownIt("commonmark").disable("lheading").parse(note):
        kind = "quote" if token.type == "blockquote_open" else KINDS.get(token.type)
        for at in range(*(token.map or (0, 0))) if kind else ():
            seen[at] = kind if kind and seen[at] != "quote" else seen[at]
    return seen


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7))
def test_code_quotes_headings_and_comments_are_those_of_commonmark(pieces: list[str]) -> None:
    seen = commonmark("\n".join(pieces))
    found = [line.where.value for line in lines_of("\n".join([*pieces, "."]), 0)]

    assert [it for it, piece in zip(found, pieces, strict=False) if piece] == [
        it for it, piece in zip(seen, pieces, strict=True) if piece
    ]


@given(
    st.lists(st.sampled_from([*PIECES, "%%", "$$", "a %% b", "`", "\r", "<!-- vaultplan:end -->"])),
    st.sampled_from(["\n", "\r\n"]),
    st.text("ab \t\r\n`~<!->%$#*+0123456789.)\\\u2028é", max_size=60),
)
def test_the_lines_of_any_text_are_the_text(pieces: list[str], newline: str, end: str) -> None:
    note = newline.join(pieces) + end
    lines = lines_of(note, 0)

    assert [note[line.start : line.end] for line in lines] == [line.text for line in lines]
    assert {note[a.end : b.start] for a, b in pairwise(lines)} <= {"\n", "\r\n"}
    assert note[lines[-1].end if lines else 0 :] in ("", "\n", "\r\n")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


HOSTILE = {
    "many items": "- 2026-01-01 call: words [[Ada]]\n" * 200_000,
    "many comments never closed": "words <!-- open\n" * 100_000 + "\n-->",
    "many percent signs": "words %% open\n" * 100_001,
    "many fences": "```\n" * 200_000,
    "deep bullets on one line": "- " * 32_000 + "x\n" + "     - y\n" * 50_000,
    "deep items under a number": "1234567. " + "- " * 32_000 + "x\n" + "      - y\n" * 50_000,
    "many runs of ticks": "%%" + " ".join("`" * length for length in range(1, 360)),
    "many stars": "* " * 32_000 + "x",
    "many begin markers": "<!-- vaultplan:begin x -->\n" * 100_000,
    "many openings on one line": "x <!-- " * 9_000 + "$$%% `" * 9_000 + "\\" * 65_000,
}


@pytest.mark.parametrize("note", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.usefixtures("no_hang")
def test_huge_and_hostile_notes_are_read_in_one_pass(note: str) -> None:
    lines = lines_of(note, 0)

    assert len(lines) >= note.count("\n")
