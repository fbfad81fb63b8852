"""`vaultplan why`: each date explained."""

from typing import TYPE_CHECKING

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.person import PERSON, pick
from vaultplan.cli.printing import echo, echo_json, style_of
from vaultplan.cli.styled import Styled

if TYPE_CHECKING:
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person, Todo


@click.command("why", short_help="Each date of one person explained.")
@click.argument("person", type=PERSON)
@click.option("--json", "as_json", is_flag=True, help="Print the reasons as JSON.")
@click.pass_obj
def command(door: Door, person: str, *, as_json: bool) -> int:
    """Explain each date of one person: the rule, the value it used, and where that stands.

    Example: vaultplan why ada
    """
    from vaultplan.cli.shapes import envelope, step_shape  # noqa: PLC0415  (not for the Tab key)

    plan = plan_today(door)
    found = pick(person, plan)
    if as_json:
        tracked = {"tracked_by": found.tracked or None, "silent": found.silent or None}
        steps = [step_shape(todo, plan) for todo in found.todos]
        echo_json(envelope(plan, path=found.path, person=found.name, **tracked, steps=steps))
        return 0
    echo(Styled(found.name, "today"), Styled(f"  ({found.path})", "faint"))
    echo(_enrolment(found))
    for todo in found.todos:
        _print(found, todo, plan)
    return 0


def _enrolment(person: "Person") -> str:
    if not person.tracked:
        return (
            "Not tracked, so never due: there is no cadence, follow_up, status to-do or "
            "in-progress, key: true or checklist block in the note"
        )
    silent = f"; silenced by {person.silent}" if person.silent else ""
    return f"Tracked by: {person.tracked}{silent}"


def _print(person: "Person", todo: "Todo", plan: "Plan") -> None:
    from vaultplan.rules.rank import is_unanswered  # noqa: PLC0415  (not for the Tab key)

    step = todo.step
    echo("")
    due = f"due {step.due}, " if step.due else ""
    said = f"{step.rule.said(person.name)}: "
    echo(said, Styled(f"{due}{step.state}", style_of(step.state)))
    for reason in step.why:
        source = f"  ({reason.source})" if reason.source else ""
        echo(f"  {reason.rule}: {reason.value}", Styled(source, "faint"))
    if step.done_by:
        kind = step.done_by.kind or "contact"
        source = f"  ({step.done_by.sources[0]})"
        echo(f"  done by: {kind} on {step.done_by.day}", Styled(source, "faint"))
    if step.provisional:
        echo("  provisional: it will be real once the planned event has happened")
    if step.open and is_unanswered(person.case, step, plan.vault.settings.log):
        echo("  not suggested by `next`: the last three contacts were left unanswered")
