"""The review of a plan: what was meant, what came of it, and the lines that show it.

It is written once. What it says stays as it is, whatever becomes of the vault.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vaultplan.days import days_after
from vaultplan.kinds.assessment import DIMENSIONS, Assessment
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.plan import Cycle
from vaultplan.plan import Plan
from vaultplan.plan.dated import inside
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.exchange import accounts_of
from vaultplan.plan.lookback import ASSESSED_BEFORE_DAYS, assessments_of
from vaultplan.plan.metrics import Metric, metrics_of
from vaultplan.plan.vault import Vault
from vaultplan.rules.pace import Stand
from vaultplan.rules.touches import Source
from vaultplan.text.escape import cell, inline
from vaultplan.text.linkstyle import Place
from vaultplan.views.goals import pace_words
from vaultplan.views.papers.evidence import in_words
from vaultplan.views.progress import label
from vaultplan.views.view import Page, number, table


@dataclass(frozen=True, slots=True)
class Look:
    """What a review is made of: the plan on its last day counted, and the vault when it began.

    `day` is the one the review is written on; what came after the plan's end is not counted.
    """

    page: Page
    before: Plan
    day: date
    final: bool

    @property
    def now(self) -> Plan:
        """The plan on the day of the review."""
        return self.page.plan

    @property
    def plan(self) -> Entry[object]:
        """The plan's note."""
        assert self.now.current is not None  # noqa: S101  (a review is of a plan)
        return self.now.current

    @property
    def cycle(self) -> Cycle:
        """The days of the plan."""
        assert self.now.cycle is not None  # noqa: S101  (a review is of a plan with a start)
        return self.now.cycle


def review_text(look: Look, link: str) -> str:
    """The whole note; `link` is the plan's, as a property holds it."""
    kind = "final" if look.final else "checkpoint"
    title = "Review" if look.final else "Checkpoint"
    cycle, today = look.cycle, look.now.today
    passed = min(max((today - cycle.start).days + 1, 0), cycle.days)
    lines = [
        *("---", "type: review", f"plan: {link}", f"date: {look.day}", f"kind: {kind}"),
        *("surprise:", "stop:", "start_habit:", "---", ""),
        *(f"# {title} of {inline(look.plan.name)}", ""),
        *(f"{cycle.start} to {cycle.end}, day {passed} of {cycle.days}.", ""),
    ]
    return "\n".join([*lines, *_sections(look)])


def _sections(look: Look) -> Iterator[str]:
    metrics = tuple(metrics_of(look.now))
    for heading, lines in (
        ("What was meant and what came of it", _results(look, metrics)),
        ("Given and received", _exchange(look)),
        ("What others said", _feedback(look)),
        ("How you rate yourself, then and now", _ratings(look)),
        ("To think about", _prompts(look)),
        ("Counted from", _evidence(look, metrics)),
    ):
        yield from (f"## {heading}", "", *lines, "")


def _results(look: Look, metrics: Sequence[Metric]) -> list[str]:
    heads = ("Metric", "Target", "Actual", "Result", "Key learning")
    rows = (
        (
            label(look.page, metric),
            number(metric.target),
            number(metric.actual),
            _result(look, metric),
            cell(metric.learning),
        )
        for metric in metrics
    )
    return table(heads, rows)


def _result(look: Look, metric: Metric) -> str:
    """At the end success or failure; on the way how it stands, and what is still needed."""
    if metric.target is None or metric.actual is None:
        return ""
    if metric.actual >= metric.target and look.final:
        return "success"
    stand = metric.stand.value if metric.stand else ""
    if look.final:
        later = metric.due and metric.due > look.cycle.end
        return f"{stand} until {metric.due}" if later else "failure"
    if metric.stand not in (Stand.ON_TRACK, Stand.BEHIND):
        return stand
    return f"{stand}: {pace_words(metric.pace)}"


