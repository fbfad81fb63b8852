"""Two programs in turn, and the line of the table that comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from .ground import Command, Ground

Program = Callable[[Ground], Command]
"""Prepares the ground, which is not measured, and tells what is then run, which is."""


@dataclass(frozen=True, slots=True)
class Race:
    """What is measured against what, and how many times as long it may take.

    `often` times as many runs are counted where both are short, and so at the mercy of the machine.
    """

    name: str
    what: str
    floor_is: str
    bound: float
    ours: Program
    floor: Program
    often: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what was measured, in words, and whether that is within its bound."""

    name: str
    what: str
    floor_is: str
    ours: str
    floor: str
    figure: str
    bound: str
    verdict: str


def run(race: Race, ground: Ground, runs: int) -> Line:
    """Run ours and the floor in turn; the first round warms up and is not counted."""
    ground.settle()
    ours, floor = [], []
    for _ in range(runs * race.often + 1):
        ours.append(timed(race.ours(ground)))
        floor.append(timed(race.floor(ground)))
    del ours[0], floor[0]
    ratio = median(ours) / median(floor)
    each = [one / other for one, other in zip(ours, floor, strict=True)]
    return Line(
        race.name,
        race.what,
        race.floor_is,
        f"{median(ours):.3f} s",
        f"{median(floor):.3f} s",
        f"{ratio:.2f} ({min(each):.2f}–{max(each):.2f})",
        f"{race.bound:g}",
        verdict(ratio, race.bound),
    )


def timed(command: Command) -> float:
    """How many seconds a program takes from its start to its end."""
    start = perf_counter()
    command.run()
    return perf_counter() - start


def verdict(figure: float, bound: float) -> str:
    """Whether a figure is within its bound, in a word."""
    return "holds" if figure <= bound else "**misses**"
