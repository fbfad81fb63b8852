"""Generated files, settings and state: old or new, never through a link, never for nothing."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from vaultplan.disk import within, write
from vaultplan.disk.read import read_small
from vaultplan.disk.state import Seen, load_seen, save_seen, state_folder
from vaultplan.disk.temporary import lock
from vaultplan.disk.write import new_file, replace_file
from vaultplan.problems import Problem


def put(root: Path, *paths: str, text: str = "text\n") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def rule(outcome: object) -> str:
    assert isinstance(outcome, Problem), outcome
    return outcome.rule


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Generated files


@pytest.fixture(params=["folder descriptors", "paths"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of reaching files, the second being Windows'."""
    if request.param == "paths":
        monkeypatch.setattr(within, "BY_STEPS", False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_generated_file_is_written_only_if_it_differs(tmp_path: Path) -> None:
    assert replace_file(tmp_path, "out/new/feed.ics", b"one") is True
    first = (tmp_path / "out/new/feed.ics").stat()
    assert replace_file(tmp_path, "out/new/feed.ics", b"one") is False
    again = (tmp_path / "out/new/feed.ics").stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert replace_file(tmp_path, "out/new/feed.ics", b"two") is True
    assert (tmp_path / "out/new/feed.ics").read_bytes() == b"two"
    assert names(tmp_path / "out/new") == ["feed.ics"]


def test_a_generated_file_keeps_its_mode_and_a_new_one_obeys_the_umask(tmp_path: Path) -> None:
    put(tmp_path, "old.ics")
    (tmp_path / "old.ics").chmod(0o604)
    before = os.umask(0o027)
    try:
        replace_file(tmp_path, "old.ics", b"x")
        replace_file(tmp_path, "new.ics", b"x")
        replace_file(tmp_path, "secret.json", b"x", mode=0o600)
    finally:
        os.umask(before)
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes == {"old.ics": "0o604", "new.ics": "0o640", "secret.json": "0o600"}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("act", [replace_file, new_file])
def test_nothing_is_written_through_links_or_out_of_the_vault(
    tmp_path: Path, act: Callable[[Path, str, bytes], bool | Problem]
) -> None:
    put(tmp_path, "outside/feed.ics", "vault/file")
    root = tmp_path / "vault"
    (root / "out").symlink_to("../outside")
    (root / "out.ics").symlink_to("../outside/feed.ics")
    (root / "dangling.ics").symlink_to("../outside/new.ics")
    (root / "folder.ics").mkdir()
    links = {"dangling.ics", "folder.ics", "out.ics"}
    for path in ("out/feed.ics", "out/new/feed.ics", "file/feed.ics", "../outside/feed.ics"):
        assert rule(act(root, path, b"x")) in {"symlink", "outside"}
    for path in links:
        outcome = act(root, path, b"x")
        assert outcome is False or rule(outcome) in {"symlink", "not-a-file"}
        assert (outcome is False) == (act is new_file)
    assert {name.name for name in root.iterdir()} == {"file", "out", *links}
    assert [name.name for name in (tmp_path / "outside").iterdir()] == ["feed.ics"]
    assert (tmp_path / "outside/feed.ics").read_text() == "text\n"


@pytest.mark.usefixtures("way")
def test_temporary_files_of_killed_runs_go_and_those_of_live_runs_stay(tmp_path: Path) -> None:
    put(tmp_path, ".feed.ics.vaultplan-0a1b2c3d.tmp", ".feed.ics.vaultplan-live.tmp")
    put(tmp_path, ".other.ics.vaultplan-0a1b2c3d.tmp", ".feed.ics.tmp", "feed.ics.tmp")
    kept = {".feed.ics.vaultplan-live.tmp", ".other.ics.vaultplan-0a1b2c3d.tmp"}
    kept |= {".feed.ics.tmp", "feed.ics.tmp", "feed.ics"}
    with (tmp_path / ".feed.ics.vaultplan-live.tmp").open() as live:
        assert lock(live.fileno())
        replace_file(tmp_path, "feed.ics", b"x")
    assert {path.name for path in tmp_path.iterdir()} == kept


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
@pytest.mark.parametrize("act", [replace_file, new_file])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failure: BaseException,
    act: Callable[[Path, str, bytes], bool | Problem],
) -> None:
    put(tmp_path, "feed.ics", text="old")

    def fail(file: int, data: bytes) -> None:
        os.write(file, data[:2])
        raise failure

    monkeypatch.setattr(write, "write_all", fail)
    for path in ("feed.ics", "new.ics"):
        if act is new_file and path == "feed.ics":
            continue
        if isinstance(failure, OSError):
            assert rule(act(tmp_path, path, b"new!")) == "unwritable"
        else:
            with pytest.raises(KeyboardInterrupt):
                act(tmp_path, path, b"new!")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"feed.ics": "old"}


