"""A mistake is one `undo` away: the real commands, then `undo`."""

import re
import sys
import time
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from unittest import mock

import pytest

from vaultplan.cli import opening
from vaultplan.disk import journal
from vaultplan.disk.inplace import overwrite
from vaultplan.disk.leases import Leases
from vaultplan.disk.refusals import busy
from vaultplan.passes import reading
from vaultplan.problems import Problem

sys.path.insert(0, str(Path(__file__).parent))
from undoing import CHANGES, Vault


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(reading, "LOOK_AGAIN_SECONDS", 0)
    with mock.patch("os.fsync"):
        yield


@pytest.fixture
def vault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Vault:
    return Vault(tmp_path / "vault", capsys)


EVERY = pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())


@EVERY
def test_undo_brings_every_byte_back_before_a_pass_and_after(
    change: Callable[[Vault], None], vault: Vault
) -> None:
    before = vault.files()

    change(vault)
    assert vault.files() != before
    vault.do("undo")
    if vault.files() != before:  # a tick; blocks and what is computed follow by themselves
        assert "undo" not in vault.do("undo", "--list")
        vault.sync()
    assert vault.files() == before
    vault.sync()
    assert vault.files() == before

    change(vault)
    vault.sync()
    assert vault.files() != before
    vault.do("undo")
    vault.sync()
    assert vault.files() == before
    assert "nothing to take back" in vault.do("undo", code=2)


@pytest.mark.parametrize("day", ["", " ✅ 2026-11-19", " [completion:: 2026-11-19]"])
@pytest.mark.parametrize("to", ["Copies", "Dag", "Ada"])
def test_undo_of_a_tick_opens_the_copies_of_its_line(to: str, day: str, vault: Vault) -> None:
    lines = [vault.copy("Home", "Thank [[Ada]]", name) for name in (to, "Plan")]
    vault.sync()
    before = vault.files()

    for name, line in zip((to, "Plan"), lines, strict=True):
        ticked = line.replace("[ ]", "[x]").replace(" ^vp-", f"{day} ^vp-")
        start, _, end = vault.read(name).rpartition(line)
        (vault.root / f"{name}.md").write_bytes(f"{start}{ticked}{end}".encode())
    vault.sync()
    assert re.search(r"^- 2026-11-\d\d thank-you$", vault.read("Ada"), re.MULTILINE)
    vault.do("undo")
    assert lines[0] in vault.read(to).splitlines()
    vault.sync()
    assert vault.files() == before


def test_undo_of_an_untick_writes_the_line_again(vault: Vault) -> None:
    vault.edit("Ada", "at the fair\n", "at the fair\n- 2026-11-19 thank-you\n")
    vault.sync()
    before = vault.files()

    line = vault.line("Ada", "Thank")
    vault.edit("Ada", line, line.replace("[x]", "[ ]"))
    vault.sync()
    assert "- 2026-11-19 thank-you\n" not in vault.read("Ada")
    vault.do("undo")
    vault.sync()
    assert vault.files() == before


def test_undo_of_a_mended_vault_waits_for_what_was_ticked(vault: Vault) -> None:
    """A task line is known by the contact's id: without it nobody would hear the tick."""
    vault.do("check", "--fix", "--yes")
    vault.sync()
    assert "\nid: " in vault.read("Bo").replace("\r", "")
    line = vault.line("Bo", "Check in")
    vault.edit("Bo", line, line.replace("[ ]", "[x]"))

    assert "no pass has heard; run `vaultplan sync` first" in vault.do("undo", code=3)
    vault.sync()
    vault.do("undo", "2")
    vault.sync()
    assert "\nid: " not in vault.read("Bo").replace("\r", "")
    assert "* 2026-11-20 check-in\r\n" in vault.read("Bo")


def test_undo_of_a_command_opens_what_was_ticked_meanwhile(vault: Vault) -> None:
    """A copy says nothing while its step is done; it must not say so again for it."""
    vault.copy("Home", "Thank [[Ada]]", "Copies")
    before = vault.files()
    vault.do("done", "ada", "thank")
    vault.tick("Copies", "Thank")
    vault.sync()

    vault.do("undo")

    vault.sync()
    assert vault.files() == before


# One further back, and what is shown


def test_undo_goes_back_one_by_one_to_the_first_byte(vault: Vault) -> None:
    states = [vault.files()]
    for name in (
        "moved",
        "new",
        "tick in the index",
        "log of several",
        "snooze again",
        "pause",
        "log",
    ):
        CHANGES[name](vault)
        vault.sync()
        states.append(vault.files())
    assert len(vault.json("undo", "--list")["items"]) == 7

    while states:
        assert vault.files() == states.pop()
        if states:
            vault.do("undo")
            vault.sync()
    assert "There is nothing to take back" in vault.do("undo", "--list")
    assert vault.json("undo", "--list")["items"] == []


def test_undo_of_a_number_takes_back_that_one_alone(vault: Vault) -> None:
    vault.do("pause", "bo")
    vault.do("log", "cleo", "-k", "call")
    vault.do("log", "cleo", "ada", "-k", "email", "-m", "hi")

    items = vault.json("undo", "--list")["items"]
    assert [(one["number"], one["command"], one["paths"]) for one in items] == [
        (1, "log", ["Ada.md", "Cléo.md"]),
        (2, "log", ["Cléo.md"]),
        (3, "pause", ["Bo.md"]),
    ]
    assert re.search(
        r"^2 +\d{4}-\d\d-\d\d \d\d:\d\d +log +Cléo.md$", vault.do("undo", "--list"), re.MULTILINE
    )
    vault.do("undo", "2")
    assert vault.read("Cléo").endswith("No log yet.\n\n## Log\n\n- 2026-11-20 email: hi")
    vault.do("undo", "2")
    assert "paused" not in vault.read("Bo")
    assert "there is no change 2 to take back" in vault.do("undo", "2", code=2)
    vault.do("undo")
    assert vault.read("Cléo").endswith("No log yet.\n\n## Log\n\n")


