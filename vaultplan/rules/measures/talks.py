"""Measures that count conversations; one with several people is one occasion."""

from collections.abc import Callable

from vaultplan.rules.measures.measure import Count, Facts, Measure, count_occasions


def _of(*kinds: str) -> Callable[[Facts], Count]:
    def count(facts: Facts) -> Count:
        return count_occasions(touch for touch in facts.touches if touch.kind in kinds)

    return count


CONVERSATIONS = Measure(
    "conversations",
    "calls, coffees, meetings and interviews",
    _of("call", "coffee", "meeting", "interview"),
)
INTERVIEWS = Measure("interviews", "interviews", _of("interview"))
EVENTS = Measure("events", "events attended", _of("event"))
