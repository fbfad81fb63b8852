"""A real `kill -9` in the middle of `undo`, at one line after the other of what writes.

Run as a program this file is the process that everything is forked from: it lets an undo come to
the point where writing begins; each child goes on from there and dies at another line. The next
undo, or a pass and then an undo, must end where an undisturbed one does.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

import pytest

import vaultplan
from vaultplan.passes import undoing
from vaultplan.passes.change import AddLine
from vaultplan.passes.changing import change
from vaultplan.passes.making import write_new
from vaultplan.passes.past import past_changes
from vaultplan.passes.reading import Place
from vaultplan.passes.sync import sync
from vaultplan.passes.undoing import undo
from vaultplan.problems import WrongUseError

PACKAGE = Path(vaultplan.__file__).parent
WRITING = (str(PACKAGE / "disk"), str(PACKAGE / "passes" / "undoing.py"))
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CONTACT = "---\ntype: contact\nkey: true\n---\nWords.\n\n## Log\n\n- 2026-11-18 met: a\n"
NOTES = {
    "vaultplan.toml": 'timezone = "UTC"\n',
    "Ada.md": CONTACT,
    "Bo.md": CONTACT.replace("\n", "\r\n") + "The end",
    "Cleo.md": "---\ntype: contact\nstatus: to-do\n---\nNo log.",
    "Home.md": "# Home\n\n<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n",
    "Copies.md": "# Copies\n",
}


def log(place: Place) -> None:
    line = AddLine(NOW.date(), "call", "words")
    change(place, "log", lambda *_: {name: [line] for name in ("Ada.md", "Bo.md", "Cleo.md")})


def tick(place: Place) -> None:
    """Ada's and Bo's lines are copied, and ticked where they are now."""
    lines = [line for line in text(place, "Home.md").split("\n") if "Thank [[" in line]
    copies = "\n".join(lines).replace("[ ]", "[x]")
    (place.root / "Copies.md").write_text(f"# Copies\n\n{copies}\n", "utf-8")
    sync(place)


def new(place: Place) -> None:
    write_new(place, "new", "Eve.md", CONTACT)


SCENES = {"log": (log, 9), "tick": (tick, 9), "new": (new, 5)}


def text(place: Place, path: str) -> str:
    return (place.root / path).read_text("utf-8")


class Vault:
    """A vault and its state on a disk, as both were before an undo, and how the vault is after."""

    def __init__(self, folder: Path, scene: str) -> None:
        self.root, self.state = folder / "vault", folder / "state"
        self.root.mkdir(parents=True)
        for name, data in NOTES.items():
            (self.root / name).write_bytes(data.encode())
        sync(self.place())
        SCENES[scene][0](self.place())
        self.before = {part: files(part) for part in (self.root, self.state)}
        undo(self.place(1))
        assert past_changes(self.place(1)) == ()
        self.undone = files(self.root)
        sync(self.place(2))
        self.after = files(self.root)
        assert self.after != self.before[self.root]
        self.restore()

    def place(self, minutes: int = 0) -> Place:
        return Place(self.root, self.state, NOW + timedelta(minutes=minutes), lambda _: None)

    def restore(self) -> None:
        for part, known in self.before.items():
            shutil.rmtree(part)
            for path, data in known.items():
                (part / path).parent.mkdir(parents=True, exist_ok=True)
                (part / path).write_bytes(data)

    def look(self, number: int) -> None:
        """Each note is old or new once a run has mended it, and the next undo goes on."""
        if number % 2:
            sync(self.place(2))
        try:
            undo(self.place(3))
        except WrongUseError:
            assert past_changes(self.place(3)) == ()
        if not number % 2:
            assert files(self.root) == self.undone
        sync(self.place(4))
        assert files(self.root) == self.after
        assert past_changes(self.place(5)) == ()


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def die_at_line(number: int) -> None:
    """Die when the `number`-th line of what writes is about to be executed."""
    left = number

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.startswith(WRITING):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


class _Played(Exception):  # noqa: N818  (it ends the undo that all others were forked from)
    """All lines were tried; the argument says how many."""


def play(folder: Path, scene: str, every: int) -> int:
    """Kill an undo at every so many lines; how many kills there were."""
    vault = Vault(folder, scene)
    write = undoing._written  # noqa: SLF001  (where writing begins)
    parent = os.getpid()

    def forked(*args: Any) -> Any:
        for number in range(1, 1_000_000, every):
            vault.restore()
            if (child := os.fork()) == 0:
                die_at_line(number)
                return write(*args)
            _, status = os.waitpid(child, 0)
            with mock.patch.object(undoing, "_written", write):
                vault.look(number // every)
            if not os.WIFSIGNALED(status):
                assert os.WEXITSTATUS(status) == 0
                raise _Played(number // every)
        return {}

    code = 1
    try:
        with mock.patch.object(undoing, "_written", forked):
            undo(vault.place(1))
        code = 0
    except _Played as played:
        return int(played.args[0])
    finally:
        if os.getpid() != parent:
            os._exit(code)
    return 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="it is forked from one process")
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_any_line_the_next_undo_ends_where_an_undisturbed_one_does(
    scene: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, __file__, scene, str(tmp_path)],
        env={"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) > 30


if __name__ == "__main__":
    with mock.patch("os.fsync"):
        killed = play(Path(sys.argv[2]), sys.argv[1], SCENES[sys.argv[1]][1])
    json.dump(killed, sys.stdout)
