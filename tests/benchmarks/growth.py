"""What a note costs where there are many, by what one costs where there are few."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from .ground import Ground
from .race import Line, Program, timed, verdict
from .races import sync, sync_cold, sync_edited

GROWTH = "growth"
_BOUND = 1.15
_PASSES: dict[str, Program] = {"cold": sync_cold, "unchanged": sync, "one edit": sync_edited}


def growth(grounds: Sequence[Ground], runs: int) -> Iterator[Line]:
    """Each kind of pass, in vaults of growing size in turn; the first round is not counted."""
    for ground in grounds:
        ground.settle()
    costs = {what: _costs(program, grounds, runs) for what, program in _PASSES.items()}
    for (small, few), (large, many) in pairwise(enumerate(grounds)):
        sizes = f"{few.contacts:,} → {many.contacts:,} contacts"
        grown = {what: per[large] / per[small] for what, per in costs.items()}
        for what, figure in grown.items():
            edited = what == "one edit"
            figure_is = figure / grown["unchanged"] if edited else figure
            yield Line(
                GROWTH,
                f"{what}, {sizes}, a note",
                "growth of the unchanged `sync`" if edited else "a note in the smaller vault",
                f"{figure:.2f}" if edited else _micro(costs[what][large]),
                f"{grown['unchanged']:.2f}" if edited else _micro(costs[what][small]),
                f"{figure_is:.2f}",
                f"{_BOUND:g}",
                verdict(figure_is, _BOUND),
            )


def _costs(program: Program, grounds: Sequence[Ground], runs: int) -> list[float]:
    """Seconds a file, the median, for each vault."""
    taken: list[list[float]] = [[] for _ in grounds]
    for _ in range(runs + 1):
        for seconds, ground in zip(taken, grounds, strict=True):
            seconds.append(timed(program(ground)))
    return [
        median(seconds[1:]) / ground.made.files
        for seconds, ground in zip(taken, grounds, strict=True)
    ]


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:.0f} µs"
