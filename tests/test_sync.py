"""A pass over a vault that is not as quiet as one would like."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from vaultplan.__main__ import run
from vaultplan.disk.journal import Journal
from vaultplan.passes.reading import LOOK_AGAIN_SECONDS, Place
from vaultplan.passes.report import Report
from vaultplan.passes.sync import preview, sync
from vaultplan.problems import FewerNotesError, Problem

CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
AGENDA = "<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n"
CONTACT = f"---\ntype: contact\n---\n{CHECKLIST}\n## Log\n\n- 2026-11-18 met: at the fair\n"
VAULT_ID = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
SETTINGS = f'vault_id = "{VAULT_ID}"\ntimezone = "UTC"\n'
TODAY = date(2026, 11, 20)
Write = Callable[..., Problem | None]


@pytest.fixture(autouse=True)
def _hurry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))
    with mock.patch("os.fsync"):
        yield


class Vault:
    """A vault on a disk; `wait` is what happens while a pass waits."""

    def __init__(self, folder: Path, setup: str = SETTINGS, **notes: str) -> None:
        self.root = folder / "vault"
        self.root.mkdir()
        (self.root / "vaultplan.toml").write_text(setup, "utf-8")
        for name, text in notes.items():
            self.write(name, text)
        self.waited = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def wait(self, seconds: float) -> None:
        if seconds == LOOK_AGAIN_SECONDS:
            self.waited += 1
            self.meanwhile()

    @property
    def place(self) -> Place:
        now = datetime(2026, 11, 20, 12, tzinfo=UTC)
        state = self.root.parent / "state" / VAULT_ID
        return Place(self.root, state, now, self.wait, TODAY)

    def sync(self, *, accept_fewer: bool = False) -> Report:
        return sync(self.place, accept_fewer=accept_fewer)

    def path(self, name: str) -> Path:
        return self.root / f"{name}.md"

    def read(self, name: str) -> str:
        return self.path(name).read_bytes().decode()

    def write(self, name: str, text: str) -> None:
        self.path(name).write_bytes(text.encode())

    def add(self, raw: str, text: str) -> None:
        with (self.root / raw).open("ab") as file:
            file.write(text.encode())

    def tick(self, name: str, words: str) -> None:
        text = self.read(name)
        assert f"- [ ] {words}" in text
        self.write(name, text.replace(f"- [ ] {words}", f"- [x] {words}"))

    @property
    def feed(self) -> str:
        return (self.root / "follow-ups.ics").read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        found = sorted(path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


def rules(report: Report) -> list[str]:
    return [f"{problem.path} {problem.rule}" for problem in report.problems]


def interfering(monkeypatch: pytest.MonkeyPatch, act: Callable[[str], object]) -> None:
    """Let something happen to each note right before it is written."""
    write = Journal.write_note

    def late(
        self: Journal, root: Path, raw: str, before: bytes, after: bytes, **told: Any
    ) -> Problem | None:
        if before != after:
            act(raw)
        return write(self, root, raw, before, after, **told)

    monkeypatch.setattr(Journal, "write_note", late)


# What changes while the pass runs


def test_a_note_that_changes_before_it_is_written_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    vault.sync()
    vault.tick("Home", "Thank")
    edits = ["- 2026-11-19 coffee: late words\n"]

    def edit(raw: str) -> None:
        if raw == "Ada.md" and edits:
            vault.write("Ada", vault.read("Ada") + edits.pop())

    interfering(monkeypatch, edit)
    report = vault.sync()

    assert "coffee: late words\n- 2026-11-20 thank-you\n" in vault.read("Ada")
    assert "Thank" not in vault.read("Home")
    assert not report.refused


def test_a_note_that_goes_on_changing_is_left_alone_and_the_tick_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Bo=CONTACT, Home=AGENDA)
    vault.sync()
    vault.tick("Home", "Thank [[Ada]]")
    vault.tick("Home", "Thank [[Bo]]")

    with monkeypatch.context() as hook:
        interfering(hook, lambda raw: vault.add(raw, "more\n") if raw == "Ada.md" else None)
        code = run(["--today", "2026-11-20", "sync", str(vault.root)])

    assert code == 3
    assert "Ada.md: warning: changed since it was read" in capsys.readouterr().err
    assert "thank-you" not in vault.read("Ada")
    assert vault.read("Ada").endswith("fair\nmore\nmore\n")
    assert "- [x] Thank [[Ada]]" in vault.read("Home")
    assert "- 2026-11-20 thank-you" in vault.read("Bo")
    assert "Thank [[Bo]]" not in vault.read("Home")
    assert "Thank Ada" in vault.feed

    assert not vault.sync().refused
    assert "more\nmore\n- 2026-11-20 thank-you" in vault.read("Ada")
    assert "Thank" not in vault.read("Home")


def test_an_index_note_that_goes_on_changing_holds_nothing_else_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    interfering(monkeypatch, lambda raw: vault.add(raw, "more\n") if raw == "Home.md" else None)

    report = vault.sync()

    assert report.refused
    assert vault.read("Home") == AGENDA + "more\n" * 2
    assert "Thank" in vault.read("Ada")
    assert "Thank Ada" in vault.feed


def test_a_tick_in_the_block_of_another_contact_waits_for_the_log_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ada's note is written first, as it takes a log line itself; Bo's line must not get lost."""
    vault = Vault(tmp_path, Ada=CONTACT.replace("## Log", f"{AGENDA}\n## Log"), Bo=CONTACT)
    vault.sync()
    ticked = vault.read("Ada").replace("- [ ] Thank [[Bo]]", "- [x] Thank [[Bo]]")
    vault.write("Ada", ticked.replace("- [ ] Thank [[Ada]]", "- [x] Thank [[Ada]]", 1))

    def die(raw: str) -> None:
        if raw == "Bo.md":
            raise KeyboardInterrupt

    with monkeypatch.context() as hook:
        interfering(hook, die)
        with pytest.raises(KeyboardInterrupt):
            vault.sync()
    assert "- 2026-11-20 thank-you" in vault.read("Ada")
    assert "- [x] Thank [[Bo]]" in vault.read("Ada")

    vault.sync()
    assert "- 2026-11-20 thank-you" in vault.read("Bo")
    assert vault.read("Ada").count("\n- 2026-11-20 thank-you") == 1
    assert "- [ ] Thank" not in vault.read("Ada")


