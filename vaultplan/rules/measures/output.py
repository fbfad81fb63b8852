"""Measures that count what came of it: opportunities opened, and what others can read or hear."""

from collections.abc import Callable

from vaultplan.rules.measures.measure import Count, Facts, Measure
from vaultplan.rules.milestones import ARTICLE, OPPORTUNITY, TALK, TRAINING


def _of(what: str) -> Callable[[Facts], Count]:
    def count(facts: Facts) -> Count:
        evidence = tuple(one.source for one in facts.milestones if one.what == what)
        return Count(len(evidence), evidence)

    return count


OPPORTUNITIES = Measure("opportunities", "opportunities opened", _of(OPPORTUNITY))
ARTICLES = Measure("articles", "articles published", _of(ARTICLE))
TALKS = Measure("talks", "talks given", _of(TALK))
TRAININGS = Measure("training", "trainings done", _of(TRAINING))
