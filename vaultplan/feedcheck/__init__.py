"""What is wrong with a calendar feed, and for whom: RFC 5545 and 7986, and what programs do.

It reads the bytes by itself, so that it and the library that wrote them cannot share a mistake.
Two things no checker can see in a file: a line break smuggled in through a name, which makes a
well-formed event that nobody meant, and local time written with a Z. Whoever writes a feed has to
compare it with what was meant.
"""

from vaultplan.feedcheck.calendar import calendar_flaws
from vaultplan.feedcheck.lines import read_lines
from vaultplan.feedcheck.rules import RULES, Flaw, Rule, flaw
from vaultplan.feedcheck.tree import grow

__all__ = ["RULES", "Flaw", "Rule", "check_feed"]


def check_feed(data: bytes) -> tuple[Flaw, ...]:
    """Every flaw of a feed, by line; any bytes can be asked about."""
    lines, flaws = read_lines(data)
    roots, torn = grow(lines)
    flaws += torn
    calendars = [part for part in roots if part.name == "VCALENDAR"]
    if not calendars:
        flaws.append(flaw("no-calendar", 0))
    flaws += [flaw("second-calendar", part.number) for part in calendars[1:]]
    for part in calendars:
        flaws += calendar_flaws(part)
    return tuple(sorted(flaws))
