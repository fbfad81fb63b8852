"""Touches: the contacts with people that the notes tell of, each once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from vaultplan.text.links import Link


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A line of a note; `str()` of it is `path:line`."""

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


@dataclass(frozen=True, slots=True)
class Touch:
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
    same: dict[tuple[date, str, str, Source | None], list[Touch]] = {}
    for touch in touches:
        line = None if touch.person else touch.sources[0]
        same.setdefault((touch.day, touch.person, touch.kind, line), []).append(touch)
    found = (_joined(told) if len(told) > 1 else told[0] for told in same.values())
    return tuple(sorted(found, key=lambda touch: (touch.day, touch.person, touch.sources)))


def _joined(told: list[Touch]) -> Touch:
    def place(touch: Touch) -> tuple[bool, Source]:
        return touch.sources[0].path != touch.person, touch.sources[0]

    told = sorted(told, key=place)
    sources = {source for touch in told for source in touch.sources}
    own = told[0].person
    return replace(
        told[0],
        sources=tuple(sorted(sources, key=lambda source: (source.path != own, source))),
        text=next((touch.text for touch in told if touch.text), ""),
        links=frozenset().union(*(touch.links for touch in told)),
    )
