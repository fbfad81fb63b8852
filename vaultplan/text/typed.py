"""Telling what a person typed between generated lines, and keeping it harmless elsewhere."""

import re
from collections.abc import Callable, Iterator

from vaultplan.text.lines import Where, lines_of
from vaultplan.text.tasks import is_task

_FENCE = re.compile(r"[ \t]*(?:(`{3,})([^`]*)|(~{3,})(.*))")
_FENCES = (re.compile("`{3,}"), re.compile("~{3,}"))
_SILENT = (Where.CODE, Where.COMMENT, Where.MATH)


def typed_lines(old: list[str], new: list[str], ours: Callable[[str], bool]) -> list[str]:
    """Find what a person typed between the old lines; where blank lines parted it, one does."""
    new = [line.rstrip() for line in new]
    said = {*pieces(new), *((line,) for line in new)}
    kept: list[str] = []
    parted = False
    for piece in pieces(old):
        bare = tuple(line.rstrip() for line in piece)
        if not piece:
            parted = bool(kept)
        elif bare not in said and not (len(bare) == 1 and ours(bare[0])):
            kept += ["", *piece] if parted else piece
            parted = False
    return kept


def pieces(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Part the lines of a block into those that may be typed: one line, or a whole fence of code.

    Task lines with an id, table rows and diagrams are left out; an empty piece stands for a blank
    line. A fence that is not closed is a line like any other.
    """
    unclosed: dict[str, int] = {}  # the length from which on no such fence is closed any more
    at = 0
    while at < len(lines):
        line, after, diagram = lines[at], at + 1, False
        if fence := _FENCE.fullmatch(line):
            sign = fence[1] or fence[3]
            diagram = (fence[2] or fence[4] or "").split()[:1] == ["mermaid"]
            if sign[0] not in unclosed or len(sign) < unclosed[sign[0]]:
                after = _after_fence(lines, at, sign)
                if after == at + 1:
                    unclosed[sign[0]] = len(sign)
        if not line.strip():
            yield ()
        elif not (diagram or line.lstrip().startswith("|") or is_task(line)):
            yield tuple(lines[at:after])
        at = after


def _after_fence(lines: list[str], at: int, sign: str) -> int:
    """The index behind the line that closes a fence; the one behind its opening if none does."""
    for later in range(at + 1, len(lines)):
        line = lines[later].strip(" \t")
        if line.startswith(sign) and not line.strip(sign[0]):
            return later + 1
    return at + 1


def closing_line(kept: list[str], rest: str) -> list[str]:
    """The line to add below kept text that leaves code, a comment or math open, if there is one.

    Inside the block the end marker put an end to it; outside it would swallow the rest of the note.
    """
    rest += "\n\nwords"
    before = [line.where for line in lines_of(rest, 0)]
    text = "\n".join(kept)
    fences = [max(fence.findall(text), key=len, default="") for fence in _FENCES]
    for closing in ("", *fences, "%%", "-->", "$$"):
        added = [closing] if closing else []
        lines = lines_of("\n".join([*kept, *added, rest]), 0)[-len(before) :]
        pairs = zip(lines, before, strict=True)
        if all(line.where is where or where in _SILENT for line, where in pairs):
            return added
    return []
