"""The options that stand before the command."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Door:
    """Which vault, which day, and whether to be quiet."""

    vault: Path | None
    today: str | None
    quiet: bool
