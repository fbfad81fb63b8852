"""Settings of the calendar feeds."""

from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
from typing import Literal
from uuid import UUID

from vaultplan.problems import WrongUseError
from vaultplan.settings.table import FILE, Table

Variant = Literal["full", "initials", "busy"]


class Category(StrEnum):
    """What an appointment is about; the words of the feed's CATEGORIES and of `include`."""

    FOLLOW_UP = "follow-ups"
    GOAL = "goals"
    CHECKPOINT = "checkpoints"
    EVENT = "events"
    BRAND = "brand"
    OPPORTUNITY = "opportunities"
    BIRTHDAY = "birthdays"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One calendar file, and the vault it is of.

    `path` is where the feed goes, `todo` where its to-dos go ("": nowhere), both relative to the
    vault. `alarms` is the time of day of a reminder (None: none), `completed` keeps what is done,
    `variant` says how much another reader may know, `links` adds the link that opens the note in
    Obsidian. `vault_id` is the random namespace of calendar ids, `vault_name` what such links open,
    `zone` the IANA name of the settings' time zone ("" if they name none).
    """

    vault_id: UUID
    vault_name: str
    zone: str = ""
    path: str = "follow-ups.ics"
    name: str = "Follow-ups"
    include: frozenset[Category] = frozenset(Category)
    alarms: time | None = time(9)
    completed: bool = False
    todo: str = ""
    variant: Variant = "full"
    links: bool = True


def read_feeds(
    first: Table, more: tuple[Table, ...], base: FeedSettings
) -> tuple[FeedSettings, ...]:
    """`[feed]` and every `[[feeds]]`; what they do not say is as in `base`.

    Raises:
        WrongUseError: also if two feeds want the same file.
    """
    feeds = [_read_feed(table, base) for table in (first, *more)]
    paths = [path.casefold() for feed in feeds for path in (feed.path, feed.todo) if path]
    if len(set(paths)) < len(paths):
        double = next(path for path in paths if paths.count(path) > 1)
        raise WrongUseError(f"{FILE}: two calendars want the same file, {double}; change a path")
    return tuple(feeds)


def _read_feed(table: Table, base: FeedSettings) -> FeedSettings:
    path = _inside(table, "path", base.path)
    words = tuple(category.value for category in Category)
    include = table.texts("include")
    if any(word not in words for word in include):
        raise table.fail("include", "words among " + ", ".join(words))
    todo = table.raw("todo")
    feed = replace(
        base,
        path=path,
        name=table.text("name", base.name),
        include=base.include if table.raw("include") is None else frozenset(map(Category, include)),
        alarms=_alarms(table, base.alarms),
        completed=table.flag("completed", default=base.completed),
        todo=path.removesuffix(".ics") + "-tasks.ics"
        if todo is True
        else ""
        if todo in (None, False)
        else _inside(table, "todo", ""),
        variant=table.choice("variant", base.variant, ("full", "initials", "busy")),  # type: ignore[arg-type]
        links=table.flag("links", default=base.links),
    )
    table.done()
    return feed


def _inside(table: Table, key: str, default: str) -> str:
    """A path of an `.ics` file that stays inside the vault and out of hidden folders."""
    path = table.text(key, default)
    parts = path.split("/")
    hidden = any(part.startswith(".") or not part for part in parts)
    if hidden or "\\" in path or ":" in parts[0] or not path.endswith(".ics"):
        raise table.fail(key, "the path of an .ics file inside the vault")
    return path


def _alarms(table: Table, default: time | None) -> time | None:
    value = table.raw("alarms")
    if value is None or value is True:
        return default
    if value is False:
        return None
    try:
        return value if isinstance(value, time) else time.fromisoformat(value)
    except (TypeError, ValueError):
        raise table.fail("alarms", 'true, false or a time of day such as "09:00"') from None
