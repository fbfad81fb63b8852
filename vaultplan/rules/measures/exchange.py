"""Measures that count what was given and taken."""

from vaultplan.rules.measures.measure import Count, Facts, Measure, count_occasions, count_touches


def _touches(facts: Facts) -> Count:
    return count_touches(facts.contacts)


def _value(facts: Facts) -> Count:
    return count_touches(touch for touch in facts.touches if touch.kind in facts.rules.gave)


def _introductions(facts: Facts) -> Count:
    return count_occasions(touch for touch in facts.touches if touch.kind == "intro")


def _feedback(facts: Facts) -> Count:
    return count_touches(touch for touch in facts.touches if touch.kind == "feedback")


TOUCHES = Measure("touches", "all contacts with people", _touches)
VALUE = Measure("value", "things given, shared and introductions made", _value)
INTRODUCTIONS = Measure("introductions", "introductions made", _introductions)
FEEDBACK = Measure("feedback", "pieces of feedback received", _feedback)
