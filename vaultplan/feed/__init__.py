"""The calendar feed: appointments in, RFC 5545 and 7986 out."""

from vaultplan.feed.build import Maker, build_feed, build_todo_feed
from vaultplan.feed.items import component, todo

__all__ = [
    "Maker",
    "build_feed",
    "build_todo_feed",
    "component",
    "todo",
]
