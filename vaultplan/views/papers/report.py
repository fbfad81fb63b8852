"""The report to show to a coach or a mentor: numbers and days, nobody's name.

Every word in it is vaultplan's own. What notes and settings say by themselves (names, categories,
kinds of log lines of the person's own) is left out; goals are numbered, unless their titles are
asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vaultplan.days import days_after
from vaultplan.kinds.assessment import DIMENSIONS
from vaultplan.plan import Plan
from vaultplan.plan.dated import inside
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.exchange import accounts_of
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


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the report."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def report_of(plan: Plan, *, titles: bool) -> tuple[Section, ...]:
    """The tables of the report; with `titles` the goals are called by their own."""
    return (
        Section(
            "Goals and objectives",
            ("Metric", "Target", "Actual", "State", "Pace"),
            tuple(_metrics(plan, titles=titles)),
        ),
        Section("People", ("What", "Number"), _people(plan)),
        Section("Giving and receiving", ("What", "In this plan", "Ever"), _exchange(plan)),
        _ratings(plan),
        Section("Contacts by week", ("Week from", "Contacts"), tuple(_weeks(plan))),
    )


def report_text(plan: Plan, *, titles: bool) -> str:
    """The whole report as Markdown."""
    lines = ["# Progress report", "", span_of(plan), ""]
    for section in report_of(plan, titles=titles):
        rows = (tuple(map(cell, row)) for row in section.rows)
        shown = table(section.heads, rows) if section.rows else ["Nothing yet."]
        lines += [f"## {section.heading}", "", *shown, ""]
    return "\n".join(lines)


def span_of(plan: Plan) -> str:
    """Which day of which days the report is of."""
    if plan.cycle is None:
        return f"{plan.today}, without a plan."
    days = plan.cycle.days
    day = min(max((plan.today - plan.cycle.start).days + 1, 0), days)
    return f"{plan.today}: day {day} of {days}, from {plan.cycle.start} to {plan.cycle.end}."


def _metrics(plan: Plan, *, titles: bool) -> Iterator[tuple[str, ...]]:
    goals = 0
    for metric in metrics_of(plan):
        goals += bool(metric.path)
        yield (
            metric.name if titles and metric.path else _word(metric, goals),
            number(metric.target),
            number(metric.actual),
            metric.stand.value if metric.stand else "",
            pace_words(metric.pace),
        )


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


def _people(plan: Plan) -> tuple[tuple[str, ...], ...]:
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
    return tuple((word, str(count)) for word, count in rows)


def _exchange(plan: Plan) -> tuple[tuple[str, ...], ...]:
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
    return tuple((word, str(now), str(ever)) for word, ever, now in rows)


def _ratings(plan: Plan) -> Section:
    rated = assessments_of(plan.vault, plan.today)[-2:]
    heads = ("Dimension", *(f"Rated {entry.item.date}" for entry in rated), "Evidence")
    rows = tuple(
        (
            name.capitalize(),
            *(number(getattr(entry.item, name)) for entry in rated),
            "; ".join(said(_bare(figure)) for figure in dimension.figures),
        )
        for name, dimension in zip(DIMENSIONS, evidence_of(plan), strict=True)
    )
    return Section("Self-assessment", heads, rows)


def _bare(figure: Figure) -> Figure:
    """A figure without the categories behind it, which are words of the notes."""
    if figure.form is Form.SHARE:
        return figure
    points = sum(number for _, number in figure.counts)
    return replace(figure, counts=(("data points", points),))


def _weeks(plan: Plan) -> Iterator[tuple[str, str]]:
    """The contacts of each week of the plan up to today; without a plan, of the last twelve."""
    first, last = days_after(plan.today, 1 - WEEKS * WEEK), plan.today
    if plan.cycle:
        first, last = plan.cycle.start, min(plan.cycle.end, plan.today)
    kinds = plan.vault.settings.log.contacts
    for passed in range(0, (last - first).days + 1, WEEK):
        start = days_after(first, passed)
        made = inside(plan.vault.touches, start, min(days_after(start, WEEK - 1), last))
        yield str(start), str(sum(touch.kind in kinds and bool(touch.person) for touch in made))
