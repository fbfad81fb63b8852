from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vaultplan.text.blocks import Block, checksum, find_blocks, options_of, rewrite
from vaultplan.text.edits import weave
from vaultplan.text.lines import Where, lines_of
from vaultplan.text.tasks import write_task

TASK = write_task("Thank [[Ada]]", "a1b2c3d4e5", None, done=False, done_on=None)
TABLE = "| Name | Due |\n| --- | --- |\n| [[Ada]] | 2026-11-19 |"
PIE = "```mermaid\npie\n  title Industry\n```"
SUMMARY = "2 of 3 done, check-in due 2027-02-18"


def blocks_of(text: str) -> tuple[Block, ...]:
    return find_blocks(text, lines_of(text, 0))[0]


def slips_of(text: str) -> list[str]:
    return [f"{slip.line} {slip.rule}" for slip in find_blocks(text, lines_of(text, 0))[1]]


def never(_: str) -> bool:
    return False


def renew(text: str, content: str, ours: str = "") -> tuple[str, list[str]]:
    """Renew all blocks of a note with one content; `ours` starts the lines a view only says."""
    says = (lambda line: line.startswith(ours)) if ours else never
    rewrites = [rewrite(text, block, content, says) for block in blocks_of(text)]
    kept = [line for rewritten in rewrites for line in rewritten.kept]
    return weave(text, [each.edit for each in rewrites if each.edit]), kept


def block(content: str, typed: str = "") -> str:
    """A block as a pass left it, with what a person typed below its content."""
    made = renew("<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n", content)[0]
    head, end = made.rsplit("<!--", 1)
    return f"{head}{typed}<!--{end}"


def test_an_empty_block_is_filled_between_blank_lines_and_sealed() -> None:
    note = "Mine.\n\n<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n\nMine too."

    assert renew(note, TABLE)[0] == (
        f"Mine.\n\n<!-- vaultplan:begin agenda -->\n\n{TABLE}\n\n"
        f"<!-- vaultplan:end {checksum(TABLE)} -->\n\nMine too."
    )


def test_a_block_without_content_is_two_markers() -> None:
    assert block("") == f"<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end {checksum('')} -->\n"


@pytest.mark.parametrize(
    ("newline", "note"),
    [
        ("\n", "<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->"),
        ("\r\n", "\ufeff<!-- vaultplan:begin agenda -->\r\n<!-- vaultplan:end -->"),
        ("\r\n", "  <!--vaultplan:begin  agenda  -->  \r\n\n <!-- vaultplan:end-->\t\n"),
        ("\n", "a\r\n<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end 5d41402a -->\n\rb"),
        ("\r\n", "👩‍💻\n<!-- vaultplan:begin agenda -->\r\nold\n<!-- vaultplan:end -->\n---\n\n"),
    ],
)
def test_everything_outside_stays_and_the_lines_inside_end_as_the_marker_does(
    newline: str, note: str
) -> None:
    (found,) = blocks_of(note)
    renewed, _ = renew(note, f"{SUMMARY}\n\n{TASK}\n")
    inside = blocks_of(renewed)[0]

    assert renewed.startswith(note[: found.start])
    assert renewed.endswith(note[found.stop :])
    assert renewed[inside.start : inside.end] == newline.join(["", SUMMARY, "", TASK, "", ""])


def test_an_end_marker_that_says_the_same_stays_as_it_is_written() -> None:
    note = block("- one").replace("<!-- vaultplan:end ", "  <!--vaultplan:end  ")

    assert renew(note, "- one") == (note, [])


@pytest.mark.parametrize(
    "content", [TABLE, f"- [[Ada]]\n{TASK}", PIE, SUMMARY, "> [!note]\n> Rest."]
)
def test_what_stands_between_the_markers_renders_as_it_would_alone(content: str) -> None:
    markdown = MarkdownIt("commonmark").enable("table")
    note = f"Before\n\n{block(content)}\nAfter\n"

    rendered = markdown.render(note)

    assert markdown.render(content) in rendered
    assert rendered.count("<!--") == 2
    assert "\n\n" in block(content).replace(content, "")


