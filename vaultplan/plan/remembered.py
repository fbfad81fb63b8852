"""Contacts as they were found when their notes were last read, in plain values that can be kept.

A remembered contact shows what most views ask for without its note; whatever else is asked of it
is read from its note again. So each view works the same, whether a contact was just read or not.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.plan.dated import inside
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
    parts: dict[str, Any]


def remember(
    person: Person, touches: Iterable[Touch], vault: Vault, turns: date | None
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
        parts=person.parts,
    )


class Lights:
    """All remembered contacts by path, and how to read one of them again."""

    def __init__(self, known: Mapping[str, Remembered], settings: Settings) -> None:
        self.settings = settings
        self.again: Again | None = None
        self.people = {path: RememberedPerson(path, one, self) for path, one in known.items()}

    def read(self, path: str) -> Anew:
        """A contact as its note says now."""
        assert self.again is not None  # noqa: S101  (set before anybody can ask)
        return self.again(path)

    def renew(self, known: Mapping[str, Remembered], paths: Iterable[str]) -> None:
        """Remember some contacts otherwise."""
        for path in paths:
            self.people[path] = RememberedPerson(path, known[path], self)


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


class RememberedVault(Vault):
    """A vault of which only some notes were read; the other contacts are remembered.

    `known` are all contacts, `besides` what happened with nobody in particular, by day.
    """

    known: Mapping[str, Remembered]
    besides: tuple[Touch, ...]
    again: Again
    _counted: tuple[date | None, Sequence[Touch]]

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values, _counted=(None, ()))

    def __getattr__(self, field: str) -> Any:
        if field != "touches":
            raise AttributeError(field)
        own = (touch for path in self.known for touch in self.again(path).touches)
        self.__dict__["touches"] = tuple(sorted((*self.besides, *own), key=_PLACE))
        return self.__dict__["touches"]

    @cached_property
    def goals_named(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the goals that each contact names, by the path of the contact."""
        return {path: one.goals for path, one in self.known.items() if one.goals}

    @cached_property
    def first_days(self) -> Mapping[str, date]:
        """The day of the first contact with each person."""
        return {path: date.fromordinal(one.first) for path, one in self.known.items() if one.first}

    def counted(self, start: date | None, end: date | None) -> Sequence[Touch]:
        """The touches from one day to another, both included, to be counted."""
        since, touches = self._counted
        if since is None or (start or date.min) < since:
            since = start or date.min
            touches = self._since(since)
            self.__dict__["_counted"] = since, touches
        return inside(touches, start, end)

    def _since(self, day: date) -> list[Touch]:
        first = day.toordinal()
        found = [touch for touch in self.besides if touch.day >= day]
        for path, one in self.known.items():
            if one.touches and one.touches[-1][0] >= first:
                found += [count_from(path, plain) for plain in one.touches if plain[0] >= first]
        found.sort(key=_PLACE)
        return found


_PLACE = attrgetter("day", "person")