# What cannot be read or written


def test_a_tick_for_a_note_that_cannot_be_read_stays_until_it_can(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Bo=CONTACT, Home=AGENDA)
    vault.sync()
    vault.tick("Home", "Thank [[Ada]]")
    vault.tick("Home", "Thank [[Bo]]")
    vault.write("Ada", vault.read("Ada").replace("type: contact", "type: contact\ntype: twice"))

    report = vault.sync()

    assert rules(report) == ["Ada.md front-matter", "Home.md not-done"]
    assert "thank-you" not in vault.read("Ada")
    assert "- 2026-11-20 thank-you" in vault.read("Bo")
    assert "- [x] Thank [[Ada]]" in vault.read("Home")
    assert "Share something useful with [[Ada]]" not in vault.read("Home")
    assert vault.sync().written == ()

    vault.write("Ada", vault.read("Ada").replace("\ntype: twice", ""))
    vault.sync()
    assert "- 2026-11-20 thank-you" in vault.read("Ada")
    assert "Thank" not in vault.read("Home")


def test_a_tick_that_a_note_cannot_take_stays_and_is_a_problem(tmp_path: Path) -> None:
    ada = CONTACT.replace("type: contact", "{type: contact, follow_up: 2026-11-20}")
    vault = Vault(tmp_path, Ada=ada.replace("2026-11-18", "2026-09-01"), Home=AGENDA)
    vault.sync()
    vault.tick("Home", "Check in")
    before = vault.files()

    for _ in range(2):
        report = vault.sync()

        assert rules(report) == ["Ada.md not-written"]
        assert vault.files() == before


def test_a_note_that_cannot_be_written_is_said_and_its_tick_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    vault.sync()
    vault.tick("Home", "Thank")
    write = Journal.write_note

    def refuse(
        self: Journal, root: Path, raw: str, before: bytes, after: bytes, **told: Any
    ) -> Problem | None:
        if raw == "Ada.md":
            return Problem("Ada.md", 0, "unwritable", "error", "cannot be written")
        return write(self, root, raw, before, after, **told)

    monkeypatch.setattr(Journal, "write_note", refuse)
    report = vault.sync()

    assert rules(report) == ["Ada.md unwritable", "Ada.md not-written"]
    assert "- [x] Thank [[Ada]]" in vault.read("Home")
    assert "Thank Ada" in vault.feed


# What vanishes


