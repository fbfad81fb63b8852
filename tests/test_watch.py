"""`vaultplan watch` with a real process, real files and the system's own events."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from watching import LINUX, Running, Vault, contact

MET = "- 2026-11-18 met: at the fair\n"
COFFEE = "- 2026-11-19 coffee: by the lake\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ended by signals")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "vault")


@pytest.fixture
def watch(vault: Vault) -> Iterator[Callable[..., Running]]:
    started: list[Running] = []

    def start(*options: str, state: Path | None = None) -> Running:
        started.append(Running(vault.root, state or vault.state, *options))
        return started[-1]

    yield start
    for one in started:
        one.end(signal.SIGKILL)


Start = Callable[..., Running]
how = pytest.mark.parametrize(
    "options", [pytest.param((), marks=LINUX), ("--poll",)], ids=["told", "poll"]
)


# Saves


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def in_two_steps(path: Path, text: str) -> None:
    with path.open("w") as file:
        time.sleep(0.15)  # as an editor that empties a note before it writes it
        file.write(text)


def by_rename(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text)
    fresh.replace(path)


def as_vim(path: Path, text: str) -> None:
    backup = path.with_name(f"{path.name}~")
    (path.parent / "4913").touch()
    (path.parent / "4913").unlink()
    path.rename(backup)
    path.write_text(text)
    backup.unlink()


def as_emacs(path: Path, text: str) -> None:
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("ada@host.1234:1700000000")
    path.with_name(f"#{path.name}#").write_text(text)
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text)
    path.with_name(f"#{path.name}#").unlink()
    lock.unlink()


def as_git(path: Path, text: str) -> None:
    path.unlink()
    path.write_text(text)


@how
@pytest.mark.parametrize(
    "save",
    [in_place, in_two_steps, by_rename, as_vim, as_emacs, as_git],
    ids=lambda one: one.__name__,
)
def test_a_save_is_followed_whatever_the_editor(
    save: Callable[[Path, str], None], options: tuple[str, ...], vault: Vault, watch: Start
) -> None:
    running = watch(*options).begun()
    events = vault.feed.count("BEGIN:VEVENT")
    running.until(lambda: "2026-11-18" in vault.row("Ada"))

    save(vault.path("Ada"), vault.read("Ada").replace(MET, MET + COFFEE))

    running.until(lambda: "2026-11-19" in vault.row("Ada"))
    running.until(lambda: "last_contact: 2026-11-19" in vault.read("Ada"))
    assert vault.read("Ada").count(COFFEE) == 1
    assert vault.feed.count("BEGIN:VEVENT") == events
    assert [line for line in running.passes if line["notes"] != 3] == []


def test_a_note_that_was_just_saved_is_written_into_only_when_it_is_quiet(
    tmp_path: Path,
) -> None:
    vault = Vault(tmp_path / "slow", settle="2s")
    running = Running(vault.root, vault.state).begun()
    try:
        mine = vault.read("Ada").replace(MET, MET + COFFEE)
        vault.write("Ada", mine)
        saved = time.monotonic()
        running.until(lambda: "2026-11-19" in vault.row("Ada"))
        running.until(lambda: running.passes[-1]["written"])
        at_once = time.monotonic() - saved

        assert at_once < 1.5, "index notes do not wait"
        assert vault.read("Ada") == mine
        running.until(lambda: vault.read("Ada") != mine)
        assert time.monotonic() - saved >= 2.0
        assert "last_contact: 2026-11-19" in vault.read("Ada")
        assert [one for line in running.passes for one in line["problems"]] == []
    finally:
        running.end()


@how
def test_what_it_writes_itself_causes_no_pass(
    options: tuple[str, ...], vault: Vault, watch: Start
) -> None:
    running = watch(*options).begun()
    time.sleep(1.5)  # for what must not happen
    before = len(running.passes)
    vault.write("Ada", vault.read("Ada").replace(MET, MET + COFFEE))
    running.until(lambda: "last_contact: 2026-11-19" in vault.read("Ada"))
    time.sleep(1.5)

    first, *others = running.passes[before:]
    assert "Home.md" in first["written"]
    assert [line["written"] for line in others] == [["Ada.md"]]


def test_a_note_that_is_saved_as_it_was_causes_no_pass(vault: Vault, watch: Start) -> None:
    running = watch().begun()
    time.sleep(0.6)
    before = len(running.passes)
    for name in ("Ada", "Bo", "Home"):
        vault.write(name, vault.read(name))
        vault.path(name).touch()
    time.sleep(0.6)  # for what must not happen

    assert len(running.passes) == before


# Many, moved, gone


@how
def test_a_burst_is_one_pass_or_few(options: tuple[str, ...], vault: Vault, watch: Start) -> None:
    running = watch(*options).begun()
    many = int(os.environ.get("VAULTPLAN_BURST", "300"))
    before = len(running.passes)
    for number in range(many):
        vault.write(f"Many/{number % 40}/Person {number}", contact("2026-11-01 met: there"))

    running.until(lambda: vault.row(f"Person {many - 1}"))
    running.until(lambda: running.passes[-1]["read"]["contact"] == many + 2)
    running.until(
        lambda: "last_contact: 2026" in vault.read(f"Many/{(many - 1) % 40}/Person {many - 1}")
    )
    assert len(running.passes) - before <= 5 + many // 100


@how
def test_folders_that_are_moved_take_their_notes_along(
    options: tuple[str, ...], vault: Vault, watch: Start
) -> None:
    vault.write("Old/Deep/Cleo", contact("2026-11-02 met: there"))
    running = watch(*options).begun()
    running.until(lambda: vault.row("Cleo"))
    outside = vault.root.parent / "outside"

    (vault.root / "Old").rename(vault.root / "New")
    running.until(lambda: running.passes[-1]["notes"] == 4 and len(running.passes) > 1)
    vault.write("New/Deep/Cleo", vault.read("New/Deep/Cleo") + "- 2026-11-11 coffee\n")
    running.until(lambda: "2026-11-11" in vault.row("Cleo"))
    (vault.root / "New").rename(outside)
    running.until(lambda: not vault.row("Cleo"))
    outside.rename(vault.root / "Back")
    running.until(lambda: "2026-11-11" in vault.row("Cleo"))


def test_a_note_that_is_gone_for_a_moment_never_leaves_the_calendar(tmp_path: Path) -> None:
    vault = Vault(tmp_path / "vault", settle="1s")
    running = Running(vault.root, vault.state).begun()
    try:
        written = [line for line in running.passes if "follow-ups.ics" in line["written"]]
        text = vault.read("Ada")
        vault.path("Ada").unlink()
        time.sleep(0.4)
        vault.write("Ada", text)
        vault.write("Bo", vault.read("Bo") + COFFEE)
        running.until(lambda: "2026-11-19" in vault.row("Bo"))

        assert vault.row("Ada")
        assert [line["notes"] for line in running.passes if line["notes"] != 3] == []
        assert len(written) == 1
        vault.path("Ada").unlink()
        running.until(lambda: not vault.row("Ada"))
    finally:
        running.end()


@LINUX
def test_when_the_kernel_loses_events_everything_is_looked_at(vault: Vault, watch: Start) -> None:
    running = watch().begun()
    longest = int(Path("/proc/sys/fs/inotify/max_queued_events").read_text())
    running.send(signal.SIGSTOP)
    noise = [vault.path("Ada"), vault.path("Bo")]
    for number in range(longest + 100):  # in turn, for the kernel counts equal events as one
        noise[number % 2].chmod(0o644)
    vault.write("Bulk/Cleo", contact("2026-11-02 met: there"))
    running.send(signal.SIGCONT)

    running.until(lambda: vault.row("Cleo"))
    vault.write("Bulk/Dag", contact("2026-11-03 met: there"))
    running.until(lambda: vault.row("Dag"))


# Mid-edit


@how
def test_a_note_broken_in_mid_edit_keeps_its_last_good_state(
    options: tuple[str, ...], vault: Vault, watch: Start
) -> None:
    running = watch(*options).begun()
    good, row, feed = vault.read("Ada"), vault.row("Ada"), vault.feed
    broken = good.replace("type: contact", "type: [contact")
    vault.write("Ada", broken)
    running.until(lambda: running.passes[-1]["problems"])
    vault.write("Bo", vault.read("Bo") + COFFEE)
    running.until(lambda: "2026-11-19" in vault.row("Bo"))

    problem = running.passes[-1]["problems"][0]
    assert (problem["path"], problem["rule"]) == ("Ada.md", "front-matter")
    assert vault.row("Ada") == row
    assert feed.partition("BEGIN:VEVENT")[2][:200] in vault.feed
    assert vault.read("Ada") == broken

    vault.write("Ada", good.replace(MET, MET + COFFEE))
    running.until(lambda: "2026-11-19" in vault.row("Ada"))
    running.until(lambda: running.passes[-1]["problems"] == [])


def test_settings_broken_in_mid_edit_are_said_once_and_waited_for(
    vault: Vault, watch: Start
) -> None:
    running = watch().begun()
    settings = vault.root / "vaultplan.toml"
    good = settings.read_text()
    settings.write_text(good + "home = [\n")
    running.until(lambda: "stopped" in running.lines[-1])
    vault.write("Ada", vault.read("Ada").replace(MET, MET + COFFEE))
    settings.write_text(good + 'home = "Home"\n')
    running.until(lambda: "2026-11-19" in vault.row("Ada"))

    stopped = [line for line in running.lines if "stopped" in line]
    assert len(stopped) == 1
    assert "vaultplan.toml" in stopped[0]["stopped"]


@how
def test_a_tick_is_written_down_once_the_note_is_quiet(
    options: tuple[str, ...], vault: Vault, watch: Start
) -> None:
    running = watch(*options).begun()
    vault.write("Ada", vault.read("Ada").replace("- [ ] Thank", "- [x] Thank"))

    running.until(lambda: "- 2026-11-20 thank-you\n" in vault.read("Ada"))
    running.until(lambda: "2026-11-20" in vault.row("Ada"))
    assert {one["rule"] for line in running.passes for one in line["problems"]} == set()


# Its own life


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)], ids=["term", "int"]
)
def test_it_ends_when_it_is_told_to(
    number: signal.Signals, code: int, vault: Vault, watch: Start
) -> None:
    running = watch().begun()

    assert running.end(number) == code
    assert "Traceback" not in running.said
    assert list((vault.state).glob("*/journal/*.lock")) == []


def test_a_vault_has_one_watcher_and_a_crash_leaves_no_lock(watch: Start) -> None:
    first = watch().begun()
    second = watch()

    assert second.over() == 2
    assert "is watched already by process" in second.said
    first.end(signal.SIGKILL)
    third = watch()
    third.until(lambda: third.passes)


def test_one_machine_writes_and_the_others_read(vault: Vault, watch: Start, tmp_path: Path) -> None:
    here = watch().begun()
    here.until(lambda: vault.row("Ada") and "[ ] Thank" in vault.read("Ada"))
    writer = next(
        line
        for line in (vault.root / "vaultplan.toml").read_text().splitlines()
        if "writer" in line
    )
    there = watch(state=tmp_path / "there")
    there.until(lambda: there.passes)
    here.end()
    before = {path: path.read_bytes() for path in vault.root.rglob("*") if path.is_file()}
    assert (vault.state / "machine").read_text().strip() in writer

    vault.write(
        "Ada", vault.read("Ada").replace(MET, MET + COFFEE).replace("[ ] Thank", "[x] Thank")
    )
    there.until(lambda: any(one["written"] == ["follow-ups.ics"] for one in there.passes[1:]))
    changed = {path.name for path, data in before.items() if path.read_bytes() != data}
    feed = next((tmp_path / "there").glob("*/feed/follow-ups.ics"))
    assert changed == {"Ada.md"}
    assert feed.read_text() != vault.feed
    assert "Another machine writes these notes" in there.said
    assert [line["problems"] for line in there.passes if line["problems"]] == []

    there.end()
    taken = watch("--take-over", state=tmp_path / "there")
    taken.until(lambda: "2026-11-20 thank-you" in vault.read("Ada"))
    settings = (vault.root / "vaultplan.toml").read_text()
    assert writer not in settings
    assert settings.count("writer") == 1
