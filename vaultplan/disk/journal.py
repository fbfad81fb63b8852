"""The journal: no note is written before its old text is safe outside the vault.

What a killed run left half written the next one restores, and every change can be taken back.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from vaultplan.disk.entries import DONE, LEFT, PENDING, Change, change_of, keep, listed, texts_of
from vaultplan.disk.inplace import TORN, is_torn, overwrite
from vaultplan.disk.leases import Leases
from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST, refusal
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
from vaultplan.disk.within import vault_path
from vaultplan.problems import Problem

_KEPT_DAYS = timedelta(days=30)
_KEPT_BYTES = 200 * 2**20
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
        os.close(file)
        finish(run)

    def write_note(self, root: Path, raw: str, before: bytes, after: bytes) -> Problem | None:
        """Write `after` into the note at a path (as the file system spells it) that holds `before`.

        In place, so that the note keeps its creation time, mode, links and attributes. A problem
        if it cannot be, or if the note is open elsewhere or holds something else; nothing is
        written then.
        """
        if before == after:
            return None
        try:
            entry = self._keep(root, raw, before, after)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"was not written: the journal cannot take its old text ({reason})"
            fix = f"make room, or make {self._folder} writable"
            return Problem(vault_path(raw), 0, "no-journal", "error", message, fix)
        problem = overwrite(root, raw, before, after, self._leases)
        if problem is not None and problem.rule == TORN:
            return replace(problem, fix=f"{problem.fix}; {_place(entry)}")
        _close(entry, written=problem is None)
        return problem

    def recover(self, root: Path) -> tuple[Problem, ...]:
        """Restore the notes that killed runs left half written; at the start of a run.

        A note that is reported with any rule but `note-restored` or `note-unclear` is still half
        written; it must not be written by this run.
        """
        problems: list[Problem] = []
        with Journal(self._folder, self._now, RECOVER) as restoring:
            for run in unfinished(self._folder):
                with claimed(run) as dead:
                    pending = listed(run, PENDING) if dead else []
                    settled = [_settle(restoring, root, entry) for entry in pending]
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

    def _keep(self, root: Path, raw: str, before: bytes, after: bytes) -> Path:
        """Put a note's old and new text into the journal; the entry."""
        if self._run is None:
            self._run = begin(self._folder, self._now)
        run, _ = self._run
        self._count += 1
        entry = run / f"{self._count:06}{PENDING}"
        try:
            keep(entry, Change(self._label, os.path.realpath(root), raw), before, after)
        except BaseException:
            with suppress(OSError):
                entry.unlink()
            raise
        sync_folder(run)
        return entry


def _settle(journal: Journal, root: Path, entry: Path) -> Problem | None:
    """Find out what became of a note that a killed run was about to write, and mend it."""
    change, texts = change_of(entry), texts_of(entry)
    if change is None or texts is None:
        # The run was killed before the entry was whole, so before it touched the note.
        _close(entry, written=False)
        return None
    if change.root != os.path.realpath(root):
        return None
    try:
        now = load(root, change.raw, LARGEST)
    except FileNotFoundError:
        # Deletion is believed late: after a power cut a disk may not be mounted yet.
        return _unclear(vault_path(change.raw), entry, "which is not there now")
    except OSError as error:
        return refusal(vault_path(change.raw), error)
    if now in texts:
        _close(entry, written=now == texts[1])
        return None
    return _mend(journal, root, entry, change.raw, (now, *texts))


def _mend(
    journal: Journal, root: Path, entry: Path, raw: str, texts: tuple[bytes, bytes, bytes]
) -> Problem:
    """Restore a note if it is torn; the texts are what it is now, was, and was to be."""
    path = vault_path(raw)
    now, before, _ = texts
    if not is_torn(*texts):
        left = entry.with_suffix(LEFT)
        with suppress(OSError):
            entry.rename(left)
        return _unclear(path, left, "which was changed since and stays as it is")
    if problem := journal.write_note(root, raw, now, before):
        return problem
    _close(entry, written=False)
    message = "a run was stopped while it wrote this note; its text from before is back"
    return Problem(path, 0, "note-restored", "warning", message)


def _close(entry: Path, *, written: bool) -> None:
    """Mark an entry as done, or drop it; if that fails, the next run will find out as much."""
    with suppress(OSError):
        if written:
            entry.rename(entry.with_suffix(DONE))
        else:
            entry.unlink()


def _unclear(path: str, entry: Path, which: str) -> Problem:
    """Say that a note is not restored, and where its old text is."""
    message = f"a run was stopped while it wrote this note, {which}"
    return Problem(path, 0, "note-unclear", "warning", message, _place(entry))


def _place(entry: Path) -> str:
    return f"its text from before is in {entry}, below the first line"
