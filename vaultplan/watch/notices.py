"""What the watcher hears of, from the system and from the person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Touched:
    """Something happened to a file, or to a folder and all in it.

    `raw` is the path in the vault as the file system spells it; `believed` if it is sure to be
    gone, as it has another name now.
    """

    raw: str
    folder: bool = False
    believed: bool = False


@dataclass(frozen=True, slots=True)
class Lost:
    """The system could not tell everything that happened."""


@dataclass(frozen=True, slots=True)
class Blind:
    """The system cannot watch everything; why, and what to do."""

    why: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The person, or the system, wants the watcher to end with this exit code."""

    code: int


Notice = Touched | Lost | Blind | Ended
