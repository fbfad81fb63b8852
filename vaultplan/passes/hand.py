"""The notes that a pass has in hand, of a vault whose other notes stand as they stood."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from vaultplan.passes.outcome import Outcome, edited
from vaultplan.passes.render import is_outdated
from vaultplan.passes.report import Report
from vaultplan.passes.standing import (
    Standing,
    is_same,
    remembered,
    told_by,
    without_text,
)
from vaultplan.passes.ticks import changed_lines
from vaultplan.plan import Plan, frame_of, plan_for
from vaultplan.plan.facts import Facts, Lexicon
from vaultplan.plan.oddities import future_days, lost_links
from vaultplan.plan.people import Person, person_of, planned_of
from vaultplan.plan.plainly import KEY
from vaultplan.plan.remembered import Anew, Lights, RememberedVault
from vaultplan.plan.vault import happened, milestones_of, touches_told
from vaultplan.problems import Problem
from vaultplan.rules.touches import Touch, merge
from vaultplan.settings import Settings
from vaultplan.text.edits import Edit
from vaultplan.text.linkstyle import LinkStyle

if TYPE_CHECKING:
    from vaultplan.kinds.fields import Entry

_MOST = 2_000


class GiveUpError(Exception):
    """Something changed that only a full pass can follow."""


@dataclass(frozen=True)
class Habits:
    """How the notes of a vault are read and written, and the day."""

    settings: Settings
    lexicon: Lexicon
    style: LinkStyle
    today: date


class Hand:
    """The notes in hand, in `texts`, and the vault around them.

    `read` reads one more. All changed notes are taken first, then those that turned.

    Raises:
        GiveUpError: from any method; only a full pass can tell.
    """

    def __init__(self, habits: Habits, was: Standing, read: Callable[[str], Facts]) -> None:
        self.habits, self._was, self._read = habits, was, read
        self.texts = {path: read(path) for path in was.pages}
        self._others = dict(was.others)
        self._known = dict(was.contacts)
        self._lights = was.lights or Lights(was.contacts, habits.settings)
        self._lights.again = self._again
        self._people: dict[str, Person] = {**self._lights.people}
        entries: dict[str, Entry[Any]] = {
            path: person.entry for path, person in self._people.items()
        }
        entries |= {path: one.entry for path, one in was.others.items() if one.entry}
        self._entries = dict(sorted(entries.items()))
        self._fresh = {path for path in was.pages if path in was.contacts}
        self._due = set(self._fresh)
        self._own: dict[str, list[Touch]] = {}
        self._told: Mapping[str, tuple[Touch, ...]] = was.told
        self._planned = was.planned

    def take(self, changed: Iterable[str]) -> None:
        """Take in notes that were changed."""
        for path in changed:
            facts = self.texts[path] = self.texts.get(path) or self._read(path)
            if not is_same(path, facts, self._was):
                raise GiveUpError(path)
            if path in self._known:
                self._fresh.add(path)
                self._due.add(path)
            elif path in self._others:
                self._others[path] = facts
                if facts.entry:
                    self._entries[path] = facts.entry

    def take_turned(self) -> None:
        """Take in the contacts that stand otherwise today, or of whom others tell otherwise."""
        vault = self._vault({})
        today = self.habits.today
        self._told = told_by(self._others, vault)
        self._planned = planned_of(vault, today)
        if frame_of(vault, today).window != self._was.window:
            raise GiveUpError("the plan")
        moved = {
            path
            for now, before in ((self._told, self._was.told), (self._planned, self._was.planned))
            for path in now.keys() | before.keys()
            if now.get(path) != before.get(path)
        }
        day = today.toordinal()
        turned = [
            path for path, one in self._known.items() if 0 < one.turns <= day or path in moved
        ]
        if today < self._was.today or len(turned) > _MOST:
            raise GiveUpError("too much")
        for path in turned:
            if path not in self.texts:
                self.texts[path] = self._read(path)
            self._fresh.add(path)
            self._due.add(path)

    def edit(self, edits: Mapping[str, tuple[Edit, ...]]) -> bool:
        """Make edits; whether something may follow from them."""
        for path, own in edits.items():
            self.texts[path] = edited(self.texts[path], own, self.habits.lexicon)
            self._due |= {path} & self._fresh
            if path in self._others:
                self._others[path] = self.texts[path]
                self._entries[path] = self.texts[path].entry or self._entries[path]
        shows = (block.view for path in self._was.pages for block in self.texts[path].blocks)
        return bool(edits.keys() & self._entries.keys()) or "problems" in shows

    def is_spoken(self, paths: Iterable[str]) -> bool:
        """Whether something was ticked in some notes, or was and is about a contact in hand."""
        said = {one.task.key for path in paths for one, _ in changed_lines(self.texts[path])}
        about = {todo.key for path in self._fresh for todo in self._people[path].todos}
        about |= {one[KEY] for path in self._fresh for one in self._was.contacts[path].todos}
        return bool(said - self._was.spoken or about & self._was.spoken)

    def contacts(self) -> Plan:
        """A plan to renew the contacts in hand by; it knows of nothing else."""
        self._renew()
        own = sorted(self._fresh.difference(self._was.pages))
        vault = self._vault({path: self.texts[path] for path in own})
        frame = frame_of(vault, self.habits.today)
        return Plan(
            vault=vault,
            today=self.habits.today,
            current=frame.current,
            cycle=frame.cycle,
            cycles=frame.cycles,
            people=self._people,
            goals=(),
            objectives=(),
            problems=(),
        )

    def plan(self) -> Plan:
        """What follows today; the notes whose computed properties change are taken in."""
        self._renew()
        vault = self._whole()
        frame = frame_of(vault, self.habits.today)
        plan = plan_for(vault, self.habits.today, frame, self._people)
        goals = {goal.entry.path: goal for goal in plan.goals}
        outdated = [
            path
            for path, facts in self._others.items()
            if path not in self.texts and is_outdated(facts, plan, goals.get(path))
        ]
        if outdated:
            self.texts |= {path: self._read(path) for path in outdated}
            plan = replace(plan, vault=self._whole())
        return plan

    def standing(self, plan: Plan, outcome: Outcome, report: Report) -> Standing:
        """How the vault stands once everything is written."""
        self._lights.renew(self._known, self._fresh)
        return replace(
            self._was,
            today=plan.today,
            contacts=self._known,
            others={path: without_text(facts) for path, facts in self._others.items()},
            told=self._told,
            planned=self._planned,
            problems=outcome.shown,
            report=report,
            lights=self._lights,
        )

    def _renew(self) -> None:
        """Work out anew what follows for each contact in hand."""
        for path in sorted(self._due):
            anew = self._anew(self.texts[path])
            vault = self._vault({path: self.texts[path]})
            self._people[path] = anew.person
            told = (*self._own[path], *self._told.get(path, ()))
            self._known[path] = remembered(
                anew.person, anew.touches, vault, self.habits.today, told
            )
        self._due.clear()

    def _again(self, path: str) -> Anew:
        return self._anew(self._read(path))

    def _anew(self, facts: Facts) -> Anew:
        """A contact as its note says today."""
        entry, path, today = facts.entry, facts.note.path, self.habits.today
        if entry is None:
            raise GiveUpError(path)
        self._entries[path] = entry
        vault, rules = self._vault({path: facts}), self.habits.settings.log
        own = list(touches_told({path: facts}, self._entries, vault.targets, rules))
        touches = happened((*own, *self._told.get(path, ())), {path: entry}, rules, today)
        contacts = tuple(touch for touch in touches if touch.kind in rules.contacts)
        self._own[path] = own
        window = self._was.window
        person = person_of(entry, contacts, self._planned.get(path), window, vault, today)
        return Anew(person, touches)

    def _whole(self) -> RememberedVault:
        """The vault with all that follows from every note."""
        facts, today, targets = {**self._others, **self.texts}, self.habits.today, self._was.targets
        besides = merge(touch for touch in self._told.get("", ()) if touch.day <= today)
        milestones = milestones_of(self._others, self._entries, targets, today)
        return self._vault(
            facts, besides=besides, milestones=milestones, problems=self._problems(facts)
        )

    def _vault(self, facts: Mapping[str, Facts], **together: Any) -> RememberedVault:
        """The vault with some of its notes read; `together` is what all notes say together."""
        return RememberedVault(
            settings=self.habits.settings,
            facts=facts,
            targets=self._was.targets,
            entries=self._entries,
            known=self._known,
            again=self._again,
            **together,
        )

    def _problems(self, facts: Mapping[str, Facts]) -> tuple[Problem, ...]:
        """What is odd about notes that were read, and what was about all others."""
        today, targets = self.habits.today, self._was.targets
        entries = {path: one.entry for path, one in facts.items() if one.entry}
        told = [touch for touches in self._told.values() for touch in touches]
        told += [touch for path in facts for touch in self._own.get(path, ())]
        return (
            *(problem for problem in self._was.problems if problem.path not in facts),
            *(problem for one in facts.values() for problem in one.problems),
            *future_days(told, entries, today),
            *lost_links(entries, targets),
        )
