"""`vaultplan pause`: ask for nothing until further notice."""

from typing import TYPE_CHECKING

import click

from vaultplan.cli.changes import change_people, changing
from vaultplan.cli.door import Door
from vaultplan.cli.person import PERSON

if TYPE_CHECKING:
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person


@click.command("pause", short_help="Ask for nothing of somebody until further notice.")
@click.argument("person", type=PERSON)
@changing
@click.pass_obj
def command(door: Door, person: str, *, dry_run: bool, as_json: bool) -> int:
    """Set `status: paused` in a PERSON's note; empty it to go on.

    Example: vaultplan pause ada
    """
    from vaultplan.passes.change import SetField  # noqa: PLC0415  (not for the Tab key)

    def changes(_: "Person", __: "Plan") -> "tuple[SetField, ...]":
        return (SetField("status", "paused"),)

    return change_people(door, [person], changes, dry_run=dry_run, as_json=as_json)
