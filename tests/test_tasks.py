import re
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.text.tasks import (
    TaskLine,
    as_written,
    open_again,
    read_task,
    task_key,
    write_task,
)

State = tuple[date | None, bool, date | None]  # due, done, the day it was done

KEY = "a1b2c3d4e5"
DUE = date(2026, 11, 19)
OPEN = f"- [ ] Thank [[Ada Lovelace]] 📅 2026-11-19 ^vp-{KEY}-20261119-o"
DONE = f"- [x] Thank [[Ada Lovelace]] 📅 2026-11-19 ✅ 2026-11-18 ^vp-{KEY}-20261119-d"
UNDATED = f"- [ ] Reach out to [[Ada Lovelace]] ^vp-{KEY}-00000000-o"

# Words that mean something to the Tasks plugin, to Markdown or to Obsidian, wherever they stand.
_TRAPS = (
    "📅", "📅 2020-01-01", "🗓️ 2020-01-01", "✅", "✅ 2020-01-01", "❌ 2020-01-01", "⏳2020-01-01",
    "🔁 every day", "🏁 delete", "⛔ a,b", "🆔 x", "⏫", "#net/work", "#", "[due:: 2020-01-01]",
    "(completion:: 2020-01-01)", "[id:: a]", "^block", "^vp-a1b2c3d4e5-20200101-o", "[x]", "- [ ]",
    "[[Ada|A]]", "\n", "\r\n", "\u2028", "\u00a0", "  ", "|", "2020-01-01", "]", "|x", "Zoë",
    "👩‍💻",
)  # fmt: skip
texts = st.lists(st.sampled_from(_TRAPS) | st.text(max_size=5), max_size=8).map(" ".join)
days = st.dates(min_value=date(1, 1, 1))
states: st.SearchStrategy[State] = st.tuples(st.none() | days, st.booleans(), st.none() | days)
keys = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=10, max_size=10)


def says_nothing(task: TaskLine) -> bool:
    return not any([task.ticked, task.unticked, task.moved])


def plugin_reads(line: str) -> tuple[str, str, dict[str, str], str]:
    """Read a line as the Tasks plugin does: status, description, fields by their sign, block id.

    Of its fields those that a generated line or a name could hold; the last one seen counts.
    """
    match = re.match(r"([\s\t>]*)([-*+]|[0-9]+[.)]) +\[(.)\] *([^\n\r\u2028\u2029]*)", line)
    assert match
    assert match.end() == len(line)
    body = match[4].strip()
    block = re.search(r" \^[a-zA-Z0-9-]+$", body)
    assert block
    body = body[: block.start()].strip()
    fields: dict[str, str] = {}
    forms = {
        "📅": r"[📅📆🗓]\ufe0f? *(\d{4}-\d{2}-\d{2})$",
        "✅": r"✅\ufe0f? *(\d{4}-\d{2}-\d{2})$",
        "date": r"[🛫➕⏳⌛❌]\ufe0f? *(\d{4}-\d{2}-\d{2})$",
        "🔁": r"🔁\ufe0f? *([a-zA-Z0-9, !]+)$",
        "🏁": r"🏁\ufe0f? *([a-zA-Z]+)$",
        "⛔": r"⛔\ufe0f? *([a-zA-Z0-9_-]+( *, *[a-zA-Z0-9_-]+)*)$",
        "🆔": r"🆔\ufe0f? *([a-zA-Z0-9_-]+)$",
        "priority": r"([🔺⏫🔼🔽⏬])\ufe0f?$",
        "tag": r"(?:^|\s)(#[^ !@#$%^&*(),.?\":{}|<>]+)$",
    }
    while True:
        for sign, form in forms.items():
            if found := re.search(form, body):
                fields[sign] = found[1]
                body = body[: found.start()].strip()
                break
        else:
            return match[3], body, fields, block[0].strip()


