"""The blocks of a note: finding them, and renewing one without losing what was typed inside.

A block stands between two markers, `<!-- vaultplan:begin VIEW OPTIONS -->` and
`<!-- vaultplan:end CHECKSUM -->`, each on a line of its own. What is inside is ours, but people
type where they stand: their lines are moved out, just below the end marker, and stay there.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vaultplan.text.comments import marker
from vaultplan.text.edits import Edit
from vaultplan.text.lines import Line, Where
from vaultplan.text.log import Slip
from vaultplan.text.typed import closing_line, pieces, typed_lines

_VIEW = re.compile(r"[a-z][a-z0-9-]*")
_CHECKSUM = re.compile(r"[0-9a-f]{8}")
_OPTION = re.compile(r'([a-z][a-z0-9_-]*)=("(?:[^"\\]|\\.)*"|[^\s"]+)(?:\s+|$)')
_ESCAPED = re.compile(r'\\(["\\])')
_TEXT_FOLLOWS = re.compile(r"\r?\n[ \t]*[^ \t\r\n]")


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it stands in a note.

    `view` and `options` are what its begin marker on line `line` says, the options as written.
    `start`…`end` are the lines between the markers, `end`…`stop` is the line of the end marker;
    `checksum` is what that marker says, empty if nothing. `newline` ends the begin marker's line.
    """

    view: str
    options: str
    line: int
    start: int
    end: int
    stop: int
    checksum: str
    newline: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What renewing a block does: the edit, if anything differs, and the lines moved out of it."""

    edit: Edit | None
    kept: tuple[str, ...]


def find_blocks(text: str, lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[Slip, ...]]:
    """Find the blocks of a note that may be renewed, and the slips of those that stay as they are.

    A begin marker belongs to the next end marker that no later begin marker takes.
    """
    pairs, slips = _pairs(lines)
    blocks: list[Block] = []
    covered = -1
    for begin, end in sorted(pairs):
        if begin < covered:
            continue  # inside a block that was told of already
        covered = end
        if any(line.where is not Where.BLOCK for line in lines[begin + 1 : end]):
            slips.append(_slip(lines[begin], "block-nested"))
            continue
        block = _block(text, lines, begin, end)
        wrong = options_of(block)[1]
        slips += wrong
        if not wrong:
            blocks.append(block)
    return tuple(blocks), tuple(sorted(slips, key=lambda slip: slip.line))


def options_of(block: Block) -> tuple[tuple[tuple[str, str], ...], tuple[Slip, ...]]:
    r"""Read `where="status = to-do" limit=10` as names and values, in order, and what is wrong.

    In double quotes `\"` is a quote and `\\` a backslash. After a slip nothing more is read.
    """
    if not _VIEW.fullmatch(block.view):
        fix = "name one: <!-- vaultplan:begin checklist -->"
        return (), (Slip(block.line, "block-options", "the block names no view", fix),)
    found: list[tuple[str, str]] = []
    at, text = 0, block.options
    while at < len(text):
        option = _OPTION.match(text, at)
        if not option:
            message = f"cannot read “{text[at : at + 40]}” as an option of the block"
            fix = 'write name=value, or name="two words"'
            return tuple(found), (Slip(block.line, "block-options", message, fix),)
        name, value = option.groups()
        if value.startswith('"'):
            value = _ESCAPED.sub(r"\1", value[1:-1])
        found.append((name, value))
        at = option.end()
    return tuple(found), ()


@lru_cache(16)  # what a block holds and is to hold is mostly the same
def checksum(content: str) -> str:
    """Hash what a person could have typed in a block's content: eight hexadecimal digits.

    Task lines with an id, table rows and diagrams do not count, nor do blank lines, blanks at a
    line's end, doubled lines and their order: a tick, a renamed note, an editor that tidies up and
    a synchroniser that merges leave no line of the person's own.
    """
    lines = sorted(
        {line.rstrip() for piece in pieces(_split(content)) for line in piece if line.strip()}
    )
    digest = hashlib.sha256("\n".join(lines).encode(errors="surrogatepass"))
    return digest.hexdigest()[:8]


def rewrite(text: str, block: Block, content: str, ours: Callable[[str], bool]) -> Rewrite:
    r"""Fill a block with new content (lines ended by `\n`); what was typed inside moves below it.

    `ours` tells the lines that only the view says, in whatever words the notes then gave it.

    Raises:
        ValueError: a line of the content is a marker, which is a defect of the view.
    """
    new = _split(content.strip("\n"))
    if "<!--" in content and any(marker(line) for line in new):
        raise ValueError(f"the content of a block holds a marker: {content!r}")
    old = text[block.start : block.end]
    there = checksum(old)
    typed = block.checksum != there
    kept = typed_lines(_split(old), new, ours) if typed else []
    # Most blocks hold already what they are to hold, and the checksum knows no blank lines.
    fresh = there if _split(old.strip("\r\n")) == new else checksum(content)
    end = text[block.end : block.stop]
    if block.checksum != fresh:
        end = f"<!-- vaultplan:end {fresh} -->"
    # Obsidian takes a table right below another line, be it a comment, for words (since 1.3.2), and
    # a marker right below a table for a row of it: hence the blank lines.
    below = ["", *new, "", end] if any(new) else [end]
    if kept:
        below += ["", *kept, *closing_line(kept, text[block.stop :])]
        if _TEXT_FOLLOWS.match(text, block.stop):
            below.append("")
    renewed = block.newline.join(below)
    changed = renewed != text[block.start : block.stop]
    edit = Edit(block.start, block.stop, renewed) if changed else None
    return Rewrite(edit, tuple(line for line in kept if line.strip()))


_SLIPS: dict[str, tuple[str, str]] = {
    "block-unclosed": (
        "a block begins here and ends nowhere",
        "add a line <!-- vaultplan:end --> below it",
    ),
    "block-nested": (
        "markers of another block stand inside this one",
        "move the inner block out, or delete its markers",
    ),
    "block-end-alone": (
        "a block ends here that begins nowhere",
        "delete the line, or add the begin marker above it",
    ),
    "block-in-code": (
        "a marker in code, math or a comment is only shown, nothing is filled in",
        "if it is meant, put it on a line of its own in the text",
    ),
}


def _slip(line: Line, rule: str) -> Slip:
    return Slip(line.number, rule, *_SLIPS[rule])


def _pairs(lines: Sequence[Line]) -> tuple[list[tuple[int, int]], list[Slip]]:
    """Pair the begin and end markers (indices of lines), and tell of those that have no partner."""
    pairs: list[tuple[int, int]] = []
    slips: list[Slip] = []
    begins: list[int] = []
    for at, line in enumerate(lines):
        kind = marker(line.text) if "vaultplan:" in line.text else ""
        if not kind:
            continue
        if line.where is not Where.MARKER:
            if kind == "begin":
                slips.append(_slip(line, "block-in-code"))
        elif kind == "begin":
            begins.append(at)
        elif begins:
            pairs.append((begins.pop(), at))
        else:
            slips.append(_slip(line, "block-end-alone"))
    return pairs, slips + [_slip(lines[at], "block-unclosed") for at in begins]


def _block(text: str, lines: Sequence[Line], begin: int, end: int) -> Block:
    first, last, inside = lines[begin], lines[end], lines[begin + 1]
    said = [
        line.text.partition(f"vaultplan:{kind}")[2].rstrip()[: -len("-->")].split(maxsplit=1)
        for line, kind in ((first, "begin"), (last, "end"))
    ]
    view, options, *_ = *said[0], "", ""
    word = said[1][0] if said[1] else ""
    return Block(
        view=view,
        options=options.strip(),
        line=first.number,
        start=inside.start,
        end=last.start,
        stop=last.end,
        checksum=word if _CHECKSUM.fullmatch(word) else "",
        newline=text[first.end : inside.start],
    )


def _split(text: str) -> list[str]:
    r"""Part a text into its lines, ended by `\n` or `\r\n`."""
    return [line.removesuffix("\r") for line in text.split("\n")]
