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
from vaultplan.cli import opening
from vaultplan.disk.parcel import Parcel, plain, wrapped
from vaultplan.passes import memory
from vaultplan.passes.memory import FILE, HEAD, LOOK, NAMES

sys.path.insert(0, str(Path(__file__).parent))
from benchmarks.vault import build

SAMPLE = Path(__file__).parent.parent / "sample-vault"
ODD = Path(__file__).parent / "odd-vault"
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


def test_a_pass_after_one_edit_opens_that_note_and_those_that_show_it(tmp_path: Path) -> None:
    root = tmp_path / "made"
    made = build(root, 100)
    for _ in range(2):
        opened(root, "sync")
    plain = (path for path in made.regular if path.isascii() and "'" not in path)
    note = root / next(plain)
    note.write_text(note.read_text("utf-8").rstrip("\n") + "\n- 2026-11-20 coffee: at last\n")
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*.md")}
    found = {Path(path.strip("b'")) for path in opened(root, "sync")}
    written = {path for path, at in before.items() if path.stat().st_mtime_ns != at}

    people = {path.name for path in (root / "People").rglob("*.md")}
    assert {path.name for path in found} & people == {note.name}
    pages = {path.name for path in root.glob("*.md")}
    assert {path.name for path in found} <= pages | {note.name}
    assert note in written
    assert {path.name for path in written} <= {path.name for path in found}


@pytest.mark.parametrize("args", [("sync",), ("sync", "--json"), ("sync", "--check")])
def test_what_is_remembered_is_what_a_look_would_tell(
    args: Sequence[str], tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("sync")[0] == 0
    told = say(*args)
    with monkeypatch.context() as looking:
        looking.setattr(memory, "recall", lambda *_: (None, None))
        assert say(*args) == told
    assert kept(tmp_path).is_file()


NEXT = (
    (),
    ("--json",),
    ("--limit", "0"),
    ("--limit", "3"),
    ("--limit", "500", "--json"),
    ("--until", "friday"),
    ("--until", "+1m", "--limit", "40"),
    ("--until", "2030-01-01", "--json"),
    ("--until", "2001-01-01"),
    ("--until", "someday"),
)


@pytest.fixture(params=["sample", "odd", "made"])
def any_vault(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    root = tmp_path / "any"
    if request.param == "made":
        build(root, 100)
        return root
    shutil.copytree(SAMPLE if request.param == "sample" else ODD, root)
    return root


def test_next_tells_from_memory_what_it_would_find(
    any_vault: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(*args: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["-C", str(any_vault), *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    told("sync")
    told("sync")
    with monkeypatch.context() as remembering:
        remembering.setattr(opening, "plan_today", None)
        remembered = [told("next", *args) for args in NEXT]
        quiet = told("-q", "next", "--limit", "0")
    monkeypatch.setattr(memory, "recall", lambda *_: (None, None))
    assert [told("next", *args) for args in NEXT] == remembered
    assert told("-q", "next", "--limit", "0") == quiet
    assert len({out for _, out, _ in remembered}) > 2


def test_next_of_an_unchanged_vault_opens_no_note(vault: Path) -> None:
    opened(vault, "sync")

    assert opened(vault, "next") == []
    assert opened(vault, "--today", "2026-11-21", "next") != []
    edit(vault)
    assert opened(vault, "next") != []


def test_a_vault_with_problems_and_without_a_plan_is_remembered_as_it_is(
    vault: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (vault / "Plans" / "Autumn 2026.md").write_text("---\ntype: plan\nstart: soon\n---\n")
    (vault / PRIYA).write_text("---\nkey: [\n---\n")
    assert say("sync")[0] == 1
    told = say("sync")
    assert "cannot be read" in told[2]
    monkeypatch.setattr(memory, "recall", lambda *_: (None, None))
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


@settings(max_examples=50)
@given(data=st.data())
def test_a_memory_changed_in_any_byte_or_cut_off_tells_nothing_wrong(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("memory") / FILE
    parts = {name: plain({"of": name, "day": "2026-11-20"}) for name in (HEAD, LOOK, NAMES)}
    whole = wrapped(parts)
    at = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        broken = whole[:at]
    else:
        broken = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    file.write_bytes(broken)

    with Parcel(file) as kept:
        read = {name: kept.data(name) for name in parts}
    assert None in read.values()
    assert all(part in (None, parts[name]) for name, part in read.items())


def test_a_memory_that_is_gone_or_a_folder_tells_nothing(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with Parcel(path) as kept:
            assert kept.value(HEAD) is None
