"""What the tests of `undo` share: a vault, the commands in it, a person at its notes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultplan.__main__ import run

CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
NOTES = {
    "vaultplan.toml": 'timezone = "UTC"\ntoday = 2026-11-20\n'
    'computed = ["last_contact", "next_follow_up"]\n',
    "Ada.md": "---\ntype: contact\nid: ada-1\naliases: [Countess]\nlast_contact: # ours\n"
    f"snooze: 2026-11-25 # later\n---\n\n# Ada\n\n{CHECKLIST}\nWords.\n\n"
    "## Log\n\n- 2026-11-18 met: at the fair\n\n## After\n\nMore.\n",
    "Bo.md": f"---\ntype: contact\nfollow_up: '2026-11-24'\n---\n## Log\n\n"
    f"* 2026-10-01 coffee: out\n* 2026-10-03 shared: a book\n\n{CHECKLIST}\nThe end".replace(
        "\n", "\r\n"
    ),
    "Cléo.md": "\ufeff---\ntype: contact\ncadence: 1 month\nnext_follow_up:\n---\nNo log yet.",
    "Dag.md": f"---\ntype: contact\n---\n\n{CHECKLIST.rstrip()}",
    "Home.md": "# Home\n\n<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n\nWords.\n",
    "Copies.md": "# Copies\n",
    "Plan.md": "---\ntype: plan\nstart: 2026-09-01\n---\n# Plan\n",
}


class Vault:
    """A vault after its first pass, the commands in it, and a person at its notes."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self._capsys = root, capsys
        root.mkdir(parents=True)
        for path, text in NOTES.items():
            (root / path).write_bytes(text.encode())
        self.do("sync")

    def do(self, *args: str, code: int = 0) -> str:
        self._capsys.readouterr()
        done = run(["-C", str(self.root), *args])
        said = self._capsys.readouterr()
        assert done == code, said
        return said.out + said.err

    def json(self, *args: str, code: int = 0) -> dict[str, Any]:
        found = json.loads(self.do(*args, "--json", code=code))
        assert isinstance(found, dict)
        return found

    def sync(self) -> None:
        self.do("sync")
        assert self.json("sync")["written"] == []

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}

    def read(self, name: str) -> str:
        return (self.root / f"{name}.md").read_bytes().decode()

    def edit(self, name: str, old: str, new: str) -> None:
        assert self.read(name).count(old) == 1
        (self.root / f"{name}.md").write_bytes(self.read(name).replace(old, new).encode())

    def line(self, name: str, words: str) -> str:
        lines = self.read(name).splitlines()
        return next(line for line in lines if words in line and "^vp-" in line)

    def tick(self, name: str, words: str, day: str = "") -> None:
        line = self.line(name, words)
        self.edit(name, line, line.replace("[ ]", "[x]").replace(" ^vp-", f"{day} ^vp-"))

    def copy(self, name: str, words: str, to: str) -> str:
        line = self.line(name, words)
        (self.root / f"{to}.md").write_bytes((self.read(to) + f"\n{line}\n").encode())
        return line


def _tick(name: str, words: str, day: str = "") -> Callable[[Vault], None]:
    def tick(vault: Vault) -> None:
        vault.tick(name, words, day)
        vault.do("sync")

    return tick


def _command(*args: str) -> Callable[[Vault], None]:
    return lambda vault: void(vault.do(*args))


def void(_: object) -> None:
    """Forget what a command says."""


def _moved(vault: Vault) -> None:
    line = vault.line("Home", "[[Bo]]")
    vault.edit("Home", line, re.sub(r"📅 \S+", "📅 2027-02-01", line))
    vault.do("sync")
    assert "2027-02-01" in vault.read("Bo").partition("## Log")[0]


CHANGES: dict[str, Callable[[Vault], None]] = {
    "log": _command("log", "ada", "-k", "coffee", "-m", "the “team”"),
    "log of several": _command(
        "log", "ada", "bo", "cleo", "dag", "-k", "email", "--on", "yesterday"
    ),
    "log where no log is": _command("log", "cléo", "-k", "call"),
    "log below a block at the end": _command("log", "dag"),
    "log that uses a follow-up": _command("log", "bo", "-k", "call"),
    "done": _command("done", "ada", "thank"),
    "done with a follow-up": _command("done", "bo", "check-in"),
    "snooze anew": _command("snooze", "cleo", "+2w"),
    "snooze again": _command("snooze", "countess", "2027-01-01"),
    "snooze with CRLF": _command("snooze", "bo", "+1m"),
    "pause": _command("pause", "bo"),
    "set": _command("set", "contact", "--all", "industry=Trade"),
    "set a list": _command("set", "contact", "--where", "name = Ada", "goals=Learn, Lead"),
    "set to nothing": _command("set", "contact", "--where", "name = Bo", "follow_up="),
    "new": _command("new", "contact", "Eve", "cadence=2 weeks"),
    "new below a folder": _command("new", "goal", "Learn", "due=2027-01-31"),
    "assess": _command("assess", "--diversity", "3"),
    "review": _command("review"),
    "plan next": _command("plan", "next", "Winter"),
    "tick in the own note": _tick("Ada", "Thank"),
    "tick with CRLF": _tick("Bo", "Check in"),
    "tick in the index": _tick("Home", "Thank [[Ada]]"),
    "tick with a day": _tick("Home", "Thank [[Ada]]", " ✅ 2026-11-19"),
    "tick with another day": _tick("Ada", "Share", " [completion:: 2026-11-19]"),
    "tick of a first contact": _tick("Home", "[[Cléo]]"),
    "moved": _moved,
}
