"""What the last pass found, for the next one that would find the same: then nothing is read at all.

It is kept outside the vault, only saves time, and may be deleted at any moment. Nothing here
imports what a pass needs, since a run that remembers needs nothing of it.
"""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from vaultplan import __version__
from vaultplan.disk.parcel import Parcel, plain, plain_from
from vaultplan.disk.stamp import Look, Stamp, look, mark_of, stamp

FILE = "memory"
HEAD, LOOK, REPORT, RANKING, NAMES = b"head", b"look", b"report", b"ranking", b"names"
"""Its parts: when it holds, how the notes looked, and the answers, each read for itself."""
SETTINGS = "vaultplan.toml"
OBSIDIAN = (
    ".obsidian/app.json",
    ".obsidian/daily-notes.json",
    ".obsidian/plugins/periodic-notes/data.json",
    ".obsidian/templates.json",
    ".obsidian/plugins/templater-obsidian/data.json",
)
_VAULT_ID = re.compile(rb"""^vault_id\s*=\s*["']([0-9a-fA-F-]{36})["']""", re.MULTILINE)
_PACKAGE = os.fsencode(Path(__file__).parents[1])


def state_of(root: Path, environ: Mapping[str, str]) -> tuple[Path, bytes] | None:
    """Where a vault's memory would be, by what its settings seem to say, and the settings' bytes.

    The settings are remembered too, so that what they seem to say is right if they are the same.
    """
    try:
        data = (root / SETTINGS).read_bytes()
    except OSError:
        return None
    named = _VAULT_ID.search(data)
    chosen = environ.get("VAULTPLAN_STATE_DIR")
    if not named:
        return None
    if not chosen:
        import platformdirs  # noqa: PLC0415  (only runs that need it pay for it)

        chosen = str(platformdirs.user_state_path("vaultplan", appauthor=False))
    return Path(chosen) / named[1].decode().lower(), data


def recall(
    root: Path, environ: Mapping[str, str], now: datetime, asked: str | None, answer: bytes
) -> tuple[Any | None, Look | None]:
    """What a pass remembered, if it would find what the last one left; None if one must look.

    `now` is the time at the machine, `asked` the day the person asked for, if any; `answer` is the
    part wanted, `REPORT` or `RANKING`. How the notes look is told too, if it was looked at.
    """
    found = state_of(root, environ)
    if found is None:
        return None, None
    state, settings = found
    with Parcel(state / FILE) as kept:
        head = kept.value(HEAD)
        if not is_of(head, settings) or head["day"] != (asked or _day(head, now)):
            return None, None
        if _is_unfinished(state) or head["others"] != marks(root, head["others"]):
            return None, None
        seen = look(os.fsencode(root))
        if kept.data(LOOK) != plain(seen[1]):
            return None, seen
        return kept.value(answer), seen


def recall_names(root: Path, environ: Mapping[str, str]) -> "Names | None":
    """The contacts that the last pass found, on whatever day; None if the notes must be read."""
    found = state_of(root, environ)
    if found is None:
        return None
    state, settings = found
    with Parcel(state / FILE) as kept:
        head = kept.value(HEAD)
        if not is_of(head, settings) or head["obsidian"] != marks(root, OBSIDIAN):
            return None
        top = os.fsencode(root)
        now, before, names = stamp(top), kept.data(LOOK), kept.value(NAMES)
        if now is None or before is None or names is None:
            return None
        if before == plain(now):
            return Names(names, frozenset())
        was = plain_from(before)
        changed = {path for path, mark in now.items() if was.get(path) != mark}
        changed |= was.keys() - now.keys()
        return Names(names, frozenset(path[len(top) + 1 :] for path in changed))


class Names(NamedTuple):
    """What contacts were called, by the paths of their notes, and which notes changed or went.

    A path is as the vault says it; that of a changed note as the file system spells it, in bytes.
    """

    people: Mapping[str, tuple[str, tuple[str, ...], str]]
    changed: frozenset[bytes]


def is_of(head: Mapping[str, Any] | None, settings: object) -> bool:
    """Whether a memory is of these settings and this program."""
    if head is None:
        return False
    return bool(head["settings"] == settings and head["program"] == program())


def _day(known: Mapping[str, Any], now: datetime) -> str:
    """Today in the vault's time zone, or the day its settings pin."""
    if known["pinned"]:
        return str(known["pinned"])
    if known["zone"]:
        from zoneinfo import ZoneInfo  # noqa: PLC0415  (only a vault with a zone pays for it)

        return now.astimezone(ZoneInfo(known["zone"])).date().isoformat()
    return now.date().isoformat()


def _is_unfinished(state: Path) -> bool:
    """Whether a run lives or was killed, so that notes may be half written."""
    try:
        return any(path.suffix == ".lock" for path in (state / "journal").iterdir())
    except OSError:
        return False


def marks(root: Path, paths: Iterable[str]) -> dict[str, tuple[int, ...] | None]:
    """How files beside the notes look from outside."""
    return {path: mark_of(os.fsencode(root) + b"/" + path.encode()) for path in paths}


def program() -> tuple[str, Stamp | None]:
    """Which program this is: its version, and how its files look from outside."""
    return __version__, stamp(_PACKAGE, b".py")
