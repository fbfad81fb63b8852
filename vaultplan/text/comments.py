"""Comments: those a line of text leaves open (`<!-- -->`, Obsidian's `%% %%`), and markers."""

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

PERCENT = re.compile(r"(?<!%)%%(?!%)")
_MARKER = re.compile(r"[ \t]*<!--[ \t]*vaultplan:(begin|end)(?!\w)")
_INLINE = re.compile(r"(?<!\\)(\\*+)(`+|%+|<!--|\$\$)")
_AHEAD = {
    "-->": re.compile("-->"),
    "%%": PERCENT,
    "$$": re.compile(r"\$\$"),
    "empty line": re.compile(r"\n[ \t]*\r?\n"),
}


def marker(line: str) -> str:
    """Return `begin` or `end` if the line is nothing but a marker of a block, else nothing."""
    match = _MARKER.match(line)
    bare = line.rstrip(" \t\r")
    return match[1] if match and bare.find("-->") == len(bare) - 3 else ""


def block_ends(parts: list[str]) -> dict[int, int]:
    """Where each begin marker has its end, if an end is the marker that comes next."""
    marks = [(at, marker(part)) for at, part in enumerate(parts) if "vaultplan:" in part]
    pairs = pairwise((at, kind) for at, kind in marks if kind)
    return {at: end for (at, kind), (end, other) in pairs if (kind, other) == ("begin", "end")}


class Ahead:
    """Looks ahead in one note for signs; what was found is kept, so that each is read once."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, int] = {}

    def comes(self, sign: str, after: int) -> bool:
        """Whether a sign stands at that offset or later; ask with offsets that only grow."""
        return self._next(sign, after) <= len(self._text)

    def left_open(self, line: str, start: int, at: int) -> str:
        """Find the comment that a line opens at character `at` or later and does not close.

        Returns what closes it: `%%` if that comes at all, `-->` if it comes before an empty line;
        nothing if there is no such comment.
        """
        if "%%" not in line and "<!--" not in line:
            return ""
        sign, place = _left_open(line, at)
        if sign == "%%" and self.comes("%%", start + len(line)):
            return "%%"
        if sign == "<!--":
            close = self._next("-->", start + place + 2)
            return "-->" if close < self._next("empty line", start + place) else ""
        return ""

    def _next(self, sign: str, after: int) -> int:
        found = self._found.get(sign, -1)
        if found < after:
            match = _AHEAD[sign].search(self._text, after)
            found = self._found[sign] = match.start() if match else len(self._text) + 1
        return found


def _left_open(line: str, at: int) -> tuple[str, int]:
    """Pair the signs of a line, code spans and math first come first served.

    Returns the sign of the comment that is left without its end, and where it stands.
    """
    signs = list(_INLINE.finditer(line, at))
    places: dict[str, list[int]] = {}
    for index, sign in enumerate(signs):
        places.setdefault(sign[2], []).append(index)
    index = 0
    while index < len(signs):
        sign = signs[index]
        index += 1
        word = _opening(sign)
        if word == "<!--":
            # `<!-->` is a whole comment (HTML, 13.6)
            close = line.find("-->", sign.start(2) + 2)
            if close < 0:
                return word, sign.start(2)
            index = bisect_right(signs, close, key=lambda later: later.start(2))
        elif word:
            same = places.get(word, [])
            partner = bisect_left(same, index)
            if partner < len(same):
                index = same[partner] + 1
            elif word == "%%":
                return word, sign.start(2)
    return "", 0


def _opening(sign: re.Match[str]) -> str:
    """What a sign opens; nothing if a backslash makes it a plain character."""
    word = sign[2]
    if len(sign[1]) % 2:
        return word[1:] if word[0] == "`" else ""
    return "" if word[0] == "%" and word != "%%" else word
