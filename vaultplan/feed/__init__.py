"""The calendar feed: appointments in, RFC 5545 and 7986 out."""

from vaultplan.feed.build import (
    EVENTS,
    TO_DOS,
    Part,
    Sort,
    build_feed,
    build_todo_feed,
    join_parts,
    next_turn,
    parts_of,
    zones_of,
)
from vaultplan.feed.items import component, todo

__all__ = [
    "EVENTS",
    "TO_DOS",
    "Part",
    "Sort",
    "build_feed",
    "build_todo_feed",
    "component",
    "join_parts",
    "next_turn",
    "parts_of",
    "todo",
    "zones_of",
]
