"""The warm process of `test_killed.py`, light so that forking it costs little.

It prepares a folder and forks; the child dies at the n-th line it executes in `vaultplan/disk`;
the parent looks at what is left, lets the next run do its work, and looks again; and so on for
every n until a child gets to its end. `python tests/killing.py SCENE FOLDER` plays one scene.
"""

import gc
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import vaultplan
from vaultplan.disk import inplace
from vaultplan.disk.entries import texts_of
from vaultplan.disk.journal import Journal, runs
from vaultplan.disk.state import Seen, load_seen, save_seen
from vaultplan.disk.write import new_file, replace_file

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
OLD = b"# Ada\n- [ ] Thank Ada\n"
NEW = b"# Ada\n- [x] Thank Ada\n\n## Log\n- 2026-11-20 thank-you\n"
MORE = ("1.md", "2.md", "3.md", "4.md")
DISK = str(Path(vaultplan.__file__).parent / "disk")


@dataclass(frozen=True)
class Scene:
    """What is there before, what is killed, and what the next run does; all get the folder."""

    before: Callable[[Path], None]
    act: Callable[[Path], object]
    after: Callable[[Path], None]


# Dying


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_at_line(number: int) -> None:
    """Die when the `number`-th line of the disk room is about to be executed."""
    left = number

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        nonlocal left
        if not frame.f_code.co_filename.startswith(DISK):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                die()
        return trace

    sys.settrace(trace)


def dying_at_byte(number: int) -> None:
    """Die when `number` bytes of a note are written."""

    def write(file: int, data: bytes) -> None:
        os.write(file, data[:number])
        if number < len(data):
            die()

    inplace.write_all = write  # type: ignore[attr-defined]


