"""Where the lines of a note are told without looking at each, they are told as ever."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultplan.text.lines import Line, lines_of
from vaultplan.text.lines_plain import plain_block, plain_lines

FRONT = "---\ntype: contact\n---\n"
BEGIN, END = "<!-- vaultplan:begin checklist -->", "<!-- vaultplan:end 5d41402a -->"
PLAIN = (
    *("", "words", "Größe", "  more", "   - deeper", "- item", "* item", "+ item", "- [ ] to do"),
    *("[link](x)", "- 2026-11-18 call: it", "1. one", "12) two", "# Head", "#tag", "###### x"),
    *("---", "**bold** x", "_it_", "| a | b |", "!x", "![[x]]", '"q"', "'q'", "(x)", BEGIN, END),
)
OTHER = (
    *("    four", "\tTab", "- ", "-", "- [x]", "1.", "- - x", "- > x", "- ```", "1. > x", "- # x"),
    *("## ", "#", "####### x", "--- ", "- - -", "***", "__", "> quote", "```", "~~~", "$$", "$$ x"),
    *("🙂", "2026 was", "2026-11-18", "%", "=", "<b>", f" {BEGIN}", "<!-- x -->", "<!--", "-->"),
    *(f"{BEGIN} y", "\r", "<!-- vaultplan:end -->"),
)
ENDS = ("", "", "", "", " ", " x", " %%", " <!-- x -->", " `", " $$", "\r", " x%%y", "\u2028", "]]")
usual = st.lists(st.sampled_from(PLAIN), max_size=12)
mixed = st.lists(
    st.builds("".join, st.tuples(st.sampled_from(PLAIN + OTHER), st.sampled_from(ENDS))),
    max_size=8,
)


def told(text: str) -> tuple[Line, ...] | None:
    block = plain_block(text, len(FRONT))
    return None if block is None else plain_lines(text, block, len(FRONT), len(text))


@settings(max_examples=1500)
@given(usual | mixed, st.sampled_from(("", "\n")))
@example(["words", "```"], "\n")
@example(["- item", "", "  > x"], "\n")
@example([BEGIN, "```", END, "# Head"], "\n")
@example([], "")
def test_the_lines_are_those_of_the_reader_that_looks_at_each(parts: list[str], end: str) -> None:
    text = FRONT + "\n".join(parts) + end

    plain = told(text)

    if plain is not None:
        assert plain == lines_of(text, len(FRONT))


def test_a_contact_as_most_write_it_is_told_at_once() -> None:
    body = (
        "\n# Ada King\n\nMet her at the meetup; likes **maths**.\n\n- first\n  - deeper\n1. one\n\n"
        f"{BEGIN}\n\n> anything\n\n{END}\n\n## Log\n\n- 2026-11-18 call: about [[Charles]]\n"
        "- [[2026-11-17]] thank-you\n\n#tag\n\n---\n"
    )

    plain = told(FRONT + body)

    assert plain is not None
    assert plain == lines_of(FRONT + body, len(FRONT))
    assert {line.where.value for line in plain} == {"text", "heading", "marker", "block"}


def test_some_of_the_lines_are_told_as_among_all() -> None:
    text = f"{FRONT}words\n\n{BEGIN}\n\nx\n\n{END}\nwords\n"
    block = plain_block(text, len(FRONT))

    assert block is not None
    assert plain_lines(text, block, block.start, block.stop) == lines_of(text, len(FRONT))[2:7]


def test_what_may_open_something_is_looked_at_line_by_line() -> None:
    for line in ("```", "> x", "$$", "    x", "%%x", "<!-- x", "1. > x", "\tx", "- - x", "x\r"):
        assert told(f"{FRONT}words\n{line}\nwords\n") is None, line
    assert plain_block("words\n", 0) is None
