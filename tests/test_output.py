"""What is shown on a terminal and in a pipe: widths, colour, progress, quiet."""

import re
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.__main__ import run
from vaultplan.cli.layout import broken, table_lines, wide, wrapped
from vaultplan.cli.progress import Bar
from vaultplan.cli.screen import Screen, screen_of
from vaultplan.cli.styled import Styled
from vaultplan.passes.reading import Place, look

PROJECT = Path(__file__).parent.parent
LOOKING = (
    ("next", "--until", "+60d"),
    ("list", "contact"),
    ("list", "event"),
    ("show", "priya"),
    ("why", "tomasz"),
    ("status",),
    ("check",),
)
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("VAULTPLAN_VAULT", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    copy = tmp_path / "vault"
    shutil.copytree(PROJECT / "sample-vault", copy)
    return copy


class Terminal:
    """A screen that the answers go to, as wide as asked for."""

    def __init__(self, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capture = patch, capture

    def at(self, width: int, *args: str) -> str:
        """What a command shows on a terminal, problems and all."""
        with self._patch.context() as patch:
            patch.setenv("COLUMNS", str(width))
            for stream in (sys.stdout, sys.stderr):
                patch.setattr(stream, "isatty", lambda: True)
            return self.piped(*args)

    def piped(self, *args: str) -> str:
        """What a command prints into a pipe."""
        self._capture.readouterr()
        run(args)
        said = self._capture.readouterr()
        return said.out + said.err


@pytest.fixture
def terminal(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    monkeypatch.chdir(vault)
    return Terminal(monkeypatch, capsys)


def as_words(text: str) -> list[str]:
    return ANSI.sub("", text).split()


# Widths


@pytest.mark.parametrize("args", LOOKING, ids=" ".join)
@pytest.mark.parametrize("width", [80, 40, 27])
def test_no_line_is_longer_than_the_terminal(
    width: int, args: Sequence[str], terminal: Terminal
) -> None:
    lines = ANSI.sub("", terminal.at(width, *args)).splitlines()

    assert lines
    assert [line for line in lines if wide(line) > width] == []


@pytest.mark.parametrize("args", LOOKING, ids=" ".join)
def test_words_that_fit_are_never_broken(args: Sequence[str], terminal: Terminal) -> None:
    whole = {word for word in as_words(terminal.piped(*args)) if wide(word) <= 20}
    shown = as_words(terminal.at(40, *args))
    labels = {word.capitalize() for word in shown}  # in blocks a head is in small letters

    assert whole - {*shown, *labels, "name", "·"} == set()


def test_a_narrow_list_is_a_block_for_each_note(terminal: Terminal) -> None:
    shown = ANSI.sub("", terminal.at(40, "list", "contact", "--where", "name ~ sofia"))

    assert shown == (
        "Sofia Lindgren\n"
        "  strength strong\n"
        "  organisation Hamnstad kommun\n"
        "  status to-do · last contact 2026-08-20\n"
        "  next follow up 2026-11-04\n"
    )


def test_a_list_that_nearly_fits_breaks_its_longest_cells() -> None:
    heads = [Styled("name"), Styled("next follow up"), Styled("organisation")]
    rows = [[Styled("Lars-Erik Dahl"), Styled("2026-12-01"), Styled("Västkustens högskola")]]
    lines = ["".join(part.text for part in line) for line in table_lines(heads, rows, 40)]

    assert lines == [
        "name            next        organisation",
        "                follow up",
        "Lars-Erik Dahl  2026-12-01  Västkustens",
        "                            högskola",
    ]


@pytest.mark.parametrize("args", LOOKING, ids=" ".join)
def test_a_pipe_gets_the_same_plain_text_whatever_the_surroundings(
    args: Sequence[str], terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = terminal.piped(*args)
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("TERM", "dumb")

    assert terminal.piped(*args) == before
    assert "\x1b" not in before


def test_what_is_wide_or_joined_keeps_the_columns_straight() -> None:
    names = ["Ada", "日本 太郎", "👩‍💻 Grace", "Zoe\u0301", "🇸🇪 Elin"]
    rows = [[Styled(name), Styled("here")] for name in names]

    for width in (None, 40):
        lines = ["".join(part.text for part in line) for line in table_lines(HEADS, rows, width)]

        assert {wide(line[: line.index("here")]) for line in lines[1:]} == {11}


HEADS = [Styled("name"), Styled("where")]
TEXT = st.text(st.sampled_from("ab/ 日e\u0301👩\u200d💻🇸🇪x-"), max_size=60)


@given(TEXT, st.integers(min_value=6, max_value=40))
def test_a_broken_line_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = ["".join(part.text for part in one) for one in wrapped([Styled(text)], width)]

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(wide(line) <= width for line in lines)


@given(
    st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4),
    st.integers(min_value=6, max_value=90),
)
def test_any_table_fits_any_terminal(rows: list[tuple[str, ...]], width: int) -> None:
    heads = [Styled(head) for head in ("name", "what", "where")]
    cells = [[Styled(cell) for cell in row] for row in rows]
    lines = ["".join(part.text for part in line) for line in table_lines(heads, cells, width)]

    assert [line for line in lines if wide(line.rstrip()) > width] == []
    shown = "".join(lines)
    assert all(shown.count(sign) >= "".join(map("".join, rows)).count(sign) for sign in "日ab")


def test_a_long_word_is_broken_after_a_slash() -> None:
    text = "https://example.org/people/ada-lovelace"

    assert [text[start:end] for start, end in broken(text, 20)] == [
        "https://example.org/",
        "people/ada-lovelace",
    ]


@pytest.mark.usefixtures("no_hang")
def test_a_long_line_takes_time_by_its_length() -> None:
    assert len(list(wrapped([Styled("ab " * 100_000)], 40))) > 7_000
    assert len(list(wrapped([Styled("日" * 100_000)], 40))) > 5_000


def test_more_that_is_due_is_said_where_somebody_looks(terminal: Terminal) -> None:
    assert "… and 6 more by 2026-11-20; `--limit 8`" in terminal.at(80, "next", "--limit", "2")
    assert "more" not in terminal.at(80, "next", "--limit", "8")


# Colour


@pytest.mark.parametrize(
    ("environment", "terminal", "colour"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    environment: dict[str, str],
    terminal: bool,  # noqa: FBT001  (a column of the table)
    colour: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)

    assert screen_of() == Screen(80 if terminal else None, colour)


def test_what_is_overdue_is_red_and_what_is_due_today_bold(terminal: Terminal) -> None:
    shown = terminal.at(80, "next", "--limit", "2")

    assert "\x1b[31moverdue since 2026-11-07\x1b[0m" in shown
    assert "\x1b[1mdue 2026-11-20\x1b[0m" in shown
    assert not set(re.findall(r"\x1b\[(\d+)m", shown)) - {"0", "1", "2", "31"}


def test_json_is_the_same_on_a_terminal(terminal: Terminal) -> None:
    for args in LOOKING:
        assert terminal.at(40, *args, "--json") == terminal.piped(*args, "--json")


def test_a_diff_is_coloured_but_keeps_its_lines(terminal: Terminal) -> None:
    args = ("log", "priya", "-m", "word " * 30, "--dry-run")

    assert ANSI.sub("", terminal.at(40, *args)) == terminal.piped(*args)
    assert "\x1b[32m+- 2026-11-20" in terminal.at(40, *args)


# Quiet, and the common options behind the command


@pytest.mark.parametrize(
    "args",
    [
        ("init",),
        ("sync",),
        ("log", "priya", "-k", "coffee"),
        ("done", "tomasz"),
        ("snooze", "priya", "+2w"),
        ("pause", "priya"),
        ("new", "contact", "Ada Lovelace"),
        ("set", "contact", "--where", "name = Priya Raman", "cadence=6 months"),
        ("review",),
        ("list", "contact", "--where", "name = Nobody"),
        ("next", "--until", "2026-10-01"),
        ("undo", "--list"),
    ],
    ids=" ".join,
)
def test_quiet_says_nothing_where_there_is_no_answer_and_no_problem(
    args: Sequence[str], terminal: Terminal
) -> None:
    assert terminal.piped(*args, "--quiet") == ""


@pytest.mark.parametrize("args", LOOKING, ids=" ".join)
def test_quiet_still_answers(args: Sequence[str], terminal: Terminal) -> None:
    assert terminal.piped("-q", *args) == terminal.piped(*args) != ""


def test_the_common_options_may_stand_behind_the_command(vault: Path, terminal: Terminal) -> None:
    root = str(vault)

    assert terminal.piped("sync", "-q") == ""
    assert terminal.piped("next", "--today", "2026-12-24") == terminal.piped(
        "--today", "2026-12-24", "next"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(vault.parent)
        assert "Tomasz" in terminal.piped("next", "-C", root)
        assert "Tomasz" in terminal.piped("next", f"--vault={root}")
        assert "# " in terminal.piped("export", "report", "-C", root)
        assert "there is no such folder" in terminal.piped("-C", root, "next", "-C", "nowhere")


# Progress


def test_the_bar_waits_a_second_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    times = iter([0.0, 0.5, 1.1, 1.15, 1.3])
    monkeypatch.setattr("vaultplan.cli.progress.monotonic", lambda: next(times))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    bar = Bar(40)

    bar.tell(1, 4)
    assert capsys.readouterr().err == ""
    bar.tell(2, 4)
    bar.tell(2, 4)
    said = capsys.readouterr().err
    assert re.search(r"Reading notes .* 50 %", said)
    bar.tell(3, 4)
    bar.tell(4, 4)
    last = capsys.readouterr()
    assert last.out == ""
    assert last.err.rstrip().endswith("\x1b[2K")
    bar.close()
    assert capsys.readouterr().err == ""


def test_reading_tells_how_far_it_is(vault: Path) -> None:
    told: list[tuple[int, int]] = []
    now = datetime(2026, 11, 20, tzinfo=UTC)

    look(Place(vault, vault.parent / "state", now, None, tell=lambda *so: told.append(so)))

    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (len(told), len(told))
    assert len(told) > 100
