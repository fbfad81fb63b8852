"""What Obsidian's own settings say that matters here: links, daily notes, templates.

Obsidian owns these files; they are only read, and anything odd in them means its default.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

APP = ".obsidian/app.json"
DAILY = ".obsidian/daily-notes.json"
PERIODIC = ".obsidian/plugins/periodic-notes/data.json"
TEMPLATES = ".obsidian/templates.json"
TEMPLATER = ".obsidian/plugins/templater-obsidian/data.json"
FILES = (APP, DAILY, PERIODIC, TEMPLATES, TEMPLATER)


@dataclass(frozen=True, slots=True)
class Obsidian:
    """The settings of the vault's Obsidian, as far as they are known."""

    markdown_links: bool = False
    link_format: str = "shortest"
    daily_folder: str = ""
    daily_format: str = "YYYY-MM-DD"
    templates: tuple[str, ...] = ()


def read_obsidian(read: Callable[[str], bytes | None]) -> Obsidian:
    """Ask for each file by its path in the vault; `read` gives None for one that is not there."""
    app, daily = _object(read(APP)), _object(read(DAILY))
    periodic = _object(read(PERIODIC)).get("daily")
    if isinstance(periodic, dict) and periodic.get("enabled"):
        daily = periodic
    folders = (
        _text(_object(read(TEMPLATES)), "folder"),
        _text(_object(read(TEMPLATER)), "templates_folder"),
    )
    return Obsidian(
        markdown_links=app.get("useMarkdownLinks") is True,
        link_format=_text(app, "newLinkFormat") or "shortest",
        daily_folder=_text(daily, "folder").strip("/"),
        daily_format=_text(daily, "format") or "YYYY-MM-DD",
        templates=tuple(folder.strip("/") for folder in folders if folder.strip("/")),
    )


def _object(data: bytes | None) -> dict[str, Any]:
    try:
        found = json.loads(data or b"{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""
