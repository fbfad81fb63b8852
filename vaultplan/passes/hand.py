"""The notes that a pass has in hand, of a vault whose other notes stand as they stood."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from vaultplan.passes.outcome import Outcome, edited
from vaultplan.passes.properties import is_outdated
from vaultplan.passes.report import Report
from vaultplan.passes.standing import (
    GiveUpError,
    Habits,
    Standing,
    is_same,
    remembered,
    told_by,
    without_text,
)
from vaultplan.passes.ticks import changed_lines
from vaultplan.plan import Plan, frame_of, plan_for
from vaultplan.plan.facts import Facts
from vaultplan.plan.oddities import oddities_of
from vaultplan.plan.people import Person, person_of, planned_of
from vaultplan.plan.remembered import Anew, Lights
from vaultplan.plan.remembered_vault import RememberedVault
from vaultplan.plan.vault import happened, milestones_of, touches_told
from vaultplan.problems import Problem
from vaultplan.rules.touches import Touch, merge
from vaultplan.text.blocks import Block
from vaultplan.text.edits import Edit, weave
from vaultplan.views import VIEW_NAMED
from vaultplan.views.problems import PROBLEMS

_MOST = 2_000
Read = Callable[[str], Facts]


class Hand:
    """The notes in hand, in `texts`, and the vault around them.

    `read` reads one more to be taken in, `peek` one that is only looked into, and `shown` gives the
    pages that nobody has changed.

    Raises:
        GiveUpError: from any method; only a full pass can tell.
    """

    def __init__(
        self,
        habits: Habits,
        was: Standing,
        read: Read,
        peek: Read,
        shown: Mapping[str, Facts],
        changed: frozenset[str],
    ) -> None:
        self.habits, self._was, self._read, self._peek = habits, was, read, peek
        self.texts: dict[str, Facts] = dict(shown)
        self._others = dict(was.others)
        self._known = dict(was.contacts)
        others = {path: one.entry for path, one in was.others.items() if one.entry}
        self._lights = was.lights or Lights(was.contacts, others, habits.settings)
        self._lights.again = self._again
        self._people: dict[str, Person] = {**self._lights.people}
        self._entries = {**self._lights.entries}
        self._fresh = {path for path in (*was.pages, *changed) if path in was.contacts}
        self._due, self._unread = set(self._fresh), set[str]()
        self._own: dict[str, list[Touch]] = {}
        self._told, self._planned = was.told, was.planned
        self._changed = changed & was.others.keys()
        if changed & was.twins:
            raise GiveUpError("a copy")
        for path in {*was.pages, *changed} - self.texts.keys():
            self._take(path)
        for path in self._changed:
            facts = self._others[path] = self.texts[path]
            self._entries |= {path: facts.entry} if facts.entry else {}

    def _take(self, path: str) -> None:
        """Read a note to be in hand: for others what it was, and nothing ticked in it."""
        facts, before = self._read(path), self._was.others.get(path)
        said = before and (before.entry, before.log, before.told)
        other = said and said != (facts.entry, facts.log, facts.told)
        other = other and path not in self._changed
        if other or not is_same(path, facts, self._was) or any(changed_lines(facts)):
            raise GiveUpError(path)
        self.texts[path] = facts

    def take_turned(self) -> None:
        """Take in the contacts that stand otherwise today, or of whom others tell otherwise."""
        vault, today = self._vault({}), self.habits.today
        if self._changed or today != self._was.today:
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
        day, events = today.toordinal(), self._changed
        turned = [
            path
            for path, one in self._known.items()
            if 0 < one.turns <= day or path in moved or one.met_at in events
        ]
        if today < self._was.today or len(turned) > _MOST:
            raise GiveUpError("too much")
        for path in [path for path in turned if path not in self.texts]:
            self._take(path)
        self._fresh |= {*turned}
        self._due |= {*turned}

    def edit(self, edits: Mapping[str, tuple[Edit, ...]]) -> bool:
        """Make edits; whether something may follow from them."""
        views = {block.view for path in self._was.pages for block in self.texts[path].blocks}
        says = any(self.texts[path].problems or path in self._others for path in edits)
        follows = says or "problems" in views or bool(edits.keys() & self._entries.keys())
        for path, own in edits.items():
            before = self.texts[path]
            if not follows:  # nobody looks into it again before it is written
                text = weave(before.note.text, own)
                self.texts[path] = replace(before, note=replace(before.note, text=text))
                self._unread.add(path)
                continue
            self.texts[path] = facts = edited(before, own, self.habits.lexicon)
            self._due |= {path} & self._fresh
            if path in self._others:
                if (facts.log, facts.told) != (before.log, before.told):
                    raise GiveUpError(path)  # their lines have moved
                self._others[path] = facts
                self._entries |= {path: facts.entry} if facts.entry else {}
        return follows

    def is_still(self, facts: Facts, block: Block) -> bool:
        """Whether a block shows the same as before, in a page that nobody has changed."""
        shows, before = VIEW_NAMED.get(block.view, PROBLEMS).shows, self._lights.people
        if shows is None or block.options or facts is not self._was.shown.get(facts.note.path):
            return False
        return all(shows(before[path]) == shows(self._people[path]) for path in self._fresh)

    def contacts(self) -> Plan:
        """A plan to renew the contacts in hand by; it knows of nothing else."""
        self._renew()
        own = sorted(self._fresh.difference(self._was.pages))
        vault = self._vault({path: self.texts[path] for path in own})
        frame, today = frame_of(vault, self.habits.today), self.habits.today
        return Plan(vault, today, frame.current, frame.cycle, frame.cycles, self._people)

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
            for path in outdated:
                self._take(path)
            plan = replace(plan, vault=self._whole())
        return plan

    def standing(self, plan: Plan, outcome: Outcome, report: Report) -> Standing:
        """How the vault stands once everything is written."""
        self._lights.renew(self._known, self._fresh)
        self._lights.entries |= {
            path: facts.entry for path, facts in self._others.items() if facts.entry
        }
        return replace(
            self._was,
            today=plan.today,
            contacts=self._known,
            others={
                path: without_text(facts) if path in self.texts else facts
                for path, facts in self._others.items()
            },
            told=self._told,
            planned=self._planned,
            problems=outcome.shown,
            report=report,
            moved=self._was.moved | self._fresh | self.texts.keys(),
            lights=self._lights,
            shown={path: self.texts[path] for path in self._was.pages if path not in self._unread},
        )

    def _renew(self) -> None:
        """Work out anew what follows for each contact in hand."""
        for path in sorted(self._due):
            anew, self._own[path] = self._anew(self.texts[path])
            vault = self._vault({path: self.texts[path]})
            self._people[path] = anew.person
            told = (*self._own[path], *self._told.get(path, ()))
            self._known[path] = remembered(
                anew.person, anew.touches, vault, self.habits.today, told
            )
        self._due.clear()

    def _again(self, path: str) -> Anew:
        return self._anew(self.texts.get(path) or self._peek(path))[0]

    def _anew(self, facts: Facts) -> tuple[Anew, list[Touch]]:
        """A contact as its note says today, and what that tells by itself."""
        entry, path, today = facts.entry, facts.note.path, self.habits.today
        if entry is None or entry.kind != "contact":
            raise GiveUpError(path)
        self._entries[path] = entry
        vault, rules = self._vault({path: facts}), self.habits.settings.log
        own = list(touches_told({path: facts}, self._entries, vault.targets, rules))
        touches = happened((*own, *self._told.get(path, ())), {path: entry}, rules, today)
        contacts = tuple(touch for touch in touches if touch.kind in rules.contacts)
        planned, window = self._planned.get(path), self._was.window
        return Anew(person_of(entry, contacts, planned, window, vault, today), touches), own

    def _whole(self) -> RememberedVault:
        """The vault with all that follows from every note."""
        facts, today, targets = {**self._others, **self.texts}, self.habits.today, self._was.targets
        besides = merge(touch for touch in self._told.get("", ()) if touch.day <= today)
        milestones = milestones_of(self._others, self._entries, targets, today)
        return self._vault(
            facts, besides=besides, milestones=milestones, problems=tuple(self._problems(facts))
        )

    def _vault(self, facts: Mapping[str, Facts], **together: Any) -> RememberedVault:
        """The vault with some of its notes read; `together` is what all notes say together."""
        return RememberedVault(
            settings=self.habits.settings,
            facts=facts,
            targets=self._was.targets,
            entries=self._entries,
            others=[path for path, one in self._others.items() if one.entry],
            known=self._known,
            was=self._was.contacts,
            fresh=self._fresh,
            lights=self._lights,
            **together,
        )

    def _problems(self, facts: Mapping[str, Facts]) -> Iterator[Problem]:
        """What is odd about notes that were read, and what was about all others."""
        told = [touch for touches in self._told.values() for touch in touches]
        told += [touch for path in facts for touch in self._own.get(path, ())]
        yield from (problem for problem in self._was.problems if problem.path not in facts)
        yield from oddities_of(facts, told, self._was.targets, self.habits.today)
