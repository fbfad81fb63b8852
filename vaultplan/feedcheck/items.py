"""One event or to-do, and its alarms (RFC 5545, 3.6.1, 3.6.2, 3.6.6)."""

from collections.abc import Container, Iterator

from vaultplan.feedcheck.lines import Line
from vaultplan.feedcheck.rules import Flaw, flaw
from vaultplan.feedcheck.tree import Part
from vaultplan.feedcheck.values import (
    When,
    is_duration,
    read_when,
    rule_flaws,
    text_flaws,
    url_flaws,
)

_MOMENTS = ("DTSTART", "DTEND", "DUE", "RECURRENCE-ID")
_STAMPS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "COMPLETED")
_ONCE = (
    *("CLASS", "CREATED", "DESCRIPTION", "DTSTART", "DTEND", "DTSTAMP", "DUE", "DURATION", "GEO"),
    *("LAST-MODIFIED", "LOCATION", "ORGANIZER", "PRIORITY", "RECURRENCE-ID", "RRULE"),
    *("SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID", "URL", "COMPLETED", "COLOR"),
)
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT", "CONTACT", "CATEGORIES", "RESOURCES"}
_TELLING = "@/\\"


def item_flaws(item: Part, zones: Container[str]) -> Iterator[Flaw]:
    """Every flaw of an event or to-do but those of its alarms."""
    yield from _identity_flaws(item)
    for name in _ONCE:
        yield from (flaw("repeated", line.number, name) for line in item.all(name)[1:])
    whens: dict[str, When] = {}
    for line in item.lines:
        if line.name in _TEXTS:
            yield from text_flaws(line)
        elif line.name == "URL":
            yield from url_flaws(line)
        elif line.name in _MOMENTS:
            when, wrong = read_when(line)
            yield from wrong
            if when:
                whens.setdefault(line.name, when)
                yield from _zone_flaws(line, when, zones)
    for line in item.all("RRULE"):
        yield from rule_flaws(line, whens.get("DTSTART"))
    if item.name == "VEVENT":
        yield from _event_flaws(item, whens.get("DTSTART"))
    yield from _end_flaws(item, whens)


def _identity_flaws(item: Part) -> Iterator[Flaw]:
    uid = item.first("UID")
    if not uid or not uid.value.strip():
        yield flaw("no-uid", item.number)
    elif any(sign in uid.value for sign in _TELLING):
        yield flaw("telling-uid", uid.number)
    if not item.first("DTSTAMP"):
        yield flaw("no-stamp", item.number)
    for line in item.lines:
        if line.name in _STAMPS:
            when, wrong = read_when(line)
            if wrong or (when and when.kind != "utc"):
                yield flaw("stamp-not-utc", line.number, line.name)


def _zone_flaws(line: Line, when: When, zones: Container[str]) -> Iterator[Flaw]:
    if when.kind == "floating":
        yield flaw("floating", line.number, line.name)
    elif when.kind == "zoned" and when.zone not in zones:
        yield flaw("no-timezone", line.number, when.zone)


def _event_flaws(event: Part, start: When | None) -> Iterator[Flaw]:
    """What an event needs and a to-do does not."""
    begins = event.first("DTSTART")
    if not begins:
        yield flaw("no-start", event.number)
    elif not event.first("DTEND") and not event.first("DURATION"):
        yield flaw("no-end", begins.number)
    transparent = event.first("TRANSP")
    if start and start.kind == "date" and not _is(transparent, "TRANSPARENT"):
        yield flaw("opaque-day", transparent.number if transparent else event.number)


def _end_flaws(item: Part, whens: dict[str, When]) -> Iterator[Flaw]:
    """Start and end beside each other."""
    duration = item.first("DURATION")
    if duration and not is_duration(duration.value):
        yield flaw("bad-date", duration.number, "DURATION")
    end = item.first("DTEND") or item.first("DUE")
    if end and duration:
        yield flaw("end-and-duration", duration.number)
    first, last = whens.get("DTSTART"), whens.get(end.name) if end else None
    if not end or not first or not last:
        return
    if (first.kind == "date") != (last.kind == "date"):
        yield flaw("mixed-types", end.number)
    elif (first.kind, first.zone) == (last.kind, last.zone) and last.at <= first.at:
        yield flaw("zero-length" if last.at == first.at else "ends-before-start", end.number)


def _is(line: Line | None, value: str) -> bool:
    return line is not None and line.value.upper() == value


def alarm_flaws(alarm: Part, item: Part) -> Iterator[Flaw]:
    """An alarm that does not go off, or takes its event with it."""
    action, trigger = alarm.first("ACTION"), alarm.first("TRIGGER")
    if not trigger or not action:
        yield flaw("bad-alarm", alarm.number)
    if trigger:
        yield from _trigger_flaws(trigger, item)
    if _is(action, "DISPLAY") and not alarm.first("DESCRIPTION"):
        yield flaw("alarm-without-description", alarm.number)
    for line in alarm.lines:
        if line.name in {"DESCRIPTION", "SUMMARY"}:
            yield from text_flaws(line)


def _trigger_flaws(trigger: Line, item: Part) -> Iterator[Flaw]:
    """A time in UTC, or a span from the start or end that the item must then have."""
    if trigger.params.get("VALUE", "").upper() == "DATE-TIME":
        when, _ = read_when(trigger)
        if not when or when.kind != "utc":
            yield flaw("bad-trigger", trigger.number)
        return
    if not is_duration(trigger.value):
        yield flaw("bad-trigger", trigger.number)
        return
    by_end = trigger.params.get("RELATED", "").upper() == "END"
    anchors = ("DTEND", "DUE", "DURATION") if by_end else ("DTSTART",)
    if not any(item.first(name) for name in anchors):
        yield flaw("trigger-by-nothing", trigger.number, anchors[0])
