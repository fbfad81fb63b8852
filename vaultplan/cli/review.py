"""`vaultplan review`: write down how the plan went."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.making import make_note
from vaultplan.passes.reviewing import draft_review


@click.command("review", short_help="Write the review of the plan.")
@click.argument("plan", required=False, default="")
@click.option("--final/--checkpoint", default=None, help="Which one; else the day decides.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the note as a diff.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as JSON.")
@click.pass_obj
def command(door: Door, plan: str, *, final: bool | None, dry_run: bool, as_json: bool) -> int:
    """Write a review: target, actual and evidence, and room for what it taught.

    It is of the current plan, or of the PLAN named. From the plan's last day on it is the final
    one, before that one for the checkpoint. A review is written once; it stays as it is when the
    vault goes on.

    Example: vaultplan review
    """
    hint = "fill in `surprise`, `stop`, `start_habit` and what you have learnt"
    return make_note(
        door,
        lambda sight: draft_review(sight, plan, final=final),
        hint,
        dry_run=dry_run,
        as_json=as_json,
    )
