"""What is raced against what."""

from pathlib import Path

from .ground import Command, Ground
from .race import Race


def version(ground: Ground) -> Command:
    return ground.python("-m", "vaultplan", "--version")


def help_(ground: Ground) -> Command:
    return ground.python("-m", "vaultplan", "--help")


def nothing(ground: Ground) -> Command:
    return ground.python("-c", "pass")


def look(ground: Ground) -> Command:
    return ground.program("look.py", ground.root)


def read(ground: Ground) -> Command:
    return ground.program("read.py", ground.root)


def sync(ground: Ground) -> Command:
    return ground.sync()


def sync_edited(ground: Ground) -> Command:
    ground.edit()
    return ground.sync()


def sync_cold(ground: Ground) -> Command:
    ground.forget()
    return ground.sync()


def sync_first(ground: Ground) -> Command:
    ground.unsync()
    return ground.sync()


def rewrite(ground: Ground) -> Command:
    ground.unsync()
    return ground.rewrite()


def sync_tomorrow(ground: Ground) -> Command:
    ground.next_day()
    return ground.sync()


def ask_next(ground: Ground) -> Command:
    return ground.vaultplan("-C", str(ground.root), *ground.dated(), "next")


def complete(ground: Ground) -> Command:
    return ground.completion(f"show {Path(ground.made.regular[0]).name[:4]}")


_PASS, _LOOK = "python -c pass", "Python: walk + stat every file"
_READ = "python-frontmatter: only read every note"
_REWRITE = "Python: journal + rewrite the same notes, each with fsync"
_SAME = "the unchanged `sync`"
RACES = (
    Race("version", "`vaultplan --version`", f"`{_PASS}`", 4.5, version, nothing, often=6),
    Race("help", "`vaultplan --help`", f"`{_PASS}`", 5.5, help_, nothing, often=6),
    Race("unchanged", "unchanged `sync`", _LOOK, 2, sync, look),
    Race("edit", "`sync` after one edited note", _SAME, 2.5, sync_edited, sync),
    Race("cold", "cold `sync` (nothing remembered)", _READ, 1.5, sync_cold, read),
    Race("next", "`vaultplan next`", _SAME, 2, ask_next, sync),
    Race("completion", "Tab behind the start of a name", _SAME, 2, complete, sync),
    Race("new-day", "first `sync` of a new day", _SAME, 3, sync_tomorrow, sync),
    Race("first", "very first `sync`", _REWRITE, 2.5, sync_first, rewrite),
)
