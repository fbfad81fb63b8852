"""Writing people's notes: in place, never over newer work, and never without the old text kept."""

import errno
import os
import resource
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vaultplan.disk import entries, inplace, journal, leases
from vaultplan.disk.entries import change_of, texts_of
from vaultplan.disk.inplace import overwrite
from vaultplan.disk.journal import Journal, runs
from vaultplan.disk.read import holds
from vaultplan.problems import Problem

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
BEFORE = b"# Ada\n- [ ] Thank Ada\n"
AFTER = b"# Ada\n- [x] Thank Ada\n\n## Log\n- 2026-11-20 thank-you\n"

# Opens a note, says so, and closes it when told to; what it read comes last.
EDITOR = """
import sys
print("ready", flush=True)
with open(sys.argv[1]) as note:
    print("open", flush=True)
    if sys.argv[2:]:
        sys.stdin.readline()
    print(repr(note.read()), flush=True)
"""


@pytest.fixture(name="vault")
def _vault(tmp_path: Path) -> Path:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Ada.md").write_bytes(BEFORE)
    return vault


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


@pytest.fixture(name="with_leases")
def _with_leases(vault: Path) -> None:
    """Skip where no lease can be had."""
    with (vault / "Ada.md").open("r+b") as note:
        try:
            leases._lease(note.fileno())  # noqa: SLF001  (the system's own word is asked for)
        except OSError as error:
            pytest.skip(f"this file system gives no leases: {error}")


def sync(folder: Path, vault: Path, before: bytes = BEFORE, after: bytes = AFTER) -> str:
    """Write Ada's note in a run of its own; the rule of the problem, if there is one."""
    with Journal(folder, NOW, "sync") as run:
        problem = run.write_note(vault, "Ada.md", before, after)
    return problem.rule if problem else "written"


# Writing


@pytest.mark.parametrize(
    "after",
    [AFTER, b"", b"# Ada\n", BEFORE + b"more", b"# Eve\n- [ ] Thank Ada\n", b"\0\xff" * 9000],
)
def test_a_note_gets_its_new_text_and_keeps_all_else(
    vault: Path, folder: Path, after: bytes
) -> None:
    note = vault / "Ada.md"
    note.chmod(0o640)
    os.link(note, vault / "hard link.md")
    try:
        os.setxattr(note, "user.tag", b"red")
        has_attributes = True
    except OSError:
        has_attributes = False
    born = subprocess.run(["stat", "-c", "%W", note], capture_output=True, check=True).stdout
    old = note.stat()
    os.utime(note, ns=(old.st_atime_ns, old.st_mtime_ns - 10**9))
    assert sync(folder, vault, after=after) == "written"
    new = note.stat()
    assert note.read_bytes() == (vault / "hard link.md").read_bytes() == after
    assert (new.st_ino, new.st_mode, new.st_nlink) == (old.st_ino, old.st_mode, 2)
    assert new.st_mtime_ns > old.st_mtime_ns - 10**9
    assert (
        subprocess.run(["stat", "-c", "%W", note], capture_output=True, check=True).stdout == born
    )
    if has_attributes:
        assert os.getxattr(note, "user.tag") == b"red"
    assert sorted(path.name for path in vault.iterdir()) == ["Ada.md", "hard link.md"]


def test_the_old_text_is_in_the_journal_and_for_this_person_alone(
    vault: Path, folder: Path
) -> None:
    assert sync(folder, vault) == "written"
    (run,) = runs(folder)
    (entry,) = run.entries
    assert (run.label, run.at) == ("sync", NOW)
    change = change_of(entry)
    assert change is not None
    assert (change.root, change.raw) == (str(vault.resolve()), "Ada.md")
    assert texts_of(entry) == (BEFORE, AFTER)
    private = [folder.parent, folder, *folder.rglob("*")]
    assert {oct(path.stat().st_mode & 0o77) for path in private} == {"0o0"}


