"""What the last pass found, for the next one that would find the same: then nothing is read at all.

It is kept outside the vault, only saves time, and may be deleted at any moment. Nothing here
imports what a pass needs, since a run that remembers needs nothing of it.
"""

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from vaultplan import __version__
from vaultplan.disk.stamp import Stamp, mark_of, stamp, unpack
from vaultplan.passes.report import Report, report_from

FILE = "memory"
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
    root: Path, environ: Mapping[str, str], now: datetime, asked: str | None
) -> Report | None:
    """What a pass would report if it found what the last one left; None if it must look itself.

    `now` is the time at the machine, `asked` the day the person asked for, if any.
    """
    found = state_of(root, environ)
    if found is None:
        return None
    state, settings = found
    known = load(state)
    if known is None or known["settings"] != settings or known["program"] != program():
        return None
    if known["day"] != (asked or _day(known, now)):
        return None
    if _is_unfinished(state) or known["others"] != marks(root, known["others"]):
        return None
    if known["stamp"] != stamp(os.fsencode(root)):
        return None
    return report_from(known["report"])


def load(state: Path) -> dict[str, Any] | None:
    """What is remembered in a state folder; None if nothing, or if it is not whole."""
    try:
        kept = unpack((state / FILE).read_bytes())
    except OSError:
        return None
    return kept if isinstance(kept, dict) else None


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
