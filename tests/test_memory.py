"""Where nothing has changed nothing is read, and what is told is what a look would tell."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultplan.__main__ import run
from vaultplan.passes import memory
from vaultplan.passes.memory import FILE

SAMPLE = Path(__file__).parent.parent / "sample-vault"
STATE = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
PRIYA = "Contacts/Priya Raman.md"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    copy = tmp_path / "vault"
    shutil.copytree(SAMPLE, copy)
    return copy


@pytest.fixture
def say(vault: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def said(*args: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["-C", str(vault), *args])
        told = capsys.readouterr()
        return code, told.out, told.err

    return said


Say = Callable[..., tuple[int, str, str]]


def kept(tmp_path: Path) -> Path:
    return tmp_path / "state" / STATE / FILE


def opened(vault: Path, *args: str) -> list[str]:
    """The notes that another process opens."""
    code = (
        "import sys\n"
        "def heard(event, args):\n"
        "    if event == 'open' and str(args[0]).endswith(('.md', '.md\\'')):\n"
        "        print('OPENED', args[0], file=sys.stderr)\n"
        "sys.addaudithook(heard)\n"
        "from vaultplan.__main__ import run\n"
        "sys.exit(run(sys.argv[1:]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(vault), *args],
        capture_output=True,
        text=True,
        check=False,
    )
    return re.findall(r"^OPENED (.*)", done.stderr, re.MULTILINE)


def test_an_unchanged_pass_opens_no_note_and_imports_nothing_of_a_pass(
    vault: Path,
) -> None:
    assert len(opened(vault, "sync")) > 60

    assert opened(vault, "sync") == []
    code = (
        "import sys; from vaultplan.__main__ import run; run(sys.argv[1:]); "
        "print([m for m in ('yaml', 'icalendar', 'vaultplan.plan', 'rich') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(vault), "-q", "sync"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("args", [("sync",), ("sync", "--json"), ("sync", "--check")])
def test_what_is_remembered_is_what_a_look_would_tell(
    args: Sequence[str], tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("sync")[0] == 0
    told = say(*args)
    with monkeypatch.context() as looking:
        looking.setattr(memory, "load", lambda _: None)
        assert say(*args) == told
    assert kept(tmp_path).is_file()


def test_a_vault_with_problems_and_without_a_plan_is_remembered_as_it_is(
    vault: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "Plans" / "Autumn 2026.md").write_text("---\ntype: plan\nstart: soon\n---\n")
    (vault / PRIYA).write_text("---\nkey: [\n---\n")
    assert say("sync")[0] == 1
    told = say("sync")
    assert "cannot be read" in told[2]
    monkeypatch.setattr(memory, "load", lambda _: None)
    assert say("sync") == told


def edit(vault: Path) -> None:
    """Another text of the same length, and the time of the file as it was."""
    note = vault / PRIYA
    about, text = note.stat(), note.read_text("utf-8")
    note.write_text(text.replace("2026-11-19", "2026-11-18"), "utf-8")
    os.utime(note, ns=(about.st_atime_ns, about.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "same length, same time": edit,
    "a new note": lambda vault: (vault / "New.md").write_text("---\ntype: contact\n---\n"),
    "a note less": lambda vault: (vault / "Books" / "The Quiet Manager.md").unlink(),
    "a note renamed": lambda vault: (vault / PRIYA).rename(vault / "Contacts" / "Pri.md"),
    "a folder moved": lambda vault: (vault / "Contacts" / "Acme").rename(vault / "Acme"),
    "a link": lambda vault: (vault / "Link").symlink_to(vault / "Books"),
    "the settings": lambda vault: append(vault / "vaultplan.toml", "[next]\nlimit = 1\n"),
    "Obsidian's settings": lambda vault: (vault / ".obsidian" / "app.json").write_text(
        '{"useMarkdownLinks": true}'
    ),
    "the calendar gone": lambda vault: (vault / "follow-ups.ics").unlink(),
    "the calendar changed": lambda vault: append(vault / "follow-ups.ics", "X"),
}


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_looked_at(
    change: Callable[[Path], object], vault: Path, tmp_path: Path, say: Say
) -> None:
    say("sync")
    change(vault)
    say("sync")
    shutil.copytree(vault, tmp_path / "again")
    shutil.rmtree(tmp_path / "state")
    say("sync")

    for path in (tmp_path / "again").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (vault / path.relative_to(tmp_path / "again")).read_bytes()


def test_another_day_is_looked_at(vault: Path, say: Say) -> None:
    say("sync")

    assert "Overdue" in (vault / "Home.md").read_text("utf-8")
    _, told, _ = say("--today", "2026-11-21", "sync")

    assert "Wrote" in told
    assert "Nothing to write" in say("--today", "2026-11-21", "sync")[1]
    assert "Wrote" in say("sync")[1]


def test_a_killed_run_is_looked_after(vault: Path, tmp_path: Path, say: Say) -> None:
    say("sync")
    (tmp_path / "state" / STATE / "journal").mkdir(exist_ok=True)
    (tmp_path / "state" / STATE / "journal" / "20261120T120000.000000-0001.lock").touch()

    assert opened(vault, "sync") != []


@settings(max_examples=25)
@given(data=st.data())
def test_a_memory_changed_in_any_byte_or_cut_off_is_none(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("memory")
    whole = memory_of_a_vault()
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        broken = whole[:at]
    else:
        broken = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    (folder / FILE).write_bytes(broken)

    assert memory.load(folder) is None


def memory_of_a_vault() -> bytes:
    from vaultplan.disk.stamp import pack  # noqa: PLC0415

    return pack({"stamp": {b"/vault/Ada.md": (32768, 5, 7, 1, 2)}, "report": {"due": []}})
