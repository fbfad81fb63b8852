"""What is odd about notes together: days still to come, links that lead nowhere."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from vaultplan.kinds import KIND_NAMED
from vaultplan.kinds.fields import Entry, declared
from vaultplan.kinds.values import LINK, LINKS
from vaultplan.plan.facts import Facts
from vaultplan.problems import Problem, Severity
from vaultplan.rules.touches import Touch
from vaultplan.text.links import Link, Targets

# Links between notes of ours; people and places may well have no note.
_OURS = frozenset({"goals", "career_goal", "plan", "previous"})

# The fields of each kind that hold links.
_LINKING = {
    name: frozenset(
        one.name for one in declared(kind.record) if one.metadata["shape"] in (LINK, LINKS)
    )
    for name, kind in KIND_NAMED.items()
}


def oddities_of(
    facts: Mapping[str, Facts], told: Iterable[Touch], targets: Targets, today: date
) -> Iterator[Problem]:
    """What is odd about some notes, and about what they and others have `told`."""
    entries = {path: one.entry for path, one in facts.items() if one.entry}
    for one in facts.values():
        yield from one.problems
    yield from future_days(told, entries, today)
    yield from lost_links(entries, targets)


def future_days(
    told: Iterable[Touch], entries: Mapping[str, Entry[Any]], today: date
) -> Iterator[Problem]:
    """What is told of a day still to come, and so does not count yet."""
    late = {touch.sources[0]: touch for touch in told if touch.day > today}
    for source, touch in sorted(late.items()):
        entry = entries.get(source.path)
        planned = entry is not None and KIND_NAMED[entry.kind].told(entry) is not None
        yield Problem(
            source.path,
            source.line,
            "future-date",
            "hint" if planned else "warning",
            f"{touch.day} is still to come, so it does not count yet",
            "correct the date" if not planned else "",
        )
    for path, entry in entries.items():
        reached = KIND_NAMED[entry.kind].reached(entry)
        dated = reached or entry.kind in ("assessment", "review")
        for name in ("date",) if dated else ("met", "last_contact"):
            day = getattr(entry.item, name, None)
            if isinstance(day, date) and day > today:
                message = f"{name}: {day} is still to come, so it does not count yet"
                line = entry.line(name)
                severity: Severity = "hint" if reached else "warning"
                yield Problem(path, line, "future-date", severity, message, "correct the date")


def lost_links(entries: Mapping[str, Entry[Any]], targets: Targets) -> Iterator[Problem]:
    """Links in properties that lead nowhere, or only by an alias."""
    for path, entry in entries.items():
        for name in entry.written:
            if name not in _LINKING[entry.kind]:
                continue
            value = getattr(entry.item, name, None)
            for link in value if isinstance(value, tuple) else (value,):
                if isinstance(link, Link) and targets.resolve(link.target, path) is None:
                    yield from _lost(entry, name, link, targets.resolve_alias(link.target))


def _lost(entry: Entry[Any], name: str, link: Link, alias_of: str | None) -> Iterator[Problem]:
    path, line = entry.path, entry.line(name)
    if alias_of:
        real = alias_of.rpartition("/")[2].removesuffix(".md")
        message = f"{name}: “{link.target}” is an alias; Obsidian finds no note of that name"
        fix = f"write [[{real}|{link.target}]]"
        yield Problem(path, line, "alias-link", "hint", message, fix)
    elif name in _OURS:
        message = f"{name}: there is no note “{link.target}”"
        fix = "correct the link, or make the note"
        yield Problem(path, line, "lost-link", "warning", message, fix)