def test_the_disk_has_the_old_text_before_a_note_is_touched_and_the_new_one_after(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, int]] = []
    listed: dict[int, int] = {}
    real_fsync, real_write = os.fsync, os.write

    def fsync(fd: int) -> None:
        for path in folder.glob("*/*") if stat.S_ISDIR(os.fstat(fd).st_mode) else ():
            listed.setdefault(path.stat().st_ino, len(done))
        done.append(("fsync", os.fstat(fd).st_ino))
        real_fsync(fd)

    def write(file: int, data: bytes) -> int:
        done.append(("write", os.fstat(file).st_ino))
        return real_write(file, data)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "write", write)
    notes = [vault / f"{number}.md" for number in range(7)]
    with Journal(folder, NOW, "sync") as run:
        for note in notes:
            note.write_bytes(BEFORE)
            assert run.write_note(vault, note.name, BEFORE, AFTER) is None

    entries = runs(folder)[0].entries
    assert len(entries) == len(notes)
    for entry, note in zip(entries, notes, strict=True):
        inodes = entry.stat().st_ino, note.stat().st_ino
        acts = [("write", inodes[0]), ("fsync", inodes[0])]
        acts += [("write", inodes[1]), ("fsync", inodes[1])]
        assert [act for act in done if act[1] in inodes] == acts
        assert listed[inodes[0]] < done.index(acts[0])
    assert done.count(("fsync", entries[0].parent.stat().st_ino)) == 4
    assert list(folder.glob("*/*.pending")) == []


def test_a_run_that_writes_nothing_leaves_nothing(vault: Path, folder: Path) -> None:
    with Journal(folder, NOW, "sync") as run:
        assert run.recover(vault) == ()
        assert run.write_note(vault, "Ada.md", BEFORE, BEFORE) is None
        run.prune()
    assert not folder.exists()
    assert sync(folder, vault, before=b"what it was yesterday") == "note-changed"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("now", [b"", BEFORE[:-1], BEFORE + b"x", b"# Eve\n- [ ] Thank Ada\n"])
def test_a_note_that_changed_since_it_was_read_is_not_written_over(
    vault: Path, folder: Path, now: bytes
) -> None:
    (vault / "Ada.md").write_bytes(now)
    assert sync(folder, vault) == "note-changed"
    assert (vault / "Ada.md").read_bytes() == now


def test_what_is_no_note_in_the_vault_is_not_written(vault: Path, folder: Path) -> None:
    (vault.parent / "Eve.md").write_bytes(BEFORE)
    (vault / "out").symlink_to("..")
    (vault / "link.md").symlink_to("Ada.md")
    (vault / "folder.md").mkdir()
    os.mkfifo(vault / "pipe.md")
    wanted = {
        "gone.md": "gone",
        "out/Eve.md": "symlink",
        "link.md": "symlink",
        "../Eve.md": "outside",
        "folder.md": "unwritable",
        "pipe.md": "not-a-file",
    }
    with Journal(folder, NOW, "sync") as run:
        found = {path: run.write_note(vault, path, BEFORE, AFTER) for path in wanted}
    assert {path: problem and problem.rule for path, problem in found.items()} == wanted
    assert {path.read_bytes() for path in (vault / "Ada.md", vault.parent / "Eve.md")} == {BEFORE}
    assert list(folder.iterdir()) == []


