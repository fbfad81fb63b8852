"""Notes that a command makes, and those that are taken away again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from vaultplan.disk import journal
from vaultplan.disk.entries import Change, change_of, keep, texts_of
from vaultplan.disk.journal import Journal, runs

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
TEXT = "# Zoë\r\n\nWords.".encode()


@pytest.fixture(name="vault")
def _vault(tmp_path: Path) -> Path:
    (tmp_path / "vault").mkdir()
    return tmp_path / "vault"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def make(folder: Path, vault: Path, path: str = "Zoë.md") -> str:
    with Journal(folder, NOW, "new") as run:
        problem = run.make_note(vault, path, TEXT)
    return problem.rule if problem else "made"


def remove(folder: Path, vault: Path, before: bytes = TEXT) -> str:
    with Journal(folder, NOW, "undo") as run:
        problem = run.remove_note(vault, "Zoë.md", before, label="undo x/1")
    return problem.rule if problem else "removed"


def recover(folder: Path, vault: Path) -> list[str]:
    with Journal(folder, NOW + timedelta(hours=1), "sync") as run:
        return [problem.rule for problem in run.recover(vault)]


def told(folder: Path) -> list[tuple[Change | None, tuple[bytes, bytes] | None]]:
    """What the journal says was done, the newest first."""
    return [(change_of(entry), texts_of(entry)) for run in runs(folder) for entry in run.entries]


def test_the_journal_says_what_was_made_and_what_was_taken_away(vault: Path, folder: Path) -> None:
    assert make(folder, vault) == "made"
    assert (vault / "Zoë.md").read_bytes() == TEXT
    assert remove(folder, vault) == "removed"

    assert list(vault.iterdir()) == []
    root = str(vault.resolve())
    assert told(folder) == [
        (Change("undo x/1", root, "Zoë.md", removed=True), (TEXT, b"")),
        (Change("new", root, "Zoë.md", made=True), (b"", TEXT)),
    ]


def test_a_tick_is_kept_with_the_keys_of_its_steps(vault: Path, folder: Path) -> None:
    (vault / "Zoë.md").write_bytes(TEXT)
    with Journal(folder, NOW, "sync") as run:
        assert run.write_note(vault, "Zoë.md", TEXT, b"new", label="tick", keys=("a", "b")) is None

    assert [run.label for run in runs(folder)] == ["tick"]
    ((change, _),) = told(folder)
    assert change == Change("tick", str(vault.resolve()), "Zoë.md", keys=("a", "b"))


def test_nothing_is_made_over_a_note_and_nothing_else_is_taken_away(
    vault: Path, folder: Path
) -> None:
    (vault / "Zoë.md").write_bytes(b"mine")

    assert make(folder, vault) == "note-there"
    assert remove(folder, vault) == "note-changed"
    assert (vault / "Zoë.md").read_bytes() == b"mine"
    assert told(folder) == []


def _stopped(act: Callable[[], str], name: str) -> None:
    """A run that ends when its entry is kept and the vault not yet touched."""
    with mock.patch.object(journal, name, side_effect=KeyboardInterrupt):  # noqa: SIM117  (in turn)
        with pytest.raises(KeyboardInterrupt):
            act()


@pytest.mark.parametrize("now", [TEXT, TEXT[:5], b"", b"mine", None])
def test_after_a_kill_before_a_note_was_made_another_of_its_name_stays(
    now: bytes | None, vault: Path, folder: Path
) -> None:
    """Even if that one begins as ours would have: ours comes into the vault whole."""
    _stopped(lambda: make(folder, vault), "new_file")
    if now is not None:
        (vault / "Zoë.md").write_bytes(now)

    unclear = now in (TEXT[:5], b"mine")
    assert recover(folder, vault) == ["note-unclear"] * unclear
    assert recover(folder, vault) == []
    assert [path.read_bytes() for path in vault.iterdir()] == [now] * (now is not None)
    assert len(told(folder)) == (now == TEXT)


@pytest.mark.parametrize("now", [TEXT, TEXT[:5], b"mine", None])
def test_after_a_kill_before_a_note_was_taken_away_it_is_there_or_not(
    now: bytes | None, vault: Path, folder: Path
) -> None:
    make(folder, vault)
    _stopped(lambda: remove(folder, vault), "take_away")
    (vault / "Zoë.md").unlink()
    if now is not None:
        (vault / "Zoë.md").write_bytes(now)

    assert recover(folder, vault) == ["note-unclear"] * (now in (TEXT[:5], b"mine"))
    assert [path.read_bytes() for path in vault.iterdir()] == [now] * (now is not None)
    assert [change and change.removed for change, _ in told(folder)] == [True] * (now is None) + [
        False
    ]


def test_entries_of_before_there_were_notes_made_are_read(vault: Path, folder: Path) -> None:
    folder.mkdir()
    entry = folder / "000001.done"
    keep(entry, Change("sync", str(vault), "Zoë.md"), b"old", b"new")
    first, _, rest = entry.read_bytes().partition(b"\n")
    for word in (b'"made": false, ', b'"removed": false, ', b'"keys": [], '):
        assert word in first
        first = first.replace(word, b"")
    entry.write_bytes(first + b"\n" + rest)

    assert change_of(entry) == Change("sync", str(vault), "Zoë.md")
    assert texts_of(entry) == (b"old", b"new")
