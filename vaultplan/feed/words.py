"""What a reader of a feed gets to read, as far as the feed's variant lets them."""

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from vaultplan.rules.appointments import Appointment, Category
from vaultplan.settings.feeds import FeedSettings

WORDS = {
    Category.FOLLOW_UP: "Follow-up",
    Category.GOAL: "Goal",
    Category.CHECKPOINT: "Checkpoint",
    Category.EVENT: "Event",
    Category.BRAND: "Brand",
    Category.OPPORTUNITY: "Opportunity",
    Category.BIRTHDAY: "Birthday",
    Category.OVERDUE: "Follow-up",
}
"""The plain word for a kind: its CATEGORIES, and its whole title in a `busy` feed."""

# Only vaultplan's own titles hold a place for a name; a person's own words may look like one.
_OWN_TITLES = frozenset({Category.FOLLOW_UP, Category.BIRTHDAY, Category.OVERDUE})
_NOBODY = "someone"
_BREAK = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\n]+")
# Control characters end some readers' parsing, the last two those of any XML that carries a feed
# (CalDAV). Direction overrides reach beyond the name they stand in; marks (U+200E, U+200F) do not.
_DROPPED = re.compile("[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LONGEST_CLUSTER = 12


def lines_of(text: str) -> list[str]:
    """The lines of a text without what breaks a feed: each one line, stripped, single blanks."""
    if text.isprintable():  # nothing breaks it, and its only blanks are spaces
        return [_single(text)]
    try:
        text.encode()
    except UnicodeEncodeError:  # half a pair of UTF-16, as odd JSON and file names have it
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = _DROPPED.sub("", _BREAK.sub("\n", text)).split("\n")
    return [_single(line) for line in lines]


def _single(line: str) -> str:
    return (
        _BLANKS.sub(" ", line).strip() if "  " in line or not line.isprintable() else line.strip()
    )


def one_line(text: str) -> str:
    """The text as a single clean line."""
    return _single(" ".join(lines_of(text)))


def initials(name: str) -> str:
    """`Ada Lovelace` → `A. L.`; what has no letters (emoji, dots, nothing) → `someone`."""
    words = unicodedata.normalize("NFC", one_line(name)).split()
    letters = [cluster for word in words if (cluster := _first_letter(word))]
    return " ".join(f"{letter}." for letter in letters) or _NOBODY


def _first_letter(word: str) -> str:
    """The first letter as a reader sees it: with its marks, and what a virama joins to it."""
    begin = next((at for at, sign in enumerate(word) if sign.isalpha()), None)
    if begin is None:
        return ""
    end, joins = begin + 1, False
    for sign in word[end : begin + _LONGEST_CLUSTER]:
        mark = unicodedata.category(sign).startswith("M") or sign == "\u200d"
        if not mark and not (joins and sign.isalpha()):
            break
        joins = unicodedata.combining(sign) == 9 or (joins and mark)  # noqa: PLR2004  (virama)
        end += 1
    letter = word[begin:end]
    return upper if len(upper := letter.upper()) == len(letter) else letter


def title_of(appointment: Appointment, settings: FeedSettings) -> str:
    """The title for this feed's readers; a done one is ticked off, none is empty."""
    word = WORDS[appointment.category]
    title = word if settings.variant == "busy" else _told(appointment, settings) or word
    return f"✓ {title}" if appointment.done else title


def _told(appointment: Appointment, settings: FeedSettings) -> str:
    person = one_line(appointment.person)
    if settings.variant == "full":
        return one_line(appointment.title.replace("{person}", person or _NOBODY))
    if not person and appointment.category not in _OWN_TITLES:
        return ""  # a person's own words, as the name of an event, may hold anybody's name
    short = initials(person)
    parts = one_line(appointment.title).split("{person}")
    if person:  # a title may also say the name by itself
        name = re.compile(rf"(?<!\w){re.escape(person)}(?!\w)")
        parts = [name.sub(lambda _: short, part) for part in parts]
    return short.join(parts).strip()


def link_of(appointment: Appointment, settings: FeedSettings) -> str:
    """The address that opens the note in Obsidian, in ASCII; "" where it must not be told."""
    if settings.variant != "full" or not settings.links:
        return ""
    vault, file = _quoted(settings.vault_name), _quoted(appointment.path.removesuffix(".md"))
    return f"obsidian://open?vault={vault}&file={file}" if vault and file else ""


@lru_cache(1 << 12)
def _quoted(text: str) -> str:
    return quote(one_line(text), safe="")


def description_of(appointment: Appointment, settings: FeedSettings) -> str:
    """The notes and the note's link, a line each; "" where names must not be told."""
    if settings.variant != "full":
        return ""
    lines = [line for note in appointment.notes for line in lines_of(note)]
    return "\n".join([*lines, link_of(appointment, settings)]).strip()


def location_of(appointment: Appointment, settings: FeedSettings) -> str:
    """Where it is; "" where places must not be told."""
    return one_line(appointment.location) if settings.variant == "full" else ""
