"""Words with the way in which they stand out."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Style = Literal["", "late", "today", "faint", "odd", "new", "gone"]


class Styled(NamedTuple):
    """Words in one style."""

    text: str
    style: Style = ""


Line = Sequence[Styled]


def styled(parts: Iterable[str | Styled]) -> list[Styled]:
    """Words with and without style as words with one."""
    return [Styled(part) if isinstance(part, str) else part for part in parts]
