"""`vaultplan init`: make a folder a vault."""

import uuid
from pathlib import Path

import click
from tzlocal import get_localzone_name

from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import echo_json, say
from vaultplan.cli.shapes import begun_shape
from vaultplan.passes.reading import open_settings, today_of
from vaultplan.passes.starting import start
from vaultplan.problems import WrongUseError


@click.command("init", short_help="Make a folder a vault.")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.pass_obj
def command(door: Door, folder: Path | None, *, as_json: bool) -> int:
    """Write settings, folders, templates for Obsidian and index notes.

    Nothing that is there already is touched: in a vault it adds what is missing.

    Example: vaultplan init ~/Notes
    """
    root = (folder or Path(door.vault or ".")).absolute()
    if not root.is_dir():
        raise WrongUseError(f"{root}: there is no such folder; make it first")
    begun = start(root, str(uuid.uuid4()), _timezone())
    if as_json:
        today = today_of(open_settings(root), place_of(door, root))
        echo_json(begun_shape(begun, today))
        return 0
    for path in begun.made:
        say(door, f"Wrote {path}")
    for path in begun.taken:
        say(door, f"Left out {path}: there is a note of that name elsewhere in the vault")
    for name in begun.by_hand:
        say(
            door,
            f"Left {name} out of `computed`: notes keep it by hand, and it would be overwritten",
        )
    if not begun.made:
        say(door, "Everything is there already")
    say(door, 'Next: `vaultplan new contact "SOMEBODY" cadence="3 months"`, then `vaultplan sync`;')
    say(door, "      `vaultplan assess` and `vaultplan new plan NAME` begin your ninety days")
    return 0


def _timezone() -> str:
    """The machine's zone by its IANA name; empty if it does not tell one."""
    try:
        return get_localzone_name() or ""
    except (LookupError, ValueError, OSError):
        return ""
