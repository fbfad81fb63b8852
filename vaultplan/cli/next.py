"""`vaultplan next`: who comes first."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo_json, say
from vaultplan.cli.shapes import envelope, ranked_shape
from vaultplan.plan.ranking import Ranked, first_of
from vaultplan.when import parse_when


@click.command("next", short_help="What to do, ranked.")
@click.option(
    "--limit", type=click.IntRange(min=0), help="At most so many; thank-yous always stay."
)
@click.option("--until", metavar="DATE", help="Also what is due by then.")
@click.option("--json", "as_json", is_flag=True, help="Print the steps as JSON.")
@click.pass_obj
def command(door: Door, *, limit: int | None, until: str | None, as_json: bool) -> int:
    """List what to do, most pressing first, with the reason.

    Example: vaultplan next --until friday
    """
    plan = plan_today(door)
    last = parse_when(until, plan.today) if until else plan.today
    most = plan.vault.settings.next.limit if limit is None else limit
    ranked = first_of(plan.ranked, last, most)
    if as_json:
        echo_json(envelope(plan, items=[ranked_shape(one, plan) for one in ranked]))
        return 0
    for number, one in enumerate(ranked, 1):
        _print(door, number, one)
    if not ranked:
        tracked = sum(bool(person.tracked) for person in plan.people.values())
        say(door, f"Nothing to do by {last} ({tracked} of {len(plan.people)} contacts tracked)")
    return 0


def _print(door: Door, number: int, one: Ranked) -> None:
    step = one.todo.step
    text = step.rule.text.replace("{person}", one.todo.person)
    maybe = ", if the event happened" if step.provisional else ""
    say(
        door,
        f"{number}. {text} — {step.state} since {step.due}{maybe}"
        if step.state == "overdue"
        else f"{number}. {text} — due {step.due}{maybe}",
    )
    reasons = ", ".join(f"{reason.rule} {reason.value}" for reason in step.why)
    parts = " + ".join(f"{name} {value:g}" for name, value in one.score.parts)
    say(door, f"   {reasons} · score {one.score.total:g} = {parts}")
