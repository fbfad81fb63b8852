"""How a vault stands, as files outside it, and back.

One file holds it whole, a smaller one what has changed since that was written. Each has a token of
its own, and the memory of a pass says the one it belongs to.
"""

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vaultplan.disk.parcel import Parcel, plain, wrapped
from vaultplan.disk.write import replace_file
from vaultplan.passes.report import Report
from vaultplan.passes.standing import Standing
from vaultplan.plan.remembered import Remembered
from vaultplan.text.links import Targets

BASE, LATER = "standing", "standing-later"
_TOKEN, _CONTACTS, _PATHS, _OTHERS = b"token", b"contacts", b"paths", b"others"
_MOST = 500
_ELSEWHERE = ("contacts", "raw", "targets", "report", "base", "moved", "lights", "shown")


def keep(state: Path, standing: Standing) -> str:
    """Write down how a vault stands; the token of it."""
    token = os.urandom(8).hex()
    if standing.base and len(standing.moved) <= _MOST:
        name, parts = LATER, _parts(standing, (token, standing.base), standing.moved)
    else:
        name, parts = BASE, _parts(standing, (token, ""), None)
        parts[_PATHS] = plain([(path, raw) for path, raw in standing.raw.items()])
    replace_file(state, name, wrapped(parts), mode=0o600, durable=False)
    return token


def _parts(
    standing: Standing, token: tuple[str, str], moved: frozenset[str] | None
) -> dict[bytes, bytes]:
    """What to write of all notes, or of those that moved."""
    contacts, others = standing.contacts, standing.others
    if moved is not None:
        contacts = {path: contacts[path] for path in moved if path in contacts}
        others = {path: others[path] for path in moved if path in others}
    besides = {key: one for key, one in standing.__dict__.items() if key not in _ELSEWHERE}
    return {
        _TOKEN: plain(token),
        _CONTACTS: plain({path: tuple(one) for path, one in contacts.items()}),
        _OTHERS: pickle.dumps({**besides, "others": others}, pickle.HIGHEST_PROTOCOL),
    }


def kept(state: Path, token: str, report: Report) -> Standing | None:
    """The standing that has a token; None if it is not there, or not whole."""
    with Parcel(state / BASE) as base, Parcel(state / LATER) as later:
        whole = base.value(_TOKEN)
        if whole is None:
            return None
        if whole[0] == token:
            return _standing(base, None, whole[0], report)
        if later.value(_TOKEN) == (token, whole[0]):
            return _standing(base, later, whole[0], report)
    return None


def _standing(base: Parcel, later: Parcel | None, token: str, report: Report) -> Standing | None:
    found, paths, besides = base.value(_CONTACTS), base.value(_PATHS), _besides(base)
    if found is None or paths is None or besides is None:
        return None
    moved: frozenset[str] = frozenset()
    if later:
        new, newer = later.value(_CONTACTS), _besides(later)
        if new is None or newer is None:
            return None
        moved = frozenset({*new, *newer["others"]})
        found |= new
        besides = {**besides, **newer, "others": {**besides["others"], **newer["others"]}}
    contacts = {path: Remembered._make(one) for path, one in found.items()}
    raw = dict(paths)
    return Standing(
        contacts=contacts,
        raw=raw,
        targets=Targets.of(raw, _aliases(contacts, besides["others"])),
        report=report,
        base=token,
        moved=moved,
        **besides,
    )


def _besides(parcel: Parcel) -> dict[str, Any] | None:
    data = parcel.data(_OTHERS)
    if data is None:
        return None
    besides: dict[str, Any] = pickle.loads(data)  # noqa: S301  (our own bytes, as a checksum says)
    return besides


def _aliases(
    contacts: Mapping[str, Remembered], others: Mapping[str, Any]
) -> list[tuple[str, str]]:
    found = [(alias, path) for path, one in contacts.items() for alias in one.aliases]
    for path, facts in others.items():
        if facts.entry:
            found += [(alias, path) for alias in facts.entry.common.aliases]
    return found
