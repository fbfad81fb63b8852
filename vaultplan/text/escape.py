"""Any text, written so that it shows as itself where it lands: Markdown, a task, Mermaid, a screen.

Every function takes any text at all (control characters, half surrogates, 65,000 characters) and
gives one line. What is written beside a result is to be set apart from it by a blank, as the cells
of a table and the words of a line are anyway.
"""

import re

# Explicit ranges, not `unicodedata`: the same text must come out under every Python's Unicode.
_HIDDEN = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls
    r"\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"  # breaks, bidi, invisible signs
    r"\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
# A flag such as Scotland's is spelled with otherwise invisible letters.
_FLAG = r"\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_INVISIBLE = re.compile(f"({_FLAG})|[{_HIDDEN}]")
_HALF = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
_ENDS = " \u200c\u200d"  # a joiner joins nothing at the end of a text

_SPECIAL = re.compile(
    r"""
      [\\`*\[\]<|~$^]                      # emphasis, code, links, HTML, rows, maths, block ids
    | (?<![A-Za-z0-9])_ | _(?![A-Za-z0-9]) # emphasis, unless inside a word
    | (?<![A-Za-z0-9])\#                   # tags, but not `C#`
    | &(?=\#?[A-Za-z0-9]{1,32};)           # entities (the longest has 31 letters)
    | %(?=%) | (?<=%)%                     # Obsidian's comments
    | =(?==) | (?<==)=                     # Obsidian's highlights
    | (?<=:):                              # Dataview's `key:: value`
    """,
    re.VERBOSE,
)
_OPENING = re.compile(r"[0-9]{1,9}(?=[.)](?: |\Z))|(?=[>=]|[-+](?:[ -]|\Z)|:-)")
_ADDRESS = re.compile(r"(?<!\\):(?=//)|(?<=www)\.")

# The Tasks plugin reads these, and what follows them, as fields wherever they end a line.
FIELD_SIGNS = "📅📆🗓⏳⌛🛫➕✅❌🔁🏁🆔⛔🔺⏫🔼🔽⏬"
_FIELDS = {ord(sign): f"&#x{ord(sign):X};" for sign in FIELD_SIGNS}

_MERMAID = str.maketrans(
    {
        '"': "'",
        "`": "'",
        ":": "∶",
        ";": ",",
        "#": "＃",
        "%": "％",
        "<": "‹",
        ">": "›",
        "{": "(",
        "[": "(",
        "}": ")",
        "]": ")",
        "\\": "/",
    }
)
# Gantt and timeline take these for their own words wherever a line begins with them.
_CHART_WORDS = re.compile(
    r"(?:acc(?:title|descr)|axisformat|call|click|dateformat|excludes|gantt|href|inclusiveenddates"
    r"|includes|section|tickinterval|timeline|title|todaymarker|topaxis|vert|weekday|weekend"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2})",
    re.IGNORECASE | re.ASCII,
)
# Mermaid 10.9 keeps the slices of a pie in an object that has these already, and loses them.
_OBJECT_WORDS = re.compile(
    r"constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf"
    r"|__[A-Za-z]+__"
)

_UNSHOWN = re.compile(f"({_FLAG})|[{_HIDDEN}\t-\r\x1c-\x1f\x85\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> str:
    """The text on one line, without what cannot be seen.

    Line ends, tabs and runs of blanks become one space; control, bidi and other invisible format
    characters go; a half surrogate becomes U+FFFD. Joiners inside words and emoji stay.
    """
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # its only blanks are single spaces, and all of it can be seen
    text = _INVISIBLE.sub(r"\1", _BLANKS.sub(" ", text))
    return _BLANKS.sub(" ", _HALF.sub("\ufffd", text)).strip(_ENDS)


def inline(text: str) -> str:
    r"""Markdown that shows exactly the characters of `clean(text)`, in GFM and in Obsidian.

    Only what could mean something is escaped, so ordinary words stay readable in the source. It
    may begin a line: `1. x` and `- x` become `1\. x` and `\- x`.
    """
    return _unlink(_escaped(text))


def cell(text: str) -> str:
    r"""`inline` for a cell of a table: `|` is always `\|`, so the row keeps its cells."""
    return inline(text)


def task(text: str) -> str:
    """`inline` for a task line: no word of the text is read as a field of the task.

    The signs of the Tasks plugin become character references, which show as the sign; `[due:: x]`
    and `^id` are already taken apart by `inline`.
    """
    return _unlink(_escaped(text).translate(_FIELDS))


def mermaid(text: str) -> str:
    """A label for pie, gantt, timeline and xychart, whose grammars know no escape at all.

    The signs that end or open something there are replaced by ones that look alike; a label that
    begins like a word of the grammar, or is one of JavaScript's, is put in typographic quotes. The
    plain quotes around it, where a chart wants them, are the caller's. Never empty.
    """
    label = clean(text).translate(_MERMAID)
    taken = _CHART_WORDS.match(label) or _OBJECT_WORDS.fullmatch(label)
    return f"“{label}”" if taken else label or "–"


def shown(text: str) -> str:
    r"""The text for a terminal: what would act there or hide is spelled out, as `\x1b`."""
    return _UNSHOWN.sub(_spell, text)


def _escaped(text: str) -> str:
    text = clean(text)
    if text.replace(" ", "").isalnum():
        return text
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    opening = _OPENING.match(escaped)
    if opening:
        return f"{escaped[: opening.end()]}\\{escaped[opening.end() :]}"
    return escaped


def _unlink(escaped: str) -> str:
    r"""Keep GFM from linking an address that had to be escaped, where it would show the `\`."""
    if not _ADDRESS.search(escaped):
        return escaped
    return " ".join(
        _ADDRESS.sub(r"\\\g<0>", word) if "\\" in word or "&#x" in word else word
        for word in escaped.split(" ")
    )


def _spell(match: re.Match[str]) -> str:
    return match[1] or match[0].encode("unicode_escape").decode()
