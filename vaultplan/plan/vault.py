"""The vault as one value: every note's facts, and what they say together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from vaultplan.kinds import KIND_NAMED
from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.plan.dated import inside
from vaultplan.plan.facts import Facts
from vaultplan.plan.oddities import future_days, lost_links
from vaultplan.problems import Problem
from vaultplan.rules.milestones import Milestone, day_reached
from vaultplan.rules.touches import Source, Told, Touch, merge
from vaultplan.settings import Settings
from vaultplan.settings.follow import LogRules
from vaultplan.text.links import Link, Targets
from vaultplan.text.log import LogLine

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Vault:
    """All notes that could be read, by path; `touches` are merged and sorted, none after today.

    `milestones` are sorted too, and none is after today.
    """

    settings: Settings
    facts: Mapping[str, Facts]
    targets: Targets
    entries: Mapping[str, Entry[Any]]
    touches: tuple[Touch, ...]
    milestones: tuple[Milestone, ...]
    problems: tuple[Problem, ...]

    def of_kind(self, kind: str) -> tuple[Entry[Any], ...]:
        """The entries of one kind, by path."""
        return tuple(entry for entry in self.entries.values() if entry.kind == kind)

    @cached_property
    def contacts(self) -> Mapping[str, Sequence[Touch]]:
        """The contacts with each person there was one with, by path, oldest first."""
        found: dict[str, list[Touch]] = {}
        kinds = self.settings.log.contacts
        for touch in self.touches:
            if touch.person and touch.kind in kinds:
                found.setdefault(touch.person, []).append(touch)
        return found

    @cached_property
    def first_days(self) -> Mapping[str, date]:
        """The day of the first contact with each person."""
        return {path: touches[0].day for path, touches in self.contacts.items()}

    @cached_property
    def goals_named(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the goals that each contact names, by the path of the contact."""
        return {
            entry.path: goals_named_by(entry, self)
            for entry in self.of_kind("contact")
            if entry.item.goals
        }

    def counted(self, start: date | None, end: date | None) -> Sequence[Touch]:
        """The touches from one day to another, both included, to be counted: words may be left out.

        Of what they link only goals are sure to be there.
        """
        return inside(self.touches, start, end)

    def find(self, link: Link | None, source: str) -> Entry[Any] | None:
        """The entry a link leads to, by its name as Obsidian resolves it, else by its alias."""
        path = find(self.targets, link, source) if link else None
        return self.entries.get(path) if path else None

    def find_all(self, links: Iterable[Link], source: str) -> Iterator[Entry[Any]]:
        """The entries that some links of one note lead to; one that leads nowhere is left out."""
        for link in links:
            entry = self.find(link, source)
            if entry:
                yield entry


def goals_named_by(entry: Entry[Contact], vault: Vault) -> tuple[str, ...]:
    """The paths of the notes that a contact names as its goals, each once."""
    return tuple(dict.fromkeys(goal.path for goal in vault.find_all(entry.item.goals, entry.path)))


def find(targets: Targets, link: Link, source: str) -> str | None:
    """The path of the note that a link in another note leads to."""
    return targets.resolve(link.target, source) or targets.resolve_alias(link.target)


def join(facts: Iterable[Facts], paths: Iterable[str], settings: Settings, today: date) -> Vault:
    """Put the notes together; `paths` are all notes there are, readable or not."""
    by_path = {one.note.path: one for one in sorted(facts, key=lambda one: one.note.path)}
    problems = [problem for one in by_path.values() for problem in one.problems]
    entries, twins = _entries(by_path)
    aliases = ((alias, path) for path, entry in entries.items() for alias in entry.common.aliases)
    targets = Targets.of(paths, aliases)
    told = list(touches_told(by_path, entries, targets, settings.log))
    touches = happened(told, entries, settings.log, today)
    milestones = milestones_of(by_path, entries, targets, today)
    problems += twins
    problems += future_days(told, entries, today)
    problems += lost_links(entries, targets)
    return Vault(settings, by_path, targets, entries, touches, milestones, tuple(problems))


def _entries(facts: Mapping[str, Facts]) -> tuple[dict[str, Entry[Any]], list[Problem]]:
    """The entries by path; of two with one id the first path keeps it."""
    entries: dict[str, Entry[Any]] = {}
    owner: dict[str, str] = {}
    problems = []
    for path, one in facts.items():
        entry = one.entry
        if entry is None:
            continue
        name = entry.common.id
        if name and owner.setdefault(name, path) != path:
            message = f"the id “{name}” is also the id of {owner[name]}"
            fix = "give one of the two notes another id; until then this one goes by its path"
            line = entry.line("id")
            problems.append(Problem(path, line, "duplicate-id", "error", message, fix))
            entry = replace(entry, common=replace(entry.common, id=""))
        entries[path] = entry
    return entries, problems


