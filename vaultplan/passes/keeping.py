"""How a vault stands, as bytes that are kept outside it, and back."""

import pickle
from typing import Any

from vaultplan.disk.parcel import Parcel, plain
from vaultplan.passes.report import Report
from vaultplan.passes.standing import Standing
from vaultplan.plan.remembered import Remembered
from vaultplan.text.links import Targets

CONTACTS, PATHS, OTHERS = b"contacts", b"paths", b"others"
"""The parts of a memory that hold it: contacts and paths as plain values, and all else."""


def kept(standing: Standing) -> dict[bytes, bytes]:
    """A standing as parts of a memory; what its report says is kept apart."""
    others = {**standing.__dict__}
    for name in ("contacts", "raw", "targets", "report", "lights"):
        others.pop(name, None)
    return {
        CONTACTS: plain({path: tuple(one) for path, one in standing.contacts.items()}),
        PATHS: plain([(path, raw if raw != path else "") for path, raw in standing.raw.items()]),
        OTHERS: pickle.dumps(others, pickle.HIGHEST_PROTOCOL),
    }


def kept_standing(parcel: Parcel, report: Report) -> Standing | None:
    """The standing in a memory; None if it holds no whole one."""
    found, paths, data = parcel.value(CONTACTS), parcel.value(PATHS), parcel.data(OTHERS)
    if found is None or paths is None or data is None:
        return None
    others: dict[str, Any] = pickle.loads(data)  # noqa: S301  (our own bytes, as a checksum says)
    contacts = {path: Remembered._make(one) for path, one in found.items()}
    aliases = [(alias, path) for path, one in contacts.items() for alias in one.aliases]
    for path, facts in others["others"].items():
        if facts.entry:
            aliases += [(alias, path) for alias in facts.entry.common.aliases]
    raw = {path: raw or path for path, raw in paths}
    return Standing(
        contacts=contacts, raw=raw, targets=Targets.of(raw, aliases), report=report, **others
    )
