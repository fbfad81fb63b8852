"""A text of YAML as libyaml can read it: same length, stand-ins for what only YAML 1.2 allows.

libyaml follows YAML 1.1: it refuses control characters, and takes NEL, LS, PS and a lone CR for
the end of a line. Each such character is replaced by one private character that the text does not
use; the values then get their own back. No character moves, so that offsets stay true.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from vaultplan.text.yaml_errors import YamlError

_ODD = re.compile(
    "[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_LONE_CR = re.compile(r"\r(?!\n)")
# A dash alone as a value (`phone: -`): to npm `yaml` a list of one nothing, to libyaml an error.
_DASH = re.compile(r"(:[ \t]+)-(?=[ \t]*\r?$|[ \t]+#)", re.MULTILINE)
# JSON may write an emoji as two escapes, each of which alone is an error to libyaml.
_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
# A line of nothing but tabs and spaces is empty to YAML 1.2, and may be an error to libyaml.
_BLANK = re.compile(r"^ *+\t[ \t]*+(?=\r?$)", re.MULTILINE)
_PRIVATE = (range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))


@dataclass(frozen=True, slots=True)
class StandIns:
    """A text for libyaml, and the way back.

    `written` tells what each stand-in stands for, `quoted` the same between double quotes; `dash`
    is the stand-in of a dash alone ("" if there is none).
    """

    text: str
    written: dict[int, str]
    quoted: dict[int, str]
    dash: str


def with_stand_ins(source: str) -> StandIns:
    """Replace what libyaml cannot read.

    Raises:
        YamlError: no private character is left to stand in.
    """
    # Whatever is printable is not odd, and that is known much sooner.
    printable = source.replace("\n", "").isprintable()
    if printable and not _PAIR.search(source) and not _DASH.search(source):
        return StandIns(source, {}, {}, "")
    try:
        return _replaced(source, _unused(set(source)))
    except StopIteration:
        raise YamlError("it has too many kinds of odd characters; remove them") from None


def _unused(used: set[str]) -> Iterator[str]:
    return (char for code in chain(*_PRIVATE) if (char := chr(code)) not in used)


def _replaced(source: str, free: Iterator[str]) -> StandIns:
    dash, cr, filler = next(free), next(free), next(free)
    written = {ord(dash): "-", ord(cr): "\r", ord(filler): ""}
    quoted = {}
    there: dict[str, str] = {}
    for high, low in set(_PAIR.findall(source)):
        char, escapes = next(free), f"\\u{high}\\u{low}"
        there[escapes] = char + filler * (len(escapes) - 1)
        written[ord(char)] = escapes
        quoted[ord(char)] = bytes.fromhex(high + low).decode("utf-16-be")
    text = _PAIR.sub(lambda match: there[match[0]], source)
    for strange in set(_ODD.findall(text)):
        there[strange] = char = next(free)
        written[ord(char)] = strange
    text = _ODD.sub(lambda match: there[match[0]], _LONE_CR.sub(cr, text))
    text = _BLANK.sub(lambda match: " " * len(match[0]), text)
    text = _DASH.sub(rf"\g<1>{dash}", text)
    return StandIns(text, written, written | quoted, dash)