def dies(folder: Path, act: Callable[[Path], object], arm: Callable[[], None]) -> bool:
    """Whether an armed child is killed before it gets to the end of an act."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            arm()
            act(folder)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


# Looking


def put_files(folder: Path) -> None:
    (folder / "vault").mkdir()
    (folder / "vault/Ada.md").write_bytes(OLD)
    (folder / "vault/feed.ics").write_bytes(OLD)
    (folder / "vault/feed.ics").chmod(0o640)


def in_vault(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "vault").iterdir())


def write_feed(folder: Path) -> object:
    return replace_file(folder / "vault", "feed.ics", NEW)


def feed_is_whole(folder: Path) -> None:
    feed = folder / "vault/feed.ics"
    assert feed.read_bytes() in {OLD, NEW}
    assert feed.stat().st_mode & 0o777 == 0o640
    assert replace_file(folder / "vault", "feed.ics", NEW + NEW) is True
    assert in_vault(folder) == ["Ada.md", "feed.ics"]


def write_home(folder: Path) -> object:
    return new_file(folder / "vault", "Home.md", NEW)


def home_is_whole_or_not_there(folder: Path) -> None:
    home = folder / "vault/Home.md"
    assert not home.exists() or home.read_bytes() == NEW
    assert write_home(folder) in {True, False}
    assert home.read_bytes() == NEW
    assert home.stat().st_nlink == 1
    assert in_vault(folder) == ["Ada.md", "Home.md", "feed.ics"]


def write_ada(folder: Path) -> object:
    with Journal(folder / "journal", NOW, "sync") as run:
        return run.write_note(folder / "vault", "Ada.md", OLD, NEW)


def recover(folder: Path) -> list[str]:
    with Journal(folder / "journal", LATER, "sync") as run:
        return [problem.rule for problem in run.recover(folder / "vault")]


def ada_is_whole(folder: Path) -> None:
    note = folder / "vault/Ada.md"
    now = note.read_bytes()
    assert now in {OLD, NEW}, now
    assert recover(folder) == []
    nothing_is_pending(folder)
    assert note.read_bytes() == now
    undoable = [texts_of(entry) for run in runs(folder / "journal") for entry in run.entries]
    assert undoable == ([] if now == OLD else [(OLD, NEW)])
    if now == OLD:
        assert write_ada(folder) is None
    assert note.read_bytes() == NEW
    forget_all(folder)


def ada_is_restored(folder: Path) -> None:
    assert set(recover(folder)) <= {"note-restored"}
    assert (folder / "vault/Ada.md").read_bytes() == OLD
    assert recover(folder) == []
    nothing_is_pending(folder)
    forget_all(folder)


def nothing_is_pending(folder: Path) -> None:
    assert list(folder.glob("journal/*/*.pending")) == []


def forget_all(folder: Path) -> None:
    with Journal(folder / "journal", NOW + timedelta(days=31), "sync") as run:
        run.prune()
    assert list(folder.glob("journal/*")) == []
    assert in_vault(folder) == ["Ada.md", "feed.ics"]


def put_more(folder: Path) -> None:
    put_files(folder)
    for name in MORE:
        (folder / "vault" / name).write_bytes(OLD)


def write_more(folder: Path) -> None:
    with Journal(folder / "journal", NOW, "sync") as run:
        for name in MORE:
            assert run.write_note(folder / "vault", name, OLD, NEW) is None


def each_is_whole(folder: Path) -> None:
    notes = [folder / "vault" / name for name in MORE]
    now = [note.read_bytes() for note in notes]
    assert now == sorted(now, reverse=True)  # the first ones are NEW, the others OLD
    assert set(now) <= {OLD, NEW}
    assert recover(folder) == []
    nothing_is_pending(folder)
    assert [note.read_bytes() for note in notes] == now
    assert sum(len(run.entries) for run in runs(folder / "journal")) == now.count(NEW)
    for note in notes:
        note.unlink()
    forget_all(folder)


def tear_ada(folder: Path, at: int = 25) -> None:
    """A note half written by a run that was killed."""
    put_files(folder)
    assert dies(folder, write_ada, lambda: dying_at_byte(at))
    assert (folder / "vault/Ada.md").read_bytes() == NEW[: 9 + at] + OLD[9 + at :]


def remember(folder: Path) -> None:
    assert save_seen(folder / "state", Seen(1, frozenset({"Ada.md"}))) is None


def remember_more(folder: Path) -> object:
    return save_seen(folder / "state", Seen(2, frozenset({"Ada.md", "Bob.md"})))


def state_is_whole(folder: Path) -> None:
    assert load_seen(folder / "state").notes in {1, 2}
    assert save_seen(folder / "state", Seen(3, frozenset())) is None
    assert [path.name for path in (folder / "state").iterdir()] == ["seen.json"]


SCENES = {
    "feed": Scene(put_files, write_feed, feed_is_whole),
    "new file": Scene(put_files, write_home, home_is_whole_or_not_there),
    "note": Scene(put_files, write_ada, ada_is_whole),
    "notes": Scene(put_more, write_more, each_is_whole),
    "recovery": Scene(tear_ada, recover, ada_is_restored),
    "state": Scene(remember, remember_more, state_is_whole),
}


# The warm process


def at_every_line(folder: Path, scene: Scene) -> int:
    """Kill at every line; how many there were."""
    number = 0
    killed = True
    while killed:
        number += 1
        here = folder / str(number)
        here.mkdir()
        scene.before(here)
        line = number
        killed = dies(here, scene.act, lambda line=line: dying_at_line(line))  # type: ignore[misc]
        try:
            scene.after(here)
        except AssertionError as error:
            raise AssertionError(f"killed at line {number}: {error}") from error
        shutil.rmtree(here)
    return number - 1


def at_every_byte(folder: Path) -> int:
    """Kill at every byte of a note, and then its recovery at some byte; how many kills there were.

    The first nine bytes of both texts are alike and not written.
    """
    kills = 0
    for first in range(1, len(NEW) - 9):
        second = first % (len(OLD) - 9)
        here = folder / str(first)
        here.mkdir()
        tear_ada(here, first)
        assert dies(here, recover, lambda byte=second: dying_at_byte(byte))  # type: ignore[misc]
        ada_is_restored(here)
        shutil.rmtree(here)
        kills += 2
    return kills


def main(name: str, folder: Path) -> None:
    gc.freeze()
    kills = at_every_byte(folder) if name == "bytes" else at_every_line(folder, SCENES[name])
    json.dump(kills, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
