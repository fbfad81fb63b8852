"""The options that stand before the command."""

from typing import NamedTuple


class Door(NamedTuple):
    """Which vault, which day, and whether to be quiet."""

    vault: str | None
    today: str | None
    quiet: bool