def test_a_block_in_which_nothing_was_typed_is_replaced_whole() -> None:
    note = block(f"{SUMMARY}\n- one\n- two")

    assert renew(note, "- three") == (block("- three"), [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- [ ]", "- [x]"),
        ("- [ ]", "\t* [X]"),
        (" ^vp", " ✅ 2026-11-20 ^vp"),
        ("[[Ada]]", "[[Ada King]]"),
        ("Thank", "Do thank"),
        (TASK, TASK + "  "),
        (TASK, f"{TASK}\n{TASK}"),
        ("| [[Ada]] | 2026-11-19 |", "| [[Ada]]   | 2026-11-19   |\n| [[Eve]] | |"),
        ("pie\n", "pie\n\n"),
        (SUMMARY, SUMMARY + " \t"),
        (SUMMARY + "\n", f"{SUMMARY}\n{SUMMARY}\n"),
        ("\n\n", "\n"),
        ("\n", "\r\n"),
    ],
)
def test_a_tick_a_rename_a_merge_or_a_tidying_editor_types_nothing(old: str, new: str) -> None:
    note = block(f"{SUMMARY}\n\n{TASK}\n\n{TABLE}\n\n{PIE}")
    changed = note.replace(old, new)

    renewed, kept = renew(changed, "- new")

    assert changed != note
    assert kept == []
    assert renewed.replace("\r", "") == block("- new")


def test_typed_lines_are_moved_below_the_block_once() -> None:
    note = block(f"{SUMMARY}\n{TASK}", "I met her sister.\n\n\n- 2026-11-20 call\n") + "Mine.\n"

    renewed, kept = renew(note, f"{SUMMARY}\n{TASK}\n{TASK}")

    assert kept == ["I met her sister.", "- 2026-11-20 call"]
    assert renewed == (
        block(f"{SUMMARY}\n{TASK}\n{TASK}") + "\nI met her sister.\n\n- 2026-11-20 call\n\nMine.\n"
    )
    assert renew(renewed, f"{SUMMARY}\n{TASK}\n{TASK}") == (renewed, [])


@pytest.mark.parametrize("after", ["", "\n", "\nMine.", "\n\nMine.\n", "\n \t\nMine.", "\r\n\r\n"])
def test_one_blank_line_parts_what_was_kept_from_text_that_follows(after: str) -> None:
    note = block("- one", "typed\n").removesuffix("\n") + after
    blank = "\n" if after == "\nMine." else ""

    assert renew(note, "- one")[0] == block("- one") + "\ntyped" + blank + after


@pytest.mark.parametrize("end", ["", "5d41", "5d41402a", "5D41402A", "no checksum"])
def test_with_a_checksum_cut_or_missing_only_known_lines_are_ours(end: str) -> None:
    inside = f"{SUMMARY}\n- one\nmine\n  {TASK.replace('[ ]', '[/]')}\n{TABLE}\n{PIE}\n"
    note = f"<!-- vaultplan:begin agenda -->\n{inside}<!-- vaultplan:end {end} -->\n"

    renewed, kept = renew(note, "- one\n- two", ours="2 of 3 done")

    assert kept == ["mine"]
    assert renewed == block("- one\n- two") + "\nmine\n"


@pytest.mark.parametrize(
    ("note", "slips"),
    [
        ("<!-- vaultplan:begin agenda -->\ntext\n", ["1 block-unclosed"]),
        ("text\n<!-- vaultplan:end 5d41402a -->\n", ["2 block-end-alone"]),
        (
            f"<!-- vaultplan:begin goals -->\n{block('x')}<!-- vaultplan:end -->\n",
            ["1 block-nested"],
        ),
        (f"```\n{block('x')}```\n", ["2 block-in-code"]),
        (f"%%\n{block('x')}%%\n", ["2 block-in-code"]),
        ("<!-- vaultplan:begin -->\n<!-- vaultplan:end -->\n", ["1 block-options"]),
        ("<!-- vaultplan:begin a limit -->\n<!-- vaultplan:end -->\n", ["1 block-options"]),
        (f"> {block('x')}".replace("\n", "\n> "), []),
        ("<!-- vaultplan:beginning -->\n<!-- VAULTPLAN:begin x -->\n", []),
        ("`<!-- vaultplan:begin agenda -->` begins a block\n", []),
    ],
)
def test_a_block_with_a_problem_stays_exactly_as_it_is(note: str, slips: list[str]) -> None:
    assert slips_of(note) == slips
    assert renew(note, "- new") == (note, [])


