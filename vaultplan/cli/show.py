"""`vaultplan show`: everything about one person."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.person import pick
from vaultplan.cli.printing import echo, echo_json, table
from vaultplan.cli.shapes import person_shape
from vaultplan.plan.records import Plain, record_of


@click.command("show", short_help="Everything about one person.")
@click.argument("person")
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
@click.pass_obj
def command(door: Door, person: str, *, as_json: bool) -> int:
    """Show the fields, the steps and the log of one person.

    PERSON is a name, an alias or the start of one, without regard to case and accents.

    Example: vaultplan show ada
    """
    plan = plan_today(door)
    found = pick(person, plan)
    if as_json:
        echo_json(person_shape(found, plan))
        return 0
    record = record_of(found.entry, plan)
    echo(f"{found.name}  ({found.path})")
    values = {**record.fields, **record.derived}
    known = [(name.replace("_", " "), words(value)) for name, value in values.items()]
    table(("", ""), [(name, value) for name, value in known if value and name != "name"])
    if found.todos:
        echo("")
        rows = [
            (
                todo.step.rule.said(found.name),
                str(todo.step.due or ""),
                str(todo.step.state),
            )
            for todo in found.todos
        ]
        table(("Step", "Due", "State"), rows)
    log = [touch for touch in plan.vault.touches if touch.person == found.path]
    if log:
        echo("")
        lines = [(str(one.day), one.kind, one.text, str(one.sources[0])) for one in reversed(log)]
        table(("Date", "Kind", "Text", "Source"), lines)
    return 0


def words(value: Plain) -> str:
    """A value of a record in words."""
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return ", ".join(map(words, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {said}" for name, one in value.items() if (said := words(one)))
    return "yes" if value is True else str(value)
