"""`vaultplan status`: the plan at a glance."""

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo, echo_json, table
from vaultplan.cli.shapes import status_shape
from vaultplan.cli.styled import Styled
from vaultplan.kinds.assessment import DIMENSIONS
from vaultplan.plan import Plan
from vaultplan.plan.lookback import assessments_of
from vaultplan.plan.metrics import Metric, metrics_of
from vaultplan.plan.people import once_done
from vaultplan.rules.pace import Stand
from vaultplan.rules.steps import State
from vaultplan.views.goals import pace_words
from vaultplan.views.progress import resolutions
from vaultplan.views.view import number


@click.command("status", short_help="The plan at a glance.")
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.pass_obj
def command(door: Door, *, as_json: bool) -> int:
    """Show the plan, its goals and objectives, the checklists and the pace.

    Example: vaultplan status
    """
    plan = plan_today(door)
    if as_json:
        echo_json(status_shape(plan))
        return 0
    echo(_cycle(plan))
    for word, text in resolutions(plan):
        echo(f"{word}: {text}")
    rows = [
        (
            _name(metric),
            number(metric.target),
            number(metric.actual),
            _stand(metric),
            pace_words(metric.pace),
        )
        for metric in metrics_of(plan)
    ]
    if rows:
        echo("")
        table(("", "Target", "Actual", "State", "Pace"), rows)
    echo("")
    for line in (_assessment(plan), _checklists(plan)):
        if line:
            echo(line)
    return 0


def _stand(metric: Metric) -> Styled:
    late = metric.stand in (Stand.BEHIND, Stand.MISSED)
    return Styled(metric.stand.value if metric.stand else "", "late" if late else "")


def _name(metric: Metric) -> str:
    rate = metric.objective
    return f"{metric.name} ({number(rate.target)} a {rate.per})" if rate else metric.name


def _cycle(plan: Plan) -> str:
    if not plan.current or not plan.cycle:
        return "No plan yet: a note with `type: plan` and a `start` begins one"
    cycle = plan.cycle
    days = cycle.days
    day = (plan.today - cycle.start).days + 1
    coming = next((each for each in cycle.checkpoints if each >= plan.today), None)
    ahead = f"next checkpoint {coming}" if coming else f"review {cycle.end}"
    ahead = "over" if plan.today > cycle.end else ahead
    where = f"day {day} of {days}" if 1 <= day <= days else f"{cycle.start} to {cycle.end}"
    return f"{plan.current.name}: {where}, {ahead}"


def _assessment(plan: Plan) -> str:
    """The latest ratings; nothing without an assessment."""
    entries = assessments_of(plan.vault, plan.today)
    if not entries:
        return ""
    item = entries[-1].item
    ratings = ((name, getattr(item, name)) for name in DIMENSIONS)
    said = ", ".join(f"{name} {rating}" for name, rating in ratings if rating is not None)
    return f"Assessment of {item.date}: {said or 'not rated'}"


def _checklists(plan: Plan) -> str:
    tracked = [person for person in plan.people.values() if person.tracked]
    done = sum(once_done(person)[0] for person in tracked)
    count = sum(once_done(person)[1] for person in tracked)
    states = [todo.step.state for todo in plan.todos if not todo.step.provisional]
    late = f"{states.count(State.OVERDUE)} overdue, {states.count(State.DUE)} due today"
    return f"Follow-ups: {late}; checklists {done} of {count} done; {plan.tracked}"