def test_a_block_that_lost_its_end_leaves_the_next_ones_alive() -> None:
    note = "<!-- vaultplan:begin goals -->\n\nMine.\n\n" + block("- one") + block("- one")

    assert slips_of(note) == ["1 block-unclosed"]
    assert renew(note, "- two")[0] == note.replace(block("- one"), block("- two"))


def test_a_marker_typed_in_a_block_makes_it_stay() -> None:
    shown = "```\n<!-- vaultplan:begin x -->\n```\n"

    assert slips_of(block("- one", shown)) == ["1 block-nested", "6 block-in-code"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ()),
        ("limit=10", (("limit", "10"),)),
        ('where="status = to-do"  limit=10', (("where", "status = to-do"), ("limit", "10"))),
        ('where="a" where="b"', (("where", "a"), ("where", "b"))),
        (r'where="name ~ \"Ada\" \\ \d"', (("where", r'name ~ "Ada" \ \d'),)),
        ('a_b-c=""', (("a_b-c", ""),)),
        ("where=status!=done", (("where", "status!=done"),)),
        ("where=[[Zoë]]", (("where", "[[Zoë]]"),)),
    ],
)
def test_options_are_names_with_plain_or_quoted_values(
    written: str, read: tuple[tuple[str, str], ...]
) -> None:
    (found,) = blocks_of(f"<!-- vaultplan:begin contacts {written} -->\n<!-- vaultplan:end -->")

    assert (found.view, found.options) == ("contacts", written)
    assert options_of(found) == (read, ())


@pytest.mark.parametrize(
    "written", ["limit", "limit=", "Limit=1", "=1", 'a="b', 'a="b"c', 'a=b"c"', "a=1, b=2 c"]
)
def test_a_bad_option_is_a_slip(written: str) -> None:
    found = Block("contacts", written, 7, 0, 0, 0, "", "\n")
    _, (slip,) = options_of(found)

    assert (slip.line, slip.rule) == (7, "block-options")
    assert written.rsplit(maxsplit=1)[-1] in slip.message


@pytest.mark.parametrize("line", ["<!-- vaultplan:end -->", "  <!--vaultplan:begin x --> "])
def test_content_that_holds_a_marker_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="marker"):
        renew(block("- one"), f"- two\n{line}\n")


def test_a_checksum_tells_what_could_have_been_typed() -> None:
    assert checksum("- one") != checksum("- two")
    assert checksum("- one\r\n- two\r\n") == checksum("- one\n- two")
    assert checksum(f"{TASK}\n{TABLE}\n{PIE}") == checksum("")
    assert len(checksum("\udcff")) == 8