@pytest.mark.parametrize(
    ("state", "rest"),
    [
        ((DUE, False, None), "📅 2026-11-19 ^vp-a1b2c3d4e5-20261119-o"),
        ((None, False, None), "^vp-a1b2c3d4e5-00000000-o"),
        ((DUE, True, None), "📅 2026-11-19 ^vp-a1b2c3d4e5-20261119-d"),
        ((DUE, True, DUE), "📅 2026-11-19 ✅ 2026-11-19 ^vp-a1b2c3d4e5-20261119-d"),
        ((None, True, DUE), "✅ 2026-11-19 ^vp-a1b2c3d4e5-00000000-d"),
        ((date(33, 4, 3), False, DUE), "📅 0033-04-03 ^vp-a1b2c3d4e5-00330403-o"),
    ],
)
def test_a_line_is_text_dates_and_what_was_written(state: State, rest: str) -> None:
    due, done, done_on = state
    line = write_task("Thank [[Ada]]", KEY, due, done=done, done_on=done_on)

    assert line == f"- [{'x' if done else ' '}] Thank [[Ada]] {rest}"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Thank [[Ada]]\n", "Thank [[Ada]]"),
        ("Thank\r\n[[Ada]]", "Thank [[Ada]]"),
        ("Thank [[Ada]] 📅 2020-01-01", "Thank [[Ada]]"),
        ("Thank [[Ada]] ⏫ #people ✅ 2020-01-01", "Thank [[Ada]] ⏫ #people"),
        ("Thank [[Ada]] 🔁 every week", "Thank [[Ada]]"),
        ("Thank [[📅 2020-01-01]]", "Thank [[📅 2020-01-01]]"),
        ("Thank 📅 2020-01-01 for it", "Thank 📅 2020-01-01 for it"),
        ("🔁", "…"),
        ("", "…"),
    ],
)
def test_a_text_does_not_smuggle_fields_into_its_line(text: str, written: str) -> None:
    line = write_task(text, KEY, None, done=False, done_on=None)

    assert line == f"- [ ] {written} ^vp-{KEY}-00000000-o"


@given(texts, keys, states)
def test_the_tasks_plugin_reads_in_every_line_what_was_written(
    text: str, key: str, state: State
) -> None:
    due, done, done_on = state
    line = write_task(text, key, due, done=done, done_on=done_on)
    status, words, fields, block = plugin_reads(line)

    assert status == ("x" if done else " ")
    assert words or set(fields) & {"priority", "tag"}
    assert fields.get("📅") == (due.isoformat() if due else None)
    assert fields.get("✅") == (done_on.isoformat() if done and done_on else None)
    assert set(fields) <= {"📅", "✅", "priority", "tag"}
    assert block.startswith(f"^vp-{key}-")


@given(texts, keys, states)
def test_a_line_is_read_back_as_written_and_says_nothing_yet(
    text: str, key: str, state: State
) -> None:
    due, done, done_on = state
    line = write_task(text, key, due, done=done, done_on=done_on)
    task = read_task(line)

    assert task
    assert (task.key, task.written_due, task.written_done) == (key, due, done)
    assert (task.due, task.done_on) == (due, done_on if done else None)
    assert task.checked == done
    assert says_nothing(task)
    assert write_task(task.text, key, due, done=done, done_on=done_on) == line


@given(texts, st.none() | days, days, st.sampled_from(["x", "X", "/", "-", "✓"]), days)
def test_a_tick_and_a_moved_date_are_seen_and_undone(
    text: str, due: date | None, other: date, box: str, today: date
) -> None:
    line = write_task(text, KEY, due, done=False, done_on=None)
    words, _, block = line.rpartition(" ")
    if due:
        words = words.removesuffix(f" 📅 {due.isoformat()}")
    changed = f"{words} 📅 {other.isoformat()} {block}"
    ticked = f"{words} 📅 {other.isoformat()} ✅ {today.isoformat()} {block}  "
    ticked = ticked.replace("[ ]", f"[{box}]", 1)

    task, moved = read_task(ticked), read_task(changed)
    assert task
    assert moved
    assert (task.due, task.done_on, task.box) == (other, today, box)
    assert task.ticked == (box in "xX")
    assert moved.moved == (other != due)
    assert not task.unticked
    assert as_written(ticked) == as_written(changed) == line


