"""What the log of a note says, and what a daily note says of people.

An expectation has a row for each log line: its number, day, kind, text, `(bare)`, and links.
"""

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.days import parse_day
from vaultplan.text.lines import lines_of
from vaultplan.text.log import LogLine, LogWords, read_log, read_mentions

WORDS = LogWords(
    frozenset({"log", "interactions", "history", "संपर्क की सूची"}),
    frozenset({"met", "email", "call", "coffee", "thank-you", "check-in", "gave", "note", "event"}),
)
DAY = date(2026, 11, 20)


def day_of(target: str) -> date | None:
    """The day of a daily note: `Daily/2026-11-18`, or one with a name of its own."""
    name = target.rpartition("/")[2]
    return date(2026, 11, 16) if name == "Monday" else parse_day(name) if len(name) == 10 else None


def row(line: LogLine) -> str:
    parts = [str(line.line), str(line.day), line.kind or "-", line.text, "(bare)" * line.bare]
    return " ".join([part for part in parts if part] + [f"<{link.target}>" for link in line.links])


def told(note: str) -> str:
    lines, slips = read_log(lines_of(note, 0), WORDS, day_of)
    return "\n".join([row(line) for line in lines] + [f"{it.line} {it.rule}" for it in slips])


def reads(picture: str) -> None:
    """A picture is a log without its heading, `=>`, and the rows that are expected."""
    log, expected = (part.strip("\n") for part in dedent(picture).split("=>\n"))

    assert told(f"## Log\n{log}\n") == expected


ITEMS = {
    "- 2026-11-18 coffee: met [[Ada]]": "2026-11-18 coffee met [[Ada]] <Ada>",
    "- [[2026-11-18]] gave: sent the template": "2026-11-18 gave sent the template",
    "- 2026-11-18 thank-you": "2026-11-18 thank-you (bare)",
    "- 2026-11-18": "2026-11-18 - (bare)",
    "* 2026-11-18 call": "2026-11-18 call (bare)",
    "+ 2026-11-18 call:": "2026-11-18 call (bare)",
    "1. [[2025-11-18]]: had lunch": "2025-11-18 - had lunch",
    "12) 2025-11-18 lunch": "2025-11-18 - lunch",
    "- 2026-01-15: text": "2026-01-15 - text",
    "- 2026-01-15, text": "2026-01-15 - text",
    "- 2026-01-15 - text": "2026-01-15 - text",
    "- 2026-01-15 – text": "2026-01-15 - text",
    "- 2026-01-15：喝咖啡": "2026-01-15 - 喝咖啡",
    "- 2026-01-15喝咖啡": "2026-01-15 - 喝咖啡",
    "- **2026-05-18 — Slack DM**": "2026-05-18 - Slack DM",
    "- **2026-05-18 — Coffee**": "2026-05-18 coffee (bare)",
    "- **2026-05-18**: call: *long* one": "2026-05-18 call *long* one",
    "- **2026-05-18:** call": "2026-05-18 call (bare)",
    "- *2026-05-18* — lunch": "2026-05-18 - lunch",
    "- __[[Daily/2026-05-18|18 May]]__ lunch": "2026-05-18 - lunch",
    "- [[Daily/Monday#Noon|Mon]] email: wrote": "2026-11-16 email wrote",
    "- [18 Nov](Daily/2026-11-18.md) email: wrote": "2026-11-18 email wrote",
    "- [x](Daily%202026/2026-11-18.md) wrote": "2026-11-18 - wrote",
    "- [2026-11-18](https://chat.example/7) wrote": "2026-11-18 - wrote",
    "- 2026-11-18 14:00 coffee: late": "2026-11-18 coffee late",
    "- 2026-11-18 14:00-15:30 — coffee": "2026-11-18 coffee",
    "- 2026-11-18T14:00:00Z coffee": "2026-11-18 coffee",
    "- **2026-11-18 9:30 am** lunch": "2026-11-18 - lunch",
    "- 2026-11-18 at 14:00, coffee: late": "2026-11-18 coffee late",
    "- 2026-11-18 Thank you: for all": "2026-11-18 thank-you for all",
    "- 2026-11-18 CHECK_IN": "2026-11-18 check-in (bare)",
    "- 2026-11-18 **coffee:** late": "2026-11-18 coffee late",
    "- 2026-11-18 **coffee**: late": "2026-11-18 coffee late",
    "- 2026-11-18 coffee with [Ada](People/Ada.md)": (
        "2026-11-18 - coffee with [Ada](People/Ada.md) <People/Ada>"
    ),
    "- 2026-11-18 lunch: soup": "2026-11-18 - lunch: soup",
    "- 2026-11-18 see https://example.org": "2026-11-18 - see https://example.org",
    "- 2026-11-18–2026-11-20 fair": "2026-11-18 - 2026-11-20 fair",
    "- 2026-11-18 coffee: late ^abc-1": "2026-11-18 coffee late",
    "- 2026-11-18 coffee ^abc-1": "2026-11-18 coffee",
    "- [x] 2026-11-18 call: him 🔼 📅 2026-11-17 ✅ 2026-11-18 ^a": "2026-11-18 call him",
    "- [X] 2026-11-18 call [completion:: 2026-11-18]": "2026-11-18 call",
    "- 2026-11-18 coffee: a %%secret%% b": "2026-11-18 coffee a b",
    "- 2026-11-18 coffee <!-- secret [[Bob]] -->": "2026-11-18 coffee",
    "- 2026-11-18 coffee: 📅 2026-11-17 then": "2026-11-18 coffee 📅 2026-11-17 then",
    "- 2026-11-18 coffee: late <!--\nsecret --> [[Bob]]": "2026-11-18 coffee late",
    "- 2026-11-18 ![[photo.png]]": "2026-11-18 - ![[photo.png]]",
    "- 2026-11-18 coffee: `[[Code]]`": "2026-11-18 coffee `[[Code]]`",
    "-\t2026-11-18 call": "2026-11-18 call (bare)",
}


