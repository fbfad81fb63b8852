"""How the vault stands from pass to pass, so that one follows what changed alone."""

from dataclasses import replace
from typing import TYPE_CHECKING

from vaultplan.passes.catching_up import Caught
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.reading import Sight
from vaultplan.passes.report import Report
from vaultplan.passes.standing import Since, Standing, standing_of
from vaultplan.plan.facts import read_facts
from vaultplan.text.note import Note, read_note
from vaultplan.watch.known import Known, Texts
from vaultplan.watch.thrift import anew

if TYPE_CHECKING:
    from collections.abc import Mapping


class Standings:
    """Keeps how the vault stood after the last pass.

    `changed` are the notes of which something was heard since, `waiting` those that are to hold
    something else than they were let. Where another machine `writes` the notes nothing is kept.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._standing: Standing | None = None
        self._beside: Mapping[str, bytes | None] = {}
        self.changed: set[str] = set()
        self.waiting: frozenset[str] = frozenset()
        self.writes = True

    def since(self) -> Since | None:
        """What may have changed since the last pass, if that is known, and no note came or went."""
        changed, standing = frozenset(self.changed), self._standing
        self.changed.clear()
        # Until this pass has told how the vault stands, nobody knows.
        self._standing = None
        if standing is None or not changed <= standing.raw.keys():
            return None
        if not self.writes or self._beside != self._known.beside:
            return None
        return Since(standing, changed)

    def looked(self, sight: Sight, outcome: Outcome, report: Report, *, certain: bool) -> None:
        """A pass has looked at all notes."""
        self._learn(sight, outcome, whole=True)
        self._standing = standing_of(sight, outcome, report) if certain and self.writes else None

    def followed(self, caught: Caught, report: Report, *, certain: bool) -> None:  # noqa: ARG002
        """A pass has followed what changed."""
        self._learn(caught.sight, caught.outcome, whole=False)
        self._standing = _warm(caught) if certain else None

    def tidy_up(self) -> None:
        """Give memory back if the last pass has read every note."""
        if self._standing and self._standing.lights is None:
            anew(self._take_out, self._put_back)

    def _take_out(self) -> tuple[Standing | None, Texts]:
        out = self._standing, self._known.take_out()
        self._standing = None
        return out

    def _put_back(self, kept: tuple[Standing | None, Texts]) -> None:
        self._standing, texts = kept
        self._known.put_back(texts)

    def _learn(self, sight: Sight, outcome: Outcome, *, whole: bool) -> None:
        self._known.learn(sight, outcome, feeds=self.writes, whole=whole)
        self._beside = self._known.beside
        self.waiting = outcome.waiting
        self.changed |= outcome.waiting


def _warm(caught: Caught) -> Standing:
    """How the vault stands, with the pages that were written read for the next pass."""
    shown = dict(caught.standing.shown)
    for path in caught.standing.pages:
        text = caught.outcome.notes.get(path)
        note = read_note(path, text.encode()) if text and path not in shown else None
        if isinstance(note, Note):
            shown[path] = read_facts(note, caught.sight.lexicon)
    return replace(caught.standing, shown=shown)