@pytest.mark.parametrize(
    "line",
    [
        OPEN.replace("- [", "* ["),
        OPEN.replace("- [", "+ ["),
        OPEN.replace("- [", "12) ["),
        OPEN.replace("- [", "\t- ["),
        OPEN.replace("- [", "> - ["),
        OPEN.replace("- [", "-   ["),
        OPEN + " \t",
        OPEN + "\r",
        OPEN.replace("📅 ", "📅"),
        OPEN.replace("📅", "📆"),
        OPEN.replace("📅", "🗓"),
        OPEN.replace("📅", "🗓️"),
        OPEN.replace("📅 2026-11-19", " [due:: 2026-11-19]"),
        OPEN.replace("📅 2026-11-19", "(due::2026-11-19)"),
        OPEN.replace(" 📅", " ⏫ ➕ 2026-11-01 📅"),
        OPEN.replace(" 📅", " 📅 2026-11-19 📅"),
    ],
)
def test_however_an_editor_writes_the_line_it_is_the_same_task(line: str) -> None:
    task = read_task(line)

    assert task
    assert (task.key, task.due, task.done_on) == (KEY, DUE, None)
    assert says_nothing(task)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "- [ ] Thank [[Ada]] 📅 2026-11-19",
        OPEN.replace("- [ ]", "-"),
        OPEN.replace("- [ ]", ""),
        OPEN.replace("- [ ]", "- [  ]"),
        OPEN.replace("- [ ]", "- []"),
        OPEN.replace("- [", "-["),
        OPEN.replace(" ^", "^"),
        OPEN.replace("-o", "-x"),
        OPEN.replace("20261119", "20261319"),
        OPEN.replace(KEY, KEY[1:]),
        OPEN.replace(KEY, KEY.upper()),
        OPEN + " later",
        f"- [ ]^vp-{KEY}-20261119-o",
        f"^vp-{KEY}-20261119-o",
    ],
)
def test_a_line_without_box_or_id_is_no_generated_task(line: str) -> None:
    assert read_task(line) is None
    assert as_written(line) == line


def test_unticking_a_done_line_is_seen_with_or_without_its_day() -> None:
    for line in (
        DONE.replace("[x]", "[ ]"),
        DONE.replace("[x]", "[ ]").replace(" ✅ 2026-11-18", ""),
    ):
        task = read_task(line)

        assert task
        assert task.unticked
        assert not task.ticked


@pytest.mark.parametrize("box", ["-", "/", "h", ">"])
def test_other_signs_in_the_box_say_nothing(box: str) -> None:
    for line in (OPEN.replace("[ ]", f"[{box}]"), DONE.replace("[x]", f"[{box}]")):
        task = read_task(line)

        assert task
        assert says_nothing(task)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        (OPEN.replace("📅 2026-11-19", "📅 2026-12-01"), date(2026, 12, 1)),
        (OPEN.replace("📅 2026-11-19", "📅 2026-11-19 📅 2026-12-01"), date(2026, 12, 1)),
        (OPEN.replace("📅 2026-11-19", "📅 2026-12-01 📅 2026-11-19"), date(2026, 12, 1)),
        (OPEN.replace("📅 2026-11-19", "📅 2026-11-19  [due:: 2026-12-01]"), date(2026, 12, 1)),
        (UNDATED.replace(" ^", " 📅 2026-12-01 ^"), date(2026, 12, 1)),
    ],
)
def test_another_day_on_an_open_line_moves_it(line: str, due: date) -> None:
    task = read_task(line)

    assert task
    assert task.moved
    assert task.due == due


@pytest.mark.parametrize(
    "line",
    [
        OPEN.replace(" 📅 2026-11-19", ""),
        OPEN.replace("2026-11-19", "2026-02-30"),
        OPEN.replace("2026-11-19", "next week"),
        OPEN.replace("[ ]", "[x]").replace("2026-11-19", "2026-12-01"),
        DONE.replace("2026-11-19", "2026-12-01"),
        UNDATED.replace("[[Ada Lovelace]]", "[[Ada 📅 2026-12-01]]"),
    ],
)
def test_a_day_taken_out_or_on_a_finished_line_moves_nothing(line: str) -> None:
    task = read_task(line)

    assert task
    assert not task.moved


