"""Contacts as they were found when their notes were last read, in plain values that can be kept.

A remembered contact shows what most views ask for without its note; whatever else is asked of it
is read from its note again. So each view works the same, whether a contact was just read or not.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.plan.people import Person
from vaultplan.plan.plainly import (
    Plain,
    count_from,
    plain_count,
    plain_day,
    plain_todo,
    plain_touch,
    todo_from,
    touch_from,
)
from vaultplan.plan.vault import Vault, goals_named_by
from vaultplan.rules.touches import Touch
from vaultplan.settings import Settings


class Anew(NamedTuple):
    """A contact read from its note once more, and all touches with it."""

    person: Person
    touches: tuple[Touch, ...]


Again = Callable[[str], Anew]
"""Reads the contact at a path from its note once more."""


class Remembered(NamedTuple):
    """One contact in plain values; days are ordinals, 0 for none.

    `touches` are all there are with the contact, by day, each with its day, kind, lines and the
    goals it links; `first` and `last` those that are contacts. `goals` are the paths of those the
    contact names. On the day `turns` it may stand otherwise, though nobody wrote anything.
    """

    name: str
    id: str
    aliases: tuple[str, ...]
    organisation: str
    tracked: str
    silent: str
    status: str
    is_key: bool
    numbers: tuple[int, int, int]
    first: int
    last: Plain | None
    todos: tuple[Plain, ...]
    touches: tuple[Plain, ...]
    goals: tuple[str, ...]
    has_blocks: bool
    turns: int
    met_at: str
    parts: dict[str, Any]


def remember(
    person: Person, touches: Iterable[Touch], vault: Vault, turns: date | None, met_at: str
) -> Remembered:
    """What is worth keeping of a contact; `touches` are all of the vault with it."""
    entry = person.entry
    return Remembered(
        name=entry.name,
        id=entry.common.id,
        aliases=entry.common.aliases,
        organisation=entry.item.organisation,
        tracked=person.tracked,
        silent=person.silent,
        status=person.status,
        is_key=person.key,
        numbers=(person.given, person.received, person.asked),
        first=person.touches[0].day.toordinal() if person.touches else 0,
        last=plain_touch(person.last) if person.last else None,
        todos=tuple(plain_todo(todo) for todo in person.todos),
        touches=tuple(plain_count(touch, vault) for touch in touches),
        goals=goals_named_by(entry, vault) if entry.item.goals else (),
        has_blocks=bool(vault.facts[person.path].blocks),
        turns=plain_day(turns),
        met_at=met_at,
        parts=person.parts,
    )


class Lights:
    """All remembered contacts, ready to be shown, and how to read one of them again.

    `people`, `entries`, the `goals` each names and the day of the `first` contact are by path; of
    `entries` those of other kinds are the notes' own.
    """

    def __init__(
        self, known: Mapping[str, Remembered], others: Mapping[str, Entry[Any]], settings: Settings
    ) -> None:
        self.settings = settings
        self.again: Again | None = None
        self._opened: set[str] = set()
        self.people = {path: RememberedPerson(path, one, self) for path, one in known.items()}
        entries = {path: person.entry for path, person in self.people.items()}
        self.entries: dict[str, Entry[Any]] = dict(sorted({**entries, **others}.items()))
        self.goals = {path: one.goals for path, one in known.items() if one.goals}
        self.first = {path: date.fromordinal(one.first) for path, one in known.items() if one.first}
        self._since: date | None = None
        self._counted: list[Touch] = []

    def read(self, path: str) -> Anew:
        """A contact as its note says now."""
        assert self.again is not None  # noqa: S101  (set before anybody can ask)
        self._opened.add(path)
        return self.again(path)

    def renew(self, known: Mapping[str, Remembered], paths: Collection[str]) -> None:
        """Remember some contacts otherwise, and forget what was read again of any."""
        for path in {*paths, *self._opened}:
            person = self.people[path] = RememberedPerson(path, known[path], self)
            self.entries[path] = person.entry
            self.goals[path] = known[path].goals
            self.first.pop(path, None)
            if known[path].first:
                self.first[path] = date.fromordinal(known[path].first)
        self._opened.clear()
        if self._since:
            kept = [touch for touch in self._counted if touch.person not in paths]
            new = counts_of({path: known[path] for path in paths}, self._since)
            self._counted = sorted((*kept, *new), key=PLACE)

    def counted(self, known: Mapping[str, Remembered], since: date) -> list[Touch]:
        """The touches with contacts from a day on, to be counted, by day and contact."""
        if self._since is None or since < self._since:
            self._since, self._counted = since, sorted(counts_of(known, since), key=PLACE)
        return self._counted


def counts_of(known: Mapping[str, Remembered], since: date) -> Iterator[Touch]:
    """The touches with some contacts from a day on, to be counted."""
    first = since.toordinal()
    for path, one in known.items():
        if one.touches and one.touches[-1][0] >= first:
            yield from (count_from(path, plain) for plain in one.touches if plain[0] >= first)


PLACE = attrgetter("day", "person")
"""The order of touches."""


class RememberedEntry(Entry[Contact]):
    """The entry of a remembered contact: by name and path; its fields are read when asked for."""

    def __init__(self, path: str, known: Remembered, lights: Lights) -> None:
        self.__dict__.update(kind="contact", path=path, name=known.name, _id=known.id, _all=lights)

    def __getattr__(self, field: str) -> Any:
        if field not in ("mark", "common", "item", "written"):
            raise AttributeError(field)
        entry = self._all.read(self.path).person.entry
        self.__dict__.update(
            mark=entry.mark, common=entry.common, item=entry.item, written=entry.written
        )
        return self.__dict__[field]

    @property
    def key(self) -> str:
        """What the note is known by, over edits and, with an id, over renames."""
        return self._id or self.path


class RememberedPerson(Person):
    """A remembered contact; all contacts with it, and its case, are read when asked for."""

    def __init__(self, path: str, known: Remembered, lights: Lights) -> None:
        given, received, asked = known.numbers
        self.__dict__.update(
            entry=RememberedEntry(path, known, lights),
            tracked=known.tracked,
            silent=known.silent,
            status=known.status,
            given=given,
            received=received,
            asked=asked,
            parts=known.parts,
            known=known,
            _all=lights,
        )
        if not known.todos:
            self.__dict__["todos"] = ()

    def __getattr__(self, field: str) -> Any:
        if field == "todos":
            rules = self._all.settings
            self.__dict__["todos"] = tuple(
                todo_from(self.path, self.name, plain, rules) for plain in self.known.todos
            )
        elif field in ("touches", "case"):
            person = self._all.read(self.path).person
            self.__dict__.update(touches=person.touches, case=person.case)
        else:
            raise AttributeError(field)
        return self.__dict__[field]

    @property
    def key(self) -> bool:
        """Whether it is one of the plan's key people."""
        return bool(self.known.is_key)

    @property
    def last(self) -> Touch | None:
        """The newest contact."""
        return touch_from(self.known.last) if self.known.last else None
