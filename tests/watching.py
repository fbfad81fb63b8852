"""What the tests of `watch` share: a vault, and a watcher that runs in it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="as the system tells of changes")
PATIENCE = 30.0
SETTINGS = (
    'vault_id = "0b7d41f4-5d62-4f0c-9d3e-7a4d3a0c6a11"\ntimezone = "UTC"\ntoday = 2026-11-20\n'
    'computed = ["last_contact", "next_follow_up"]\n'
)
CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
HOME = "# Home\n\n<!-- vaultplan:begin contacts -->\n<!-- vaultplan:end -->\n\nWords.\n"


def contact(*log: str) -> str:
    lines = "".join(f"- {line}\n" for line in log)
    return f"---\ntype: contact\nlast_contact:\n---\n\n{CHECKLIST}\n## Log\n\n{lines}"


class Vault:
    """A small vault; `settle` is how long a note must be quiet."""

    def __init__(self, root: Path, settle: str = "0.2s") -> None:
        self.root, self.state = root, root.parent / "state"
        root.mkdir()
        (root / "vaultplan.toml").write_text(f'settle = "{settle}"\n{SETTINGS}')
        self.write("Home", HOME)
        self.write("Ada", contact("2026-11-18 met: at the fair"))
        self.write("Bo", contact("2026-10-01 coffee: out"))

    def path(self, name: str) -> Path:
        return self.root / f"{name}.md"

    def read(self, name: str) -> str:
        return self.path(name).read_text("utf-8")

    def write(self, name: str, text: str) -> None:
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def row(self, name: str) -> str:
        """The line of a contact in the table of contacts; empty if it has none."""
        rows = self.read("Home").splitlines()
        return next((row for row in rows if row.startswith("|") and f"[[{name}" in row), "")

    @property
    def feed(self) -> str:
        path = self.root / "follow-ups.ics"
        return path.read_text("utf-8") if path.exists() else ""


class Running:
    """`vaultplan watch --json` as a process of its own, and what it has said."""

    def __init__(self, root: Path, state: Path, *options: str) -> None:
        self.lines: list[dict[str, Any]] = []
        self._root = root
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vaultplan", "watch", str(root), "--json", *options],
            env={**os.environ, "VAULTPLAN_STATE_DIR": str(state)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._said: list[str] = []
        self._threads = [
            threading.Thread(target=target, daemon=True) for target in (self._listen, self._note)
        ]
        for thread in self._threads:
            thread.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.append(json.loads(line))

    def _note(self) -> None:
        assert self._process.stderr
        self._said.extend(self._process.stderr)

    @property
    def said(self) -> str:
        return "".join(self._said)

    @property
    def passes(self) -> list[dict[str, Any]]:
        return [line for line in self.lines if "written" in line]

    def until(self, holds: Callable[[], object]) -> None:
        """Wait for something to be so."""
        until(holds, lambda: f"{self.lines[-3:]} {self.said}")

    def begun(self) -> "Running":
        """Wait for the first pass, and for what it left to a later one as too fresh."""
        self.until(lambda: self.passes)
        self.until(lambda: "^vp-" in (self._root / "Ada.md").read_text("utf-8"))
        return self

    def send(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; the exit code."""
        self._process.send_signal(number)
        return self.over()

    def over(self) -> int:
        """Wait for its end; the exit code."""
        try:
            code = self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            thread.join(PATIENCE)
        for stream in (self._process.stdout, self._process.stderr):
            assert stream
            stream.close()
        return code


def until(holds: Callable[[], object], told: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, told()
        time.sleep(0.01)
