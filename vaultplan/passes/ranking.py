"""What to do on a day, ranked, as plain values that can be remembered."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from vaultplan.passes.report import Due, plain_due


class Suggestion(NamedTuple):
    """A step with what its rank is the sum of, by name; `stays`: no limit cuts it."""

    due: Due
    stays: bool
    parts: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """The rank."""
        return sum(value for _, value in self.parts)


class Ranking(NamedTuple):
    """What to do on a day, the most pressing first, however many and whenever it is due.

    `limit` is how many to show where nobody says; `tracked` as in a `Report`.
    """

    today: str
    limit: int
    tracked: str
    items: tuple[Suggestion, ...]


def plain_ranking(ranking: Ranking) -> tuple[Any, ...]:
    """A ranking as values that any format can hold."""
    items = [(plain_due(one.due), one.stays, one.parts) for one in ranking.items]
    return (*ranking[:-1], items)


def ranking_from(plain: tuple[Any, ...]) -> Ranking:
    """The ranking that was remembered."""
    today, limit, tracked, items = plain
    found = tuple(Suggestion(Due(*due), stays, parts) for due, stays, parts in items)
    return Ranking(today, limit, tracked, found)


def first_of(items: Iterable[Suggestion], until: str, limit: int) -> tuple[Suggestion, ...]:
    """What to do by a day, at most `limit`; thank-yous are never cut."""
    due = [one for one in items if one.due.due and one.due.due <= until]
    return (*due[:limit], *(one for one in due[limit:] if one.stays))
