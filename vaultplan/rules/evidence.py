"""The evidence beside a self-assessment: what the notes show of each of its dimensions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor, fsum, log

from vaultplan.rules.touches import Source

ENOUGH = 5
RATE_DAYS = 30
_SHOWN = 3


class Form(StrEnum):
    """What kind of number a figure is.

    Evenness is of all its counts, from 0 to 1; a share is the first of its counts, from 0 to 1, of
    the sum of them; a rate is per 30 days.
    """

    EVENNESS = "evenness"
    SHARE = "share"
    NUMBER = "number"
    DAYS = "days"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, the counts behind it and the lines they come from.

    `value` is None if there are too few data points to say anything.
    """

    name: str
    value: float | None
    form: Form
    counts: tuple[tuple[str, int], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the dimensions of the self-assessment, with all that was counted for it."""

    name: str
    figures: tuple[Figure, ...]


def evenness(numbers: Collection[int]) -> float | None:
    """How evenly things spread over the categories that occur: 0 (all in one) to 1 (alike).

    It is Shannon's entropy divided by the most it could be, the logarithm of the number of
    categories (Pielou's evenness).
    """
    total = sum(numbers)
    if total < ENOUGH:
        return None
    parts = [number / total for number in numbers if number]
    if len(parts) == 1:
        return 0.0
    return min(-fsum(part * log(part) for part in parts) / log(len(parts)), 1.0)


def share(part: int, whole: int) -> float | None:
    """A part of a whole, both counted, from 0 to 1."""
    return part / whole if whole >= ENOUGH else None


def middle(days: Sequence[int]) -> float | None:
    """The median of numbers of days."""
    from statistics import median  # noqa: PLC0415  (it comes with fractions, decimals and chance)

    return float(median(days)) if len(days) >= ENOUGH else None


def rate(number: int, days: int, points: int) -> float | None:
    """How many per 30 days, from a number in `days` days; `points` are the data points of it."""
    return number * RATE_DAYS / days if points >= ENOUGH else None


def said(figure: Figure) -> str:
    """A figure in words: `weak ties 60 % (6 of 10)`; names of categories stand as in the notes."""
    if figure.value is None:
        return f"{figure.name}: not enough to say ({_counted(figure)})"
    if figure.form is Form.SHARE:
        return f"{figure.name} {floor(100 * figure.value + 0.5)} % ({_counted(figure)})"
    if figure.form is Form.EVENNESS:
        return f"{figure.name} {_short(figure.value, 2)} of 1 ({_first(figure.counts)})"
    if figure.form is Form.DAYS:
        unit = "day" if figure.value == 1 else "days"
        return f"{figure.name} {_short(figure.value, 1)} {unit}"
    if figure.form is Form.RATE:
        return f"{figure.name} {_short(figure.value, 1)} per {RATE_DAYS} days"
    return f"{figure.name} {_short(figure.value, 2)}"


def _first(counts: Sequence[tuple[str, int]]) -> str:
    """The largest of some counts, and how many others there are."""
    shown = [f"{name} {number}" for name, number in counts[:_SHOWN]]
    left = len(counts) - _SHOWN
    others = [f"{left} {'other' if left == 1 else 'others'}"] if left > 0 else []
    return ", ".join([*shown, *others])


def _counted(figure: Figure) -> str:
    if figure.form is Form.SHARE:
        return f"{figure.counts[0][1]} of {sum(number for _, number in figure.counts)}"
    return ", ".join(f"{name} {number}" for name, number in figure.counts) or "none"


def _short(value: float, decimals: int) -> str:
    """A number with so many decimals at most."""
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
