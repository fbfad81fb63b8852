"""A vault to measure on, and the command lines that are run on it.

Everything that vaultplan remembers of it is in a folder of its own beside it, so that it can be
forgotten, and nobody's own state is touched.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from .vault import FEED, TODAY, build

_PROGRAMS = Path(__file__).parent / "programs"
_LOG = b"## Log\n\n"
_PATIENCE = 1800
"""Seconds after which a program hangs."""


@dataclass(frozen=True, slots=True)
class Command:
    """One program as it is started; what it prints must hold `says`."""

    argv: tuple[str, ...]
    environ: dict[str, str]
    folder: Path
    says: bytes = b""

    def run(self) -> None:
        """Run it to its end, its output into a pipe.

        Raises:
            RuntimeError: it did not do what is to be measured.
        """
        done = subprocess.run(
            self.argv,
            env=self.environ,
            cwd=self.folder,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode or self.says not in done.stdout:
            output = (done.stdout + done.stderr).decode(errors="replace")
            raise RuntimeError(f"{' '.join(self.argv)} ended with {done.returncode}: {output}")


class Ground:
    """A vault below a folder, synced once; `day` is the one it was last synced for."""

    def __init__(self, top: Path, contacts: int) -> None:
        self.contacts = contacts
        self.root, self._kept = top / "vault", top / "kept"
        self._before, self._after = top / "before", top / "after"
        self._journal = top / "journal"
        top.mkdir()
        self.made = build(self.root, contacts)
        self.day = TODAY
        self._edits = 0
        self._first_sync()

    def python(self, *args: str) -> Command:
        """The interpreter."""
        return Command((sys.executable, *args), self.environ(), self.root.parent)

    def program(self, name: str, *args: Path) -> Command:
        """One of the plain programs."""
        return self.python(str(_PROGRAMS / name), *map(str, args))

    def vaultplan(self, *args: str) -> Command:
        """Our program, which prints no report."""
        return self.python("-m", "vaultplan", "--quiet", *args)

    def sync(self) -> Command:
        """A pass."""
        return self.vaultplan(*self.dated(), "sync", str(self.root))

    def dated(self) -> tuple[str, ...]:
        """The option that says which day it is, where it is not the one of the settings."""
        return () if self.day == TODAY else ("--today", str(self.day))

    def completion(self, typed: str) -> Command:
        """What the Tab key asks behind a line that is typed so far."""
        line = f"vaultplan -C {self.root} {typed}"
        asked = {"_VAULTPLAN_COMPLETE": "bash_complete", "COMP_LINE": line}
        argv = (sys.executable, "-m", "vaultplan")
        return Command(argv, self.environ() | asked, self.root.parent, says=b"word\t")

    def rewrite(self) -> Command:
        """The plain program that writes what the very first pass writes."""
        shutil.rmtree(self._journal, ignore_errors=True)
        return self.program("rewrite.py", self.root, self._after, self._journal)

    def environ(self) -> dict[str, str]:
        """The environment of all programs: ours, but for what vaultplan looks at."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("VAULTPLAN", "_VAULTPLAN", "COMP_", "XDG_", "PYTHON"))
        }
        places = {f"XDG_{name}_HOME": str(self._kept / name) for name in ("CACHE", "STATE", "DATA")}
        return kept | places | {"VAULTPLAN_STATE_DIR": str(self._kept / "vaultplan")}

    def settle(self) -> None:
        """Bring everything up to date, so that the next pass finds nothing to do."""
        self.sync().run()
        self.sync().run()

    def forget(self) -> None:
        """Delete whatever is remembered outside the vault."""
        shutil.rmtree(self._kept)

    def unsync(self) -> None:
        """Make the vault as it was before its very first pass, and the disk quiet."""
        for note in _files(self._before):
            shutil.copy2(self._before / note, self.root / note)
        (self.root / FEED).unlink(missing_ok=True)
        shutil.rmtree(self._kept, ignore_errors=True)
        os.sync()

    def edit(self) -> None:
        """Write down in one note, as an editor does, that somebody was met today."""
        note = self.root / self.made.regular[self._edits]
        self._edits += 1
        line = f"- {self.day} coffee: talked about the weather\n".encode()
        note.write_bytes(note.read_bytes().replace(_LOG, _LOG + line, 1))

    @property
    def unmet(self) -> int:
        """How many notes are left that can be edited so, as a second coffee a day says nothing."""
        return len(self.made.regular) - self._edits

    def next_day(self) -> None:
        """It is tomorrow now."""
        self.day += timedelta(1)

    def _first_sync(self) -> None:
        """Sync, and keep the notes that are written by it as they were and as they are then."""
        was = {path: (self.root / path).read_bytes() for path in _files(self.root)}
        first = self.root.with_name("first")
        shutil.copytree(self.root, first)
        self.sync().run()
        for path, before in was.items():
            if (self.root / path).read_bytes() != before:
                _copy(first / path, self._before / path)
                _copy(self.root / path, self._after / path)
        shutil.rmtree(first)


def _files(folder: Path) -> Iterable[Path]:
    return [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]


def _copy(one: Path, other: Path) -> None:
    other.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(one, other)
