"""Days as people type them: `yesterday`, `friday`, `+3d`, `-2w`, or as they are."""

import re
from datetime import date

from vaultplan.days import ISO_DAY, Span, days_after, parse_day, shift
from vaultplan.problems import WrongUseError

_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHIFT = re.compile(r"([+-])(\d{1,4})([dwmy])", re.ASCII)
_SHORTEST = 3


def parse_when(text: str, today: date) -> date:
    """Read a day. A weekday is the next one, `last friday` the one before today.

    Raises:
        WrongUseError: it is no day.
    """
    word = text.strip().casefold()
    if ISO_DAY.fullmatch(word) and (day := parse_day(word)):
        return day
    if word in _NEAR:
        return days_after(today, _NEAR[word])
    if match := _SHIFT.fullmatch(word):
        return _shifted(today, match[1], int(match[2]), match[3])
    past, name = word.startswith("last "), word.removeprefix("last ").strip()
    for number, weekday in enumerate(_WEEKDAYS):
        if len(name) >= _SHORTEST and weekday.startswith(name):
            ahead = (number - today.weekday() - 1) % 7 + 1
            behind = (today.weekday() - number - 1) % 7 + 1
            return days_after(today, -behind if past else ahead)
    raise WrongUseError(
        f"“{text}” is no day; write 2026-11-20, today, yesterday, tomorrow, friday, +3d, -2w or +1m"
    )


def _shifted(today: date, sign: str, number: int, unit: str) -> date:
    count = -number if sign == "-" else number
    if unit in "dw":
        return days_after(today, count * (7 if unit == "w" else 1))
    months = count * (12 if unit == "y" else 1)
    return shift(today, Span(months=months))