def _exchange(look: Look) -> list[str]:
    rows = [
        (look.page.link(one.person.path, one.person.name), *map(str, counts))
        for one in accounts_of(look.now)
        if any(counts := (one.cycle_given, one.cycle_received, one.cycle_asked))
    ]
    if not rows:
        return ["Nothing was given, received or asked for in this time."]
    totals = (str(sum(int(row[at]) for row in rows)) for at in (1, 2, 3))
    return table(("Name", "Given", "Received", "Asked"), [*rows, ("**All**", *totals)])


def _feedback(look: Look) -> list[str]:
    end = min(look.cycle.end, look.now.today)
    lines = [
        f"- {touch.day} {look.page.link(touch.person, person.name, Place.INLINE)}: "
        f"{inline(touch.text) or 'feedback'}"
        for touch in inside(look.now.vault.touches, look.cycle.start, end)
        if touch.kind == "feedback" and (person := look.now.people.get(touch.person))
    ]
    return lines or ["Nobody was asked for feedback, or no line of the log says so."]


def _ratings(look: Look) -> Iterator[str]:
    then, now = _assessments(look)
    heads = ("Dimension", f"Then {_day(then)}".strip(), f"Now {_day(now)}".strip())
    yield from table(
        heads, ((name.capitalize(), _rating(then, name), _rating(now, name)) for name in DIMENSIONS)
    )
    yield ""
    for before, after in zip(evidence_of(look.before), evidence_of(look.now), strict=True):
        name = before.name.capitalize()
        if in_words(before) != in_words(after):
            yield f"- {name}, before: {in_words(before)}"
        yield f"- {name}, now: {in_words(after)}"


def _assessments(look: Look) -> tuple[Entry[Assessment] | None, Entry[Assessment] | None]:
    """The assessment the plan began with, and the newest one since, if there is another."""
    since = days_after(look.cycle.start, -ASSESSED_BEFORE_DAYS)
    found = [
        entry
        for entry in assessments_of(look.now.vault, look.day)
        if entry.item.date and entry.item.date >= since
    ]
    return found[0] if found else None, found[-1] if len(found) > 1 else None


def _day(entry: Entry[Assessment] | None) -> date | str:
    return entry.item.date or "" if entry else ""


def _rating(entry: Entry[Assessment] | None, name: str) -> str:
    rating = getattr(entry.item, name) if entry else None
    return number(rating)


def _prompts(look: Look) -> list[str]:
    lines = [
        "Answer in the properties above; the next plan shows what you want to stop and to start.",
        "",
        "- `surprise`: which one thing that you did had a result you did not expect?",
        "- `stop`: which habit cost you more than it brought?",
        "- `start_habit`: which one do you want to begin?",
    ]
    if look.final:
        return [*lines, "", "Then fill in what each row of the first table has taught you."]
    return [*lines, "", "Is each goal still the right one, and its number still the right size?"]


def _evidence(look: Look, metrics: Sequence[Metric]) -> Iterator[str]:
    told = _told(look.now.vault)
    for metric in metrics:
        yield from (f"**{label(look.page, metric, Place.INLINE)}**", "")
        lines = (
            f"- {told.get(source, '')}: {_note(look, source)}, line {source.line}"
            for source in metric.evidence
        )
        yield from sorted(lines)
        if not metric.evidence:
            yield "- written by hand" if metric.actual else "- nothing"
        yield ""


def _note(look: Look, source: Source) -> str:
    entry = look.now.vault.entries.get(source.path)
    name = entry.name if entry else source.path.rpartition("/")[2].removesuffix(".md")
    return look.page.link(source.path, name, Place.INLINE)


def _told(vault: Vault) -> dict[Source, str]:
    """What a line was counted as: its day and its kind."""
    milestones = {one.source: f"{one.day} {one.what}" for one in vault.milestones}
    touches = {
        source: f"{touch.day} {inline(touch.kind) or 'contact'}"
        for touch in vault.touches
        for source in touch.sources
    }
    return {**milestones, **touches}