@pytest.mark.parametrize("links", ["hard links", "none"])
def test_a_new_file_is_never_over_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    if links == "none":
        monkeypatch.setattr(os, "link", refuse)
    put(tmp_path, "Home.md", text="mine")
    assert new_file(tmp_path, "Home.md", b"new") is False
    assert new_file(tmp_path, "notes/Home.md", b"new") is True
    assert (tmp_path / "Home.md").read_text() == "mine"
    assert (tmp_path / "notes/Home.md").read_text() == "new"
    assert (tmp_path / "notes/Home.md").stat().st_nlink == 1
    assert names(tmp_path / "notes") == ["Home.md"]


def test_names_of_255_bytes_can_be_written(tmp_path: Path) -> None:
    name = "\u00e9" * 125 + "a.ics"
    assert replace_file(tmp_path, name, b"one") is True
    assert replace_file(tmp_path, name, b"two") is True
    assert new_file(tmp_path, "b" + name[:-6] + "c.ics", b"") is True
    assert len(names(tmp_path)) == 2


# Settings and state


def test_settings_files_are_read_if_they_are_small_and_there(tmp_path: Path) -> None:
    put(tmp_path, ".obsidian/app.json", text="{}")
    put(tmp_path, "large.json", text="x" * (2**20 + 1))
    assert read_small(tmp_path, ".obsidian/app.json") == b"{}"
    assert read_small(tmp_path, ".obsidian/types.json") is None
    assert read_small(tmp_path / "gone", "vaultplan.toml") is None
    assert rule(read_small(tmp_path, "large.json")) == "too-large"
    assert rule(read_small(tmp_path, ".obsidian")) == "not-a-file"


def test_state_is_remembered_and_written_only_if_it_changed(tmp_path: Path) -> None:
    folder = tmp_path / "state/one"
    assert load_seen(folder) == Seen(0, frozenset())
    seen = Seen(3, frozenset({"Ada.md", "\U0001f600\u00e9.md"}))
    assert save_seen(folder, seen) is None
    assert load_seen(folder) == seen
    inode = (folder / "seen.json").stat().st_ino
    assert save_seen(folder, seen) is None
    assert (folder / "seen.json").stat().st_ino == inode
    assert {oct(path.stat().st_mode & 0o777) for path in (folder, folder.parent)} == {"0o700"}
    assert oct((folder / "seen.json").stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"notes": "x", "typed": []}', '{"notes": 1, "typed": 1}', "[" * 9999]
)
def test_state_that_cannot_be_read_is_like_none(tmp_path: Path, text: str) -> None:
    put(tmp_path, "seen.json", text=text)
    assert load_seen(tmp_path) == Seen(0, frozenset())
    assert save_seen(tmp_path, Seen(1, frozenset())) is None
    assert load_seen(tmp_path) == Seen(1, frozenset())


def test_state_that_cannot_be_written_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "file")
    assert rule(save_seen(tmp_path / "file/state", Seen())) == "unwritable"


def test_state_is_kept_by_the_vaults_id_else_by_its_place(tmp_path: Path) -> None:
    environ = {"VAULTPLAN_STATE_DIR": str(tmp_path)}
    vault_id = str(UUID(int=7))
    assert state_folder(vault_id.upper(), tmp_path / "a", environ) == tmp_path / vault_id
    others = {
        state_folder(bad, tmp_path / place, environ)
        for bad in ("", "../../etc", f"{vault_id}/..", "nul\0")
        for place in ("a", "b")
    }
    assert len(others) == 2
    assert {folder.parent for folder in others} == {tmp_path}
    assert state_folder(vault_id, tmp_path, {}).name == vault_id