def test_a_dry_run_shows_what_undo_would_do_and_writes_nothing(vault: Vault) -> None:
    vault.do("done", "bo", "check-in")
    before = vault.files()

    said = vault.do("undo", "--dry-run")
    assert "\n-* 2026-11-20 check-in\n" in said
    assert "\n-follow_up:\n+follow_up: '2026-11-24'\n" in said
    assert vault.files() == before
    found = vault.json("undo")
    assert (found["command"], found["written"], found["dry_run"]) == ("done", ["Bo.md"], False)
    assert re.sub(" +$", "", found["changes"]["Bo.md"], flags=re.MULTILINE) + "\n" == said
    assert found["problems"] == []
    assert vault.do("--quiet", "undo", "--list") == ""


# The journal


def _entries(vault: Vault) -> list[Path]:
    return sorted(vault.root.parent.glob("state/*/journal/*/*.done"))


def test_what_is_older_than_30_days_cannot_be_taken_back(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.do("log", "ada", "-k", "call")

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return cls.fromtimestamp(time.time() + 31 * 24 * 3600, tz)

    monkeypatch.setattr(opening, "datetime", Later)
    vault.do("log", "bo", "-k", "call")
    assert [one["paths"] for one in vault.json("undo", "--list")["items"]] == [["Bo.md"]]
    vault.do("undo")
    assert "nothing to take back" in vault.do("undo", code=2)
    assert "call" in vault.read("Ada")


def test_a_clock_set_back_does_not_make_undo_forget_what_it_did(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.files()
    vault.do("log", "ada", "-k", "call")

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Earlier":
            return cls.fromtimestamp(time.time() - 3600, tz)

    monkeypatch.setattr(opening, "datetime", Earlier)
    vault.do("undo")
    assert vault.files() == before
    assert "nothing to take back" in vault.do("undo", code=2)


@pytest.mark.parametrize("same_id", [False, True])
def test_another_vaults_changes_are_not_touched(
    vault: Vault, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, same_id: bool
) -> None:
    other = Vault(tmp_path / "other", capsys)
    if same_id:  # a copy of the vault, which shares the folder of its state
        line = 'vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"\n'
        for each in (vault, other):
            settings = each.root / "vaultplan.toml"
            settings.write_text(line + settings.read_text("utf-8"), "utf-8")
            each.sync()
    before = vault.files()
    vault.do("log", "ada", "-k", "call")
    other.do("log", "ada", "-k", "email")
    there = other.files()

    assert [one["command"] for one in vault.json("undo", "--list")["items"]] == ["log"]
    vault.do("undo")
    assert vault.files() == before
    assert "nothing to take back" in vault.do("undo", code=2)
    assert other.files() == there
    other.do("undo")
    assert "2026-11-20 email" not in other.read("Ada")


def test_where_a_box_cannot_be_opened_the_log_stays_or_it_would_come_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = vault.copy("Home", "Thank [[Ada]]", "Copies")
    vault.sync()
    vault.edit("Copies", line, line.replace("[ ]", "[x]"))
    vault.sync()
    before = vault.files()

    def write(root: Path, raw: str, old: bytes, new: bytes, leases: Leases) -> Problem | None:
        return busy(raw) if raw == "Copies.md" else overwrite(root, raw, old, new, leases)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "overwrite", write)
        said = vault.do("undo", code=3)
    assert "Copies.md: " in said
    assert "Ada.md: warning: a box that says the same cannot be opened" in said
    assert vault.files() == before
    vault.do("undo")
    vault.sync()
    assert line in vault.read("Copies")
    assert not re.search(r"^- \S+ thank-you", vault.read("Ada"), re.MULTILINE)


def test_a_command_that_was_killed_is_mended_first_and_undo_says_so(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.files()
    vault.do("log", "bo", "-k", "call")

    def torn(root: Path, raw: str, old: bytes, new: bytes, _: Leases) -> Problem:
        (root / raw).write_bytes(new[: len(new) - 15] + old[len(new) - 15 :])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journal, "overwrite", torn)
        vault.do("log", "ada", "-k", "call", code=130)
    assert b"call" in vault.files()["Ada.md"]

    said = vault.do("undo")
    assert "Took back the log in Bo.md" in said
    assert "Ada.md: warning: a run was stopped while it wrote this note" in said
    assert vault.files() == before


def test_an_entry_that_was_cut_off_is_declined(vault: Vault) -> None:
    vault.do("log", "ada", "-k", "call")
    before = vault.files()
    entry = _entries(vault)[-1]
    entry.write_bytes(entry.read_bytes()[:-9])

    assert "not in the journal any more" in vault.do("undo", code=3)
    assert vault.files() == before


def test_undo_leaves_the_places_of_two_like_lines_alone(vault: Vault) -> None:
    """Two lines that say the same: one goes, whichever it was."""
    vault.do("log", "ada", "-k", "call")
    before = vault.files()
    vault.do("log", "ada", "-k", "call")
    assert vault.read("Ada").count("- 2026-11-20 call\n") == 2

    vault.do("undo")

    assert vault.files() == before
