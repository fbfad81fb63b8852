"""The words of one log line: the date it begins with, its kind, and what is left of its text."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from urllib.parse import unquote

from vaultplan.days import parse_day

DayOf = Callable[[str], date | None]

_PLAIN = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}) (?!at )(?=[A-Za-z])")
_DATE = re.compile(
    r"""(?P<mark>\*{1,3}|_{1,3})?
    (?: (?P<plain>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
          | [0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2} | [0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}
        )(?=T[0-9]|[^0-9A-Za-z]|$)
      | \[\[(?P<target>[^\[\]|\#^\n]+)(?:[#^][^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]
      | \[(?P<label>[^\[\]\n]*)\]\((?P<address><[^<>\n]*>|[^()<>\s]*)(?:[ \t]+"[^"\n]*")?\)
    )""",
    re.VERBOSE,
)
_LIKE_A_DAY = re.compile(
    r"[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}"
)
_TIME = r"""(?:(?:T|,?[ \t]+)(?:at[ \t]+)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?
    (?:[ \t]*[-–—][ \t]*[0-9]{1,2}:[0-9]{2})?(?:[ \t]?[AaPp]\.?[Mm]\.?)?
    (?:Z|[+-][0-9]{2}:?[0-9]{2})?(?!\w|:[0-9]))?"""
_CLOCK = re.compile(
    r"[0-9]{1,2}:[0-9]{2}(?:[ \t]*[-–—][ \t]*[0-9]{1,2}:[0-9]{2})?(?:[ \t]*[-–—:])?[ \t]+"
)
_COLON = re.compile("[:：]")
_BETWEEN = re.compile(r"[\s_-]+")
_WORD = re.compile(r"[^\W\d_]+(?:[ _-]+[^\W\d_]+)?")
LONGEST_KIND = 48
_NEARLY = 0.8
_EMPHASIS = "*_"
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]+$")
_DAY = r"[ ]*[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FIELD = re.compile(
    rf"""[📅📆🗓✅❌➕🛫⏳⌛]\ufe0f?{_DAY} | [🔺⏫🔼🔽⏬]\ufe0f? | 🔁\ufe0f?[a-zA-Z0-9, !]*
    | 🏁\ufe0f?[ ]*[a-zA-Z]+ | [🆔⛔]\ufe0f?[ ]*[a-zA-Z0-9_,-]+
    | [\[(](?:due|scheduled|start|created|completion|cancelled|priority|repeat|onCompletion|id
      |dependsOn)::[^\[\]()]*[\])]""",
    re.VERBOSE,
)
_SIGNS = ("^", "::", *"📅📆🗓✅❌➕🛫⏳⌛🔺⏫🔼🔽⏬🔁🏁🆔⛔")  # without one there is neither


@dataclass(frozen=True, slots=True)
class Dated:
    """The date a text begins with: as `written`, and the day it means (None: there is no such day).

    `mark` is the emphasis around it (`**`), `joint` what stands between it and the `rest`, without
    a time. `timed` is whether it has one; `unclosed` whether the emphasis goes on into the rest.
    """

    written: str
    day: date | None
    mark: str
    joint: str
    rest: str
    timed: bool
    unclosed: bool


def read_date(text: str, day_of: DayOf) -> Dated | None:
    """Read `2026-11-18`, `**2026-11-18**`, or a link to a daily note, at the start of a text."""
    if plain := _PLAIN.match(text):
        day = parse_day(plain[1])
        return Dated(plain[1], day, "", " ", text[plain.end() :], timed=False, unclosed=False)
    match = _DATE.match(text)
    if not match:
        return None
    day = _day(match, day_of)
    shown = match["plain"] or (match["target"] or match["label"] or "").rpartition("/")[2]
    mark = match["mark"] or ""
    tail = _tail(mark).match(text, match.end())
    if tail is None or (day is None and not _LIKE_A_DAY.fullmatch(shown)):
        return None
    joint = tail[0]
    for time in (tail["late"], tail["early"]):
        joint = joint.replace(time or "", "", 1)
    return Dated(
        written=match[0][len(mark) :],
        day=day,
        mark=mark,
        joint=joint,
        rest=text[tail.end() :],
        timed=bool(tail["early"] or tail["late"]),
        unclosed=bool(mark) and mark not in joint,
    )


def _day(match: re.Match[str], day_of: DayOf) -> date | None:
    if match["plain"]:
        return parse_day(match["plain"])
    if match["target"]:
        return day_of(match["target"].strip())
    target = unquote(match["address"].strip("<>").partition("#")[0])
    return day_of(target.removesuffix(".md")) or parse_day(match["label"])


@cache
def _tail(mark: str) -> re.Pattern[str]:
    close = f"(?:{re.escape(mark)})?" if mark else ""
    return re.compile(
        rf"(?P<early>{_TIME}){close}(?P<late>{_TIME})(?:[ \t]*(?:[:：,–—]|-{{1,3}}))?{close}[ \t]*",
        re.VERBOSE,
    )


def read_kind(text: str, kinds: frozenset[str]) -> tuple[str, str, str]:
    """Read the kind a text begins with, if that is followed by a colon, or is all there is.

    Returns the kind, the rest of the text, and a word that looks like a kind with a slip of the pen
    (with the kind it looks like): `thank-yuo → thank-you`.
    """
    colon = _COLON.search(text, 0, LONGEST_KIND)
    head = text[: colon.start()] if colon else text[:LONGEST_KIND]
    kind = _known(head, kinds) if colon or len(text) < LONGEST_KIND else ""
    if kind:
        rest = text[colon.end() :].lstrip(": \t") if colon else ""
        mark = head[: len(head) - len(head.lstrip(_EMPHASIS))]
        if mark and colon and rest.startswith(mark) and not head.endswith(mark[-1]):
            rest = rest[len(mark) :].lstrip(" \t")
        return kind, rest, ""
    word = head.strip(" \t" + _EMPHASIS)
    if not _WORD.fullmatch(word) or (not colon and (" " in word or len(text) >= LONGEST_KIND)):
        return "", text, ""
    return "", text, _nearly(_BETWEEN.sub("-", word.casefold()), kinds)


def begins_with_kind(text: str, kinds: frozenset[str]) -> tuple[str, str]:
    """Read a kind that is followed by a colon, perhaps after a time: the kind, and the rest."""
    clock = _CLOCK.match(text)
    said = text[clock.end() :] if clock else text
    kind, rest, _ = read_kind(said, kinds)
    return (kind, rest) if kind and _COLON.search(said, 0, LONGEST_KIND) else ("", text)


def _known(word: str, kinds: frozenset[str]) -> str:
    word = word.strip(" \t" + _EMPHASIS).casefold()
    if word in kinds:
        return word
    joined = _BETWEEN.sub("-", word)
    return joined if joined in kinds else ""


@lru_cache(4096)
def _nearly(word: str, kinds: frozenset[str]) -> str:
    near = get_close_matches(word, sorted(kinds), 1, _NEARLY)
    return near[0] if near else ""


def visible(text: str, *, goes_on: bool = False) -> str:
    """A line of text without the comments in it; one open at its end `goes_on`, or it is none."""
    if "%%" not in text and "<!--" not in text:
        return text
    for opening, closing in (("%%", "%%"), ("<!--", "-->")):
        pieces: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0:
            end = text.find(closing, start + 2)
            if end < 0 and not goes_on:
                break
            pieces.append(text[at:start])
            at = len(text) if end < 0 else end + len(closing)
        if pieces:
            text = "".join([*pieces, text[at:]]).replace("  ", " ")
    return text


def has_signs(text: str) -> bool:
    """Whether a text may hold a block id or a field, which `clean` takes off."""
    return any(sign in text for sign in _SIGNS)


def clean(text: str) -> str:
    """A text without the block id and the fields of the Tasks plugin at its end."""
    text = text.strip()
    if has_signs(text):
        text = _BLOCK_ID.sub("", text)
        end = len(text)
        for field in reversed(list(_FIELD.finditer(text))):
            if text[field.end() : end].strip():
                break
            end = field.start()
        text = text[:end].rstrip()
    return text


def heading_name(text: str) -> str:
    """A heading's words: without its signs, and the colons, emoji and comments around them."""
    words = visible(text).strip(" \t#")
    if "^" in words:
        words = _BLOCK_ID.sub("", words)
    words = words.casefold()
    words = unicodedata.normalize("NFC", words)
    start, end = 0, len(words)
    while start < end and not words[start].isalnum():
        start += 1
    while start < end and not _ends_word(words[end - 1]):
        end -= 1
    return " ".join(words[start:end].split())


def _ends_word(char: str) -> bool:
    """Letters, digits and the vowel signs that follow letters, but not the sign of an emoji."""
    return char.isalnum() or (char != "\ufe0f" and unicodedata.category(char) in ("Mn", "Mc"))
