"""Bytes to content lines (RFC 5545, 3.1), and what is wrong before any line has a meaning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vaultplan.feedcheck.rules import Flaw, flaw

_LONGEST_LINE = 75
_LARGE = 1_000_000
_BOM = b"\xef\xbb\xbf"
_CONTROL = re.compile(rb"[\0-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SEPARATOR = re.compile("[\x80-\x9f\u2028\u2029\ufeff]")
_NAME = r"[A-Za-z0-9-]++"
_VALUE = r'(?:"[^"]*+"|[^";:,]*+)'
_PARAMETER = rf";({_NAME})=({_VALUE}(?:,{_VALUE})*)"
_LINE = re.compile(rf"({_NAME})((?:{_PARAMETER})*):(.*+)", re.DOTALL)
_PARAMETERS = re.compile(_PARAMETER)


@dataclass(frozen=True, slots=True)
class Line:
    """One unfolded content line; names in capitals, values as they stand, quotes taken off."""

    number: int
    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class _Raw:
    """A line being unfolded, and whether each of its pieces is UTF-8 by itself."""

    number: int
    data: bytearray
    whole: bool = True


def read_lines(data: bytes) -> tuple[list[Line], list[Flaw]]:
    """Every content line that can be read, and the flaws of bytes, breaks and folds."""
    flaws = [flaw("large", 0, f"{len(data):,} bytes")] if len(data) > _LARGE else []
    if data.startswith(_BOM):
        flaws.append(flaw("bom", 1))
        data = data.removeprefix(_BOM)
    flaws += _breaks(data)
    lines = []
    for raw in _unfolded(data, flaws):
        line = _content(raw, flaws)
        if line:
            lines.append(line)
    return lines, flaws


def _breaks(data: bytes) -> Iterator[Flaw]:
    """Line ends that are not CR LF; a feed of LF only is told of once."""
    total = data.count(b"\n")
    wrong = total - data.count(b"\r\n")
    if wrong:
        at = next(at for at, line in enumerate(data.split(b"\n"), 1) if not line.endswith(b"\r"))
        yield flaw("line-feed", at, f"{wrong} of {total} do not")
    if data and not data.endswith(b"\n"):
        yield flaw("no-last-break", total + 1)


def _unfolded(data: bytes, flaws: list[Flaw]) -> Iterator[_Raw]:
    """Lines with their continuations; notes what is wrong with the pieces."""
    current: _Raw | None = None
    pieces = data.removesuffix(b"\n").split(b"\n") if data else []
    for number, ended in enumerate(pieces, 1):
        piece = ended.removesuffix(b"\r")
        if not piece.strip(b" \t"):
            flaws.append(flaw("blank-line", number))
            continue
        flaws += _piece_flaws(piece, number)
        folded = piece[:1] in (b" ", b"\t")
        if folded and current:
            current.data += piece[1:]
            current.whole = current.whole and _is_utf8(piece)
            continue
        if current:
            yield current
        current = _Raw(number, bytearray(piece), _is_utf8(piece))
    if current:
        yield current


def _piece_flaws(piece: bytes, number: int) -> Iterator[Flaw]:
    if len(piece) > _LONGEST_LINE:
        yield flaw("fold-too-long", number, f"{len(piece)}")
    if b"\r" in piece:
        yield flaw("bare-return", number)
    if control := _CONTROL.search(piece):
        yield flaw("control-character", number, f"0x{control[0][0]:02X}")


def _is_utf8(data: bytes | bytearray) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _content(raw: _Raw, flaws: list[Flaw]) -> Line | None:
    """The name, parameters and value of a line."""
    if not raw.whole:
        flaws.append(flaw("fold-in-character" if _is_utf8(raw.data) else "not-utf8", raw.number))
    text = raw.data.decode(errors="replace")
    if separator := _SEPARATOR.search(text):
        flaws.append(flaw("separator", raw.number, f"U+{ord(separator[0]):04X}"))
    match = _LINE.fullmatch(text)
    if not match:
        flaws.append(flaw("bad-line", raw.number))
        return None
    params = {m[1].upper(): m[2].replace('"', "") for m in _PARAMETERS.finditer(match[2])}
    return Line(raw.number, match[1].upper(), params, match[5])
