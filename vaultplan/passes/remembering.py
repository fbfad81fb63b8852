"""Remembering what a pass found, if all of it is certain still to be so."""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vaultplan.disk.parcel import plain, wrapped
from vaultplan.disk.read import File, load, read_small
from vaultplan.disk.refusals import LARGEST
from vaultplan.disk.stamp import RECENT_NS, Stamp, recent, stamp
from vaultplan.disk.write import replace_file
from vaultplan.passes.due import ranking_of
from vaultplan.passes.glancing import at_a_glance, called_by, wanted_keys
from vaultplan.passes.memory import (
    FILE,
    HEAD,
    LOOK,
    NAMES,
    OBSIDIAN,
    RANKING,
    REPORT,
    SETTINGS,
    marks,
    program,
)
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.ranking import plain_ranking
from vaultplan.passes.reading import Place, Sight
from vaultplan.passes.report import Report, plain_of


class Watchful:
    """A look at the vault before a pass, to tell afterwards what else was changed meanwhile."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._root = os.fsencode(place.root)
        self._at = time.time_ns()
        self._before = stamp(self._root)

    def remember(self, sight: Sight, outcome: Outcome, report: Report) -> None:
        """Remember a report if every note is as the pass has read or written it."""
        after = stamp(self._root)
        settings = read_small(self._place.root, SETTINGS)
        if after is None or self._before is None or not isinstance(settings, bytes):
            return
        if self._before.keys() - after.keys() or not self._is_certain(after, sight, outcome):
            return
        parts = {
            HEAD: plain(self._head(settings, sight, outcome, report)),
            LOOK: plain(after),
            REPORT: plain(plain_of(report)),
            RANKING: plain(plain_ranking(ranking_of(outcome.plan))),
            NAMES: plain(_names(self._place.root, sight)),
        }
        replace_file(self._place.state, FILE, wrapped(parts), mode=0o600)

    def _head(
        self, settings: bytes, sight: Sight, outcome: Outcome, report: Report
    ) -> dict[str, Any]:
        """When what is remembered holds."""
        rules, root = sight.settings, self._place.root
        return {
            "program": program(),
            "settings": settings,
            "pinned": rules.today.isoformat() if rules.today else "",
            "zone": rules.timezone,
            "day": report.today,
            "obsidian": marks(root, OBSIDIAN),
            "others": marks(root, (*OBSIDIAN, *outcome.feeds)),
        }

    def _is_certain(self, after: Stamp, sight: Sight, outcome: Outcome) -> bool:
        """Look again at what is new since the pass began, or was changed just before."""
        assert self._before is not None  # noqa: S101  (the caller has looked)
        changed = {path for path, mark in after.items() if self._before.get(path) != mark}
        doubtful = changed | recent(after, self._at)
        if not doubtful:
            return True
        if self._place.wait is None:
            return False
        self._place.wait(RECENT_NS / 1e9)
        known = _texts(self._root, sight, outcome)
        for path in doubtful:
            if path in known:
                if not self._still_holds(path, known[path]):
                    return False
            elif path in changed:
                return False
        return stamp(self._root) == after

    def _still_holds(self, path: bytes, text: bytes) -> bool:
        raw = path[len(self._root) + 1 :].decode("utf-8", "surrogateescape")
        try:
            return load(self._place.root, raw, LARGEST) == text
        except OSError:
            return False


def _texts(root: bytes, sight: Sight, outcome: Outcome) -> Mapping[bytes, bytes]:
    """What every note is to hold after the pass, by how the file system spells its path."""
    final = {path: text.encode() for path, text in outcome.notes.items()}
    return {
        root + b"/" + sight.raw[path].encode("utf-8", "surrogateescape"): final.get(path, before)
        for path, before in sight.before.items()
    }


def _names(root: Path, sight: Sight) -> dict[str, tuple[Any, ...]]:
    """What every contact is called, by the path of its note."""
    wanted = wanted_keys(sight.settings)
    people = {}
    for path in sight.paths:
        if facts := sight.facts.get(path):
            one = facts.entry and called_by(facts.entry)
        else:
            one = at_a_glance(root, File(path, sight.raw[path], 0, 0), sight.lexicon, wanted)
        if one:
            people[path] = tuple(one[1:])
    return people
