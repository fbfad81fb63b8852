"""Links between notes: reading them, resolving them as Obsidian does, and writing them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: `target` without heading, block or `.md`, and the text shown, if any."""

    target: str
    display: str = ""
