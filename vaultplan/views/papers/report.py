"""The report to show to a coach or a mentor: numbers and days, nobody's name.

Every word in it is vaultplan's own. What notes and settings say by themselves (names, categories,
kinds of log lines of the person's own) is left out; goals are numbered, unless their titles are
asked for.
"""

from collections.abc import Iterator
from dataclasses import replace

from vaultplan.days import days_after
from vaultplan.kinds.assessment import DIMENSIONS, Assessment
from vaultplan.kinds.fields import Entry
from vaultplan.plan import Plan
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.exchange import accounts_of
from vaultplan.plan.goals import inside
from vaultplan.plan.lookback import assessments_of
from vaultplan.plan.metrics import Metric, metrics_of
from vaultplan.plan.people import once_done
from vaultplan.rules.evidence import Figure, Form, said
from vaultplan.rules.measures import MEASURES, OF_KIND
from vaultplan.rules.steps import State
from vaultplan.settings.follow import LogRules
from vaultplan.text.escape import cell
from vaultplan.views.goals import pace_words
from vaultplan.views.view import number, table

WEEK, WEEKS = 7, 12
_OWN_MEASURES = frozenset(measure.name for measure in MEASURES)


def report_text(plan: Plan, *, titles: bool) -> str:
    """The whole report as Markdown."""
    lines = ["# Progress report", "", _span(plan), ""]
    for heading, section in (
        ("Goals and objectives", _metrics(plan, titles=titles)),
        ("People", _people(plan)),
        ("Giving and receiving", _exchange(plan)),
        ("Self-assessment", _ratings(plan)),
        ("Contacts by week", _weeks(plan)),
    ):
        lines += [f"## {heading}", "", *section, ""]
    return "\n".join(lines)


def _span(plan: Plan) -> str:
    if plan.cycle is None:
        return f"{plan.today}, without a plan."
    days = plan.cycle.days
    day = min(max((plan.today - plan.cycle.start).days + 1, 0), days)
    return f"{plan.today}: day {day} of {days}, from {plan.cycle.start} to {plan.cycle.end}."


def _metrics(plan: Plan, *, titles: bool) -> Iterator[str]:
    heads = ("Metric", "Target", "Actual", "State", "Pace")
    rows: list[tuple[str, ...]] = []
    goals = 0
    for metric in metrics_of(plan):
        goals += bool(metric.path)
        named = titles and metric.path
        rows.append(
            (
                cell(metric.name) if named else _word(metric, goals),
                number(metric.target),
                number(metric.actual),
                metric.stand.value if metric.stand else "",
                pace_words(metric.pace),
            )
        )
    yield from table(heads, rows) if rows else ["No plan and no goals yet."]


def _word(metric: Metric, count: int) -> str:
    """What a metric is called without a word of the person's own."""
    if metric.path:
        return f"Goal {count}"
    if metric.objective is None:
        return metric.name
    name = metric.name.strip().casefold().replace("_", "-").replace(" ", "-")
    kind = name.removeprefix(OF_KIND)
    if name not in _OWN_MEASURES and kind not in LogRules().kinds:
        kind = "log lines of one kind"
    return f"{kind} ({number(metric.objective.target)} a {metric.objective.per})"


def _people(plan: Plan) -> list[str]:
    tracked = [person for person in plan.people.values() if person.tracked]
    steps = [todo.step for person in tracked for todo in person.todos if not todo.step.provisional]
    states = [step.state for step in steps]
    done = [once_done(person) for person in tracked]
    rows = [
        ("contacts", len(plan.people)),
        ("of them followed up", len(tracked)),
        ("weak ties among them", sum(one.entry.item.strength == "weak" for one in tracked)),
        ("mentors", sum(one.entry.item.mentor == "active" for one in plan.people.values())),
        ("checklist steps", sum(count for _, count in done)),
        ("of them done", sum(count for count, _ in done)),
        ("follow-ups overdue", states.count(State.OVERDUE)),
        ("follow-ups due today", states.count(State.DUE)),
    ]
    return table(("What", "Number"), ((word, str(count)) for word, count in rows))


def _exchange(plan: Plan) -> list[str]:
    accounts = accounts_of(plan)
    rows = (
        ("given", sum(one.given for one in accounts), sum(one.cycle_given for one in accounts)),
        (
            "received",
            sum(one.received for one in accounts),
            sum(one.cycle_received for one in accounts),
        ),
        ("asked for", sum(one.asked for one in accounts), sum(one.cycle_asked for one in accounts)),
    )
    heads = ("What", "In this plan", "Ever")
    return table(heads, ((word, str(now), str(ever)) for word, ever, now in rows))


def _ratings(plan: Plan) -> list[str]:
    found = assessments_of(plan.vault, plan.today)
    then, now = (found[-2] if len(found) > 1 else None), (found[-1] if found else None)
    heads = ("Dimension", *(_head(entry) for entry in (then, now)), "Evidence")
    rows = (
        (
            name.capitalize(),
            *(number(getattr(entry.item, name)) if entry else "" for entry in (then, now)),
            "; ".join(said(_bare(figure)) for figure in dimension.figures),
        )
        for name, dimension in zip(DIMENSIONS, evidence_of(plan), strict=True)
    )
    return table(heads, rows)


def _bare(figure: Figure) -> Figure:
    """A figure without the categories behind it, which are words of the notes."""
    if figure.form is Form.SHARE:
        return figure
    points = sum(number for _, number in figure.counts)
    return replace(figure, counts=(("data points", points),))


def _head(entry: Entry[Assessment] | None) -> str:
    return f"Rated {entry.item.date}" if entry else "Not rated"


def _weeks(plan: Plan) -> list[str]:
    """The contacts of each week of the plan up to today; without a plan, of the last twelve."""
    first = days_after(plan.today, -(WEEKS * WEEK - 1))
    first, last = (plan.cycle.start, plan.cycle.end) if plan.cycle else (first, plan.today)
    kinds = plan.vault.settings.log.contacts
    rows = []
    while first <= min(last, plan.today):
        end = days_after(first, WEEK - 1)
        count = sum(
            touch.kind in kinds and bool(touch.person)
            for touch in inside(plan.vault.touches, first, min(end, last))
        )
        rows.append((str(first), str(count)))
        first = days_after(end, 1)
    return table(("Week from", "Contacts"), rows)
