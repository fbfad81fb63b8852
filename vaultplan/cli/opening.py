"""Opening the vault that a command is about: its folder, the time, its plan."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from vaultplan.cli.door import Door
from vaultplan.cli.progress import Bar
from vaultplan.cli.screen import screen_of
from vaultplan.disk import state_folder
from vaultplan.passes.outcome import plan_of
from vaultplan.passes.reading import Place, look, open_settings, today_of
from vaultplan.plan import Plan
from vaultplan.problems import NoVaultError
from vaultplan.settings.table import FILE
from vaultplan.when import parse_when


def root_of(door: Door, given: Path | None = None) -> Path:
    """The vault's folder: as given, else the nearest one from here upwards.

    Raises:
        NoVaultError: there is none.
    """
    asked = given or door.vault
    if asked:
        if not asked.is_dir():
            raise NoVaultError(f"{asked}: there is no such folder; name the vault's with -C FOLDER")
        if not (asked / FILE).is_file():
            raise NoVaultError(
                f"{asked}: there is no {FILE} in this folder; `vaultplan init` writes one"
            )
        return asked.absolute()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    raise NoVaultError(
        f"there is no {FILE} here or in a folder above; go into your vault, say which one with "
        "-C FOLDER, or make this folder a vault with `vaultplan init`"
    )


def place_of(door: Door, given: Path | None = None) -> Place:
    """Where and when a pass runs."""
    root = root_of(door, given)
    settings = open_settings(root)
    state = state_folder(str(settings.vault_id or ""), root, os.environ)
    place = Place(root, state, datetime.now().astimezone(), time.sleep, tell=_teller(door))
    if not door.today:
        return place
    return replace(place, today=parse_when(door.today, today_of(settings, place)))


def _teller(door: Door) -> Callable[[int, int], None] | None:
    """Who shows how far reading is: a bar, where somebody at a terminal is to see it."""
    width = screen_of(err=True).width
    running = click.get_current_context(silent=True)
    if door.quiet or width is None or running is None or os.environ.get("TERM") == "dumb":
        return None
    bar = Bar(width)
    running.call_on_close(bar.close)
    return bar.tell


def plan_today(door: Door) -> Plan:
    """The plan of today, for commands that only read, and so need not look twice."""
    return plan_of(look(replace(place_of(door), wait=None)))