GENERATED = st.sampled_from(
    [TASK, TASK.replace("-o", "-d").replace("[ ]", "[x]"), TABLE, PIE, SUMMARY, "- [[Zoë]] 👩‍💻",
     "", "text\rmore", "## Overdue", "> [!note]\n> Rest.", "```text\na\n\nb\n```", "vaultplan:end"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["mine", "- 2026-11-20 call", "    - deep", "\tdeep", "> quote", "# Mine", "a %% b", "<!-- a",
     "a\rb", "👩‍💻", "- [ ] mine", "5 $$", "`code", "<!-- vaultplan:fine -->", "[[Ada|"]
)  # fmt: skip
SIGNS = st.sampled_from(
    ["", " \t", "\r", "---", "```", "````js", "~~~", "%%", "$$", "-->", "|", TASK]
)
OWN = st.sampled_from(["", "Mine.", "- item", "  more", "# Log", "> quote", "a\rb", "🌍", "| a |"])


@dataclass(frozen=True)
class Typed:
    """A note with lines typed into its blocks: its text, the words typed, the content to come."""

    text: str
    words: list[str]
    content: str


@st.composite
def typed_notes(draw: st.DrawFn) -> Typed:
    lines = draw(st.lists(OWN, max_size=4))
    words: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        made = draw(st.lists(GENERATED, max_size=4))
        lines.append("<!-- vaultplan:begin agenda -->")
        for piece in made:
            lines += piece.split("\n")
            for line in draw(st.lists(SIGNS | WORDS.map("{} #".format), max_size=2)):
                words += [f"{line}{len(words)}"] if line.endswith("#") else []
                lines.append(words[-1] if line.endswith("#") else line)
        said = draw(st.sampled_from([checksum("\n".join(made)), "", "5d41", "5d41402a"]))
        lines += [f"<!-- vaultplan:end {said} -->", *draw(st.lists(OWN, max_size=3))]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = draw(st.sampled_from(["", "\ufeff"])) + newline.join(lines)
    return Typed(text, words, "\n".join(draw(st.lists(GENERATED, max_size=4))))


def outside(text: str) -> list[str]:
    """What stands before, between and behind the blocks of a note."""
    blocks = blocks_of(text)
    starts = [0, *(block.stop for block in blocks)]
    return [
        text[start:end]
        for start, end in zip(starts, [*(block.start for block in blocks), len(text)], strict=True)
    ]


@given(typed_notes())
def test_a_second_pass_changes_nothing(note: Typed) -> None:
    renewed, _ = renew(note.text, note.content)

    assert renew(renewed, note.content) == (renewed, [])


@given(typed_notes())
def test_every_typed_line_survives_exactly_once(note: Typed) -> None:
    renewed, kept = renew(note.text, note.content)
    lines = Counter(line.removesuffix("\r") for line in renewed.split("\n"))

    assert all(lines[line] == 1 for line in note.words)
    assert [line for line in kept if "#" in line and line in note.words] == note.words


@given(typed_notes())
def test_what_stands_outside_stays_to_the_last_byte(note: Typed) -> None:
    before = outside(note.text)
    after = outside(renew(note.text, note.content)[0])

    assert after[0] == before[0]
    assert len(after) == len(before)
    assert all(new.endswith(old) for new, old in zip(after, before, strict=True))


@given(typed_notes(), typed_notes())
def test_the_next_content_finds_nothing_more_to_keep(note: Typed, other: Typed) -> None:
    renewed, _ = renew(note.text, note.content)
    again, kept = renew(renewed, other.content)

    assert kept == []
    assert outside(again) == outside(renewed)


@given(typed_notes())
def test_the_lines_below_go_on_saying_what_they_said(note: Typed) -> None:
    words = "\n\nLast words.\n# Log\n- 2026-11-20 call %% aside %%\n"
    renewed, _ = renew(note.text + words, note.content)
    last = [line.where for line in lines_of(renewed, 0)[-3:]]

    assert last == [Where.TEXT, Where.HEADING, Where.TEXT]


@given(st.text(alphabet="ab\r\n |`~%<!->$", max_size=60), st.text(alphabet="ab\n |`", max_size=30))
def test_any_text_may_be_typed(typed: str, content: str) -> None:
    head, tail = "<!-- vaultplan:begin agenda -->\n", "\n<!-- vaultplan:end -->\nMine.\n"
    renewed, _ = renew(head + typed + tail, content)

    assert renewed.endswith("\nMine.\n")
    assert renew(renewed, content) == (renewed, [])


@pytest.mark.parametrize(
    "line",
    ["mine\n", "```\n", "````mermaid\n", "~~~~x\n", "<!-- vaultplan:begin agenda -->\n", "%%\n",
     "- [ ] mine ^vp-a1b2c3d4e5-20261119-o\n", "`" * 60_000 + "x\n", "a=" * 30_000 + "\n"],
)  # fmt: skip
@pytest.mark.usefixtures("no_hang")
def test_long_blocks_are_renewed(line: str) -> None:
    note = block("- one", line * min(20_000, 1_200_000 // len(line)))
    renew(note, "- two")
