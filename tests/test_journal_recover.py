"""The journal after a run: torn notes restored, other runs left alone, old ones forgotten."""

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vaultplan
from vaultplan.disk import entries, inplace, journal
from vaultplan.disk.entries import change_of, texts_of
from vaultplan.disk.inplace import is_torn, shared
from vaultplan.disk.journal import Journal, runs
from vaultplan.problems import Problem

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
BEFORE = b"# Ada\n- [ ] Thank Ada\n"
AFTER = b"# Ada\n- [x] Thank Ada\n\n## Log\n- 2026-11-20 thank-you\n"


@pytest.fixture(name="vault")
def _vault(tmp_path: Path) -> Path:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "Ada.md").write_bytes(BEFORE)
    return vault


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal"


def sync(
    folder: Path, vault: Path, texts: tuple[bytes, bytes] = (BEFORE, AFTER), now: datetime = NOW
) -> str:
    """Write Ada's note in a run of its own; the rule of the problem, if there is one."""
    with Journal(folder, now, "sync") as run:
        problem = run.write_note(vault, "Ada.md", *texts)
    return problem.rule if problem else "written"


def stop_at_the_note(
    folder: Path,
    vault: Path,
    monkeypatch: pytest.MonkeyPatch,
    texts: tuple[bytes, bytes] = (BEFORE, AFTER),
) -> None:
    """A run that ends when its entry is kept and its note not yet touched."""

    def stop(*_: object) -> Problem | None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(journal, "overwrite", stop)
        with pytest.raises(KeyboardInterrupt):
            sync(folder, vault, texts)


def recover(folder: Path, vault: Path) -> list[str]:
    with Journal(folder, NOW + timedelta(hours=1), "sync") as run:
        return [f"{problem.rule} {problem.path}" for problem in run.recover(vault)]


def states(folder: Path) -> list[str]:
    """What the journal holds: the endings of its entries and locks."""
    return sorted(path.suffix for path in folder.rglob("*.[!0-9]*"))


# Restoring


@pytest.mark.parametrize(
    ("before", "after"),
    [(BEFORE, AFTER), (AFTER, BEFORE), (b"", b"abc"), (b"abc", b""), (b"- [ ]\n", b"- [x]\n")],
)
def test_a_note_torn_at_any_byte_gets_its_old_text_back(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, before: bytes, after: bytes
) -> None:
    note = vault / "Ada.md"
    for cut in range(len(after) + 1):
        torn = after[:cut] + before[cut:]
        note.write_bytes(torn)
        stop_at_the_note(folder, vault, monkeypatch, (before, after))
        found = recover(folder, vault)
        if torn in {before, after}:
            assert (found, note.read_bytes()) == ([], torn)
        else:
            assert (found, note.read_bytes()) == (["note-restored Ada.md"], before)
        assert recover(folder, vault) == []
    assert set(states(folder)) <= {".done"}


