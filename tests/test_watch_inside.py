"""The watcher inside this process, with what cannot be had from outside: clocks and limits."""

import ctypes
import errno
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vaultplan.passes.reading import Place
from vaultplan.watch import eyes
from vaultplan.watch.watcher import Voice, Watcher, Wishes

sys.path.insert(0, str(Path(__file__).parent))
from watching import LINUX, Vault, contact, until

if TYPE_CHECKING:
    from vaultplan.passes.report import Report

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Heard:
    """What a watcher says, and its end."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.said: list[str] = []
        self.stopped: list[str] = []
        self.codes: list[int] = []

    @property
    def voice(self) -> Voice:
        return Voice(
            passed=lambda report, _, __: self.reports.append(report),
            stopped=lambda stop: self.stopped.append(str(stop)),
            said=self.said.append,
        )


@contextmanager
def watched(vault: Vault, *, poll: bool = False, begin: datetime = NOON) -> Iterator[Heard]:
    """A watcher for which it is some time now, and the clock goes on from there."""
    heard, started = Heard(), time.monotonic()

    def opening() -> Place:
        now = begin + timedelta(seconds=time.monotonic() - started)
        return Place(vault.root, vault.state / "one", now, time.sleep)

    watcher = Watcher(opening, Wishes(poll=poll), heard.voice)
    thread = threading.Thread(target=lambda: heard.codes.append(watcher.run()))
    thread.start()
    try:
        until(lambda: heard.reports)
        yield heard
    finally:
        watcher.end(0)
        thread.join(30)
    assert heard.codes == [0]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


def unpin(vault: Vault) -> None:
    settings = vault.root / "vaultplan.toml"
    settings.write_text(settings.read_text().replace("today = 2026-11-20\n", ""))


def test_a_pass_runs_when_the_day_begins(vault: Vault) -> None:
    unpin(vault)
    with watched(vault, begin=datetime(2026, 11, 20, 23, 59, 58, 500_000, tzinfo=UTC)) as heard:
        assert heard.reports[0].today == "2026-11-20"
        until(lambda: heard.reports[-1].today == "2026-11-21")

    assert [report.today for report in heard.reports].count("2026-11-21") == 1


def refuse(number: int) -> Callable[..., int]:
    def add_watch(_: int, path: bytes, __: int) -> int:
        if path.endswith(b"/Deep"):
            ctypes.set_errno(number)
            return -1
        return 1

    return add_watch


@LINUX
def test_where_the_system_watches_no_more_folders_they_are_looked_at(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write("Deep/Cleo", contact("2026-11-02 met: there"))
    monkeypatch.setattr(
        "watchdog.observers.inotify_c.inotify_add_watch", refuse(errno.ENOSPC), raising=True
    )
    with watched(vault) as heard:
        until(lambda: len(heard.said) > 1)
        vault.write("Deep/Cleo", vault.read("Deep/Cleo") + "- 2026-11-12 coffee\n")
        until(lambda: "2026-11-12" in vault.row("Cleo"))

    assert "raise fs.inotify.max_user_watches" in heard.said[1]


@LINUX
def test_where_the_system_has_no_more_watchers_everything_is_looked_at(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def init() -> int:
        ctypes.set_errno(errno.EMFILE)
        return -1

    monkeypatch.setattr("watchdog.observers.inotify_c.inotify_init", init)
    with watched(vault) as heard:
        vault.write("Ada", vault.read("Ada") + "- 2026-11-19 coffee\n")
        until(lambda: "2026-11-19" in vault.row("Ada"))

    assert "raise fs.inotify.max_user_instances" in heard.said[0]


@LINUX
def test_a_network_mount_is_looked_at_of_itself(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"1 0 0:1 / {vault.root.resolve()} rw - nfs4 host:/ rw\n")
    monkeypatch.setattr(eyes, "_MOUNTS", mounts)
    with watched(vault) as heard:
        vault.write("Ada", vault.read("Ada") + "- 2026-11-19 coffee\n")
        until(lambda: "2026-11-19" in vault.row("Ada"))

    assert "as a nfs4 mount does not tell of changes" in heard.said[0]


@LINUX
def test_hidden_folders_are_not_watched(vault: Vault) -> None:
    for folder in (".git/objects/ab", ".obsidian/plugins/big", "node_modules/x", "People/Far"):
        (vault.root / folder).mkdir(parents=True)
    from vaultplan.watch.kernel import Watch  # noqa: PLC0415  (not on every system)

    before = watches()
    watch = Watch(vault.root, lambda _: None)
    try:
        # The vault, People, Far; .obsidian and its plugins, where settings lie that matter.
        assert watches() - before == 5
    finally:
        watch.close()


def watches() -> int:
    """How many folders this process watches (proc_pid_fdinfo(5))."""
    infos = (path.read_text() for path in Path("/proc/self/fdinfo").iterdir() if path.exists())
    return sum(info.count("inotify wd:") for info in infos)


def test_the_slow_look_finds_what_was_not_told(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eyes, "RESCAN_SECONDS", 0.3)
    monkeypatch.setattr(eyes.Eyes, "_start", lambda _: "")
    with watched(vault) as heard:
        vault.write("Ada", vault.read("Ada") + "- 2026-11-19 coffee\n")
        until(lambda: "2026-11-19" in vault.row("Ada"))

    assert "intervals" not in heard.said[0]


@pytest.mark.parametrize("poll", [pytest.param(False, marks=LINUX), True], ids=["told", "poll"])
def test_a_vault_that_went_away_is_waited_for(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, *, poll: bool
) -> None:
    monkeypatch.setattr("vaultplan.watch.watcher._AGAIN_SECONDS", 0.2)
    with watched(vault, poll=poll) as heard:
        until(lambda: "^vp-" in vault.read("Ada"))
        away = vault.root.with_name("away")
        shutil.copytree(vault.root, away)
        shutil.rmtree(vault.root)
        until(lambda: heard.stopped)
        away.rename(vault.root)
        until(lambda: len(heard.reports) > 1)
        vault.write("Ada", vault.read("Ada") + "- 2026-11-19 coffee\n")
        until(lambda: "2026-11-19" in vault.row("Ada"))

    assert len(heard.stopped) == len(set(heard.stopped))