@pytest.mark.parametrize(("item", "expected"), ITEMS.items(), ids=ITEMS.keys())
def test_a_log_line_is_read_as_people_write_it(item: str, expected: str) -> None:
    assert told(f"## Log\n{item}\n") == f"2 {expected}"


NOT_COUNTED = [
    "- [ ] 2026-11-18 call",
    "- [-] 2026-11-18 call",
    "- [/] 2026-11-18 call: him",
    "- [x] 2026-11-18 without a kind",
    "- ~~2026-11-18 call~~",
    "- 2026-11-18 ~~call: him~~",
    "> - 2026-11-18 call",
    "```\n- 2026-11-18 call\n```",
    "\n    - 2026-11-18 call",
    "<!--\n- 2026-11-18 call\n-->",
    "%%\n- 2026-11-18 call\n%%",
    "$$\n- 2026-11-18 call\n$$",
    "<!-- vaultplan:begin log -->\n- 2026-11-18 call\n<!-- vaultplan:end -->",
    "![[2026-11-18]]",
    "- ![[2026-11-18]]",
    "- [[Ada]] call",
    "- call: 2026-11-18",
    "- 12026-11-18 call",
    "- 2026-11-18th call",
    "2026-11-18 a paragraph that is not in bold",
    "| 2026-11-18 | call |",
    "- `2026-11-18` call",
]


@pytest.mark.parametrize("log", NOT_COUNTED)
def test_what_is_planned_struck_out_quoted_or_undated_does_not_count(log: str) -> None:
    assert told(f"## Log\n{log}\n") == ""


@pytest.mark.parametrize(
    "heading",
    [
        *("# Log", "###### LOG ##", "## 📞 Log:", "## **Interactions**", "## Log %% fold %%"),
        *("## history ^id", "## [[Log]]", "## Log —", "## ❤️ संपर्क  की सूची"),
    ],
)
def test_a_log_heading_is_known_whatever_stands_around_its_words(heading: str) -> None:
    assert told(f"{heading}\n- 2026-11-18 call\n") == "2 2026-11-18 call (bare)"


@pytest.mark.parametrize("heading", ["## Logs", "## Log of calls", "Log", "**Log**", "#Log"])
def test_other_headings_begin_no_log(heading: str) -> None:
    assert told(f"{heading}\n- 2026-11-18 call\n") == ""


