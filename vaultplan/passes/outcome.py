"""The second half of a pass without a single write: what every file is to hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from operator import attrgetter

from vaultplan.passes.amend import amend
from vaultplan.passes.calendar import feeds_of
from vaultplan.passes.reading import Sight
from vaultplan.passes.render import is_renewed, render
from vaultplan.passes.report import Kept
from vaultplan.passes.ticks import Ticks, heard
from vaultplan.plan import Plan, make_plan
from vaultplan.plan.facts import Facts, Lexicon, read_facts
from vaultplan.plan.vault import join
from vaultplan.problems import Problem
from vaultplan.rules.touches import Source
from vaultplan.text.edits import Edit, weave
from vaultplan.text.note import Note, read_note

UNWRITTEN = "not-written"
"""The rule of the problem that something was changed for a note that is left as it is."""

# Line numbers in a view move when a block above them grows; they are still after one more round.
_ROUNDS = 4
_HELD = "the task stays as it is until that note can be written"
_HOLD = (
    "mend the notes that cannot be read, its contact may be among them; the task stays till then"
)
_LEFT_OUT = frozenset({"conflict-copy", "template"})
_LOST = "if it happened, write it into the log of the contact"


@dataclass(frozen=True, slots=True)
class FileChange:
    """The bytes of a file before and after."""

    before: bytes
    after: bytes


@dataclass(frozen=True)
class Outcome:
    """What a pass would write: notes by path, and the feeds.

    `first` are the notes that take log lines or dates, with nothing else changed in them; they are
    written before any block. `ticked` says by note for which steps. `shown` are the problems that
    notes show. `waiting` are notes that would hold something else if they were not to be left as
    they are.
    """

    plan: Plan
    notes: Mapping[str, str]
    first: Mapping[str, str]
    ticked: Mapping[str, tuple[str, ...]]
    feeds: Mapping[str, bytes]
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]
    shown: tuple[Problem, ...]
    waiting: frozenset[str] = frozenset()


def plan_of(sight: Sight, facts: Mapping[str, Facts] | None = None, about: str = "") -> Plan:
    """What follows from what was seen, or from the same with some notes changed.

    `about` is the path of the plan to take for the current one, whatever runs on that day.
    """
    known = {**sight.facts, **(facts or {})}
    vault = join(known.values(), sight.paths, sight.settings, sight.today)
    vault = replace(vault, problems=(*sight.problems, *vault.problems))
    return make_plan(vault, sight.today, about)


def work_out(sight: Sight, refused: frozenset[str] = frozenset()) -> Outcome:
    """Hear the ticks, change the notes they are about, plan again, and render.

    `refused` are notes that could not be written just now: nothing is changed in them, and what
    was ticked for them stays ticked.
    """
    before = plan_of(sight)
    ticks = heard(before, partial(is_renewed, before, sight.style))
    amended, held, problems = _amended(sight, ticks, refused)
    facts: dict[str, Facts] = dict(amended)
    kept: list[Kept] = []
    for _ in range(_ROUNDS):
        plan = plan_of(sight, facts) if facts else before
        rendering = render(plan, sight.style, held)
        kept += rendering.kept
        if not rendering.edits:
            break
        for path, edits in rendering.edits.items():
            facts[path] = edited(plan.vault.facts[path], edits, sight.lexicon)
    feeds, odd = feeds_of(plan)
    unwritten = {problem.path for problem in problems if problem.rule == UNWRITTEN}
    return Outcome(
        plan=plan,
        notes={path: one.note.text for path, one in facts.items() if path not in refused},
        first={path: one.note.text for path, one in amended.items()},
        ticked={path: ticks.keys_for(path) for path in amended},
        feeds=feeds,
        kept=tuple(kept),
        problems=(*plan.problems, *ticks.problems, *problems, *rendering.problems, *odd),
        shown=(*plan.problems, *rendering.problems),
        waiting=refused & (facts.keys() | unwritten),
    )


def _amended(
    sight: Sight, ticks: Ticks, refused: frozenset[str]
) -> tuple[dict[str, Facts], frozenset[str], tuple[Problem, ...]]:
    """The contacts' notes with what was ticked; the keys of what could not be done; why."""
    amended: dict[str, Facts] = {}
    problems: list[Problem] = []
    held = set()
    by_person = sorted(ticks.sayings, key=attrgetter("person"))
    for path, sayings in groupby(by_person, key=attrgetter("person")):
        own = list(sayings)
        changes = dict.fromkeys(saying.change for saying in own)
        found = (
            Problem(path, 1, UNWRITTEN, "warning", f"something was changed for it; {_HELD}")
            if path in refused
            else amend(sight.facts[path], changes, sight.lexicon)
        )
        if isinstance(found, Problem):
            problems.append(found)
            held |= {saying.key for saying in own}
        else:
            amended[path] = found
    if _is_partial(sight):
        unheard = {one.task.key: one for one in reversed(ticks.unheard) if not one.own}
        held |= set(unheard)
        problems += [_unheard(one.source, _HOLD) for one in unheard.values()]
    else:
        ticked = [one for one in ticks.unheard if one.task.ticked and one.renewed]
        lost = {one.task.key: one for one in reversed(ticked)}
        problems += [_unheard(one.source, _LOST) for one in lost.values()]
    return amended, frozenset(held), tuple(problems)


def _is_partial(sight: Sight) -> bool:
    """Whether there is a note that could not be read, rather than one that is left out."""
    left_out = {problem.path for problem in sight.problems if problem.rule in _LEFT_OUT}
    return bool(set(sight.paths) - set(sight.facts) - left_out)


def _unheard(source: Source, fix: str) -> Problem:
    message = "a task was changed whose step is not known; nothing was written for it"
    return Problem(source.path, source.line, "not-done", "warning", message, fix)


def edited(facts: Facts, edits: tuple[Edit, ...], lexicon: Lexicon) -> Facts:
    """A note read again after edits that were checked one by one."""
    note = read_note(facts.note.path, weave(facts.note.text, edits).encode())
    assert isinstance(note, Note)  # noqa: S101  (edits to properties were checked one by one)
    return read_facts(note, lexicon)
