"""Opening the vault that a command is about: its folder, the time, its plan."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultplan.cli.door import Door
from vaultplan.cli.screen import screen_of
from vaultplan.problems import NoVaultError

if TYPE_CHECKING:
    from vaultplan.disk.stamp import Look
    from vaultplan.passes.ranking import Ranking
    from vaultplan.passes.reading import Place
    from vaultplan.passes.report import Report
    from vaultplan.plan import Plan

FILE = "vaultplan.toml"


def root_of(door: Door, given: Path | None = None) -> Path:
    """The vault's folder: as given, else the nearest one from here upwards.

    Raises:
        NoVaultError: there is none.
    """
    asked = given or (Path(door.vault) if door.vault else None)
    if asked:
        if not asked.is_dir():
            raise NoVaultError(f"{asked}: there is no such folder; name the vault's with -C FOLDER")
        if not (asked / FILE).is_file():
            raise NoVaultError(
                f"{asked}: there is no {FILE} in this folder; `vaultplan init` writes one"
            )
        return asked.absolute()
    try:
        here = Path.cwd()
    except FileNotFoundError:
        raise NoVaultError("the current folder is gone; go into your vault") from None
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    raise NoVaultError(
        f"there is no {FILE} here or in a folder above; go into your vault, say which one with "
        "-C FOLDER, or make this folder a vault with `vaultplan init`"
    )


def place_of(door: Door, given: Path | None = None) -> "Place":
    """Where and when a pass runs."""
    from dataclasses import replace  # noqa: PLC0415  (a run that remembers needs none)

    from vaultplan.disk.state import state_folder  # noqa: PLC0415
    from vaultplan.passes.reading import Place, open_settings, today_of  # noqa: PLC0415
    from vaultplan.when import parse_when  # noqa: PLC0415

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
    from vaultplan.cli.progress import Bar  # noqa: PLC0415  (only where it may be seen)

    bar = Bar(width)
    running.call_on_close(bar.close)
    return bar.tell


def remembered(door: Door, given: Path | None = None) -> "tuple[Report | None, Look | None]":
    """What a pass would report if nothing has changed since the last one; None if it must look.

    How the notes look is told too, if it was looked at.
    """
    from vaultplan.passes.memory import REPORT, recall  # noqa: PLC0415  (not for the Tab key)
    from vaultplan.passes.report import report_from  # noqa: PLC0415

    now = datetime.now().astimezone()
    found, seen = recall(root_of(door, given), os.environ, now, door.today, REPORT)
    return (report_from(found) if found else None), seen


def ranking_today(door: Door) -> "Ranking":
    """What to do today: as a pass remembered it if nothing has changed since."""
    from vaultplan.passes.memory import RANKING, recall  # noqa: PLC0415  (not for the Tab key)
    from vaultplan.passes.ranking import ranking_from  # noqa: PLC0415

    now = datetime.now().astimezone()
    found, _ = recall(root_of(door), os.environ, now, door.today, RANKING)
    if found:
        return ranking_from(found)
    from vaultplan.passes.due import ranking_of  # noqa: PLC0415  (a run that remembers needs none)

    return ranking_of(plan_today(door))


def plan_today(door: Door) -> "Plan":
    """The plan of today, for commands that only read, and so need not look twice."""
    from dataclasses import replace  # noqa: PLC0415  (a run that remembers needs none)

    from vaultplan.passes.outcome import plan_of  # noqa: PLC0415
    from vaultplan.passes.reading import look  # noqa: PLC0415

    return plan_of(look(replace(place_of(door), wait=None)))