def test_a_log_ends_at_the_next_heading_of_its_level_or_above() -> None:
    note = """\
        - 2026-01-01 call
        ## Log
        - 2026-01-02 call
        ### 2025
        - 2025-01-03 call
        ### Interactions
        - 2026-01-04 call
        ## Notes
        - 2026-01-05 call
        ### History
        - 2026-01-06 call
        # End
        - 2026-01-07 call
    """

    assert told(dedent(note)) == dedent("""\
        3 2026-01-02 call (bare)
        5 2025-01-03 call (bare)
        7 2026-01-04 call (bare)
        11 2026-01-06 call (bare)""")


def test_what_is_nested_in_a_log_line_belongs_to_it() -> None:
    reads("""
        - 2026-11-18 coffee: talked
        about [[Ada]]
          - and [[Bob]], since 2026-11-01
          - 2026-11-02 call: also [[Carl]]

          a second paragraph with [Dora](Dora.md)

              [[code]]
          > [[quote]]
          <!-- [[comment]] -->

        a paragraph of the note, with [[Eve]]
        - 2026-11-17 email
          - [ ] answer [[Finn]]
        =>
        2 2026-11-18 coffee talked about [[Ada]] <Ada> <Bob> <Carl> <Dora>
        14 2026-11-17 email <Finn>
    """)


def test_dated_items_below_an_undated_one_count_themselves() -> None:
    reads("""
        - 2026
          - spring
            - 2026-03-01 call
              with [[Ada]]
            1. 2026-04-01 email
          - autumn
        \t- 2026-09-01 met
        =>
        4 2026-03-01 call with [[Ada]] <Ada>
        6 2026-04-01 email (bare)
        8 2026-09-01 met (bare)
    """)


def test_a_paragraph_may_begin_with_a_date_in_bold() -> None:
    reads("""
        **2026-05-18 — Slack DM**
        asked about [[Ada]]
        - and said more of [[Bob]]

        - undated

        **2026-05-20** call: short
        **[[2026-05-21]]** email
        - 2026-05-22 met
        =>
        2 2026-05-18 - Slack DM asked about [[Ada]] <Ada> <Bob>
        8 2026-05-20 call short
        9 2026-05-21 email (bare)
        10 2026-05-22 met (bare)
    """)


def test_a_dated_heading_is_one_log_line_with_all_that_stands_below() -> None:
    reads("""
        ### 2026-02-20

        - [ ] send the book
        - coffee: talked of [[Ada]]
        - and of [[Bob]]
        #### Details
        - 2026-02-21 of [[Carl]]
        ### [[2026-02-22]] coffee
        ### 2026-02-23 — Lunch
        with soup
        ### [[2026-02-24]] call

        about [[Dora]]
        ### 2026
        - 2026-02-25 call
        =>
        2 2026-02-20 coffee talked of [[Ada]] <Ada> <Bob> <Carl>
        9 2026-02-22 coffee (bare)
        10 2026-02-23 - Lunch
        12 2026-02-24 call about [[Dora]] <Dora>
        16 2026-02-25 call (bare)
    """)


def test_days_that_do_not_exist_and_mistyped_kinds_are_told() -> None:
    reads("""
        - 2026-02-30 call
        - [[2026-13-01]]: met
        - 2026-1-5 call
        - [ ] 2026-02-30 planned
        - 2026-02-20 thank-yuo: for all
        - [x] 2026-02-21 cofee
        - 2026-02-22 mail
        - 2026-02-23 Bob: said hello
        - 2026-02-24 offered her a seat
        =>
        6 2026-02-20 - thank-yuo: for all
        8 2026-02-22 - mail
        9 2026-02-23 - Bob: said hello
        10 2026-02-24 - offered her a seat
        2 bad-date
        3 bad-date
        4 bad-date
        6 unknown-kind
        7 unknown-kind
        8 unknown-kind
    """)


def test_a_slip_says_what_to_do() -> None:
    lines = lines_of("## Log\n- 2026-02-30 call\n- 2026-02-20 thank yuo: x\n", 0)

    assert [f"{slip.message}; {slip.fix}" for slip in read_log(lines, WORDS, day_of)[1]] == [
        (
            "“2026-02-30” is no day that can be read, so the line does not count; "
            "write a day that exists, as 2026-11-18"
        ),
        "“thank yuo” is no known kind of log line; write thank-you:, if that is meant",
    ]