@given(st.binary(max_size=40), st.binary(max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_a_note_torn_while_written_or_while_restored_is_known(
    before: bytes, after: bytes, first: int, second: int
) -> None:
    first, second = min(first, len(after)), min(second, len(before))
    torn = after[:first] + before[first:]
    assert is_torn(torn, before, after)
    assert is_torn(before[:second] + torn[second:], before, after)


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_what_two_texts_share_is_their_longest_common_beginning(one: bytes, other: bytes) -> None:
    assert shared(one, other) == next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


@pytest.mark.parametrize("now", [b"", AFTER + b"- and my own line\n", b"my own", BEFORE[:-3]])
def test_a_note_that_was_changed_after_the_crash_stays_and_its_old_text_can_be_found(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, now: bytes
) -> None:
    stop_at_the_note(folder, vault, monkeypatch)
    (vault / "Ada.md").write_bytes(now)
    with Journal(folder, NOW, "sync") as run:
        (problem,) = run.recover(vault)
    assert problem.rule == "note-unclear"
    assert (vault / "Ada.md").read_bytes() == now
    place = Path(problem.fix.split(" is in ")[1].split(", below")[0])
    assert place.read_bytes().partition(b"\n")[2].startswith(BEFORE)
    assert recover(folder, vault) == []


def test_a_note_that_is_gone_after_the_crash_is_restored_when_it_is_back(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_the_note(folder, vault, monkeypatch)
    (vault / "Ada.md").unlink()
    assert recover(folder, vault) == ["note-unclear Ada.md"]
    assert recover(folder, vault) == ["note-unclear Ada.md"]
    (vault / "Ada.md").write_bytes(AFTER[:30])
    assert recover(folder, vault) == ["note-restored Ada.md"]
    assert (vault / "Ada.md").read_bytes() == BEFORE


def test_a_note_that_cannot_be_read_now_is_tried_again(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_the_note(folder, vault, monkeypatch)
    (vault / "Ada.md").rename(vault / "real.md")
    (vault / "Ada.md").symlink_to("real.md")
    (vault / "real.md").write_bytes(AFTER[:30])
    assert recover(folder, vault) == ["symlink Ada.md"]
    (vault / "real.md").rename(vault / "Ada.md")
    assert recover(folder, vault) == ["note-restored Ada.md"]


def test_a_disk_that_fails_for_good_leaves_the_note_to_the_next_run(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = [3]

    def fail(file: int, data: bytes) -> None:
        os.write(file, data[: left.pop() if left else 0])
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(inplace, "write_all", fail)
        assert sync(folder, vault) == "note-torn"
        assert (vault / "Ada.md").read_bytes() == b"# Ada\n- [x] Thank Ada\n\n#"[:22]
        left.append(0)
        assert recover(folder, vault) == ["note-torn Ada.md"]
    assert recover(folder, vault) == ["note-restored Ada.md"]
    assert (vault / "Ada.md").read_bytes() == BEFORE
    assert set(states(folder)) == {".done"}


def test_ctrl_c_in_the_middle_of_a_note_brings_its_old_text_back(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def interrupt(file: int, data: bytes) -> None:
        calls.append(data)
        os.write(file, data[:20] if len(calls) == 1 else data)
        if len(calls) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(inplace, "write_all", interrupt)
    with pytest.raises(KeyboardInterrupt):
        sync(folder, vault)
    assert (vault / "Ada.md").read_bytes() == BEFORE
    assert recover(folder, vault) == []
    assert states(folder) == []


def test_an_entry_that_was_not_written_to_its_end_says_nothing(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_the_note(folder, vault, monkeypatch)
    (entry,) = folder.glob("*/*.pending")
    whole = entry.read_bytes()
    (vault / "Ada.md").write_bytes(b"my own")
    for cut in range(0, len(whole), 7):
        entry.write_bytes(whole[:cut])
        assert texts_of(entry) is None
        assert recover(folder, vault) == []
        entry.parent.mkdir(exist_ok=True)
        entry.parent.with_suffix(entry.parent.suffix + ".lock").touch()
    assert (vault / "Ada.md").read_bytes() == b"my own"


# Several runs


def test_a_run_that_lives_is_left_alone(vault: Path, folder: Path) -> None:
    code = (
        "import sys\nfrom datetime import *\nfrom pathlib import Path\n"
        "from vaultplan.disk import journal\nfrom vaultplan.disk.journal import Journal\n"
        "journal.overwrite = lambda *_: (print('kept', flush=True), sys.stdin.readline())[2:]\n"
        "run = Journal(Path(sys.argv[1]), datetime(2026, 10, 1, tzinfo=UTC), 'sync')\n"
        "run.write_note(Path(sys.argv[2]), 'Ada.md', b'# Ada', b'# Eve and Ada')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, folder, vault],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(vaultplan.__file__).parents[1])},
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"kept\n"
        (vault / "Ada.md").write_bytes(b"# Eve and")
        assert recover(folder, vault) == []
        with Journal(folder, NOW, "sync") as run:
            run.prune()
        assert states(folder) == [".lock", ".pending"]
        other.kill()
    (vault / "Ada.md").write_bytes(b"# Eve")
    assert recover(folder, vault) == ["note-restored Ada.md"]
    assert (vault / "Ada.md").read_bytes() == b"# Ada"


def test_another_vaults_notes_are_not_touched(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_the_note(folder, vault, monkeypatch)
    copy = vault.with_name("copy")
    copy.mkdir()
    (copy / "Ada.md").write_bytes(AFTER[:30])
    assert recover(folder, copy) == []
    assert (copy / "Ada.md").read_bytes() == AFTER[:30]
    assert states(folder) == [".lock", ".pending"]


def test_runs_of_one_moment_keep_apart_and_are_listed_newest_first(
    vault: Path, folder: Path
) -> None:
    texts = [b"%d" % number for number in range(4)]
    (vault / "Ada.md").write_bytes(texts[0])
    with Journal(folder, NOW, "undo") as one, Journal(folder, NOW, "tick") as two:
        one.write_note(vault, "Ada.md", texts[0], texts[1])
        two.write_note(vault, "Ada.md", texts[1], texts[2])
        one.write_note(vault, "Ada.md", texts[2], texts[3])
        early = [run.label for run in runs(folder)]
    later = NOW.astimezone().replace(microsecond=1)
    sync(folder, vault, (texts[3], texts[0]), later)
    found = runs(folder)
    assert early == ["tick", "undo"]
    assert [(run.label, run.at) for run in found] == [
        ("sync", later),
        ("tick", NOW),
        ("undo", NOW),
    ]
    assert [texts_of(entry) for entry in found[2].entries] == [
        (texts[0], texts[1]),
        (texts[2], texts[3]),
    ]
    assert len({run.name for run in found}) == 3


def test_odd_things_in_the_journal_are_no_entries(vault: Path, folder: Path) -> None:
    sync(folder, vault)
    (run,) = runs(folder)
    for number, text in enumerate(
        [b"", b"\xff\n", b"[]\n", b"{}\n", b'{"before": "x"}\n', b"[" * 9999]
    ):
        odd = run.entries[0].with_name(f"9{number}.done")
        odd.write_bytes(text)
        assert change_of(odd) is None
        assert texts_of(odd) is None
    (folder / "notes.txt").write_text("mine")
    (folder / "20261120T153000.000000-0009").write_text("a file")
    (folder / "20269999T153000.000000-0001").mkdir()
    assert [found.name for found in runs(folder)] == [run.name]
    assert entries.listed(folder / "gone", ".done") == []


# Forgetting


def test_runs_are_forgotten_after_30_days(vault: Path, folder: Path) -> None:
    texts = (BEFORE, AFTER)
    for days in (31, 29, 1):
        assert sync(folder, vault, texts, NOW - timedelta(days=days)) == "written"
        texts = texts[::-1]
    with Journal(folder, NOW, "sync") as run:
        run.prune()
    assert [(NOW - run.at).days for run in runs(folder)] == [1, 29]
    with Journal(folder, NOW + timedelta(days=60), "sync") as run:
        run.prune()
    assert list(folder.iterdir()) == []


def test_the_oldest_runs_beyond_200_mb_are_forgotten_but_never_the_newest(
    vault: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (BEFORE, AFTER)
    for hours in (3, 2, 1):
        sync(folder, vault, texts, NOW - timedelta(hours=hours))
        texts = texts[::-1]
    size = runs(folder)[0].entries[0].stat().st_size
    for limit, kept in ((3 * size, [1, 2, 3]), (2 * size, [1, 2]), (1, [1])):
        monkeypatch.setattr(journal, "_KEPT_BYTES", limit)
        with Journal(folder, NOW, "sync") as run:
            run.prune()
        assert [(NOW - run.at).seconds // 3600 for run in runs(folder)] == kept
