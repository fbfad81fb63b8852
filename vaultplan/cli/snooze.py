"""`vaultplan snooze`: not before a day."""

from typing import TYPE_CHECKING

import click

from vaultplan.cli.changes import change_people, changing
from vaultplan.cli.door import Door
from vaultplan.cli.person import PERSON
from vaultplan.problems import WrongUseError

if TYPE_CHECKING:
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person


@click.command("snooze", short_help="Ask for nothing of somebody before a day.")
@click.argument("person", type=PERSON)
@click.argument("until", metavar="DATE")
@changing
@click.pass_obj
def command(door: Door, person: str, until: str, *, dry_run: bool, as_json: bool) -> int:
    """Set `snooze` in a PERSON's note: what is due before DATE is due then.

    Example: vaultplan snooze ada +2w
    """
    from vaultplan.passes.change import SetField  # noqa: PLC0415  (not for the Tab key)
    from vaultplan.when import parse_when  # noqa: PLC0415

    def changes(_: "Person", plan: "Plan") -> "tuple[SetField, ...]":
        day = parse_when(until, plan.today)
        if day <= plan.today:
            raise WrongUseError(f"{day} is not to come; snooze until a later day")
        return (SetField("snooze", day.isoformat()),)

    return change_people(door, [person], changes, dry_run=dry_run, as_json=as_json)