def test_the_span_of_a_log_line_is_its_whole_item() -> None:
    note = "## Log\r\n  - 2026-01-01 call\r\n    - more\r\n\r\n      ```\r\n      x\r\n\r\n- next"
    (line,) = read_log(lines_of(note, 0), WORDS, day_of)[0]

    assert note[line.start : line.end] == (
        "  - 2026-01-01 call\r\n    - more\r\n\r\n      ```\r\n      x"
    )


DAILY = """\
    - coffee: with [[Ada]] and [Bob](People/Bob.md)
      - [ ] send [[Carl]] the book
        - by [[Mail]]
      - she knows [[Dora]]
      - gave: a seat to [[Eve]]
        - and [[Finn]]
    - [x] 14:00 - 15:00 Thank you: [[Gus]] ✅ 2026-11-20
    - [ ] call: [[Hal]]
      - email: [[Ida]]
      - [x] email: [[Jon]]
    - met [[Kim]] at the fair
      - who works with [[Lea]]
    - event: the fair
      with [[Mia]]
    - ~~call: [[Noa]]~~
    - call: nobody
    - work
      - talked to [[Olga]]
    - [x] Thank [[Pia]] ^vp-abcdefghij-20261119-d
    > - call: [[Quentin]]

    email: [[Rosa]]
    **2026** [[Sam]]
"""


def mentions(note: str, *, any_item: bool) -> str:
    found = read_mentions(lines_of(dedent(note), 0), WORDS, DAY, any_item=any_item)
    assert {line.day for line in found} <= {DAY}
    return "\n".join(f"{line.line} {row(line).partition(str(DAY))[2].strip()}" for line in found)


def test_a_daily_note_tells_of_those_whom_an_item_with_a_kind_links() -> None:
    assert mentions(DAILY, any_item=False) == dedent("""\
        1 coffee with [[Ada]] and [Bob](People/Bob.md) <Ada> <People/Bob> <Dora>
        5 gave a seat to [[Eve]] <Eve> <Finn>
        7 thank-you [[Gus]] <Gus>
        10 email [[Jon]] <Jon>
        13 event the fair with [[Mia]] <Mia>""")


def test_a_daily_note_may_tell_of_everyone_an_item_links() -> None:
    more = set(mentions(DAILY, any_item=True).split("\n"))

    assert sorted(more - set(mentions(DAILY, any_item=False).split("\n"))) == [
        "11 - met [[Kim]] at the fair <Kim> <Lea>",
        "18 - talked to [[Olga]] <Olga>",
    ]


PIECES = ["# Log", "### 2026-01-01", "- 2026-01-01 call", "  - 2026-01-02", "text", "", "- [ ] x"]
SIGNS = "-*_[]()#:|~^`%<!> 2026-01T\t📅—é"


@given(st.lists(st.sampled_from(PIECES), max_size=8), st.text(SIGNS, max_size=40))
def test_any_log_can_be_read(pieces: list[str], odd: str) -> None:
    note = "\n".join(["# Log", *pieces, f"- 2026-01-03{odd}", f"- {odd}", odd])
    lines = lines_of(note, 0)
    found = read_log(lines, WORDS, day_of)[0]

    for line in (*found, *read_mentions(lines, WORDS, DAY, any_item=True)):
        assert note[line.start : line.end].startswith(lines[line.line - 1].text)
        assert line.text == line.text.strip()
    assert [line.start for line in found] == sorted({line.start for line in found})


HOSTILE = {
    "many log lines": "- 2026-01-01 call: [[Ada]]\n" * 20_000,
    "deep items": "".join(" " * depth + "- x\n" for depth in range(3000)),
    "many dated headings": "### 2026-01-01\n#### 2026-01-02\n" * 10_000,
    "many bold paragraphs": "**2026-01-01 — x**\n" * 15_000,
    "one long line": "- 2026-01-01 " + "`%% <!-- 📅 [[ [(id:: ^a " * 2600,
    "a long link": "- [[" + "a" * 65_000,
    "long blanks": "- 2026-01-01" + " " * 65_000 + "x",
}


@pytest.mark.parametrize("log", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.usefixtures("no_hang")
def test_huge_and_hostile_logs_are_read_in_one_pass(log: str) -> None:
    lines = lines_of(f"# Log\n{log}", 0)
    read_log(lines, WORDS, day_of)
    read_mentions(lines, WORDS, DAY, any_item=True)
