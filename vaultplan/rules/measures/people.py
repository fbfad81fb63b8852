"""Measures that count people."""

from vaultplan.rules.measures.measure import Count, Facts, Measure, count_people


def _people(facts: Facts) -> Count:
    return count_people(facts.contacts)


def _new_people(facts: Facts) -> Count:
    return count_people(
        touch for touch in facts.contacts if facts.first.get(touch.person) == touch.day
    )


PEOPLE = Measure("people", "different people you were in contact with", _people)
NEW_PEOPLE = Measure("new-people", "people you were first in contact with", _new_people)
