"""`vaultplan plan next`: begin the next plan."""

import secrets

import click

from vaultplan.cli.door import Door
from vaultplan.cli.making import make_note
from vaultplan.passes.making import Draft
from vaultplan.passes.reading import Sight
from vaultplan.passes.reviewing import draft_next
from vaultplan.when import parse_when


@click.group("plan", short_help="Begin the next plan.")
def command() -> None:
    """What follows the current plan.

    Example: vaultplan plan next
    """


@command.command("next", short_help="Make the note of the next plan.")
@click.argument("name", required=False, default="")
@click.option("--start", metavar="DATE", help="Its first day; else the day after the plan before.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the note as a diff.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_obj
def following(door: Door, name: str, start: str | None, *, dry_run: bool, as_json: bool) -> int:
    """Make the next plan's note, called NAME, from the current one.

    It takes over what was agreed (objectives, strategies, numbers), the goals not reached, the
    people to go on with, and what the review says to stop and to start. No other note is changed.

    Example: vaultplan plan next "Winter 2027" --start 2027-01-04
    """
    hint = "look at its goals, objectives and people before you begin"

    def draft(sight: Sight) -> Draft:
        first = parse_when(start, sight.today) if start else None
        return draft_next(sight, name, first, secrets.choice)

    return make_note(door, draft, hint, dry_run=dry_run, as_json=as_json)
