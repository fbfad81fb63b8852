"""The self-assessment: the latest ratings beside what the notes show, and the history."""

import re
from collections.abc import Iterator, Sequence

from vaultplan.kinds.assessment import DIMENSIONS, Assessment
from vaultplan.kinds.fields import Entry
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.lookback import assessments_of
from vaultplan.rules.evidence import said
from vaultplan.text.escape import inline
from vaultplan.text.linkstyle import Place
from vaultplan.views.view import Options, Page, View, cell, limit_of, table

_HEADS = ("Dimension", "Rating", "Evidence")
_NONE = "*No assessment yet; `vaultplan assess` asks the questions.*"


def _render(page: Page, options: Options) -> Iterator[str]:
    limit = limit_of(options)
    entries = assessments_of(page.plan.vault, page.plan.today)
    latest = entries[-1] if entries else None
    yield _latest(page, latest) if latest else _NONE
    yield ""
    yield from table(_HEADS, _evidence(page, latest))
    if len(entries) > 1:
        yield ""
        yield from _history(page, entries[::-1][:limit])


def _latest(page: Page, entry: Entry[Assessment]) -> str:
    link = page.link(entry.path, entry.name, Place.INLINE)
    line = f"Latest assessment: {link}, {entry.item.date}"
    challenge = inline(entry.item.challenge)
    return f"{line} · biggest challenge: {challenge}" if challenge else line


def _evidence(page: Page, latest: Entry[Assessment] | None) -> Iterator[tuple[str, ...]]:
    for dimension in evidence_of(page.plan):
        rating = _rating(latest, dimension.name) if latest else ""
        figures = "; ".join(cell(said(figure)) for figure in dimension.figures)
        yield (dimension.name.capitalize(), rating, figures)


def _history(page: Page, entries: Sequence[Entry[Assessment]]) -> list[str]:
    heads = ("Date", *(name.capitalize() for name in DIMENSIONS))
    rows = (
        (
            page.link(entry.path, str(entry.item.date)),
            *(_rating(entry, name) for name in DIMENSIONS),
        )
        for entry in entries
    )
    return table(heads, rows)


def _rating(entry: Entry[Assessment], dimension: str) -> str:
    rating = getattr(entry.item, dimension)
    return "" if rating is None else str(rating)


ASSESSMENT = View(
    name="assessment",
    doc="the latest ratings of yourself beside what the notes show, and the ratings before; "
    "`limit=4` shows so many of them",
    render=_render,
    options=("limit",),
    phrases=re.compile(
        rf"{re.escape(_NONE)}"
        r"|Latest assessment: .+, \d{4}-\d\d-\d\d( · biggest challenge: .+)?"
    ),
)
