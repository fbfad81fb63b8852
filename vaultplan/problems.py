"""Problems as data: what is wrong, where, and what to do about it.

A note with problems does not stop a pass. What does stop one is a `Stop`: one small class each,
with the text to print and the exit code on it, caught in one place, the door.
"""

from typing import ClassVar, Literal, NamedTuple

Severity = Literal["error", "warning", "hint"]


class Problem(NamedTuple):
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
    """The run cannot go on; `str()` of it is the message for the person.

    The docstring of each kind says when it comes and, in its second paragraph, what to do.
    """

    exit_code: ClassVar[int] = 2


class WrongUseError(Stop):
    """A word on the command line, or in the settings, that cannot be understood.

    Write what the message names as right; `--help` shows the words of a command.
    """


class NoVaultError(Stop):
    """There is no `vaultplan.toml` here or above.

    Go into the vault or name it with `-C`; `vaultplan init` makes a folder a vault.
    """


class FewerNotesError(Stop):
    """A pass sees far fewer notes than the last one; writing now could lose what it built.

    Look whether the disk or the synchroniser is there; `vaultplan sync --accept-fewer` goes on.
    """


class NotWrittenError(Stop):
    """A note that a command is to change cannot be written, or changed meanwhile.

    Nothing was written there; do what the message says, then give the command again.
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, problem: Problem) -> None:
        fix = f"; {problem.fix}" if problem.fix else ""
        super().__init__(f"{problem.path}: {problem.message}{fix}")


class AmbiguousNameError(Stop):
    """A name fits several people.

    Write more of the name, or the path of the note; the message lists who may be meant.
    """

    exit_code: ClassVar[int] = 3
