"""Templates filled as Obsidian's core plugin fills them, and the properties of a new note."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time

from vaultplan.days import ISO_DAY
from vaultplan.text.daily import MONTH_NAMES, pieces_of
from vaultplan.text.edits import Edit, newline_of, weave
from vaultplan.text.front import FrontError, SpliceError, differs_only_in, read_front
from vaultplan.text.scalars import written
from vaultplan.text.yaml12 import read_yaml

_PLACEHOLDER = re.compile(r"\{\{[ \t]*(title|date|time)[ \t]*(?::([^{}\n]*))?\}\}", re.IGNORECASE)
_FORMATS = {"date": "YYYY-MM-DD", "time": "HH:mm"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TEENS = (11, 12, 13)
_NOON = 12


def fill(text: str, title: str, day: date, clock: time) -> str:
    """Fill `{{title}}`, `{{date}}`, `{{time}}` and those with a format of moment's.

    What cannot be filled stays as it is: other placeholders, and formats that depend on more than
    the day and the time (a time zone, a country's weeks).
    """
    moment = datetime.combine(day, clock)

    def filled(match: re.Match[str]) -> str:
        word, format_ = match[1].lower(), (match[2] or "").strip()
        if word == "title":
            return match[0] if match[2] else title
        told = in_format(format_ or _FORMATS[word], moment)
        return match[0] if told is None else told

    return _PLACEHOLDER.sub(filled, text)


def in_format(format_: str, moment: datetime) -> str | None:
    """A moment in a format of moment's, in English; None if it asks for more than is known."""
    tokens = _tokens(moment)
    parts = [tokens.get(piece) if is_token else piece for piece, is_token in pieces_of(format_)]
    told = [part for part in parts if part is not None]
    return "".join(told) if len(told) == len(parts) else None


def _tokens(moment: datetime) -> Mapping[str, str]:
    """Every token that can be filled, and what it is."""
    year, week, weekday = moment.isocalendar()
    month, name = MONTH_NAMES[moment.month - 1].capitalize(), _WEEKDAYS[weekday - 1]
    half = "am" if moment.hour < _NOON else "pm"
    numbers = {
        "M": moment.month,
        "D": moment.day,
        "Q": (moment.month + 2) // 3,
        "W": week,
        "d": weekday % 7,
        "DDD": moment.timetuple().tm_yday,
        "H": moment.hour,
        "h": moment.hour % _NOON or _NOON,
        "k": moment.hour or 24,
        "m": moment.minute,
        "s": moment.second,
    }
    return {
        **{token: str(number) for token, number in numbers.items()},
        **{2 * token: f"{numbers[token]:02d}" for token in "MDWHhkms"},
        **{f"{token}o": _ordinal(numbers[token]) for token in ("M", "D", "Q", "W", "d", "DDD")},
        "YYYY": f"{moment.year:04d}",
        "YY": f"{moment.year % 100:02d}",
        "GGGG": f"{year:04d}",
        "GG": f"{year % 100:02d}",
        "E": str(weekday),
        "DDDD": f"{moment.timetuple().tm_yday:03d}",
        "MMMM": month,
        "MMM": month[:3],
        "dddd": name,
        "ddd": name[:3],
        "dd": name[:2],
        "A": half.upper(),
        "a": half,
    }


def _ordinal(number: int) -> str:
    last = 0 if number % 100 in _TEENS else number % 10
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(last, "th")


def plain_days(text: str) -> str:
    """A filled template whose days stand without the quotes that kept a placeholder a text."""
    try:
        front = read_front(text)
    except FrontError:
        return text
    return weave(
        text,
        [
            Edit(one.start, one.end, one.value)
            for one in front.properties
            if isinstance(one.value, str) and one.single and ISO_DAY.fullmatch(one.value)
        ],
    )


def put_property(text: str, key: str, source: str) -> str:
    r"""Give a property of a new note a value, whatever stood there; the note's text afterwards.

    `source` is the value as YAML: a scalar, a flow collection, or a block list from its first
    `\n` on; nothing for an empty property. A missing key becomes the last one, missing front
    matter begins.

    Raises:
        SpliceError: it would not be read so, or something else would change with it.
    """
    newline = newline_of(text)
    value = source.replace("\n", newline)
    value = value if not value or source.startswith("\n") else f" {value}"
    try:
        front = read_front(text)
        old = next((one for one in front.properties if one.key == key), None)
        line = f"{written(key)}:{value}{newline}"
        if old:
            start, taken = len(text[: old.start].rstrip()), text[old.start : old.end]
            edit = Edit(start, old.end, value + newline * taken.endswith("\n"))
        elif front.body == front.start:
            edit = Edit(front.start, front.start, f"---{newline}{line}---{newline}")
        else:
            edit = Edit(front.end, front.end, line)
        after = weave(text, [edit])
        read = [one.value for one in read_front(after).properties if one.key == key]
    except FrontError as error:
        raise SpliceError(f"{key!r} cannot be set: {error}") from None
    if repr(read) != repr([read_yaml(source).value]) or not differs_only_in(text, after, {key}):
        raise SpliceError(f"{key!r} cannot be set without changing more")
    return after
