"""`vaultplan next`: who comes first."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import ranking_today
from vaultplan.cli.printing import echo, echo_json, say, style_of
from vaultplan.cli.screen import screen_of
from vaultplan.cli.styled import Styled
from vaultplan.cli.telling import SCHEMA, Json, due_shape
from vaultplan.passes.ranking import Ranking, Suggestion, first_of


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
    ranking = ranking_today(door)
    last = _day(until, ranking) if until else ranking.today
    first = first_of(ranking.items, last, ranking.limit if limit is None else limit)
    if as_json:
        items = [_shape(one) for one in first]
        echo_json({"schema": SCHEMA, "today": ranking.today, "items": items})
        return 0
    for number, one in enumerate(first, 1):
        _print(number, one)
    more = len(first_of(ranking.items, last, len(ranking.items))) - len(first)
    if not first and not more:
        say(door, f"Nothing to do by {last} ({ranking.tracked})")
    if more and screen_of().width:
        hint = f"… and {more} more by {last}; `--limit {len(first) + more}` shows them all"
        say(door, Styled(hint, "faint"))
    return 0


def _shape(one: Suggestion) -> Json:
    """One step with the parts of its rank."""
    return {
        **due_shape(one.due),
        "score": round(one.score, 3),
        "score_parts": dict(one.parts),
    }


def _day(word: str, ranking: Ranking) -> str:
    from datetime import date  # noqa: PLC0415  (only where a day is typed)

    from vaultplan.when import parse_when  # noqa: PLC0415

    return parse_when(word, date.fromisoformat(ranking.today)).isoformat()


def _print(number: int, one: Suggestion) -> None:
    step = one.due
    due = f"overdue since {step.due}" if step.state == "overdue" else f"due {step.due}"
    echo(f"{number}. {step.title} — ", Styled(due, style_of(step.state)))
    if step.provisional:
        note = (step.why[0][-1] or "").rpartition(":")[0]
        echo(f"   if you met there: say so with a status, attended or skipped, in {note}")
    reasons = ", ".join(f"{rule} {value}" for rule, value, _ in step.why)
    parts = " + ".join(f"{name} {value:g}" for name, value in one.parts)
    between = "\n   " if screen_of().width else " · "
    echo(Styled(f"   {reasons}{between}score {one.score:g} = {parts}", "faint"))
