"""Single values of YAML: what a text without quotes is, and how a text is written.

The core schema (YAML 1.2, 10.3) knows nothing, true and false, numbers and texts.
"""

import re
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"

_EXACT = 2**53
_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|0o(?P<oct>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<inf>[-+]?\.(?:inf|Inf|INF))|(?P<nan>\.nan|\.NaN|\.NAN)"
)
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# How the few texts begin that are anything else.
_FIGURES = frozenset("+-.0123456789")
STARTS = frozenset({*(word[:1] for word in WORDS), *_FIGURES})
_TAG = "tag:yaml.org,2002:"
_KINDS = {
    "int": frozenset({"int", "oct", "hex"}),
    "float": frozenset({"float", "inf", "nan"}),
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?)?", re.ASCII)
_SIMPLE = re.compile(r"[^\W_](?:[\w ./()+-]*[\w.)])?")
# What is a text to Obsidian, and something else to readers of YAML 1.1, which many tools are.
_MISREAD = re.compile(
    r"y|n|yes|no|on|off|true|false|null|0x[0-9a-f_]+|0[ob][0-7_]+|[0-9_.]+(?:e[-+]?[0-9]+)?",
    re.IGNORECASE | re.ASCII,
)
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def plain_value(text: str) -> Value:
    """What a text without quotes is."""
    if text[:1] not in STARTS:
        return text
    if text in WORDS:
        return WORDS[text]
    match = _NUMBER.fullmatch(text) if text[0] in _FIGURES else None
    return _number(match) if match else text


def tagged_value(text: str, tag: str) -> Value:
    """What a text with a tag is; a tag that is unknown, or does not fit, leaves it a text."""
    kind = tag.removeprefix(_TAG)
    if kind in {"null", "bool"} and text in WORDS:
        value = WORDS[text]
        return value if (value is None) is (kind == "null") else text
    match = _NUMBER.fullmatch(text)
    return _number(match) if match and match.lastgroup in _KINDS.get(kind, ()) else text


def written(text: str) -> str:
    """Write a text as YAML: plain where no reader could take it for anything else, else quoted."""
    if _DAY.fullmatch(text) or (_SIMPLE.fullmatch(text) and not _MISREAD.fullmatch(text)):
        return text
    escaped = _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text)
    return f'"{escaped}"'


def as_key(value: Value) -> str:
    """A key that is no text, spelled about as JavaScript spells it."""
    if isinstance(value, dict):
        pairs = (key if item is None else f"{key}: {as_key(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[ {', '.join(map(as_key, value))} ]"
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _number(match: re.Match[str]) -> int | float:
    """A number is a double, as in JavaScript: `int` if it is whole and small enough to be exact."""
    kind, text = match.lastgroup, match[0]
    if kind == "nan":
        return float("nan")
    if kind in {"oct", "hex"}:
        value = _double(int(text, 0))
    else:
        value = float(text.replace(".", "") if kind == "inf" else text)
    return int(value) if abs(value) <= _EXACT and value.is_integer() else value


def _double(whole: int) -> float:
    try:
        return float(whole)
    except OverflowError:
        return float("inf")
