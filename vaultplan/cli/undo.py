"""`vaultplan undo`: take back the last change."""

from zoneinfo import ZoneInfo

import click

from vaultplan.cli.changes import diff_of
from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import echo_exact, echo_json, echo_problem, say, table
from vaultplan.cli.shapes import SCHEMA, problems_shape
from vaultplan.passes.past import Past, past_changes
from vaultplan.passes.reading import open_settings, today_of
from vaultplan.passes.undoing import Undone, undo

_DECLINED = 3
_SHOWN = 3


@click.command("undo", short_help="Take back what a command or a tick changed.")
@click.argument("number", type=click.IntRange(min=1), default=1)
@click.option("--list", "as_list", is_flag=True, help="Show what can be taken back.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a diff.")
@click.option("--json", "as_json", is_flag=True, help="Print what was taken back as JSON.")
@click.pass_obj
def command(door: Door, number: int, *, as_list: bool, dry_run: bool, as_json: bool) -> int:
    """Take back the last change that a command or a tick made to notes; NUMBER is one of the list.

    What was written since stays. Where the change itself was changed since, it is left alone and
    said. Boxes outside of blocks are opened again; blocks and the calendar follow with the next
    `sync`. What was taken back does not come again by `undo`: give the command, or tick, once more.

    Example: vaultplan undo
    """
    place = place_of(door)
    settings = open_settings(place.root)
    today = today_of(settings, place).isoformat()
    if as_list:
        _list(door, past_changes(place), today, settings.timezone, as_json=as_json)
        return 0
    undone = undo(place, number, dry_run=dry_run)
    if as_json:
        _as_json(undone, today, dry_run=dry_run)
    else:
        _print(door, undone, dry_run=dry_run)
    return _DECLINED if undone.declined else 0


def _list(
    door: Door, past: tuple[Past, ...], today: str, timezone: str | None, *, as_json: bool
) -> None:
    if as_json:
        items = [
            {"number": number, "at": one.at.isoformat(), "command": one.label, "paths": one.paths}
            for number, one in enumerate(past, 1)
        ]
        echo_json({"schema": SCHEMA, "today": today, "items": items})
    elif past:
        zone = ZoneInfo(timezone) if timezone else None
        table(
            ("", "When", "What", "Notes"),
            [
                (
                    str(number),
                    f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}",
                    one.label,
                    ", ".join(one.paths[:_SHOWN])
                    + (f" … and {len(one.paths) - _SHOWN} more" if len(one.paths) > _SHOWN else ""),
                )
                for number, one in enumerate(past, 1)
            ],
        )
    else:
        say(door, "There is nothing to take back")


def _print(door: Door, undone: Undone, *, dry_run: bool) -> None:
    label = undone.past.label
    for path, change in sorted(undone.changes.items()):
        if dry_run:
            echo_exact(diff_of(path, change))
        else:
            say(door, f"Took back the {label} in {path}" if change.after else f"Removed {path}")
    for problem in (*undone.restored, *undone.declined):
        echo_problem(problem, err=True)


def _as_json(undone: Undone, today: str, *, dry_run: bool) -> None:
    echo_json(
        {
            "schema": SCHEMA,
            "today": today,
            "command": undone.past.label,
            "at": undone.past.at.isoformat(),
            "dry_run": dry_run,
            "written": [] if dry_run else sorted(undone.changes),
            "changes": {path: diff_of(path, each) for path, each in undone.changes.items()},
            "problems": problems_shape((*undone.restored, *undone.declined)),
        }
    )
