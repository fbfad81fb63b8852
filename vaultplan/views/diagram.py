"""Charts in Mermaid, in the forms that its versions 10.9, 11.4 and 11.13 all read alike.

Colours are given where the theme's own are too faint on a light page or too dark on a dark one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vaultplan.text.escape import clean, mermaid

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONGEST, _SHORTEST, _WITH_WORDS = 32, 16, 40
_MONTH, _FEW_MONTHS, _YEARS, _LABELS = 35, 130, 1100, 5

# Paul Tol's light scheme: told apart by the colour-blind too, and dark words read well on all nine.
_COLOURS = (
    "77AADD",
    "EE8866",
    "EEDD88",
    "FFAABB",
    "99DDFF",
    "44BB99",
    "BBCC33",
    "AAAA00",
    "DDDDDD",
)
_PIE_COLOURS = {f"pie{number}": f"#{colour}" for number, colour in enumerate(_COLOURS, 1)}
_PIE = {"themeVariables": _PIE_COLOURS | {"pieSectionTextColor": "#111", "pieOpacity": "1"}}
_BARS = {
    "xyChart": {"height": 320},
    "themeVariables": {"xyChart": {"plotColorPalette": "#77AADD, #EE8866"}},
}
# Its own 75 are room for nothing, and on a phone a third of the width.
_GANTT = {"gantt": {"rightPadding": 20}}
# Below 8 Mermaid divides the axis into halves.
_LEAST_TOP = 8
# Mermaid leaves room for half a label under the lowest number, as high as a 36th of the axis, and
# bars begin below it: if the axis began at 0, a week of nothing would have a bar.
_BELOW = 36


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a gantt, both days included; one whose days are the same is a milestone.

    `said` are words of our own behind the name; `mark` is a word of Mermaid's: `done`, `crit`.
    """

    name: str
    first: date
    last: date
    said: str = ""
    mark: str = ""


def label(text: str, longest: int = _LONGEST) -> str:
    """A text as a label: escaped, and no longer than a chart has room for."""
    words = clean(text)
    return mermaid(words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…")


def labels(texts: Iterable[str]) -> list[str]:
    """Labels of which no two are the same: Mermaid takes those for one."""
    found: dict[str, None] = {}
    for text in texts:
        name = plain = label(text)
        count = 1
        while name in found:
            count += 1
            name = f"{plain} ({count})"
        found[name] = None
    return list(found)


def day_labels(days: Iterable[date]) -> list[str]:
    """Days as an axis has room for: `5 Oct`, `12`, `19`, `26`, `2 Nov`; no two are the same."""
    found: list[str] = []
    month = (0, 0)
    for day in days:
        number = str(day.day)
        named = month == (day.year, day.month) and number not in found
        found.append(number if named else f"{number} {_MONTHS[day.month - 1]}")
        month = (day.year, day.month)
    return labels(found)


def pie(slices: Iterable[tuple[str, int]]) -> Iterator[str]:
    """A pie of names and counts, with the counts beside it."""
    names, counts = zip(*slices, strict=True)
    rows = zip(labels(names), counts, strict=True)
    return _fenced("pie showData", (f'"{name}" : {count}' for name, count in rows), _PIE)


def xychart(
    title: str, days: Iterable[date], bars: Sequence[int], line: float | None
) -> Iterator[str]:
    """Bars, each from a day on, and a level line across them."""
    names = (f'"{name}"' for name in day_labels(days))
    top = max(_LEAST_TOP, *bars, int(line or 0) + 1)
    rows = [
        f'title "{title}"',
        f"x-axis [{', '.join(names)}]",
        f"y-axis {top / _BELOW:.2f} --> {top}",
        f"bar [{', '.join(map(str, bars))}]",
    ]
    if line is not None:
        rows.append(f"line [{', '.join([f'{line:.2f}'] * len(bars))}]")
    return _fenced("xychart-beta", rows, _BARS)


def gantt(sections: Iterable[tuple[str, Iterable[Row]]], days: int) -> Iterator[str]:
    """Rows in sections, over so many days.

    Mermaid's red line for today is left out: it follows the reader's clock, not the notes.
    """
    lines = ["dateFormat YYYY-MM-DD", *_axis(days), "todayMarker off", "inclusiveEndDates"]
    for section, rows in sections:
        lines += [f"section {section}", *map(_row, rows)]
    return _fenced("gantt", lines, _GANTT)


def _axis(days: int) -> list[str]:
    """About five labels, so that they stand beside each other on a phone too."""
    if days <= _MONTH:
        return ["axisFormat %-d %b", "tickInterval 1week", "weekday monday"]
    if days <= _FEW_MONTHS:
        return ["axisFormat %-d %b", "tickInterval 1month"]
    if days <= _YEARS:
        return ["axisFormat %b %Y", f"tickInterval {days // (30 * _LABELS) + 1}month"]
    return ["axisFormat %Y"]


def _row(row: Row) -> str:
    said = f" ({row.said})" if row.said else ""
    room = max(_WITH_WORDS - len(said), _SHORTEST)
    name = label(row.name, min(room, _LONGEST)) + said
    milestone = row.first == row.last
    marks = ("milestone" if milestone else "", row.mark)
    days = (str(row.first), "0d" if milestone else str(row.last))
    return f"{name} : {', '.join((*filter(None, marks), *days))}"


def _fenced(
    kind: str, lines: Iterable[str], init: Mapping[str, object] | None = None
) -> Iterator[str]:
    yield from ("```mermaid", f"%%{{init: {json.dumps(init)}}}%%", kind)
    yield from (f"    {line}" for line in lines)
    yield "```"
