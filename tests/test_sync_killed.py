"""A real `kill -9` in the middle of a pass, at one line after the other of what writes.

Run as a program this file is the process that everything is forked from: it lets a pass come to the
point where writing begins; each child goes on from there and dies at another line; the next pass
must end where an undisturbed one does.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

import pytest

import vaultplan
from vaultplan.passes import sync as passes
from vaultplan.passes import writing
from vaultplan.passes.reading import Place

PACKAGE = Path(vaultplan.__file__).parent
WRITING = (
    str(PACKAGE / "disk"),
    *(str(PACKAGE / "passes" / name) for name in ("sync.py", "writing.py", "following.py")),
)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
AGENDA = "<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n"
CONTACT = f"---\ntype: contact\nlast_contact:\n---\n{CHECKLIST}\n## Log\n\n- 2026-11-18 met: a\n"
NOTES = {
    "Ada.md": CONTACT.replace("## Log", f"{AGENDA}\n## Log"),
    "Bo.md": CONTACT.replace("\n", "\r\n"),
    "Cleo.md": "---\ntype: contact\ncadence: 1 month\n---\nNo log.",
    "Home.md": f"# Home\n\n{AGENDA}",
}
SETTINGS = {
    "notes": 'timezone = "UTC"\ncomputed = ["last_contact"]\n',
    "feed": 'timezone = "UTC"\nvault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"\n',
}
LOGGED = re.compile(rb"^- \d{4}-\d\d-\d\d ([\w-]+)", re.MULTILINE)
# Bo is thanked in Ada's note, Ada and Cleo in the index note; something is typed into a block.
SAID = {
    "Ada.md": ("- [ ] Thank [[Bo]]", "- [x] Thank [[Bo]]"),
    "Bo.md": ("- [ ] Check in", "Typed here.\r\n- [ ] Check in"),
    "Home.md": ("- [ ] ", "- [x] "),
}


class Vault:
    """A vault and its state on a disk, and how both were before."""

    def __init__(self, folder: Path, setup: str) -> None:
        self.root = folder / "vault"
        self.state = folder / "state"
        self.root.mkdir(parents=True)
        (self.root / "vaultplan.toml").write_text(setup, "utf-8")
        for name, text in NOTES.items():
            (self.root / name).write_bytes(text.encode())
        passes.sync(self.place())
        for name, (old, new) in SAID.items():
            note = self.root / name
            assert old in note.read_bytes().decode()
            note.write_bytes(note.read_bytes().decode().replace(old, new).encode())
        self.before = {part: files(part) for part in (self.root, self.state)}
        passes.sync(self.place())
        self.after = files(self.root)
        assert self.after != self.before[self.root]
        self.restore()

    def place(self, days: int = 0) -> Place:
        return Place(self.root, self.state, NOW + timedelta(days=days), lambda _: None)

    def restore(self) -> None:
        for part, known in self.before.items():
            shutil.rmtree(part)
            for path, data in known.items():
                (part / path).parent.mkdir(parents=True, exist_ok=True)
                (part / path).write_bytes(data)

    def look(self, number: int) -> None:
        """The next pass, on the same day or the next, ends where an undisturbed one does."""
        passes.sync(self.place(number % 2))
        if number % 2 == 0:
            assert files(self.root) == self.after
            return
        assert files(self.root).keys() == self.after.keys()
        for path, data in self.after.items():
            assert LOGGED.findall((self.root / path).read_bytes()) == LOGGED.findall(data), path


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def die_at_line(number: int) -> None:
    """Die when the `number`-th line of what writes is about to be executed."""
    left = number

    def trace(frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        nonlocal left
        if not frame.f_code.co_filename.startswith(WRITING):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


class _Played(Exception):  # noqa: N818  (it ends the pass that all others were forked from)
    """All lines were tried; the argument says how many."""


def play(folder: Path, setup: str, every: int) -> int:
    """Kill a pass at every so many lines; how many kills there were."""
    vault = Vault(folder, setup)
    write = writing.write_notes  # where writing begins
    parent = os.getpid()

    def forked(*args: Any) -> Any:
        for number in range(1, 1_000_000, every):
            vault.restore()
            if (child := os.fork()) == 0:
                die_at_line(number)
                return write(*args)
            _, status = os.waitpid(child, 0)
            with mock.patch.object(passes, "write_notes", write):
                vault.look(number // every)
            if not os.WIFSIGNALED(status):
                assert os.WEXITSTATUS(status) == 0
                raise _Played(number // every)
        return ()

    code = 1
    try:
        with mock.patch.object(passes, "write_notes", forked):
            passes.sync(vault.place())
        code = 0
    except _Played as played:
        return int(played.args[0])
    finally:
        if os.getpid() != parent:
            os._exit(code)
    return 0


@pytest.mark.parametrize(("setup", "every", "kills"), [("notes", 6, 100), ("feed", 15, 50)])
def test_killed_at_any_line_the_next_pass_ends_where_an_undisturbed_one_does(
    setup: str, every: int, kills: int, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, __file__, setup, str(every), str(tmp_path)],
        env={"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) > kills


if __name__ == "__main__":
    with mock.patch("os.fsync"):
        killed = play(Path(sys.argv[3]), SETTINGS[sys.argv[1]], int(sys.argv[2]))
    json.dump(killed, sys.stdout)