def test_the_day_it_was_done_is_read_in_both_formats_even_if_merged_twice() -> None:
    for sign in ("✅ 2026-11-20", "✅ 2026-11-20 ✅ 2026-11-20", "[completion:: 2026-11-20]"):
        task = read_task(OPEN.replace("[ ]", "[x]").replace(" ^", f" {sign} ^"))

        assert task
        assert task.ticked
        assert task.done_on == DUE + timedelta(days=1)


def test_a_retyped_text_is_still_the_same_task() -> None:
    task = read_task(OPEN.replace("Thank [[Ada Lovelace]]", "write her a card!"))

    assert task
    assert (task.key, task.text, task.due) == (KEY, "write her a card!", DUE)


def test_an_undone_line_gets_its_box_back_but_not_the_day_that_was_taken_out() -> None:
    assert as_written(DONE.replace("[x]", "[ ]")) == DONE
    assert as_written(DONE.replace("[x]", "[ ]").replace(" ✅ 2026-11-18", "")) == DONE.replace(
        " ✅ 2026-11-18", ""
    )


@pytest.mark.parametrize("end", ["", "\r", "  ", "\t"])
@pytest.mark.parametrize("start", ["- [ ]", "> 1) [ ]", "\t* [ ]"])
@pytest.mark.parametrize("sign", ["x", "X"])
@pytest.mark.parametrize(
    "day",
    [
        "",
        " ✅ 2026-11-20",
        " ✅\ufe0f 2026-11-20",
        " [completion:: 2026-11-20]",
        " (completion::2026-11-20)",
    ],
)
def test_a_ticked_line_is_opened_again_as_it_was(day: str, sign: str, start: str, end: str) -> None:
    line = OPEN.replace("- [ ]", start).replace("Thank", "Thank ✅ 2026-01-01 for") + end
    for before in (line, line.replace("📅", "🔼 📅"), line.replace(" 📅 2026-11-19", "")):
        ticked = before.replace("[ ]", f"[{sign}]").replace(" ^vp-", f"{day} ^vp-")
        assert ticked != before
        assert open_again(ticked) == before
        assert open_again(before) == before
        assert open_again(ticked.replace("-o", "-d")) == ticked.replace("-o", "-d")


def test_a_line_that_was_ticked_twice_in_a_merge_says_nothing_once_it_is_open() -> None:
    ticked = OPEN.replace("[ ]", "[x]").replace(
        " 📅", " ✅ 2026-11-20 [completion:: 2026-11-21] 📅"
    )

    assert open_again(ticked) == OPEN
    assert open_again(
        OPEN.replace("[ ] Thank [[Ada Lovelace]]", "[x]✅ 2026-11-20")
    ) == OPEN.replace("[ ] Thank [[Ada Lovelace]]", "[ ]")
    assert open_again("- [x] Words ✅ 2026-11-20") == "- [x] Words ✅ 2026-11-20"


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_keys_tell_their_parts_apart(one: list[str], other: list[str]) -> None:
    assert re.fullmatch("[a-z0-9]{10}", task_key(*one))
    assert (task_key(*one) == task_key(*other)) == (one == other)


def test_a_key_is_the_same_on_every_machine_and_takes_any_file_name() -> None:
    assert task_key("vault", "People/Ada.md", "thank", "2026-11-18") == "n7o2puqtot"
    assert len(task_key("broken \udcff name")) == 10


@pytest.mark.parametrize(
    "part",
    [
        "📅 2026-11-19 ",
        "🔁 every ",
        "[id::",
        "[id::" + " " * 60_000,
        "#a ",
        " ",
        "✅ 2026-11-19 ",
        "⛔ a , ",
        "^vp-",
    ],
)
def test_long_lines_are_read_in_linear_time(part: str) -> None:
    line = "- [ ] " + part * (65_000 // len(part)) + f" ^vp-{KEY}-20261119-o"
    begin = process_time()
    read_task(line)
    as_written(line)
    open_again(line.replace("[ ]", "[x]", 1))

    assert process_time() - begin < 5
