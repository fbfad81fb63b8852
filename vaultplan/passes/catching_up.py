"""A pass over what changed alone, where all else is known to stand as the last pass left it.

It finds what a full pass would find, or gives up: then nothing was written, and a full one is due.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST
from vaultplan.passes.calendar import feeds_of
from vaultplan.passes.due import dues_of
from vaultplan.passes.hand import Hand
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.reading import Place, Sight
from vaultplan.passes.render import Rendering, render
from vaultplan.passes.report import Kept, Report
from vaultplan.passes.standing import GiveUpError, Habits, Standing
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, Lexicon, read_facts
from vaultplan.problems import Problem
from vaultplan.text.note import Note, read_note

_ROUNDS = 4


@dataclass(frozen=True)
class Caught:
    """What a pass over what changed has found: as `Sight` and `Outcome`, of the notes it read.

    `report` says so as if nothing were written, `standing` how the vault stands once it is.
    """

    changed: frozenset[str]
    sight: Sight
    outcome: Outcome
    report: Report
    standing: Standing


class _Reader:
    """Reads single notes, and knows what they held."""

    def __init__(self, root: Path, raw: Mapping[str, str], lexicon: Lexicon) -> None:
        self._root, self._raw, self._lexicon = root, raw, lexicon
        self.before: dict[str, bytes] = {}

    def take(self, path: str) -> Facts:
        """One note as it is now, to be renewed.

        Raises:
            GiveUpError: it cannot be read.
        """
        data, facts = self._facts(path)
        self.before[path] = data
        return facts

    def peek(self, path: str) -> Facts:
        """One note as it is now, only to look into; raises as `take`."""
        return self._facts(path)[1]

    def _facts(self, path: str) -> tuple[bytes, Facts]:
        try:
            data = load(self._root, self._raw[path], LARGEST)
        except OSError as error:
            raise GiveUpError(path) from error
        note = read_note(path, data)
        if not isinstance(note, Note):
            raise GiveUpError(path)
        return data, read_facts(note, self._lexicon)


def catch_up(place: Place, habits: Habits, standing: Standing, changed: frozenset[str]) -> Caught:
    """Work out what every file is to hold, if only the notes at some paths have changed.

    Raises:
        GiveUpError: only a full pass can tell.
    """
    reader = _Reader(place.root, standing.raw, habits.lexicon)
    shown = {path: facts for path, facts in standing.shown.items() if path not in changed}
    reader.before |= {path: facts.note.text.encode() for path, facts in shown.items()}
    hand = Hand(habits, standing, reader.take, reader.peek, shown, changed)
    hand.take_turned()
    renewed = _Renewed()
    _renew_contacts(hand, renewed)
    plan = _renew_pages(hand, renewed)
    held = frozenset(place.unattended.unsettled()) if place.unattended else frozenset()
    outcome = _outcome(hand, plan, renewed, held)
    sight = Sight(
        settings=habits.settings,
        lexicon=habits.lexicon,
        style=habits.style,
        today=habits.today,
        facts=hand.texts,
        before=reader.before,
        raw=standing.raw,
        paths=tuple(standing.raw),
        problems=(),
        held=held,
    )
    report = standing.report._replace(
        today=habits.today.isoformat(),
        kept=outcome.kept,
        problems=tuple(sorted(set(outcome.problems))),
        due=dues_of(plan),
        tracked=plan.tracked,
    )
    return Caught(changed, sight, outcome, report, hand.standing(plan, outcome, report))


def _outcome(hand: Hand, plan: Plan, renewed: "_Renewed", held: frozenset[str]) -> Outcome:
    """What every file is to hold; notes that are `held` are left as they are."""
    feeds, odd = feeds_of(plan)
    shown = (*plan.problems, *renewed.problems)
    return Outcome(
        plan=plan,
        notes={path: hand.texts[path].note.text for path in renewed.paths - held},
        first={},
        ticked={},
        feeds=feeds,
        kept=tuple(sorted(renewed.kept)),
        problems=(*shown, *odd),
        shown=shown,
        waiting=held & renewed.paths,
    )


@dataclass
class _Renewed:
    """What was edited, moved out of blocks, and could not be shown."""

    paths: set[str] = field(default_factory=set)
    kept: list[Kept] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()

    def take(self, rendering: Rendering) -> None:
        self.paths |= rendering.edits.keys()
        self.kept += rendering.kept


def _renew_contacts(hand: Hand, renewed: _Renewed) -> None:
    """Renew the notes of the contacts in hand, until they are still."""
    for _ in range(_ROUNDS):
        rendering = render(hand.contacts(), hand.habits.style)
        renewed.take(rendering)
        if not rendering.edits:
            return
        hand.edit(rendering.edits)


def _renew_pages(hand: Hand, renewed: _Renewed) -> Plan:
    """Renew all that is shown anywhere, until it is still; the plan it shows."""
    for _ in range(_ROUNDS):
        plan = hand.plan()
        rendering = render(plan, hand.habits.style, still=hand.is_still)
        renewed.take(rendering)
        renewed.problems = rendering.problems
        if not rendering.edits or not hand.edit(rendering.edits):
            break
    return plan
