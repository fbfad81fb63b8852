"""Walking a vault, reading notes, writing generated files: on a real file system."""

import os
import socket
import stat
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vaultplan
from vaultplan.disk.copies import copy_of, twin_of
from vaultplan.disk.read import File, read, read_each
from vaultplan.disk.refusals import LARGEST
from vaultplan.disk.skips import Skips, is_skipped
from vaultplan.disk.walk import walk
from vaultplan.problems import Problem

MEMORY = Path("/dev/shm")
HOME = Path(vaultplan.__file__).parents[1]


def put(root: Path, *paths: str, text: str = "text\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def seen(root: Path, skips: Skips | None = None) -> tuple[list[str], list[str]]:
    """The notes of a walk, and its problems as `rule path`."""
    files, problems = walk(root, skips or Skips())
    return [file.path for file in files], [f"{one.rule} {one.path}" for one in problems]


def rule(outcome: object) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.rule


def a_file(raw: str) -> File:
    return File(unicodedata.normalize("NFC", raw), raw, 0, 0)


def in_another_process(code: str, folder: Path, **environ: str) -> str:
    """Run Python in a folder, as an ordinary person even if we are root; what it printed."""
    start = (
        "import os\nfrom pathlib import Path\n"
        "from vaultplan.disk.read import *\nfrom vaultplan.disk.skips import *\n"
        "from vaultplan.disk.state import *\nfrom vaultplan.disk.walk import *\n"
        "import vaultplan.disk.refusals, encodings.idna\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=folder,
        env={"PYTHONPATH": str(HOME), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# Walking


def test_a_walk_finds_markdown_files_alone_and_sorts_them_by_path(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a/z.md", "a.md", "a b.md", "UPPER.MD", "picture.png", "a/notes.md.txt")
    assert seen(tmp_path) == (["UPPER.MD", "a b.md", "a.md", "a/z.md", "b.md"], [])


def test_a_file_says_its_size_and_when_it_was_changed(tmp_path: Path) -> None:
    put(tmp_path, "Ada.md", text="12345")
    os.utime(tmp_path / "Ada.md", ns=(1, 1_700_000_000_123_456_000))
    assert walk(tmp_path, Skips())[0] == (File("Ada.md", "Ada.md", 5, 1_700_000_000_123_456_000),)


def test_the_order_in_which_folders_are_listed_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, *(f"{a}/{b}.md" for a in "xyz" for b in ("c", "a", "b\u0308", "\u1e07")), "m.md")
    put(tmp_path, "x/\u00e9.md", "x/e\u0301.md", "x/c (conflicted copy 2026-11-20 101010).md")
    (tmp_path / "link.md").symlink_to("m.md")
    forward = walk(tmp_path, Skips())
    scandir = os.scandir

    @contextmanager
    def backward(path: bytes) -> Iterator[list[os.DirEntry[bytes]]]:
        with scandir(path) as entries:
            yield sorted(entries, key=lambda entry: entry.name, reverse=True)

    monkeypatch.setattr(os, "scandir", backward)
    assert walk(tmp_path, Skips()) == forward
    assert len(forward[1]) == 3


def test_hidden_and_temporary_things_are_skipped_silently(tmp_path: Path) -> None:
    put(tmp_path, ".obsidian/a.md", ".trash/b.md", "x/.hidden.md", "node_modules/p/README.md")
    put(tmp_path, "__pycache__/c.md", "~$Ada.md", "~syncthing~Ada.md", "#Ada.md#", "Ada.md~")
    put(tmp_path, "sedAbCdEf", "4913", "Ada.md.tmp", ".Ada.md.swp", "._Ada.md", ".syncthing.A.md")
    (tmp_path / ".#Ada.md").symlink_to("nobody@nowhere.1:2")
    assert seen(tmp_path) == ([], [])


@pytest.mark.parametrize(
    ("glob", "fits", "does_not_fit"),
    [
        ("drafts", "drafts/a.md a/drafts/b.md", "drafts.md drafting/a.md"),
        ("*.excalidraw.md", "a.excalidraw.md x/b.excalidraw.md", "a.md"),
        ("Archive/", "Archive/a.md x/Archive/b.md", "Archive.md"),
        ("Archive/**", "Archive/a.md Archive/x/y.md", "x/Archive/a.md Archive.md"),
        ("/top.md", "top.md", "x/top.md"),
        ("a/*.md", "a/b.md", "a/b/c.md x/a/b.md b.md"),
        ("a/**/z.md", "a/z.md a/b/z.md a/b/c/z.md", "z.md a/z.md.md a/zz.md"),
        ("**/log", "log/a.md x/y/log/a.md", "logs/a.md"),
        ("20[0-9]?-*.md", "2026-11.md", "1999-11.md"),
        ("e\u0301*.md", "\u00e9tude.md", "etude.md"),
        ("./x//y/", "x/y/a.md", "y/a.md x/z.md"),
        ("", "", "a.md"),
        ("/", "", "a.md x/b.md"),
        ("[.md", "[.md", "a.md"),
    ],
)
def test_ignored_are_paths_that_fit_a_glob(glob: str, fits: str, does_not_fit: str) -> None:
    skips = Skips(ignore=(glob,))
    assert [path for path in fits.split() if not is_skipped(path, skips)] == []
    assert [path for path in does_not_fit.split() if is_skipped(path, skips)] == []


def test_templates_folders_are_taken_literally_and_with_all_below(tmp_path: Path) -> None:
    put(tmp_path, "[T]*/a.md", "[T]*/x/b.md", "T/c.md", "Meta/Templates/d.md", "Templates/e.md")
    assert seen(tmp_path, Skips(folders=("[T]*", "/Meta/Templates/", ""))) == (
        ["T/c.md", "Templates/e.md"],
        [],
    )


def test_nothing_is_said_about_what_is_ignored(tmp_path: Path) -> None:
    put(tmp_path, "old/a.md")
    (tmp_path / "old/link.md").symlink_to("a.md")
    (tmp_path / "shared").symlink_to("old")
    assert seen(tmp_path, Skips(ignore=("old/", "shared"))) == ([], [])


def test_a_glob_of_many_stars_takes_no_time() -> None:
    assert not is_skipped("a" * 255, Skips(ignore=("*a" * 60 + "b",)))
    assert not is_skipped("/".join("a" * 500), Skips(ignore=("**/a/" * 60 + "b",)))


def test_links_are_reported_and_never_followed(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    put(tmp_path, "outside/secret.md", "vault/Ada.md", "vault/people/Bob.md")
    (vault / "to-file.md").symlink_to("Ada.md")
    (vault / "to-folder").symlink_to("people")
    (vault / "dangling.md").symlink_to("nothing.md")
    (vault / "loop").symlink_to("loop")
    (vault / "up").symlink_to("..")
    (vault / "out.md").symlink_to(tmp_path / "outside/secret.md")
    names = ["dangling.md", "loop", "out.md", "to-file.md", "to-folder", "up"]
    assert seen(vault) == (["Ada.md", "people/Bob.md"], [f"symlink {name}" for name in names])
    assert {problem.severity for problem in walk(vault, Skips())[1]} == {"hint"}


def test_pipes_sockets_and_devices_are_reported_and_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.md")
    os.mkfifo("no-note")
    names = ["pipe.md", "socket.md"]
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.md")
    if os.geteuid() == 0:
        os.mknod("device.md", stat.S_IFCHR | 0o666, os.makedev(1, 5))
        names.append("device.md")
    assert seen(tmp_path) == ([], [f"not-a-file {name}" for name in sorted(names)])
    assert {rule(read(tmp_path, a_file(name))) for name in names} == {"not-a-file"}


def test_unreadable_folders_and_files_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "locked/b.md", "c.md")
    tmp_path.chmod(0o755)
    (tmp_path / "locked").chmod(0)
    (tmp_path / "c.md").chmod(0)
    code = (
        "files, problems = walk(Path('.'), Skips())\n"
        "print([f.path for f in files], [(p.rule, p.path, p.severity) for p in problems])\n"
        "print(read(Path('.'), files[0]), read(Path('.'), files[1]).rule)"
    )
    try:
        shown = in_another_process(code, tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o700)
    assert shown.splitlines() == [
        "['a.md', 'c.md'] [('unreadable', 'locked', 'error')]",
        "b'text\\n' unreadable",
    ]


def test_a_vault_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    assert seen(tmp_path / "gone") == ([], ["gone ."])


def test_names_that_are_not_utf8_are_problems_if_they_hide_notes(tmp_path: Path) -> None:
    for name in (b"Andr\xe9.md", b"Andr\xe9.png"):
        (tmp_path / os.fsdecode(name)).write_text("x")
    (tmp_path / os.fsdecode(b"f\xfc")).mkdir()
    assert seen(tmp_path) == ([], ["bad-name Andr\ufffd.md", "bad-name f\ufffd"])


def test_one_name_in_two_unicode_spellings_is_read_once_and_reported(tmp_path: Path) -> None:
    put(tmp_path, "Ame\u0301lie.md", "Am\u00e9lie.md", "Zoe\u0308.md")
    files, problems = walk(tmp_path, Skips())
    assert [(file.path, file.raw) for file in files] == [
        ("Am\u00e9lie.md", "Am\u00e9lie.md"),
        ("Zo\u00eb.md", "Zoe\u0308.md"),
    ]
    assert [(one.rule, one.path) for one in problems] == [("same-name", "Am\u00e9lie.md")]
    assert read(tmp_path, files[1]) == b"text\n"


def test_the_locale_changes_no_path(tmp_path: Path) -> None:
    put(tmp_path, "\u00c5sa/Zoe\u0308 \U0001f600.md")
    tmp_path.chmod(0o755)
    code = "f, = walk(Path('.'), Skips())[0]; print(ascii(f.path), read(Path('.'), f))"
    ways = [
        {"PYTHONUTF8": "1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ]
    shown = {in_another_process(code, tmp_path, **environ) for environ in ways}
    assert shown == {"'\\xc5sa/Zo\\xeb \\U0001f600.md' b'text\\n'\n"}


def test_odd_names_are_names(tmp_path: Path) -> None:
    names = [
        "\u00e9" * 126 + ".md",
        "a\nb.md",
        "a|b]].md",
        "trailing. .md",
        "\u202eevil.md",
        "'\".md",
    ]
    put(tmp_path, *names)
    files, problems = walk(tmp_path, Skips())
    assert [file.path for file in files] == sorted(names)
    assert problems == ()
    assert {read(tmp_path, file) for file in files} == {b"text\n"}


def test_three_thousand_folders_deep_is_no_crash() -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as top:
        put(Path(top), "a.md")
        folder = os.open(top, os.O_RDONLY)
        for _ in range(3000):
            os.mkdir("d", dir_fd=folder)
            folder = step(folder, "d")
        try:
            (file,), (problem,) = walk(Path(top), Skips())
        finally:
            for _ in range(3000):
                folder = step(folder, "..")
                os.rmdir("d", dir_fd=folder)
            os.close(folder)
    assert (file.path, problem.rule, problem.path[:4]) == ("a.md", "unreadable", "d/d/")


def step(folder: int, name: str) -> int:
    """Go from an open folder to another."""
    further = os.open(name, os.O_RDONLY, dir_fd=folder)
    os.close(folder)
    return further


# Conflict copies


@pytest.mark.parametrize(
    ("copy", "note"),
    [
        ("p/Ada.sync-conflict-20261120-153000-ABCDEF7.md", "p/Ada.md"),
        (
            "Ada.sync-conflict-20261120-153000-ABCDEF7.sync-conflict-20261121-080000-ABCDEF7.md",
            "Ada.md",
        ),
        ("Ada (Bob's conflicted copy 2026-11-20).md", "Ada.md"),
        ("Ada (Bob's conflicted copy 2026-11-20) (1).md", "Ada.md"),
        ("Ada (Conflicted copy iPhone (2) 202611201530).md", "Ada.md"),
        ("Ada (Conflicted copy).md", "Ada.md"),
        ("Ada (conflicted copy 2026-11-20 153000).MD", "Ada.MD"),
        ("Ada (home) (conflicted copy 2026-11-20 153000).md", "Ada (home).md"),
        ("Ada_conflict-20261120-153000.md", "Ada.md"),
        ("How to merge a conflicted copy.md", None),
        ("Ada (conflicted copy explained).md", None),
        ("Ada (conflict with Bob 2026).md", None),
        ("sync-conflict-20261120-153000.md", None),
        ("Ada.sync-conflict-20261120-153000-ABCDEF7.txt", None),
    ],
)
def test_what_a_synchroniser_calls_its_copies_is_known(copy: str, note: str | None) -> None:
    assert copy_of(copy) == note


def test_conflict_copies_are_reported_with_the_note_and_not_read(tmp_path: Path) -> None:
    put(tmp_path, "Ada.md", "Ada (Conflicted copy Mac 202611201530).md")
    put(tmp_path, "Bob.sync-conflict-20261120-153000-ABCDEF7.md")
    files, problems = walk(tmp_path, Skips())
    assert [file.path for file in files] == ["Ada.md"]
    assert [(one.rule, one.severity, one.fix) for one in problems] == [
        ("conflict-copy", "warning", "merge what differs into Ada.md and delete this"),
        ("conflict-copy", "warning", "name it Bob.md"),
    ]


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("p/Anna 2.md", "p/Anna.md"),
        ("Anna_2.md", "Anna.md"),
        ("Anna (1).md", "Anna.md"),
        ("Anna-HOST.md", "Anna.md"),
        ("Anna-DESKTOP-AB12CDE.md", "Anna.md"),
        ("Anna (Bobs motstridiga kopia 2026-11-20).md", "Anna.md"),
        ("Anna [Conflict].md", "Anna.md"),
        ("Anna Smith.md", None),
        ("Anna 2026.md", None),
    ],
)
def test_ambiguous_names_have_a_twin_and_are_notes(
    tmp_path: Path, path: str, twin: str | None
) -> None:
    put(tmp_path, path)
    assert (twin_of(path), seen(tmp_path)) == (twin, ([path], []))


@given(st.text(alphabet="a ()-_.0123456789conflicted copy[]C/", max_size=300))
def test_any_name_may_be_asked_for_what_it_is_a_copy_of(name: str) -> None:
    for of in (copy_of, twin_of):
        note = of(f"{name}.md")
        assert note is None or (len(note) < len(name) + 3 and note.endswith(".md"))


# Reading


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "vault/people/Ada.md", "outside/Ada.md")
    root = tmp_path / "vault"
    (root / "out").symlink_to("../outside")
    (root / "link.md").symlink_to("people/Ada.md")
    (root / "huge.md").touch()
    os.truncate(root / "huge.md", LARGEST + 1)
    wanted = {
        "people/Ada.md": "text",
        "people": "not-a-file",
        "gone.md": "gone",
        "people/gone.md": "gone",
        "out/Ada.md": "symlink",
        "link.md": "symlink",
        "people/Ada.md/x.md": "symlink",
        "../outside/Ada.md": "outside",
        "/etc/passwd": "outside",
        "/people/Ada.md": "outside",
        "people//Ada.md": "outside",
        "a\0.md": "outside",
        "\ud800.md": "outside",
        "": "outside",
        "huge.md": "too-large",
    }
    alone = {path: read(root, a_file(path)) for path in wanted}
    for order in (list(wanted), sorted(wanted), sorted(wanted, reverse=True)):
        together = {file.path: data for file, data in read_each(root, map(a_file, order))}
        for found in (alone, together):
            assert {
                path: data.decode().strip() if isinstance(data, bytes) else data.rule
                for path, data in found.items()
            } == wanted


def test_a_note_of_32_mb_is_read_and_one_that_grows_meanwhile_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "large.md").touch()
    os.truncate(tmp_path / "large.md", LARGEST)
    data = read(tmp_path, a_file("large.md"))
    assert isinstance(data, bytes)
    assert len(data) == LARGEST
    put(tmp_path, "grows.md", text="one two three")
    size = os.stat_result((stat.S_IFREG, 0, 0, 1, 0, 0, 3, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda _: size)
    assert read(tmp_path, a_file("grows.md")) == b"one two three"
