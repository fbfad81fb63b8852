"""File names for notes: such as Windows, macOS, Linux and Obsidian's links all take."""

import re
from unicodedata import normalize

from vaultplan.text.escape import clean

LONGEST = 200
"""No name of a new note is longer in UTF-8, so that synchronisers can still add to it."""

_COLON = re.compile(r":(?= )")
_PARTS = str.maketrans({"/": "-", "\\": "-", "|": "-", ":": "-"})
_NEVER = re.compile(r'[\[\]#^*?"<>]')
_BLANKS = re.compile(" +")
_ENDS = " .\u200c\u200d"
# Windows takes these for devices, whatever follows the first dot.
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|\Z))", re.IGNORECASE
)


def file_name(name: str) -> str:
    """The name of a note's file, without `.md`; empty if nothing of the name can stand in one.

    What is forbidden becomes a hyphen or a blank, and what begins with a dot would be hidden.
    """
    plain = _COLON.sub(" -", normalize("NFC", clean(name))).translate(_PARTS)
    plain = _BLANKS.sub(" ", _NEVER.sub(" ", plain)).lstrip(" .~").rstrip(_ENDS)
    short = plain.encode()[:LONGEST].decode(errors="ignore").rstrip(_ENDS)
    return _DEVICE.sub(r"\1_", short, count=1) if _DEVICE.match(short) else short
