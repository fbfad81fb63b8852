"""Which notes are daily notes, and whose day: names in Obsidian's (moment's) date formats."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from unicodedata import normalize

from vaultplan.days import ISO_DAY, parse_day
from vaultplan.text.links import stem_of

# How moment cuts a format into pieces: literals in brackets or after a backslash, and tokens.
_DATE_PART = (
    r"Mo|M{1,4}|DDDo|Do|D{1,4}|do|d{1,4}|wo|ww?|Wo|WW?|Qo?|N{1,5}|Y{4,6}|YY?|yo|y{1,4}"
    r"|gg(?:ggg?)?|GG(?:GGG?)?|[Hh]mm(?:ss)?|L{1,4}|l{1,4}|LTS?|S{1,9}|HH?|hh?|kk?|mm?|ss?|zz?"
    r"|[eEaAxXZ]"
)
_PIECE = re.compile(
    rf"\[(?P<quoted>[^\[\]]*)\]|\\(?P<escaped>{_DATE_PART}|.)|(?P<token>{_DATE_PART})|(?P<literal>.)",
    re.DOTALL,
)
_LETTERS = r"[^\s\d/\\.,;:_()\[\]-]++\.?+"
_WORD = rf"{_LETTERS}(?:-{_LETTERS}){{0,2}}"  # `segunda-feira`
_PATTERNS = {
    "YYYY": r"[0-9]{4}",
    "YY": r"[0-9]{2}",
    "M": r"[0-9]{1,2}",
    "MM": r"[0-9]{2}",
    "MMM": _WORD,
    "MMMM": _WORD,
    "D": r"[0-9]{1,2}",
    "DD": r"[0-9]{2}",
    "Do": r"[0-9]{1,2}(?:st|nd|rd|th)",
    "DDD": r"[0-9]{1,3}",
    "DDDD": r"[0-9]{3}",
    # Weekdays, weeks and quarters say nothing that the day does not: they are stepped over.
    "dd": _WORD,
    "ddd": _WORD,
    "dddd": _WORD,
    "d": r"[0-9]",
    "e": r"[0-9]",
    "E": r"[0-9]",
    "Q": r"[0-9]",
    "w": r"[0-9]{1,2}",
    "ww": r"[0-9]{2}",
    "W": r"[0-9]{1,2}",
    "WW": r"[0-9]{2}",
    "gggg": r"[0-9]{4}",
    "GGGG": r"[0-9]{4}",
}
_YEARS = frozenset({"YYYY", "YY"})
_MONTHS = frozenset({"M", "MM", "MMM", "MMMM"})
_DAYS = frozenset({"D", "DD", "Do"})
_DAYS_OF_YEAR = frozenset({"DDD", "DDDD"})
MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
# These keep the ways to read a name few, whatever the format and the name.
_MOST_DATE_PARTS = 12
_MOST_WORDS = 4
_LONGEST_NAME = 1000
_LAST_TWO_DIGIT_YEAR = 68  # moment: `68` is 2068, `69` is 1969


@dataclass(frozen=True, slots=True)
class DailyNames:
    """The names of a vault's daily notes.

    `folder` is relative to the vault ("" is all of it), `format` is moment's and may hold folders
    ("" is `YYYY-MM-DD`).
    """

    folder: str = ""
    format: str = ""

    def day_of(self, path: str) -> date | None:
        """The day of the daily note at `path`, relative to the vault; None for other notes.

        Anywhere below the folder, so that old notes may be put away in folders of their own: the
        whole format fits, or its last part alone if that tells a day.
        """
        inside = self._inside(normalize("NFC", stem_of(path)))
        return None if inside is None else self._read(inside)

    def day_of_link(self, target: str) -> date | None:
        """The day of the daily note a link's target means, whether there is such a note or not."""
        target = normalize("NFC", stem_of(target)).strip().lstrip("/")
        last = target.rpartition("/")[2]
        if ISO_DAY.fullmatch(last):
            return parse_day(last)
        inside = self._inside(target)
        return self._read(target if inside is None else inside)

    def _inside(self, stem: str) -> str | None:
        folder = normalize("NFC", self.folder).strip("/. ")
        start = f"{folder}/" if folder else ""
        return stem[len(start) :] if stem.lower().startswith(start.lower()) else None

    def _read(self, name: str) -> date | None:
        last = name.rpartition("/")[2]
        written = _written(self.format)
        if not readable(written):
            return parse_day(last) if ISO_DAY.fullmatch(last) else None
        return _day_in(written, name) or _day_in(written.rpartition("/")[2], last)


