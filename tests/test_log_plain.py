"""A log that is read straight from the text says what it says line by line."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultplan.settings.follow import LogRules
from vaultplan.text.daily import DailyNames
from vaultplan.text.lines import lines_of
from vaultplan.text.lines_plain import plain_block
from vaultplan.text.log import LogLine, LogWords, read_log, read_plain_log

FRONT = "---\ntype: contact\n---\n"
WORDS = LogWords(LogRules().headings, LogRules().kinds | {"catch-up"})
DAY_OF = DailyNames().day_of_link
USUAL_DATES = ("2026-11-18 ", "[[2026-11-18]] ")
OTHER_DATES = (
    *("[[2026-11-19]]", "2026-11-18: ", "2026-11-18", "2026-02-30 ", "[[2026-02-30]] "),
    *("**2026-11-18** ", "2026-11-18 at ", "2026-11-18 10:00 ", "[[Daily/2026-11-18]] "),
    *("18.11.2026 ", "[[2026-11-18|then]] ", "[x] 2026-11-18 ", "[ ] 2026-11-18 "),
)
SAID = (
    *("call", "call:", "call: ", "call: about [[Ada]]", "thank-you", "Thank you: for it"),
    *("catch_up: x", "cal: x", "talked about it", "talked: yes", "with [[A|B]] and [c](d.md)"),
    *("call： wide", "CALL: x", "call: x ✅ 2026-11-18", "call ^abc", "call: ^abc", "call:^abc"),
    *("call [due:: 2026-11-18]", "gave::x", "x" * 60, "a" * 47 + ":", "call `[[x]]`", "x [[y]"),
    *("![[x]] here", "call: *x*", "note: 🙂 é", "at noon", "9 lives", "~~call~~", "call: a  "),
    *("_call_: x", "call: [[a]] [[b#c]] [[d.png]]"),
)
OTHERS = (
    *("", "", "", "words", "## Log", "# Log", "### Log", "## History 📅", "## Else", "Log:"),
    *("### 2026-11-18", "  more", "  - deeper", "- item", "  ", "* 2026-11-18 call", "---"),
    *("#tag", "**Log**", "> x", "```", "<!-- vaultplan:begin x -->", "<!-- vaultplan:end -->"),
    "1. 2026-11-18 call",
)
BEGIN, END = "<!-- vaultplan:begin x -->", "<!-- vaultplan:end -->"
BLOCK = [BEGIN, "- 2026-11-18 call: in it", "## Log", END]
dates = st.sampled_from(USUAL_DATES * 6 + OTHER_DATES)
items = st.builds("- {}{}".format, dates, st.sampled_from(SAID))


def plain_log(text: str) -> tuple[LogLine, ...] | None:
    block = plain_block(text, len(FRONT))
    return None if block is None else read_plain_log(text, len(FRONT), block, WORDS, DAY_OF)


@settings(max_examples=1500)
@given(st.lists(items | items | st.sampled_from(OTHERS), max_size=8), st.sampled_from(("", "\n")))
@example(["- 2026-11-18 call", *BLOCK, "- 2026-11-17 call"], "\n")
@example(["- 2026-11-18 call", "", *BLOCK, "  more"], "\n")
@example(["", *BLOCK], "")
def test_the_log_lines_are_those_of_the_whole_reader(parts: list[str], end: str) -> None:
    text = "\n".join([f"{FRONT}# Ada", "", "## Log", *parts]) + end

    plain = plain_log(text)

    if plain is not None:
        assert (plain, ()) == read_log(lines_of(text, len(FRONT)), WORDS, DAY_OF)


def test_a_log_as_most_write_it_is_read_straight_from_the_text() -> None:
    text = (
        f"{FRONT}# Ada\n\n## Log\n\n- 2026-11-18 call: about [[Charles]]\n"
        "- [[2026-11-17]] thank-you\n\n- 2026-11-16 talked\n\n## Ideas\n\n- 2026-11-15 call\n"
    )

    log = plain_log(text)

    assert log is not None
    assert [(line.day, line.kind, line.text, line.line, line.bare) for line in log] == [
        (date(2026, 11, 18), "call", "about [[Charles]]", 8, False),
        (date(2026, 11, 17), "thank-you", "", 9, True),
        (date(2026, 11, 16), "", "talked", 11, False),
    ]
    assert [text[line.start : line.end] for line in log] == [
        "- 2026-11-18 call: about [[Charles]]",
        "- [[2026-11-17]] thank-you",
        "- 2026-11-16 talked",
    ]
    assert log[0].links[0].target == "Charles"


def test_what_is_written_otherwise_is_read_line_by_line() -> None:
    for line in (
        *("  more", "words", "- item", "### 2026-11-18", "- 2026-02-30 call", "```"),
        *("- 2026-11-18 cal: x", "- [x] 2026-11-18 call", "- 2026-11-18: call", "- 2026-11-18"),
        "* 2026-11-18 call",
    ):
        assert plain_log(f"{FRONT}## Log\n\n- 2026-11-18 call\n{line}\n") is None, line


def test_many_blank_lines_take_no_longer_than_their_number() -> None:
    assert plain_log(f"{FRONT}## Log\n" + "\n" * 60_000 + "words\n") is None
