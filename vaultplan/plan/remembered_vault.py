"""A vault of which only some notes were read."""

from collections import ChainMap
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from vaultplan.kinds.fields import Entry
from vaultplan.plan.dated import inside
from vaultplan.plan.remembered import PLACE, Lights, Remembered, counts_of
from vaultplan.plan.vault import Vault
from vaultplan.rules.touches import Touch


class RememberedVault(Vault):
    """A vault of which only some notes were read; the other contacts are remembered.

    `others` are the paths of the entries that are no contacts. `known` are all contacts, `fresh`
    the paths of those that were read now, `was` all as they stood before; `besides` is what
    happened with nobody in particular, by day.
    """

    others: Collection[str]
    known: Mapping[str, Remembered]
    was: Mapping[str, Remembered]
    fresh: Collection[str]
    besides: tuple[Touch, ...]
    lights: Lights
    _counted: tuple[date, Sequence[Touch]] | None

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values, _counted=None)

    def __getattr__(self, field: str) -> Any:
        if field != "touches":
            raise AttributeError(field)
        own = (touch for path in self.known for touch in self.lights.read(path).touches)
        self.__dict__["touches"] = tuple(sorted((*self.besides, *own), key=PLACE))
        return self.__dict__["touches"]

    def of_kind(self, kind: str) -> tuple[Entry[Any], ...]:
        """The entries of one kind, by path."""
        if kind == "contact":
            return super().of_kind(kind)
        others = (self.entries[path] for path in self.others)
        return tuple(entry for entry in others if entry.kind == kind)

    @cached_property
    def goals_named(self) -> Mapping[str, tuple[str, ...]]:
        """The paths of the goals that each contact names, by the path of the contact."""
        return {**self.lights.goals, **{path: self.known[path].goals for path in self.fresh}}

    @cached_property
    def first_days(self) -> Mapping[str, date]:
        """The day of the first contact with each person."""
        fresh = {path: self.known[path].first for path in self.fresh}
        days = {path: date.fromordinal(day) for path, day in fresh.items() if day}
        return ChainMap(days, self.lights.first)

    def counted(self, start: date | None, end: date | None) -> Sequence[Touch]:
        """The touches from one day to another, both included, to be counted."""
        first = start or date.min
        if self._counted is None or first < self._counted[0]:
            own = self._own(first)
            self.__dict__["_counted"] = first, sorted((*self.besides, *own), key=PLACE)
        assert self._counted is not None  # noqa: S101  (just made)
        return inside(self._counted[1], start, end)

    def _own(self, since: date) -> list[Touch]:
        """The touches with contacts from a day on; those in hand are as they are now."""
        kept = self.lights.counted(self.was, since)
        kept = [touch for touch in kept if touch.person not in self.fresh]
        return [*kept, *counts_of({path: self.known[path] for path in self.fresh}, since)]