def test_without_a_journal_nothing_is_written(vault: Path, folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("a file in the way")
    assert sync(folder, vault) == "no-journal"
    assert (vault / "Ada.md").read_bytes() == BEFORE


def test_a_journal_that_is_full_takes_no_half_entry(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: int, data: bytes) -> None:
        os.write(file, data[:9])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(entries, "write_all", fail)
    with Journal(folder, NOW, "sync") as run:
        problem = run.write_note(vault, "Ada.md", BEFORE, AFTER)
        assert list(folder.glob("*/*")) == []
    assert problem is not None
    assert problem.message.endswith("old text (No space left on device)")
    assert (vault / "Ada.md").read_bytes() == BEFORE
    assert list(folder.iterdir()) == []


def test_a_full_disk_brings_the_old_text_back(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def on_a_small_disk(*arguments: object) -> Problem | None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
        try:
            return overwrite(*arguments)  # type: ignore[arg-type]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    monkeypatch.setattr(journal, "overwrite", on_a_small_disk)
    assert sync(folder, vault, after=BEFORE[:9] + b"x" * 9000) == "unwritable"
    assert (vault / "Ada.md").read_bytes() == BEFORE
    assert list(folder.iterdir()) == []


# Leases


@pytest.mark.usefixtures("with_leases")
def test_an_editor_that_opens_the_note_meanwhile_waits_for_the_new_text(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editors: list[subprocess.Popen[str]] = []

    def compare(file: int, data: bytes) -> bool:
        command = [sys.executable, "-c", EDITOR, str(vault / "Ada.md")]
        editor = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        editors.append(editor)
        assert editor.stdout is not None
        assert editor.stdout.readline() == "ready\n"
        time.sleep(0.2)
        return holds(file, data)

    monkeypatch.setattr(inplace, "holds", compare)
    assert sync(folder, vault) == "written"
    shown, _ = editors[0].communicate(timeout=10)
    assert shown == f"open\n{AFTER.decode()!r}\n"


@pytest.mark.usefixtures("with_leases")
def test_a_note_that_is_open_elsewhere_is_left_until_it_is_closed(
    vault: Path, folder: Path
) -> None:
    command = [sys.executable, "-c", EDITOR, str(vault / "Ada.md"), "wait"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as editor:
        assert editor.stdout is not None
        assert [editor.stdout.readline() for _ in range(2)] == ["ready\n", "open\n"]
        assert sync(folder, vault) == "note-busy"
        assert (vault / "Ada.md").read_bytes() == BEFORE
        assert [path.name for path in vault.iterdir()] == ["Ada.md"]
        editor.communicate("\n", timeout=10)
    assert sync(folder, vault) == "written"


@pytest.mark.usefixtures("with_leases")
def test_a_note_open_for_a_moment_is_waited_for(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = (vault / "Ada.md").open()
    monkeypatch.setattr(time, "sleep", lambda _: note.close())
    assert sync(folder, vault) == "written"


@pytest.mark.parametrize("way", ["nameless", "named"])
@pytest.mark.parametrize("number", [errno.EAGAIN, errno.EINVAL, errno.EACCES, errno.ENOLCK])
def test_without_leases_notes_are_compared_and_written(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, way: str
) -> None:
    asked = []

    def refuse(file: int) -> None:
        asked.append(file)
        raise OSError(number, "no lease")

    def no_nameless_files(_: object) -> int:
        raise OSError(errno.EOPNOTSUPP, "not here")

    monkeypatch.setattr(leases, "_lease", refuse)
    if way == "named":
        monkeypatch.setattr(leases, "_nameless", no_nameless_files)
    assert sync(folder, vault) == "written"
    with Journal(folder, NOW, "sync") as run:
        assert run.write_note(vault, "Ada.md", AFTER, BEFORE) is None
        asked.clear()
        assert run.write_note(vault, "Ada.md", BEFORE, AFTER) is None
        assert len(asked) == (0 if number == errno.EAGAIN else 1)
        problem = run.write_note(vault, "Ada.md", BEFORE, AFTER)
    assert problem is not None
    assert problem.rule == "note-changed"
    assert [path.name for path in vault.iterdir()] == ["Ada.md"]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_note_that_an_editor_replaces_is_the_editors(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def replace_it(*_: object) -> bool:
        (vault / "Ada.md").rename(vault / "Ada.md~")
        (vault / "Ada.md").write_bytes(b"newer")
        return True

    real = inplace._put  # noqa: SLF001  (the moment between comparing and writing)

    def replace_then_write(path: str, file: int, before: bytes, after: bytes) -> Problem | None:
        replace_it()
        return real(path, file, before, after)

    if moment == "before":
        monkeypatch.setattr(leases.Leases, "take", replace_it)
    else:
        monkeypatch.setattr(inplace, "_put", replace_then_write)
    assert sync(folder, vault) == "note-changed"
    assert (vault / "Ada.md").read_bytes() == b"newer"
    assert (vault / "Ada.md~").read_bytes() == (BEFORE if moment == "before" else AFTER)
