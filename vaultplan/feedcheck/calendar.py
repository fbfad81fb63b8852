"""A calendar as a whole: its own properties, its zones, and items beside each other."""

from collections.abc import Iterator

from vaultplan.feedcheck.items import alarm_flaws, item_flaws
from vaultplan.feedcheck.lines import Line
from vaultplan.feedcheck.rules import Flaw, flaw
from vaultplan.feedcheck.tree import Part
from vaultplan.feedcheck.values import is_duration, is_offset, read_when, rule_flaws, text_flaws

_ITEMS = ("VEVENT", "VTODO")
_ONCE = ("VERSION", "PRODID", "CALSCALE", "METHOD", "REFRESH-INTERVAL", "X-WR-CALNAME")
_TEXTS = {"NAME", "DESCRIPTION", "X-WR-CALNAME", "X-WR-CALDESC", "CATEGORIES"}
_NOT_COMPARED = {"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED"}


def calendar_flaws(calendar: Part) -> Iterator[Flaw]:
    """Every flaw of a calendar and of what is in it."""
    yield from _own_flaws(calendar)
    zones = {line.value for part in calendar.each("VTIMEZONE") for line in part.all("TZID")}
    for part in calendar.each("VTIMEZONE"):
        yield from _zone_flaws(part)
    for part in calendar.each(*_ITEMS):
        yield from item_flaws(part, zones)
        for alarm in part.each("VALARM"):
            yield from alarm_flaws(alarm, part)
    yield from _uid_flaws(calendar)
    yield from _twin_flaws(calendar)
    names = {part.name for part in calendar.parts}
    if names >= set(_ITEMS):
        yield flaw("events-and-to-dos", calendar.number)
    if not names:
        yield flaw("empty", calendar.number)


def _own_flaws(calendar: Part) -> Iterator[Flaw]:
    version = calendar.first("VERSION")
    if not version or version.value != "2.0":
        yield flaw("no-version", version.number if version else calendar.number)
    if not calendar.first("PRODID"):
        yield flaw("no-prodid", calendar.number)
    for name in _ONCE:
        yield from (flaw("repeated", line.number, name) for line in calendar.all(name)[1:])
    for line in calendar.lines:
        if line.name in {"METHOD", "SOURCE"}:
            yield flaw(line.name.lower(), line.number)
        if line.name == "REFRESH-INTERVAL" and not _is_refresh(line):
            yield flaw("refresh", line.number)
        if line.name in _TEXTS:
            yield from text_flaws(line)


def _is_refresh(line: Line) -> bool:
    return line.params.get("VALUE", "").upper() == "DURATION" and is_duration(line.value)


def _zone_flaws(zone: Part) -> Iterator[Flaw]:
    """A VTIMEZONE (3.6.5) that leaves out what readers need."""
    observances = list(zone.each("STANDARD", "DAYLIGHT"))
    if not zone.first("TZID") or not observances:
        yield flaw("bad-timezone", zone.number)
    for part in observances:
        start = part.first("DTSTART")
        when, wrong = read_when(start) if start else (None, [])
        yield from wrong
        offsets = [part.first(name) for name in ("TZOFFSETFROM", "TZOFFSETTO")]
        told = all(line and is_offset(line.value) for line in offsets)
        if not told or (not wrong and (when is None or when.kind != "floating")):
            yield flaw("bad-timezone", part.number, part.name)
        for line in part.all("RRULE"):
            yield from rule_flaws(line, when)


def _uid_flaws(calendar: Part) -> Iterator[Flaw]:
    seen: dict[str, set[tuple[str, str]]] = {}
    for part in calendar.each(*_ITEMS):
        uid, occurrence = part.first("UID"), part.first("RECURRENCE-ID")
        if not uid:
            continue
        this = part.name, occurrence.value if occurrence else ""
        others = seen.setdefault(uid.value, set())
        if this in others:
            yield flaw("same-uid", uid.number, uid.value)
        elif any(name != part.name for name, _ in others):
            yield flaw("uid-of-two-kinds", uid.number, uid.value)
        others.add(this)


def _twin_flaws(calendar: Part) -> Iterator[Flaw]:
    """Items that a reader who throws ids away cannot tell apart."""
    seen: set[tuple[str, ...]] = set()
    for part in calendar.each(*_ITEMS):
        lines = [line for piece in (part, *part.parts) for line in piece.lines]
        told = sorted(
            f"{line.name} {sorted(line.params.items())} {line.value}"
            for line in lines
            if line.name not in _NOT_COMPARED
        )
        key = (part.name, *told)
        if key in seen:
            yield flaw("twins", part.number)
        seen.add(key)