def touches_told(
    facts: Mapping[str, Facts],
    entries: Mapping[str, Entry[Any]],
    targets: Targets,
    rules: LogRules,
) -> Iterator[Touch]:
    """Every contact and activity that any note tells of, as often as it is told."""
    for path, one in facts.items():
        entry = entries.get(path)
        if entry is not None:
            person = path if entry.kind == "contact" else ""
            for line in one.log:
                yield _of_line(line, path, person, targets)
            yield from _of_note(entry, entries, targets, rules)
            yield from _met_at(entry, entries, targets, rules)
        for line in one.told:
            people = {find(targets, link, path) for link in line.links}
            for each in sorted(filter(None, people)):
                if each in entries and entries[each].kind == "contact":
                    yield _of_line(line, path, each, targets)


def happened(
    told: Iterable[Touch], entries: Mapping[str, Entry[Any]], rules: LogRules, today: date
) -> tuple[Touch, ...]:
    """What happened by today, each once and by day: as told, and what `entries` say by hand."""
    by_today = [touch for touch in told if touch.day <= today]
    return merge((*by_today, *_by_hand(entries, by_today, rules, today)))


def _of_line(line: LogLine, path: str, person: str, targets: Targets) -> Touch:
    links = _NONE
    if line.links:
        links = frozenset(filter(None, (find(targets, link, path) for link in line.links)))
    return Touch(line.day, line.kind, person, (Source(path, line.line),), line.text, links)


def _of_note(
    entry: Entry[Any], entries: Mapping[str, Entry[Any]], targets: Targets, rules: LogRules
) -> Iterator[Touch]:
    """One touch with each of the people of a note that is a contact as a whole.

    If none of them has a note it is one with nobody: it happened all the same.
    """
    told = KIND_NAMED[entry.kind].told(entry)
    if told is None:
        return
    linked = {find(targets, link, entry.path) for link in told.links}
    met = set(filter(None, (find(targets, link, entry.path) for link in told.people)))
    links = frozenset({*filter(None, linked), *met})
    people = [each for each in sorted(met) if each in entries and entries[each].kind == "contact"]
    for person in people or ("",):
        source = Source(entry.path, 1)
        yield Touch(told.day, _kind(told, rules), person, (source,), told.text, links)


def milestones_of(
    facts: Mapping[str, Facts], entries: Mapping[str, Entry[Any]], targets: Targets, today: date
) -> tuple[Milestone, ...]:
    """What some notes as a whole reached by today, by day."""
    found = []
    for path, one in facts.items():
        entry = entries.get(path)
        reached = KIND_NAMED[entry.kind].reached(entry) if entry else None
        if entry is None or reached is None:
            continue
        day = day_reached(reached, [line.day for line in one.log], today)
        linked = {find(targets, link, path) for link in reached.goals}
        if day and day <= today:
            source = Source(path, entry.line("date" if reached.day else "status"))
            found.append(Milestone(day, reached.what, source, frozenset(filter(None, linked))))
    return tuple(sorted(found, key=lambda one: (one.day, one.source)))


def _kind(told: Told, rules: LogRules) -> str:
    return told.kind if told.kind in rules.kinds else "meeting"


def _met_at(
    entry: Entry[Any], entries: Mapping[str, Entry[Any]], targets: Targets, rules: LogRules
) -> Iterator[Touch]:
    """The event a contact was met at is a contact, even if the event does not list the person."""
    link = entry.item.met_at if isinstance(entry.item, Contact) and not entry.item.met else None
    path = find(targets, link, entry.path) if link else None
    event = entries.get(path) if path else None
    told = KIND_NAMED[event.kind].told(event) if event else None
    if told:
        source = Source(entry.path, entry.line("met_at"))
        yield Touch(told.day, _kind(told, rules), entry.path, (source,), told.text)


def _by_hand(
    entries: Mapping[str, Entry[Any]], touches: Iterable[Touch], rules: LogRules, today: date
) -> Iterator[Touch]:
    """What `met` and `last_contact` say, where no line of that day says it better."""
    contacts = {path: entry for path, entry in entries.items() if entry.kind == "contact"}
    mets = {path: entry.item.met for path, entry in contacts.items()}
    lasts = {path: entry.item.last_contact for path, entry in contacts.items()}
    kinds, told_met, told_last = rules.contacts, set(), set()
    for touch in touches:
        if touch.day == mets.get(touch.person) and touch.kind in rules.connection:
            told_met.add(touch.person)
        if touch.day == lasts.get(touch.person) and touch.kind in kinds:
            told_last.add(touch.person)
    for path, entry in contacts.items():
        met, last = mets[path], lasts[path]
        if met and met <= today and path not in told_met:
            yield Touch(met, "met", path, (Source(path, entry.line("met")),))
        if last and last <= today and path not in told_last and last != met:
            yield Touch(last, "", path, (Source(path, entry.line("last_contact")),))
