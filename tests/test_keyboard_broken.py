"""What goes wrong at the keyboard: streams that are closed, words that cannot be, many at once."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest

from vaultplan.__main__ import run
from vaultplan.when import parse_when

VAULT = """
    --- vaultplan.toml
    vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c11"
    today = 2026-11-20
    --- Ada.md
    ---
    type: contact
    cadence: 3 months
    ---

    ## Log

    - 2026-11-01 met
    """
NOTE = "Ada.md"
WRITTEN = "- 2026-11-20 coffee: "


@pytest.fixture
def vault(
    tmp_path: Path, vault_at: Callable[[Path, str], Path], monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("VAULTPLAN_VAULT", raising=False)
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # it would hide what waits to be flushed
    root = vault_at(tmp_path, VAULT)
    monkeypatch.chdir(root)
    return root


def shell(command: str) -> subprocess.CompletedProcess[str]:
    script = command.replace("vaultplan", f'"{sys.executable}" -m vaultplan')
    environ = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
        timeout=60,
    )


def refused(capsys: pytest.CaptureFixture[str], *args: str, code: int = 2) -> str:
    before = Path(NOTE).read_bytes()
    capsys.readouterr()
    assert run(args) == code
    assert Path(NOTE).read_bytes() == before
    return capsys.readouterr().err


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.usefixtures("vault")
def test_a_command_does_its_work_where_its_streams_are_closed(closed: str) -> None:
    done = shell(f"vaultplan log ada -k coffee -m heard {closed}")

    assert (done.returncode, done.stderr) == (0, "")
    assert Path(NOTE).read_text("utf-8").count(f"{WRITTEN}heard") == 1


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", "<&- >&- 2>&-"])
@pytest.mark.usefixtures("vault")
def test_what_is_wrong_is_so_where_nobody_hears_it(closed: str) -> None:
    assert shell(f"vaultplan log nobody {closed}").returncode == 2


@pytest.mark.parametrize("words", ["next", "log ada", "--help"])
@pytest.mark.usefixtures("vault")
def test_a_pipe_that_nobody_reads_is_no_error(words: str) -> None:
    done = shell(f"{{ sleep 0.1; vaultplan {words}; }} | true")

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk to write to")
@pytest.mark.parametrize("words", ["log ada", "next --json", "--help"])
@pytest.mark.usefixtures("vault")
def test_an_answer_that_cannot_be_written_is_said_in_a_line(words: str) -> None:
    done = shell(f"vaultplan {words} >/dev/full")

    said = "vaultplan: the answer could not be written: No space left on device"
    assert (done.returncode, done.stderr) == (1, f"{said}; look where it goes to\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use stays there")
def test_a_folder_that_is_gone_is_no_vault(vault: Path) -> None:
    done = shell(f"mkdir '{vault}/gone'; cd '{vault}/gone'; rmdir '{vault}/gone'; vaultplan next")

    assert done.returncode == 2
    assert done.stderr == "vaultplan: the current folder is gone; go into your vault\n"


def test_half_a_character_in_a_message_is_refused(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["log", "ada"], ["done", "ada"]):
        said = refused(capsys, *command, "-m", "a\udcffb")
        assert said == "vaultplan: half a character is in the message; type it again\n"
    assert vault.is_dir()


@pytest.mark.usefixtures("vault")
def test_what_cannot_be_seen_in_a_message_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["log", "ada", "-k", "coffee", "-m", "a\x1b[31m\tb\x07\n\n## Log\u202e\nc"]) == 0

    assert f"{WRITTEN}a[31m b ## Log c\n" in Path(NOTE).read_text("utf-8")
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("message", "kind"),
    [("gave: a book", "gave"), ("Coffee", "coffee"), ("thank you: for it", "thank-you")],
)
@pytest.mark.usefixtures("vault")
def test_a_message_that_would_be_read_as_a_kind_is_refused_with_the_kind(
    message: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, "log", "ada", "-m", message)
    assert said == f"vaultplan: the message begins with a kind; write it as `-k {kind}`\n"

    assert run(["log", "ada", "-k", "coffee", "-m", message]) == 0
    assert f"{WRITTEN}{message}\n" in Path(NOTE).read_text("utf-8")


@pytest.mark.usefixtures("vault")
def test_a_line_that_would_not_count_is_refused_without_talk_of_ticks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = refused(capsys, "log", "ada", "-m", "~~gone~~", code=3)

    assert said.startswith("vaultplan: Ada.md: what a tick or a command asks for cannot be written")
    assert said.endswith("; mend the note, or write it by hand\n")


@pytest.mark.usefixtures("vault")
def test_what_is_still_to_come_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    said = "2026-11-21 is still to come; log it when it has happened"
    assert refused(capsys, "log", "ada", "--on", "tomorrow") == f"vaultplan: {said}\n"


def test_a_day_before_all_days_is_the_first_one_not_the_last() -> None:
    assert parse_when("-9999y", date(2026, 11, 20)) == date.min
    assert parse_when("+9999y", date(2026, 11, 20)) == date.max


def test_a_choice_that_is_none_is_told_what_would_be_one() -> None:
    from vaultplan.cli.person import _number  # noqa: PLC0415  (its words alone)

    assert [_number("1", 2), _number(" 2 ", 2)] == [1, 2]
    for typed in ("0", "3", "x", "-1", "1.0", "9" * 5000):
        with pytest.raises(click.BadParameter, match="write a number from 1 to 2"):
            _number(typed, 2)


def test_of_many_commands_at_once_each_writes_its_line_once(vault: Path) -> None:
    count = 6
    words = [f"one of {number} at once" for number in range(count)]
    args = [sys.executable, "-m", "vaultplan", "-C", str(vault), "log", "ada", "-k", "coffee", "-m"]
    started = [subprocess.Popen([*args, word], stdout=subprocess.DEVNULL) for word in words]

    assert [one.wait(timeout=60) for one in started] == [0] * count
    note = Path(NOTE).read_text("utf-8").splitlines()
    assert sorted(line for line in note if line.startswith(WRITTEN)) == [
        f"{WRITTEN}{word}" for word in words
    ]


def test_a_weekday_of_what_has_happened_is_the_last_one(vault: Path) -> None:
    assert run(["log", "ada", "--on", "friday", "-k", "call"]) == 0
    assert "- 2026-11-13 call\n" in (vault / "Ada.md").read_text("utf-8")


def test_somebody_whose_note_cannot_be_read_is_not_unknown(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (vault / "Ada.md").write_text("---\nkey: [\n---\n", "utf-8")

    assert refused(capsys, "log", "ada").startswith("vaultplan: Ada.md:2 cannot be read: ")
