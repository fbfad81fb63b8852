"""The journal: no note is written before its old text is safe outside the vault.

What a killed run left half written the next one restores, and every change can be taken back.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from vaultplan.disk.entries import DONE, PENDING, Change, blank, change_of, keep, listed
from vaultplan.disk.inplace import TORN, overwrite, take_away
from vaultplan.disk.leases import Leases
from vaultplan.disk.runs import (
    begin,
    claimed,
    finish,
    moment_of,
    remove,
    run_folders,
    size_of,
    sync_folder,
    unfinished,
)
from vaultplan.disk.settle import close_entry, place_of, settle
from vaultplan.disk.within import vault_path
from vaultplan.disk.write import new_file
from vaultplan.problems import Problem

_KEPT_DAYS = timedelta(days=30)
_KEPT_BYTES = 200 * 2**20
_AT_ONCE = 64
RECOVER = "recover"
"""The label of what `Journal.recover` writes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run that wrote notes: its name in the journal, when, its label, and its entries."""

    name: str
    at: datetime
    label: str
    entries: tuple[Path, ...]


def runs(folder: Path) -> tuple[Run, ...]:
    """The runs that wrote notes, the newest first, each with its entries in the order written.

    `change_of` an entry says which note it is about, `texts_of` its old and new text.
    """
    found = []
    for run in reversed(run_folders(folder)):
        written = tuple(listed(run, DONE))
        first = next(filter(None, map(change_of, written)), None)
        if first:
            found.append(Run(run.name, moment_of(run), first.label, written))
    return tuple(found)


class Journal:
    """Writes notes, each only after its old text is in the journal; one for a run.

    `folder` is the journal's, outside the vault; it and the run's own folder in it are made when
    the first note is written. `now` is when the run began, `label` what it is (`sync`). Several
    processes may use one folder at once. Close it (or use `with`) when the run is over.
    """

    def __init__(self, folder: Path, now: datetime, label: str) -> None:
        self._folder = folder
        self._now = now
        self._label = label
        self._leases = Leases()
        self._run: tuple[Path, int] | None = None
        self._count = 0
        self._blank: list[Path] = []
        self._roots: dict[Path, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the run; the journal can be read and cleared by others now."""
        if self._run is None:
            return
        run, file = self._run
        self._run = None
        _unlink(self._blank)
        self._blank = []
        os.close(file)
        finish(run)

    def write_note(
        self,
        root: Path,
        raw: str,
        before: bytes,
        after: bytes,
        *,
        label: str = "",
        keys: tuple[str, ...] = (),
    ) -> Problem | None:
        """Write `after` into the note at a path (as the file system spells it) that holds `before`.

        In place, so that the note keeps its creation time, mode, links and attributes. A problem
        if it cannot be, or if the note is open elsewhere or holds something else; nothing is
        written then. `label` says what is done, if it is not what the run is; `keys` are those of
        the steps that were ticked.
        """
        if before == after:
            return None
        change = Change(label or self._label, self._real(root), raw, keys=keys)
        entry = self._kept(change, before, after)
        if isinstance(entry, Problem):
            return entry
        problem = overwrite(root, raw, before, after, self._leases)
        if problem is not None and problem.rule == TORN:
            return problem._replace(fix=f"{problem.fix}; {place_of(entry)}")
        close_entry(entry, written=problem is None)
        return problem

    def make_note(self, root: Path, raw: str, data: bytes) -> Problem | None:
        """Make a note; a problem if anything has its name already, or if it cannot be made."""
        change = Change(self._label, self._real(root), raw, made=True)
        entry = self._kept(change, b"", data)
        if isinstance(entry, Problem):
            return entry
        made = new_file(root, raw, data)
        close_entry(entry, written=made is True)
        if made is False:
            message = "is there already; nothing was written"
            return Problem(
                vault_path(raw), 0, "note-there", "error", message, "choose another name"
            )
        return None if made is True else made

    def remove_note(self, root: Path, raw: str, before: bytes, *, label: str) -> Problem | None:
        """Take away a note that holds `before` and nothing else; a problem if it cannot be."""
        entry = self._kept(Change(label, self._real(root), raw, removed=True), before, b"")
        if isinstance(entry, Problem):
            return entry
        problem = take_away(root, raw, before, self._leases)
        close_entry(entry, written=problem is None)
        return problem

    def recover(self, root: Path) -> tuple[Problem, ...]:
        """Restore the notes that killed runs left half written; at the start of a run.

        A note that is reported with any rule but `note-restored` or `note-unclear` is still half
        written; it must not be written by this run.
        """
        problems: list[Problem] = []
        with Journal(self._folder, self._now, RECOVER) as restoring:
            write = partial(restoring.write_note, root)
            for run in unfinished(self._folder):
                with claimed(run) as dead:
                    pending = listed(run, PENDING) if dead else []
                    settled = [settle(root, entry, write) for entry in pending]
                    over = dead and bool(pending or listed(run, DONE))
                if over:
                    finish(run)
                problems += [problem for problem in settled if problem]
        return tuple(problems)

    def prune(self) -> None:
        """Forget runs older than 30 days, and the oldest beyond 200 MB; at the end of a run."""
        size = 0
        for number, run in enumerate(reversed(run_folders(self._folder))):
            size += size_of(run)
            if moment_of(run) >= self._now - _KEPT_DAYS and (number == 0 or size <= _KEPT_BYTES):
                continue
            with claimed(run) as dead:
                if dead:
                    remove(run)

    def _real(self, root: Path) -> str:
        if root not in self._roots:
            self._roots[root] = os.path.realpath(root)
        return self._roots[root]

    def _kept(self, change: Change, before: bytes, after: bytes) -> Path | Problem:
        """Put a note's old and new text into the journal; the entry, or why it cannot be."""
        try:
            return self._keep(change, before, after)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"was not written: the journal cannot take its old text ({reason})"
            fix = f"make room, or make {self._folder} writable"
            return Problem(vault_path(change.raw), 0, "no-journal", "error", message, fix)

    def _keep(self, change: Change, before: bytes, after: bytes) -> Path:
        if self._run is None:
            self._run = begin(self._folder, self._now)
        if not self._blank:
            self._prepare(self._run[0])
        entry = self._blank.pop()
        try:
            keep(entry, change, before, after)
        except BaseException:
            _unlink([entry])
            raise
        return entry

    def _prepare(self, run: Path) -> None:
        """Make as many blank entries as there were so far: their names are synced at once.

        A blank one that a killed run leaves is about no note.
        """
        numbers = range(self._count + 1, self._count + 1 + min(max(self._count, 1), _AT_ONCE))
        made = [run / f"{number:06}{PENDING}" for number in numbers]
        try:
            for entry in made:
                blank(entry)
        except BaseException:
            _unlink(made)
            raise
        sync_folder(run)
        self._count += len(made)
        self._blank = made[::-1]


def _unlink(entries: Iterable[Path]) -> None:
    for entry in entries:
        with suppress(OSError):
            entry.unlink()
