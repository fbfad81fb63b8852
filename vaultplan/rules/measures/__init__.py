"""The measures; a new one is one file, or one value in a file, and one line here."""

from collections.abc import Collection

from vaultplan.rules.measures.exchange import FEEDBACK, INTRODUCTIONS, TOUCHES, VALUE
from vaultplan.rules.measures.measure import Count, Facts, Measure, count_occasions
from vaultplan.rules.measures.output import ARTICLES, OPPORTUNITIES, TALKS, TRAININGS
from vaultplan.rules.measures.people import NEW_PEOPLE, PEOPLE
from vaultplan.rules.measures.talks import CONVERSATIONS, EVENTS, INTERVIEWS

MEASURES = (
    PEOPLE,
    NEW_PEOPLE,
    TOUCHES,
    CONVERSATIONS,
    INTERVIEWS,
    EVENTS,
    VALUE,
    INTRODUCTIONS,
    FEEDBACK,
    OPPORTUNITIES,
    ARTICLES,
    TALKS,
    TRAININGS,
)
OF_KIND = "kind:"


def measure_named(name: str, kinds: Collection[str]) -> Measure | None:
    """The measure of a name; `kind:coffee` counts the log lines of one kind."""
    word = name.strip().casefold().replace("_", "-").replace(" ", "-")
    if word.startswith(OF_KIND):
        kind = word.removeprefix(OF_KIND).strip("-")
        return _of_kind(kind) if kind in kinds else None
    return next((measure for measure in MEASURES if measure.name == word), None)


def _of_kind(kind: str) -> Measure:
    def count(facts: Facts) -> Count:
        return count_occasions(touch for touch in facts.touches if touch.kind == kind)

    return Measure(OF_KIND + kind, f"log lines of the kind {kind}", count)


__all__ = ["MEASURES", "Count", "Facts", "Measure", "measure_named"]
