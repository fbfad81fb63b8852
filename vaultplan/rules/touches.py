"""Touches: the contacts with people that the notes tell of, each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from vaultplan.text.links import Link


class Source(NamedTuple):
    """A line of a note; `str()` of it is `path:line`.

    A named tuple, as is a touch: a large vault makes some hundred thousand of each, and sorts them.
    """

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Told:
    """What a note as a whole tells happened: a kind of contact with some people on a day.

    `links` are the other notes it names, such as the goals it serves.
    """

    day: date
    kind: str
    people: tuple[Link, ...]
    text: str
    links: tuple[Link, ...] = ()


class Touch(NamedTuple):
    """One contact with one person: `person` is the path of the person's note.

    An activity, such as a talk given, is told the same way, with no person ("").
    `sources` are all the lines that tell of it; `links` the paths of the notes they link.
    """

    day: date
    kind: str
    person: str
    sources: tuple[Source, ...]
    text: str = ""
    links: frozenset[str] = frozenset()


def merge(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Make one touch of all that tell the same: person, day and kind; sorted by day.

    The person's own note comes first among the sources, and its words are the touch's text.
    Activities with nobody in particular have only their line in common with themselves.
    """
    # Two sorts of one key each are much sooner done than one of three.
    ordered = sorted(sorted(touches, key=attrgetter("person")), key=attrgetter("day"))
    found: list[Touch] = []
    for _, group in groupby(ordered, attrgetter("day", "person")):
        told = list(group)
        found += told if len(told) == 1 else _merged(told)
    return tuple(found)


def _merged(touches: Iterable[Touch]) -> list[Touch]:
    """The same for the touches of one day with one person, or with nobody."""
    same: dict[tuple[str, Source | None], list[Touch]] = {}
    for touch in touches:
        line = None if touch.person else touch.sources[0]
        same.setdefault((touch.kind, line), []).append(touch)
    found = (_joined(told) if len(told) > 1 else told[0] for told in same.values())
    return sorted(found, key=attrgetter("sources"))


def _joined(told: list[Touch]) -> Touch:
    def place(touch: Touch) -> tuple[bool, Source]:
        return touch.sources[0].path != touch.person, touch.sources[0]

    told = sorted(told, key=place)
    sources = {source for touch in told for source in touch.sources}
    own = told[0].person
    return told[0]._replace(
        sources=tuple(sorted(sources, key=lambda source: (source.path != own, source))),
        text=next((touch.text for touch in told if touch.text), ""),
        links=frozenset().union(*(touch.links for touch in told)),
    )
