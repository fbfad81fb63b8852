"""What the journal says was changed, and what of it was not taken back yet."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vaultplan.disk.entries import Change, change_of
from vaultplan.disk.journal import RECOVER, Run, runs
from vaultplan.disk.within import vault_path
from vaultplan.passes.reading import Place
from vaultplan.passes.writing import RENDERED

UNDO = "undo"
"""The first word of what the journal calls taking back; the others are the steps taken back."""


@dataclass(frozen=True, slots=True)
class Step:
    """One note that was changed: the journal's entry, its name there, and what was done."""

    entry: Path
    name: str
    change: Change

    @property
    def path(self) -> str:
        """The note's path in the vault."""
        return vault_path(self.change.raw)


@dataclass(frozen=True, slots=True)
class Past:
    """What one command, or the ticks of one pass, changed and nobody took back yet."""

    at: datetime
    label: str
    steps: tuple[Step, ...]

    @property
    def paths(self) -> list[str]:
        """The notes that were changed."""
        return sorted({step.path for step in self.steps})


def past_changes(place: Place) -> tuple[Past, ...]:
    """What can be taken back in a vault, the newest first."""
    known = [(run, tuple(_steps(run, place))) for run in runs(place.state / "journal")]
    gone = {
        name
        for _, steps in known
        for step in steps
        if _is_undo(step)
        for name in step.change.label.split()[1:]
    }
    found = []
    for run, steps in known:
        left = tuple(step for step in steps if _is_wished(step) and step.name not in gone)
        if left:
            found.append(Past(run.at, left[0].change.label, left))
    return tuple(found)


def later_steps(place: Place, step: Step) -> Iterator[Step]:
    """Everything that was written into a note after a step, the newest first."""
    for run in runs(place.state / "journal"):
        for later in reversed(tuple(_steps(run, place))):
            if later.name <= step.name:
                return
            if later.change.raw == step.change.raw:
                yield later


def is_of_pass(step: Step) -> bool:
    """Whether a pass wrote what follows by itself, asked by nobody."""
    return step.change.label == RENDERED


def _steps(run: Run, place: Place) -> Iterator[Step]:
    """The entries of a run that are about notes of this vault."""
    root = os.path.realpath(place.root)
    for entry in run.entries:
        change = change_of(entry)
        if change and change.root == root:
            yield Step(entry, f"{run.name}/{entry.stem}", change)


def _is_undo(step: Step) -> bool:
    return step.change.label.split()[:1] == [UNDO]


def _is_wished(step: Step) -> bool:
    """Whether a person asked for it, by a command or a tick."""
    return not _is_undo(step) and step.change.label not in (RENDERED, RECOVER)
