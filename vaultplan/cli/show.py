"""`vaultplan show`: everything about one person."""

from typing import TYPE_CHECKING

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.person import PERSON, pick
from vaultplan.cli.printing import echo, echo_json, style_of, table
from vaultplan.cli.styled import Styled

if TYPE_CHECKING:
    from vaultplan.plan.people import Todo
    from vaultplan.plan.records import Plain


@click.command("show", short_help="Everything about one person.")
@click.argument("person", type=PERSON)
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
@click.pass_obj
def command(door: Door, person: str, *, as_json: bool) -> int:
    """Show the fields, the steps and the log of one person.

    PERSON is a name, an alias or the start of one, without regard to case and accents.

    Example: vaultplan show ada
    """
    from vaultplan.cli.shapes import person_shape  # noqa: PLC0415  (not for the Tab key)
    from vaultplan.plan.records import record_of  # noqa: PLC0415

    plan = plan_today(door)
    found = pick(person, plan)
    if as_json:
        echo_json(person_shape(found, plan))
        return 0
    record = record_of(found.entry, plan)
    echo(Styled(found.name, "today"), Styled(f"  ({found.path})", "faint"))
    values = {**record.fields, **record.derived}
    known = [(name.replace("_", " "), words(value)) for name, value in values.items()]
    rows = [(Styled(name, "faint"), value) for name, value in known if value and name != "name"]
    table(("", ""), rows)
    if found.todos:
        echo("")
        table(("Step", "Due", "State"), [_step(todo, found.name) for todo in found.todos])
    log = [touch for touch in plan.vault.touches if touch.person == found.path]
    if log:
        echo("")
    for touch in reversed(log):
        said = ": ".join(filter(None, (touch.kind, touch.text)))
        echo(f"{touch.day}  {said}", Styled(f"  ({touch.sources[0]})", "faint"))
    return 0


def _step(todo: "Todo", name: str) -> tuple[str | Styled, ...]:
    style = style_of(todo.step.state)
    due, state = Styled(str(todo.step.due or ""), style), Styled(str(todo.step.state), style)
    return (todo.step.rule.said(name), due, state)


def words(value: "Plain") -> str:
    """A value of a record in words."""
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return ", ".join(map(words, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {said}" for name, one in value.items() if (said := words(one)))
    return "yes" if value is True else str(value)
