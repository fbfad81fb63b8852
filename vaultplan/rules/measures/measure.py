"""What a measure is: a name, and a count with the lines it was counted from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vaultplan.rules.milestones import Milestone
from vaultplan.rules.touches import Source, Touch
from vaultplan.settings.follow import LogRules


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be counted: touches and activities inside the window, linked to what counts them.

    `first` is the day of the first contact with each person, in or before the window;
    `milestones` are those inside it.
    """

    touches: Sequence[Touch]
    first: Mapping[str, date]
    rules: LogRules
    milestones: Sequence[Milestone] = ()

    @property
    def contacts(self) -> Iterator[Touch]:
        """The touches that are contacts with a person."""
        kinds = self.rules.contacts
        return (touch for touch in self.touches if touch.person and touch.kind in kinds)


@dataclass(frozen=True, slots=True)
class Count:
    """A number and its evidence, one line for each thing counted."""

    number: int
    evidence: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that goals and objectives count."""

    name: str
    doc: str
    count: Callable[[Facts], Count]


def count_touches(touches: Iterable[Touch]) -> Count:
    """Each touch once."""
    evidence = tuple(touch.sources[0] for touch in touches)
    return Count(len(evidence), evidence)


def count_people(touches: Iterable[Touch]) -> Count:
    """Each person once, by the first touch."""
    first: dict[str, Source] = {}
    for touch in touches:
        first.setdefault(touch.person, touch.sources[0])
    return Count(len(first), tuple(first.values()))


def count_occasions(touches: Iterable[Touch]) -> Count:
    """Each occasion once: touches that one line tells of together are one occasion."""
    leader: dict[Source, Source] = {}
    for touch in touches:
        leaders = {_leader(leader, source) for source in touch.sources}
        first = min(leaders)
        leader.update(dict.fromkeys((*leaders, *touch.sources), first))
    evidence = tuple(sorted(source for source, first in leader.items() if source == first))
    return Count(len(evidence), evidence)


def _leader(leader: dict[Source, Source], source: Source) -> Source:
    """The first line of the occasion that a line belongs to, itself if it is new."""
    while (above := leader.setdefault(source, source)) != source:
        source = above
    return source
