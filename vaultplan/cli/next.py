"""`vaultplan next`: who comes first."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.layout import Styled
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo, echo_json, say, style_of
from vaultplan.cli.screen import screen_of
from vaultplan.cli.shapes import envelope, ranked_shape
from vaultplan.plan.ranking import Ranked, first_of
from vaultplan.rules.steps import State
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
        _print(number, one)
    more = len(first_of(plan.ranked, last, len(plan.ranked))) - len(ranked)
    if not ranked and not more:
        say(door, f"Nothing to do by {last} ({plan.tracked})")
    if more and screen_of().width:
        hint = f"… and {more} more by {last}; `--limit {len(ranked) + more}` shows them all"
        say(door, Styled(hint, "faint"))
    return 0


def _print(number: int, one: Ranked) -> None:
    step = one.todo.step
    due = f"overdue since {step.due}" if step.state is State.OVERDUE else f"due {step.due}"
    title = f"{number}. {step.rule.said(one.todo.person)} — "
    echo(title, Styled(due, style_of(step.state)))
    if step.provisional:
        note = step.why[0].source.rpartition(":")[0]
        echo(f"   if you met there: say so with a status, attended or skipped, in {note}")
    reasons = ", ".join(f"{reason.rule} {reason.value}" for reason in step.why)
    parts = " + ".join(f"{name} {value:g}" for name, value in one.score.parts)
    between = "\n   " if screen_of().width else " · "
    echo(Styled(f"   {reasons}{between}score {one.score.total:g} = {parts}", "faint"))
