"""`vaultplan review`: write down how the plan went."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.making import make_note
from vaultplan.passes.reviewing import draft_review


@click.command("review", short_help="Write the review of the plan.")
@click.option("--final/--checkpoint", default=None, help="Which one; else the day decides.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the note.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_obj
def command(door: Door, *, final: bool | None, dry_run: bool, as_json: bool) -> int:
    """Write a review of the current plan: target, actual, evidence, and room for what it taught.

    From the plan's last day on it is the final one, before that one for the checkpoint. A review is
    written once; it stays as it is when the vault goes on.

    Example: vaultplan review
    """
    hint = "fill in `surprise`, `stop`, `start_habit` and what you have learnt"
    return make_note(
        door, lambda sight: draft_review(sight, final=final), hint, dry_run=dry_run, as_json=as_json
    )
