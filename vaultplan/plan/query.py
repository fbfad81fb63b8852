"""Filters: `FIELD OP VALUE` on the fields and derived values of a record."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from math import isfinite

from vaultplan.days import parse_span
from vaultplan.kinds.fields import spell
from vaultplan.plan.records import Plain, Record, days_of, names_of
from vaultplan.problems import WrongUseError
from vaultplan.text.links import parse_link
from vaultplan.when import parse_when

_OPERATOR = re.compile(r"!=|<=|>=|[=<>~]")
_LONGEST_NAME = 40
SPANS = frozenset({"cadence", "checkpoint_every"})


@dataclass(frozen=True, slots=True)
class Filter:
    """One expression, read."""

    field: str
    operator: str
    value: str


def parse_filter(text: str, kind: str, today: date | None = None) -> Filter:
    """Read `status = to-do`, `last_contact < 2026-09-01`, `goals ~ platform`.

    With a `today`, days may be words: `next_follow_up < +7d`.

    Raises:
        WrongUseError: it is no expression, or the kind has no such field.
    """
    operator = _OPERATOR.search(text)
    written = text[: operator.start()].strip() if operator else ""
    if operator is None or not written:
        raise WrongUseError(f"“{text}” is no filter; write FIELD OP VALUE, such as status = to-do")
    value = text[operator.end() :].strip()
    if operator[0] != "~" and value.startswith(("=", "<", ">", "~")):
        raise WrongUseError(f"“{text}”: there is no {operator[0]}{value[0]}; write {operator[0]}")
    if value[:1] in ("'", '"'):
        value = value.strip("\"'")
    link = parse_link(value)
    field = _field(written, kind, text)
    if today and value and operator[0] != "~" and field in days_of(kind):
        value = parse_when(value, today).isoformat()
    return Filter(field, operator[0], link.target if link else value)


def _field(written: str, kind: str, text: str) -> str:
    names = {spell(name): name for name in names_of(kind)}
    field = names.get(spell(written))
    if field is None:
        near = get_close_matches(written[:_LONGEST_NAME], names.values(), n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(names.values())}"
        raise WrongUseError(f"“{text}”: a {kind} has no field {written}{hint}")
    return field


def fits(record: Record, filters: Iterable[Filter]) -> bool:
    """Whether a record fits all filters; of a list any member may fit (none, for `!=`)."""
    return all(_fits(record.value(one.field), one) for one in filters)


def _fits(value: Plain, one: Filter) -> bool:
    members = value if isinstance(value, list) else [value]
    if one.field in SPANS:
        return any(_compare_spans(member, one) for member in members)
    if one.operator == "!=":
        return not any(_compare(member, "=", one.value) for member in members)
    if not members:
        return one.operator == "=" and one.value == ""
    return any(_compare(member, one.operator, one.value) for member in members)


_ORDER: dict[str, Callable[[float | str, float | str], bool]] = {
    "<": lambda a, b: a < b,  # type: ignore[operator]  # both are numbers or both are texts
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


def _compare_spans(member: Plain, one: Filter) -> bool:
    """Spans by how long they are; what is none (`none`, nothing) as a text."""
    span, wanted = parse_span(str(member or "")), parse_span(one.value)
    if one.operator == "~" or not span or not wanted:
        same = _compare(member, "=" if one.operator == "!=" else one.operator, one.value)
        return same != (one.operator == "!=")
    if one.operator in _ORDER:
        return _ORDER[one.operator](span.length, wanted.length)
    return (span == wanted) == (one.operator == "=")


def _compare(member: Plain, operator: str, value: str) -> bool:
    text = "" if member is None else _word(member)
    wanted = value.casefold()
    if operator == "~":
        return wanted in text
    if isinstance(member, bool):
        wanted = {"yes": "true", "no": "false"}.get(wanted, wanted)
    number, other = _number(text), _number(wanted)
    if operator == "=":
        counted = isinstance(member, int | float) and number is not None
        return (counted and number == other) or wanted in (text, text.rpartition("/")[2])
    if not text or not wanted:
        return False
    if number is not None and other is not None:
        return _ORDER[operator](number, other)
    return _ORDER[operator](text, wanted)


def _word(member: Plain) -> str:
    if isinstance(member, bool):
        return "true" if member else "false"
    return str(member).casefold()


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None


def ordered(records: Sequence[Record], field: str, kind: str) -> list[Record]:
    """Records by a field, those without it last, ties by path; `-field` turns it round.

    Raises:
        WrongUseError: the kind has no such field.
    """
    name = _field(field.removeprefix("-"), kind, field)
    known = [record for record in records if record.value(name) not in (None, [])]
    rest = [record for record in records if record.value(name) in (None, [])]
    known.sort(key=lambda record: record.path)
    known.sort(
        key=lambda record: _sort_key(record.value(name), name), reverse=field.startswith("-")
    )
    return [*known, *sorted(rest, key=lambda record: record.path)]


def _sort_key(value: Plain, field: str) -> tuple[int, float, str]:
    if isinstance(value, list):
        value = value[0] if value else None
    word = _word(value)
    span = parse_span(word) if field in SPANS else None
    number = span.length if span else _number(word)
    return (1, 0.0, word) if number is None else (0, number, "")
