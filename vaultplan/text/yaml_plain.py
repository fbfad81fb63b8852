"""Front matter as nearly everybody writes it, read without a parser.

That is lines of `key: value`, where a value is a plain or quoted text on the same line, a list of
such in brackets, a list of such on the lines below, or nothing. libyaml makes some ten events of
each, and reading those is most of what a large vault would cost. Whatever is written otherwise,
down to a comment or a blank line, is left to `yaml12`; where this reader answers, the two agree.
"""

import re

from vaultplan.text.properties import Property
from vaultplan.text.scalars import STARTS, WORDS, Value, plain_value

_QUOTED = r""""[^"\\\n]*"|'[^'\n]*'"""
# No sign of YAML begins it, and neither `: ` nor ` #` stands in it.
_PLAIN = r"[\w+./(](?:[^\n:#]*(?:(?::(?=[^ \n])|(?<![ ])\#)[^\n:#]*)*[^\n:# ])?"
_ITEM = rf"-[ ]+(?:{_QUOTED}|{_PLAIN})"
_MEMBER = rf"(?:{_QUOTED}|[\w+./(](?:[\w+./() @-]*[\w+./()@-])?)"
_PROPERTIES = re.compile(
    rf"""([A-Za-z_](?:[\w -]{{0,60}}\w)?):(?:
        ([ ]+)({_QUOTED}|{_PLAIN}|\[(?:{_MEMBER}(?:,[ ]*{_MEMBER})*)?\])
      | ([ ]*\n([ ]*))({_ITEM}(?:[ ]*\n\5{_ITEM})*)
    )?([ ]*\n)""",
    re.VERBOSE,
)
_ITEMS = re.compile(rf"^[ ]*-[ ]+({_QUOTED}|{_PLAIN})", re.MULTILINE)
_MEMBERS = re.compile(_MEMBER)
_new = tuple.__new__  # which a named tuple's own way is a slow call around


def read_plain(source: str, line: int, offset: int) -> dict[str, Property] | None:
    """The properties of a plain text of YAML by key; None if it is not that plain.

    `line` and `offset` say where in the note the text begins.
    """
    if not source.replace("\n", "").isprintable():
        return None
    text = source if source.endswith("\n") else source + "\n"
    found: dict[str, Property] = {}
    at = 0
    for key, blanks, inline, gap, _, below, tail in _PROPERTIES.findall(text):
        if key in found or key in WORDS:
            return None
        start = at + len(key) + 1 + len(blanks or gap)
        end = start + len(inline or below)
        value: Value
        single = not below
        if not inline:
            value = [_text(item) for item in _ITEMS.findall(below)] if below else None
        elif inline[0] == "[":
            value, single = [_text(member) for member in _MEMBERS.findall(inline)], False
        elif inline[0] in STARTS or inline[0] in "\"'":
            value = _text(inline)
        else:
            value = inline
        found[key] = _new(Property, (key, value, line, offset + start, offset + end, single))
        line += below.count("\n") + 2 if below else 1
        at = end + len(tail)
    return found if at == len(text) else None  # else something stands between two of them


def _text(text: str) -> Value:
    if text[0] in "\"'":
        return text[1:-1]
    return plain_value(text) if text[0] in STARTS else text
