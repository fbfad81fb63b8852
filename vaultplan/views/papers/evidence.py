"""The evidence of one day in words, to stay as it is."""

from collections.abc import Sequence

from vaultplan.kinds.assessment import BLOCK
from vaultplan.plan import Plan
from vaultplan.plan.evidence import evidence_of
from vaultplan.rules.evidence import Dimension, said
from vaultplan.text.escape import inline


def in_words(dimension: Dimension) -> str:
    """All figures of a dimension on one line."""
    return inline("; ".join(map(said, dimension.figures)))


def evidence_lines(plan: Plan) -> Sequence[str]:
    """What the notes of the 90 days up to the plan's day show, a line for each dimension."""
    return [f"- {one.name.capitalize()}: {in_words(one)}" for one in evidence_of(plan)]


def with_evidence(text: str, plan: Plan) -> str:
    """An assessment's note with the evidence of its day, where its template shows today's."""
    heading = f"## What the notes said on {plan.today}"
    return text.replace(BLOCK, "\n".join([heading, "", *evidence_lines(plan)]))