def readable(format_: str) -> bool:
    """Whether names in this format tell a day; if not, only names like `2026-11-20` are read."""
    return _compiled(_written(format_)) is not None


def _written(format_: str) -> str:
    return normalize("NFC", format_).strip("/ ") or "YYYY-MM-DD"


def pieces_of(format_: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a format, and whether each is a token."""
    for piece in _PIECE.finditer(format_):
        if piece["token"]:
            yield piece["token"], True
        else:
            yield piece["quoted"] or piece["escaped"] or piece["literal"] or "", False


@lru_cache(maxsize=64)
def _compiled(format_: str) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    """The format as a pattern, and what its groups hold; None if it does not tell a day."""
    pieces = tuple(pieces_of(format_))
    tokens = tuple(piece for piece, is_token in pieces if is_token)
    held = frozenset(tokens)
    tells_day = held & _DAYS_OF_YEAR or (held & _MONTHS and held & _DAYS)
    if not (tells_day and held & _YEARS and held <= _PATTERNS.keys()):
        return None
    words = sum(_PATTERNS[token] is _WORD for token in tokens)
    if len(tokens) > _MOST_DATE_PARTS or words > _MOST_WORDS:
        return None
    parts = (
        f"({_PATTERNS[piece]})" if is_token else re.escape(piece) for piece, is_token in pieces
    )
    return re.compile("".join(parts), re.IGNORECASE), tokens


def _day_in(format_: str, name: str) -> date | None:
    """The day a name tells in a format, if it fits wholly and all its parts agree."""
    compiled = _compiled(format_)
    if compiled is None or len(name) > _LONGEST_NAME:
        return None
    pattern, tokens = compiled
    match = pattern.fullmatch(name)
    if not match:
        return None
    parts = tuple(zip(tokens, match.groups(), strict=True))
    try:
        day = _told(dict(parts))
    except (ValueError, OverflowError):
        return None
    return day if all(_agrees(token, text, day) for token, text in parts) else None


def _told(parts: Mapping[str, str]) -> date:
    """The day of some parts (by token); a ValueError or OverflowError if there is none."""
    year = int(parts["YYYY"]) if "YYYY" in parts else _full_year(int(parts["YY"]))
    of_year = parts.get("DDDD") or parts.get("DDD")
    if of_year:
        return date(year, 1, 1) + timedelta(days=int(of_year) - 1)
    number = parts.get("MM") or parts.get("M")
    names = (_month_named(token, parts[token]) for token in ("MMMM", "MMM") if token in parts)
    month = int(number) if number else next(names)
    day = parts.get("DD") or parts.get("D") or parts["Do"][:-2]
    return date(year, month, int(day))


def _agrees(part: str, text: str, day: date) -> bool:
    """Whether one part of a name, as written, says the same day.

    A month's name in another language is let be; it never stands alone, see `_told`.
    """
    if part in _YEARS:
        return int(text) == (day.year if part == "YYYY" else day.year % 100)
    if part in {"M", "MM"}:
        return int(text) == day.month
    if part in {"MMM", "MMMM"}:
        return _month_named(part, text) in {0, day.month}
    if part in _DAYS:
        return int(text.rstrip("stndrhSTNDRH")) == day.day
    if part in _DAYS_OF_YEAR:
        return int(text) == day.timetuple().tm_yday
    return True


def _month_named(part: str, word: str) -> int:
    """The number of an English month: `MMMM` is its name, `MMM` three letters of it; else 0."""
    names = MONTH_NAMES if part == "MMMM" else [name[:3] for name in MONTH_NAMES]
    return names.index(word.lower()) + 1 if word.lower() in names else 0


def _full_year(two_digits: int) -> int:
    return two_digits + (2000 if two_digits <= _LAST_TWO_DIGIT_YEAR else 1900)
