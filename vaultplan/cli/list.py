"""`vaultplan list`: a table of the notes of one kind."""

from collections.abc import Sequence

import click

from vaultplan.cli.door import Door
from vaultplan.cli.kind import kind_called
from vaultplan.cli.offering import kinds
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo_json, say, table
from vaultplan.cli.shapes import envelope, record_shape
from vaultplan.cli.show import words
from vaultplan.cli.styled import Styled
from vaultplan.plan import Plan
from vaultplan.plan.query import fits, ordered, parse_filter
from vaultplan.plan.records import Record, records_of


@click.command("list", short_help="A table of the notes of one kind.")
@click.argument("kind", shell_complete=kinds)
@click.option("--where", multiple=True, metavar="EXPR", help="Only what fits; several are AND.")
@click.option("--sort", metavar="FIELD", help="Order by a field; -FIELD turns it round.")
@click.option("--json", "as_json", is_flag=True, help="Print the records as JSON.")
@click.pass_obj
def command(
    door: Door, kind: str, *, where: tuple[str, ...], sort: str | None, as_json: bool
) -> int:
    """List the notes of a KIND, such as contact, goal, event or opportunity.

    EXPR is FIELD OP VALUE with = != < <= > >= and ~ (contains).

    Example: vaultplan list contact --where "status = to-do" --sort next_follow_up
    """
    chosen = kind_called(kind)
    plan = plan_today(door)
    filters = [parse_filter(text, chosen.name, plan.today) for text in where]
    every = records_of(plan.vault.of_kind(chosen.name), plan)
    records = [record for record in every if fits(record, filters)]
    if sort:
        records = ordered(records, sort, chosen.name)
    if as_json:
        echo_json(envelope(plan, items=[record_shape(record) for record in records]))
        return 0
    if records:
        table(("name", *chosen.columns), [_row(record, chosen.columns, plan) for record in records])
    else:
        say(door, f"No {chosen.plural} fit")
    return 0


def _row(record: Record, columns: Sequence[str], plan: Plan) -> tuple[str | Styled, ...]:
    return (record.name, *(_cell(name, record, plan) for name in columns))


def _cell(name: str, record: Record, plan: Plan) -> str | Styled:
    said = words(record.value(name))
    if name != "next_follow_up" or not said:
        return said
    today = plan.today.isoformat()
    return Styled(said, "late" if said < today else "today" if said == today else "")
