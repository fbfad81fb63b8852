"""`vaultplan undo`: take back the last change."""

import click

from vaultplan.cli.changes import diff_of
from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import describe, echo, echo_json, say, table
from vaultplan.cli.shapes import SCHEMA, problems_shape
from vaultplan.passes.reading import open_settings, today_of
from vaultplan.passes.undoing import Past, Undone, past_changes, undo
from vaultplan.problems import WrongUseError

_DECLINED = 3


@click.command("undo", short_help="Take back what a command or a tick changed.")
@click.argument("number", type=click.IntRange(min=1), default=1)
@click.option("--list", "as_list", is_flag=True, help="Show what can be taken back.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a diff.")
@click.option("--json", "as_json", is_flag=True, help="Print what was taken back as JSON.")
@click.pass_obj
def command(door: Door, number: int, *, as_list: bool, dry_run: bool, as_json: bool) -> int:
    """Take back the last change that a command or a tick made to notes; NUMBER is one of the list.

    What was written since stays. Where the change itself was changed since, it is left alone and
    said. Blocks and the calendar follow with the next `sync`.

    Example: vaultplan undo
    """
    place = place_of(door)
    today = today_of(open_settings(place.root), place).isoformat()
    past = past_changes(place)
    if as_list:
        _list(door, past, today, as_json=as_json)
        return 0
    if number > len(past):
        raise WrongUseError(
            f"there are {len(past)} changes to take back; `vaultplan undo --list` shows them"
            if past
            else "there is nothing to take back"
        )
    one = past[number - 1]
    undone = undo(place, one, dry_run=dry_run)
    if as_json:
        _as_json(one, undone, today, dry_run=dry_run)
    else:
        _print(door, one, undone, dry_run=dry_run)
    return _DECLINED if undone.declined else 0


def _list(door: Door, past: tuple[Past, ...], today: str, *, as_json: bool) -> None:
    if as_json:
        items = [
            {"number": number, "at": one.at.isoformat(), "command": one.label, "paths": one.paths}
            for number, one in enumerate(past, 1)
        ]
        echo_json({"schema": SCHEMA, "today": today, "items": items})
    elif past:
        table(
            ("", "When", "What", "Notes"),
            [
                (
                    str(number),
                    f"{one.at.astimezone():%Y-%m-%d %H:%M}",
                    one.label,
                    ", ".join(one.paths),
                )
                for number, one in enumerate(past, 1)
            ],
        )
    else:
        say(door, "There is nothing to take back")


def _print(door: Door, one: Past, undone: Undone, *, dry_run: bool) -> None:
    for path, change in sorted(undone.changes.items()):
        if dry_run:
            echo(diff_of(path, change))
        else:
            say(door, f"Took back the {one.label} in {path}" if change.after else f"Removed {path}")
    for problem in undone.declined:
        echo(describe(problem), err=True)


def _as_json(one: Past, undone: Undone, today: str, *, dry_run: bool) -> None:
    echo_json(
        {
            "schema": SCHEMA,
            "today": today,
            "command": one.label,
            "at": one.at.isoformat(),
            "dry_run": dry_run,
            "written": [] if dry_run else sorted(undone.changes),
            "changes": {path: diff_of(path, each) for path, each in undone.changes.items()},
            "problems": problems_shape(undone.declined),
        }
    )
