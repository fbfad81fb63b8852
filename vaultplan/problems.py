"""Problems as data: what is wrong, where, and what to do about it.

A note with problems does not stop a pass. What does stop one is a `Stop`: one small class each,
with the text to print and the exit code on it, caught in one place, the door.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place.

    `path` is relative to the vault, `line` counts from 1 (0: the note as a whole), `rule` is the
    documented name of the check, `fix` says what to do.
    """

    path: str
    line: int
    rule: str
    severity: Severity
    message: str
    fix: str = ""


class Stop(Exception):  # noqa: N818  (it is not always an error: Ctrl-C is one too)
    """The run cannot go on; `str()` of it is the message for the person."""

    exit_code: ClassVar[int] = 2


class WrongUseError(Stop):
    """A word on the command line, or in the settings, that cannot be understood."""


class NoVaultError(Stop):
    """There is no `vaultplan.toml` here or above."""


class FewerNotesError(Stop):
    """A pass sees far fewer notes than the last one; writing now could lose what it built."""


class NotWrittenError(Stop):
    """A note that a command is to change cannot be written, or changed meanwhile."""

    exit_code: ClassVar[int] = 3

    def __init__(self, problem: Problem) -> None:
        fix = f"; {problem.fix}" if problem.fix else ""
        super().__init__(f"{problem.path}: {problem.message}{fix}")


class AmbiguousNameError(Stop):
    """A name fits several people."""

    exit_code: ClassVar[int] = 3
