"""What vaultplan remembers of a vault, outside it, in a folder for this person alone."""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST, refusal
from vaultplan.disk.runs import private_folder
from vaultplan.disk.write import replace_file
from vaultplan.problems import Problem

_SEEN = "seen.json"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last pass saw: how many notes, and the paths of those with a type."""

    notes: int = 0
    typed: frozenset[str] = frozenset()


def state_folder(vault_id: str, root: Path, environ: Mapping[str, str]) -> Path:
    """The folder of a vault's state: below `VAULTPLAN_STATE_DIR`, else where the system keeps such.

    A vault without a UUID for its id is known by its absolute path.
    """
    chosen = environ.get("VAULTPLAN_STATE_DIR")
    if chosen:
        above = Path(chosen)
    else:
        import platformdirs  # noqa: PLC0415  (only runs that need it pay for it)

        above = platformdirs.user_state_path("vaultplan", appauthor=False)
    name = vault_id.lower()
    if not _UUID.fullmatch(name):
        place = os.fsencode(os.path.realpath(root))
        name = "path-" + hashlib.blake2b(place, digest_size=16).hexdigest()
    return above / name


def move_state(before: Path, after: Path) -> None:
    """Keep what is remembered of a vault that goes by another id from now on, where that can be."""
    with suppress(OSError):
        before.rename(after)


def load_seen(folder: Path) -> Seen:
    """What the last pass saw; nothing if there was none, or if its state cannot be read."""
    try:
        kept = json.loads(load(folder, _SEEN, LARGEST))
        return Seen(int(kept["notes"]), frozenset(map(str, kept["typed"])))
    except (OSError, ValueError, LookupError, TypeError, RecursionError, OverflowError):
        return Seen()


def save_seen(folder: Path, seen: Seen) -> Problem | None:
    """Remember what this pass saw; writes only what differs."""
    text = json.dumps({"notes": seen.notes, "typed": sorted(seen.typed)})
    try:
        private_folder(folder)
    except OSError as error:
        return refusal(str(folder), error, "unwritable")
    written = replace_file(folder, _SEEN, text.encode(), mode=0o600)
    return written if isinstance(written, Problem) else None
