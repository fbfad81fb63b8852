"""`vaultplan.toml` as typed values: every key is optional, a slip is one clear message."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from vaultplan.problems import WrongUseError
from vaultplan.settings.feeds import FeedSettings, read_feeds
from vaultplan.settings.follow import (
    DEFAULT_STEPS,
    Cadences,
    LogRules,
    NextRules,
    StepRule,
    kinds_of,
    read_cadences,
    read_log_rules,
    read_next_rules,
    read_steps,
)
from vaultplan.settings.table import FILE, Table

_NO_ID = UUID(int=0)
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*s?", re.ASCII)
COMPUTED = ("last_contact", "next_follow_up", "follow_up_state", "progress")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a vault marks the notes of one kind, and its own names for the kind's fields."""

    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DailyNotes:
    """Where daily notes are; None: as Obsidian's own settings say."""

    folder: str | None = None
    format: str | None = None
    enabled: bool = True
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything `vaultplan.toml` can say; see `docs/settings.md` for each key."""

    vault_id: UUID | None = None
    vault_name: str = ""
    writer: str = ""
    today: date | None = None
    timezone: str = ""
    computed: frozenset[str] = frozenset()
    home: str = "."
    links: frozenset[str] = frozenset()
    ignore: tuple[str, ...] = ()
    settle: float = 10.0
    kinds: Mapping[str, Habits] = field(default_factory=dict)
    cadence: Cadences = field(default_factory=Cadences)
    steps: tuple[StepRule, ...] = DEFAULT_STEPS
    log: LogRules = field(default_factory=LogRules)
    daily_notes: DailyNotes = field(default_factory=DailyNotes)
    next: NextRules = field(default_factory=NextRules)
    feeds: tuple[FeedSettings, ...] = ()


def read_settings(data: bytes) -> Settings:
    """Read the bytes of `vaultplan.toml`.

    Raises:
        WrongUseError: not UTF-8, not TOML, an unknown key, or a value of the wrong type.
    """
    try:
        parsed = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise WrongUseError(f"{FILE} is not UTF-8; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:  # also a number of thousands of digits
        raise WrongUseError(f"{FILE} is not valid TOML: {error}; mend it there") from None
    table = Table(parsed)
    steps = read_steps(table.tables("steps"))
    vault_id, zone = _vault_id(table), _timezone(table)
    name = table.text("vault_name")
    settings = Settings(
        vault_id=vault_id,
        vault_name=name,
        writer=table.text("writer"),
        today=table.day("today"),
        timezone=zone,
        computed=_computed(table),
        home=_folder(table, "home", "."),
        links=_links(table),
        ignore=table.texts("ignore"),
        settle=_seconds(table, "settle", 10.0),
        kinds=_kinds(table.table("kinds")),
        cadence=read_cadences(table.table("cadence")),
        steps=steps,
        log=read_log_rules(table.table("log"), kinds_of(steps)),
        daily_notes=_daily_notes(table.table("daily_notes")),
        next=read_next_rules(table.table("next")),
        feeds=_feeds(table, FeedSettings(vault_id=vault_id or _NO_ID, vault_name=name, zone=zone)),
    )
    for later in ("serve", "publish"):
        table.table(later)
    table.done()
    return settings


def _feeds(table: Table, base: FeedSettings) -> tuple[FeedSettings, ...]:
    """The feeds, read at any rate for what is wrong in them; none without a `vault_id`."""
    feeds = read_feeds(table.table("feed"), table.tables("feeds"), base)
    return () if base.vault_id == _NO_ID else feeds


def _vault_id(table: Table) -> UUID | None:
    text = table.text("vault_id")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise table.fail("vault_id", "a UUID, as `vaultplan init` writes it") from None


def _timezone(table: Table) -> str:
    name = table.text("timezone")
    try:
        if name:
            ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise table.fail("timezone", 'a time zone such as "Europe/Stockholm"') from None
    return name


def _computed(table: Table) -> frozenset[str]:
    words = table.texts("computed")
    if not set(words) <= set(COMPUTED):
        raise table.fail("computed", "words among " + ", ".join(COMPUTED))
    return frozenset(words)


def _folder(table: Table, key: str, default: str) -> str:
    path = table.text(key, default).strip("/") or "."
    if ".." in path.split("/") or "\\" in path:
        raise table.fail(key, "a folder inside the vault")
    return path


def _links(table: Table) -> frozenset[str]:
    words = frozenset(table.text("links", "auto").split())
    if not words <= {"auto", "wiki", "markdown", "shortest", "full"}:
        raise table.fail("links", '"auto", or "wiki" or "markdown" with "shortest" or "full"')
    if {"wiki", "markdown"} <= words or {"shortest", "full"} <= words:
        raise table.fail("links", "one of wiki and markdown, one of shortest and full")
    return words - {"auto"}


def _seconds(table: Table, key: str, default: float) -> float:
    value = table.raw(key)
    if isinstance(value, str):
        match = _SECONDS.fullmatch(value)
        if not match:
            raise table.fail(key, 'seconds such as "10s"')
        return float(match[1])
    return table.number(key, default)


def _kinds(table: Table) -> dict[str, Habits]:
    found = {}
    for name in table.names():
        kind = table.table(name)
        keys = kind.table("keys")
        found[name] = Habits(
            types=kind.texts("types"),
            tags=kind.texts("tags"),
            categories=kind.texts("categories"),
            folders=tuple(folder.strip("/") for folder in kind.texts("folders")),
            keys={key: keys.texts(key) for key in keys.names()},
        )
        kind.done()
    return found


def _daily_notes(table: Table) -> DailyNotes:
    folder = table.raw("folder")
    found = DailyNotes(
        folder=None if folder is None else _folder(table, "folder", "."),
        format=table.text("format") or None,
        enabled=table.flag("enabled", default=True),
        mentions=table.flag("mentions", default=False),
    )
    table.done()
    return found