def test_a_note_that_is_gone_or_empty_for_an_instant_is_looked_at_again(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    vault.sync()
    before, note = vault.files(), vault.path("Ada")
    vault.meanwhile = lambda: note.write_bytes(before["Ada.md"])

    for times, half in enumerate((None, b"", before["Ada.md"][:15], b"\xc3"), 1):
        if half is None:
            note.unlink()
        else:
            note.write_bytes(half)

        assert vault.sync().written == ()
        assert vault.files() == before
        assert vault.waited == times


def test_a_note_that_stays_away_is_believed_after_one_more_look(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    vault.sync()
    vault.path("Ada").unlink()

    vault.sync()
    vault.sync()

    assert vault.waited == 1
    assert "Ada" not in vault.feed
    assert "Ada" not in vault.read("Home")


def many(vault: Vault, count: int) -> None:
    for number in range(count):
        vault.write(f"Note {number}", "words\n")


def test_far_fewer_notes_stop_the_pass_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    many(vault, 18)
    vault.sync()
    vault.path("Ada").unlink()
    for number in range(6):
        vault.path(f"Note {number}").unlink()
    before = vault.files()

    with pytest.raises(FewerNotesError):
        vault.sync()
    with pytest.raises(FewerNotesError):
        preview(vault.place)
    assert run(["sync", str(vault.root)]) == 2
    assert "13 notes where the last pass saw 20; nothing was written" in capsys.readouterr().err
    assert vault.files() == before

    assert "follow-ups.ics" in vault.sync(accept_fewer=True).written
    assert vault.sync().written == ()


def test_seven_tenths_of_the_notes_are_enough_and_so_are_any_of_a_few(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Home=AGENDA)
    many(vault, 19)
    vault.sync()

    for number in range(6):
        vault.path(f"Note {number}").unlink()
    vault.sync()
    for number in range(6, 19):
        with suppress(FewerNotesError):
            vault.path(f"Note {number}").unlink()
    vault.sync()

    assert [path.name for path in vault.root.glob("*.md")] == ["Home.md"]


# What is not read, and what is not written


def test_conflict_copies_are_reported_and_never_read(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=CONTACT)
    sure = "Ada.sync-conflict-20261118-101500-ABCDEF7"
    vault.write(sure, CONTACT.replace("met: at", "thank-you: at"))
    vault.write("Ada 2", CONTACT.replace("at the fair", "at a fair"))
    vault.write("Chapter 2", CONTACT)
    before = vault.read(sure), vault.read("Ada 2")

    report = vault.sync()

    assert report.read == {"contact": 2}
    assert rules(report) == ["Ada 2.md conflict-copy", f"{sure}.md conflict-copy"]
    assert (vault.read(sure), vault.read("Ada 2")) == before
    assert "[ ] Thank" in vault.read("Ada")


def test_without_a_vault_id_there_is_no_calendar_and_that_is_said(tmp_path: Path) -> None:
    vault = Vault(tmp_path, setup='timezone = "UTC"\n', Ada=CONTACT)

    report = vault.sync()

    assert rules(report) == ["vaultplan.toml no-vault-id"]
    assert sorted(vault.files()) == ["Ada.md", "vaultplan.toml"]
    assert "Thank" in vault.read("Ada")


def test_a_written_note_keeps_its_place_mode_and_attributes(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=CONTACT)
    note = vault.path("Ada")
    note.chmod(0o640)
    attributes = hasattr(os, "setxattr")
    if attributes:
        try:
            os.setxattr(note, "user.colour", b"green")
        except OSError:
            attributes = False
    (tmp_path / "link").hardlink_to(note)
    before = note.stat()

    assert "Ada.md" in vault.sync().written

    after = note.stat()
    assert (after.st_ino, after.st_mode, after.st_nlink) == (before.st_ino, before.st_mode, 2)
    assert (tmp_path / "link").read_bytes() == note.read_bytes() != CONTACT.encode()
    assert not attributes or os.getxattr(note, "user.colour") == b"green"


def test_a_preview_writes_nothing_and_says_what_a_pass_would_write(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=CONTACT, Home=AGENDA)
    before = vault.files()

    report, changes = preview(vault.place)

    assert vault.files() == before
    assert not (tmp_path / "state").exists()
    assert vault.sync().written == report.written == tuple(changes)
    assert {path: change.after for path, change in changes.items()}.items() <= vault.files().items()
