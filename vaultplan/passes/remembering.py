"""Remembering what a pass found, if all of it is certain still to be so."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from vaultplan.disk.parcel import Parcel, plain, plain_from, wrapped
from vaultplan.disk.read import File, load, read_small
from vaultplan.disk.refusals import LARGEST
from vaultplan.disk.stamp import RECENT_NS, Mark, Stamp, mark_of, recent, stamp
from vaultplan.disk.within import vault_path
from vaultplan.disk.write import replace_file
from vaultplan.passes.catching_up import Caught
from vaultplan.passes.due import ranking_of
from vaultplan.passes.glancing import at_a_glance, wanted_keys
from vaultplan.passes.keeping import keep, kept
from vaultplan.passes.memory import (
    FILE,
    HEAD,
    LOOK,
    NAMES,
    OBSIDIAN,
    RANKING,
    REPORT,
    SETTINGS,
    is_of,
    marks,
    program,
)
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.ranking import plain_ranking
from vaultplan.passes.reading import Place, Sight
from vaultplan.passes.report import Report, plain_of, report_from
from vaultplan.passes.standing import Since, Standing, standing_of

Names = dict[str, tuple[str, Sequence[str], str]]
"""By path what each contact is called, its aliases and organisation."""


class Watchful:
    """A look at the vault before a pass, to tell afterwards what else was changed meanwhile."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._root = os.fsencode(place.root)
        self._at, self._before = place.look or (time.time_ns(), stamp(self._root))
        self._settings, self._obsidian = self._now_beside()

    def _now_beside(self) -> tuple[object, dict[str, tuple[int, ...] | None]]:
        """The settings, and how what Obsidian says beside the notes looks."""
        root = self._place.root
        return read_small(root, SETTINGS), marks(root, OBSIDIAN)

    def since(self) -> Since | None:
        """How the vault stood, and what has changed since; None if a pass must look at all."""
        with Parcel(self._place.state / FILE) as memory:
            head, look = memory.value(HEAD), memory.data(LOOK)
            now = self._before
            if now is None or look is None or not is_of(head, self._settings):
                return None
            if head["obsidian"] != self._obsidian:
                return None
            before = plain_from(look)
            report = memory.value(REPORT)
            if before.keys() != now.keys() or report is None:
                return None
            standing = kept(self._place.state, head["standing"], report_from(report))
        raws = [self._raw(path) for path, mark in now.items() if before[path] != mark]
        changed = frozenset(map(vault_path, raws))
        if standing is None or not changed <= standing.raw.keys():
            return None
        return Since(standing, changed)

    def looked(self, sight: Sight, outcome: Outcome, report: Report, *, certain: bool) -> None:
        """Remember a report if every note is as the pass has read or written it."""
        after = stamp(self._root) if certain else None
        if after is None or self._before is None:
            return
        if self._before.keys() - after.keys() or not self._is_certain(after, sight, outcome):
            return
        standing = standing_of(sight, outcome, report)
        people: Names = {
            path: (person.name, person.entry.common.aliases, person.entry.item.organisation)
            for path, person in outcome.plan.people.items()
        }
        unread = [(path, sight.raw[path]) for path in sight.paths if path not in sight.facts]
        names = self._names(people, unread, sight)
        self._keep(lambda: after, outcome, report, standing, names)

    def followed(self, caught: Caught, report: Report, *, certain: bool) -> None:
        """Remember what a pass over what changed has found; what is uncertain is looked at again.

        All other notes are known to be as they were when the pass began.
        """
        if self._before is None or self._place.wait is None or not certain:
            return
        since, wait = time.monotonic_ns(), self._place.wait
        sight, outcome, standing = caught.sight, caught.outcome, caught.standing
        texts, look = self._texts(sight, outcome), dict(self._before)

        def settled() -> Stamp:
            wait(max(0, RECENT_NS - (time.monotonic_ns() - since)) / 1e9)
            for path in {*caught.changed, *outcome.notes}:
                place = self._path(sight.raw[path])
                look[place] = self._settled(place, texts[place])
            return look

        people: Names = {
            path: (one.name, one.aliases, one.organisation)
            for path, one in standing.contacts.items()
        }
        unread = [(path, standing.raw[path]) for path in standing.unread]
        self._keep(settled, outcome, report, standing, self._names(people, unread, sight))

    def _keep(
        self,
        look: Callable[[], Stamp],
        outcome: Outcome,
        report: Report,
        standing: Standing | None,
        names: Names,
    ) -> None:
        """Write it all down; how the notes look is asked for last."""
        settings = self._settings
        if not isinstance(settings, bytes) or self._now_beside() != (settings, self._obsidian):
            return
        # What ranks the contacts is kept with them, so it is worked out before they are.
        ranking = plain(plain_ranking(ranking_of(outcome.plan)))
        token = keep(self._place.state, standing) if standing else ""
        parts = {
            LOOK: plain(look()),
            HEAD: plain(self._head(settings, outcome, report, token)),
            REPORT: plain(plain_of(report)),
            RANKING: ranking,
            NAMES: plain(names),
        }
        replace_file(self._place.state, FILE, wrapped(parts), mode=0o600, durable=False)

    def _names(self, people: Names, unread: Iterable[tuple[str, str]], sight: Sight) -> Names:
        """What every contact is called, in the order of their notes.

        A note that cannot be read counts by what a glance at it tells, as at the Tab key.
        """
        wanted = wanted_keys(sight.settings)
        for path, raw in unread:
            file = File(path, raw, 0, 0)
            if one := at_a_glance(self._place.root, file, sight.lexicon, wanted):
                people[path] = one[1:]
        return dict(sorted(people.items()))

    def _head(
        self, settings: bytes, outcome: Outcome, report: Report, token: str
    ) -> dict[str, Any]:
        """When what is remembered holds."""
        rules, root = outcome.plan.vault.settings, self._place.root
        return {
            "program": program(),
            "settings": settings,
            "pinned": rules.today.isoformat() if rules.today else "",
            "zone": rules.timezone,
            "day": report.today,
            "standing": token,
            "obsidian": self._obsidian,
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
        known = self._texts(sight, outcome)
        for path in doubtful:
            if path in known:
                if not self._still_holds(path, known[path]):
                    return False
            elif path in changed:
                return False
        return stamp(self._root) == after

    def _settled(self, path: bytes, text: bytes) -> Mark:
        """How a note looks that holds a text; as none looks if it is changed again."""
        mark = mark_of(path)
        still = mark and self._still_holds(path, text) and mark_of(path) == mark
        return mark if mark and still else _CHANGED

    def _texts(self, sight: Sight, outcome: Outcome) -> Mapping[bytes, bytes]:
        """What every note is to hold after the pass, by how the file system spells its path."""
        final = {path: text.encode() for path, text in outcome.notes.items()}
        return {
            self._path(sight.raw[path]): final.get(path, before)
            for path, before in sight.before.items()
        }

    def _still_holds(self, path: bytes, text: bytes) -> bool:
        try:
            return load(self._place.root, self._raw(path), LARGEST) == text
        except OSError:
            return False

    def _raw(self, path: bytes) -> str:
        return path[len(self._root) + 1 :].decode("utf-8", "surrogateescape")

    def _path(self, raw: str) -> bytes:
        return self._root + b"/" + raw.encode("utf-8", "surrogateescape")


_CHANGED: Mark = (0, 0, 0, 0, 0)
"""How no note looks."""
