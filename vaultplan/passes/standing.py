"""How a vault stands after a pass: what the next one needs to know of all that did not change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from vaultplan.disk.copies import twin_of
from vaultplan.kinds import KIND_NAMED
from vaultplan.passes.calendar import turn_of
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.reading import Sight
from vaultplan.passes.report import Report
from vaultplan.passes.ticks import changed_lines
from vaultplan.plan import frame_of
from vaultplan.plan.facts import Facts, Lexicon
from vaultplan.plan.people import Person, planned_of
from vaultplan.plan.remembered import Lights, Remembered, remember
from vaultplan.plan.vault import Vault, touches_told
from vaultplan.problems import Problem
from vaultplan.rules.steps import Dated, Window
from vaultplan.rules.touches import Touch
from vaultplan.rules.turns import next_turn
from vaultplan.settings import Settings
from vaultplan.text.links import Targets
from vaultplan.text.linkstyle import LinkStyle

CHECKLIST = "checklist"
_KEY = "^vp-"  # in every generated task line
_OF_FEEDS = ("feed-item", "feed-size")


@dataclass(frozen=True)
class Standing:
    """What a pass found, without the texts of the notes.

    `contacts` are remembered; `others` are the notes of other kinds, and those that tell of
    contacts, and `pages` all in which something is shown beside a contact's own checklist. `told`
    is what `others` tell of each contact, `planned` when which is to be met. `raw` says how the
    file system spells the path of each note; `unread` are those that could not be read,
    `twins` those of which one may be a copy of another, by what they say.
    `base` is the token of what was written down of it, `moved` the notes that changed since.
    """

    today: date
    window: Window | None
    contacts: Mapping[str, Remembered]
    others: Mapping[str, Facts]
    pages: tuple[str, ...]
    told: Mapping[str, tuple[Touch, ...]]
    planned: Mapping[str, Dated]
    raw: Mapping[str, str]
    twins: frozenset[str]
    unread: tuple[str, ...]
    targets: Targets
    problems: tuple[Problem, ...]
    report: Report
    base: str = ""
    moved: frozenset[str] = frozenset()
    lights: Lights | None = field(default=None, compare=False, repr=False)
    shown: Mapping[str, Facts] = field(default_factory=dict, compare=False, repr=False)


class GiveUpError(Exception):
    """Something changed that only a full pass can follow."""


@dataclass(frozen=True)
class Habits:
    """How the notes of a vault are read and written, and the day."""

    settings: Settings
    lexicon: Lexicon
    style: LinkStyle
    today: date


class Since(NamedTuple):
    """How a vault stood, and the paths of the notes that may have changed since."""

    standing: Standing
    changed: frozenset[str]


def standing_of(sight: Sight, outcome: Outcome, report: Report) -> Standing | None:
    """What to know of a vault after a pass; None where only a full pass can tell.

    That is where notes share an id, or a task line was ticked and yet stays.
    """
    plan = outcome.plan
    vault = plan.vault
    of_feeds = {problem for problem in outcome.problems if problem.rule in _OF_FEEDS}
    unheard = set(outcome.problems) - set(outcome.shown) - of_feeds
    if unheard or any(problem.rule == "duplicate-id" for problem in outcome.shown):
        return None
    if any(any(changed_lines(facts)) for facts in vault.facts.values()):
        return None
    others = {
        path: without_text(facts)
        for path, facts in vault.facts.items()
        if is_other(facts) and path not in plan.people
    }
    about = by_person(vault.touches)
    told = told_by(others, vault)
    return Standing(
        today=plan.today,
        window=frame_of(vault, plan.today).window,
        contacts={
            path: remembered(person, about.get(path, ()), vault, plan.today, told.get(path, ()))
            for path, person in plan.people.items()
        },
        others=others,
        pages=tuple(path for path, facts in vault.facts.items() if is_page(facts)),
        told=told,
        planned=planned_of(vault, plan.today),
        raw=sight.raw,
        twins=frozenset(_twins(sight, vault)),
        unread=tuple(path for path in sight.paths if path not in sight.facts),
        targets=vault.targets,
        problems=outcome.shown,
        report=report._replace(written=()),
    )


def _twins(sight: Sight, vault: Vault) -> Iterator[str]:
    """Notes such as `Anna` and `Anna 2`, unless their ids tell them apart."""
    for path in sight.raw:
        pair = path, twin_of(path) or ""
        if pair[1] in sight.raw:
            entries = [vault.entries.get(one) for one in pair]
            if not all(entry and entry.common.id for entry in entries):
                yield from pair


def is_other(facts: Facts) -> bool:
    """Whether a note that is no contact has a say in what follows."""
    return facts.entry is not None or bool(facts.told)


def is_page(facts: Facts) -> bool:
    """Whether a note shows something beside a contact's own checklist."""
    is_contact = facts.entry is not None and facts.entry.kind == "contact"
    if facts.blocks and not (is_contact and all(one.view == CHECKLIST for one in facts.blocks)):
        return True
    text, at = facts.note.text, 0
    for block in facts.blocks:
        if text.find(_KEY, at, block.start) >= 0:
            return True
        at = block.stop
    return text.find(_KEY, at) >= 0


def is_same(path: str, facts: Facts, was: Standing) -> bool:
    """Whether a note is still of its kind and called the same, as far as others can tell."""
    if is_page(facts) is not (path in was.pages):
        return False
    known, before = was.contacts.get(path), was.others.get(path)
    if known:
        same = _identity(facts) == ("contact", known.name, known.id, known.aliases)
        return same and bool(facts.blocks) is known.has_blocks
    if before is None:
        return not is_other(facts)
    return is_other(facts) and _identity(before) == _identity(facts)


def _identity(facts: Facts) -> tuple[str, str, str, tuple[str, ...]] | None:
    if facts.entry is None:
        return None
    entry, common = facts.entry, facts.entry.common
    return entry.kind, entry.name, common.id, common.aliases


def without_text(facts: Facts) -> Facts:
    """A note as read, without its text."""
    return replace(facts, note=replace(facts.note, text=""), blocks=())


def by_person(touches: Iterable[Touch]) -> dict[str, tuple[Touch, ...]]:
    """Touches by whom they are with, in their order; under "" those with nobody."""
    found: dict[str, list[Touch]] = {}
    for touch in touches:
        found.setdefault(touch.person, []).append(touch)
    return {person: tuple(own) for person, own in found.items()}


def told_by(others: Mapping[str, Facts], vault: Vault) -> dict[str, tuple[Touch, ...]]:
    """What notes tell of each contact, be it of days to come; under "" what of nobody."""
    return by_person(touches_told(others, vault.entries, vault.targets, vault.settings.log))


def remembered(
    person: Person, touches: Iterable[Touch], vault: Vault, today: date, told: Iterable[Touch]
) -> Remembered:
    """What to keep of a contact; `touches` are all with it by today, `told` all of other notes."""
    item = person.entry.item
    event = None if item.met else vault.find(item.met_at, person.path)
    met = KIND_NAMED[event.kind].told(event) if event else None
    coming = [item.met, item.last_contact, met and met.day, *(touch.day for touch in told)]
    coming += [line.day for line in vault.facts[person.path].log]
    days = [
        next_turn(person.case, (todo.step for todo in person.todos), today),
        turn_of(person, vault.settings, today),
        *(day for day in coming if day and day > today),
    ]
    turns = min(filter(None, days), default=None)
    return remember(person, touches, vault, turns, event.path if event else "")
