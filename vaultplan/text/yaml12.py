"""YAML as Obsidian reads it: YAML 1.2, core schema, as npm `yaml` 2.7.0 understands it.

libyaml finds the events, this module makes values of them: `yes`, `12:30` and `2026-11-20` are
texts, `02134` is a number, a key written twice is an error, `<<` is a key like any other. Where
the two still differ is listed in docs/yaml.md.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from vaultplan.text.properties import Property
from vaultplan.text.scalars import Value, as_key, plain_value, tagged_value
from vaultplan.text.standins import StandIns, with_stand_ins
from vaultplan.text.yaml_errors import YamlError, explained
from vaultplan.text.yaml_plain import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable

# Deeper nesting is refused. Aliases pile up at most seven such depths, as each doubles a weight
# that may reach a hundred (see `_alias`): recursion over a value stays within Python's limit.
DEEPEST = 64
_MOST_ALIASES = 100

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Inside a value, text at the margin: libyaml takes it, npm `yaml` wants it indented.
_OUTDENTED = re.compile(r"\n[^\s#\-\]}]")


class Reading(NamedTuple):
    """What a text of YAML says: its value and, if that is a mapping, its properties by key."""

    value: Value
    properties: dict[str, Property]


def read_yaml(source: str, line: int = 1, offset: int = 0) -> Reading:
    """Read a text of YAML; `line` and `offset` say where in the note it begins.

    Raises:
        YamlError: it is not valid, or too deeply nested.
    """
    plain = read_plain(source, line, offset)
    if plain:
        return Reading({key: one.value for key, one in plain.items()}, plain)
    return read_events(source, line, offset)


def read_events(source: str, line: int = 1, offset: int = 0) -> Reading:
    """Read a text of YAML, plain or not, as `read_yaml` does."""
    reader = _Reader(with_stand_ins(source), line, offset)
    try:
        return Reading(reader.document(), reader.properties)
    except yaml.MarkedYAMLError as error:
        raise explained(error) from None


@dataclass(slots=True)
class _Anchor:
    """A value with a name: how often the text has it, and how much aliases inside multiply it."""

    value: Value
    weight: int = 1
    count: int = 1


class _Reader:
    """One text being read: events come in, values go out."""

    def __init__(self, given: StandIns, line: int, offset: int) -> None:
        self.given = given
        self.line = line
        self.offset = offset
        self.properties: dict[str, Property] = {}
        self.anchors: dict[str, _Anchor] = {}
        self.weights: list[int] = []
        self.odd = bool(given.written)
        self.braces = False
        self.end = 0
        # npm `yaml` ends the last line of a text, if it does not end itself.
        text = given.text if given.text.endswith("\n") else given.text + "\n"
        self.next: Callable[[], Any] = _LOADER(text).get_event

    def document(self) -> Value:
        self.next()
        if isinstance(self.next(), StreamEndEvent):
            return None
        event = self.next()
        self.braces = bool(isinstance(event, MappingStartEvent) and event.flow_style)
        value = self._value(event, 0)
        self.next()
        after = self.next()
        if not isinstance(after, StreamEndEvent):
            raise YamlError("a line `...` or `---` ends it early; remove it", after.start_mark.line)
        return value

    def _value(self, event: Any, depth: int) -> Value:
        self.end = event.end_mark.index
        if isinstance(event, ScalarEvent):
            if self.odd or event.anchor or event.tag:
                return self._odd_scalar(event)
            return event.value if event.style else plain_value(event.value)
        if isinstance(event, AliasEvent):
            return self._alias(event)
        if depth >= DEEPEST:
            raise YamlError(
                f"it is nested more than {DEEPEST} deep; make it flatter", event.start_mark.line
            )
        return self._collection(event, depth + 1)

    def _collection(self, event: Any, depth: int) -> Value:
        # The name holds again only when the value is complete: nothing may contain itself.
        self.anchors.pop(event.anchor, None)
        inside = len(self.weights)
        is_mapping = isinstance(event, MappingStartEvent)
        value = self._mapping(depth) if is_mapping else self._list(depth)
        if event.anchor:
            self.anchors[event.anchor] = _Anchor(value, max(self.weights[inside:], default=1))
        return value

    def _list(self, depth: int) -> Value:
        found: list[Value] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            found.append(self._value(event, depth))
        self._close(event)
        return found

    def _mapping(self, depth: int) -> Value:
        """A mapping; the outermost one leaves its properties behind."""
        found: dict[str, Value] = {}
        seen: set[object] = set()
        while not isinstance(event := self.next(), MappingEndEvent):
            same: object
            key = same = self._value(event, depth)
            if not isinstance(key, str):
                # 1 and "1" are two keys; a list or mapping as a key is like no other.
                same = object() if isinstance(key, (list, dict)) else (type(key), key)
                key = as_key(key)
            if same in seen:
                raise YamlError(
                    f"the key {key[:40]!r} stands there twice; keep one", event.start_mark.line
                )
            seen.add(same)
            begun = self.next()
            found[key] = self._value(begun, depth)
            if depth == 1:
                self.properties[key] = self._property(key, found[key], event, begun)
        self._close(event)
        return found

    def _property(self, key: str, value: Value, at: Any, begun: Any) -> Property:
        start, end = begun.start_mark, self.end
        # A text behind | or > always ends on a later line than it begins.
        single = (
            start.line == begun.end_mark.line
            and isinstance(begun, ScalarEvent)
            and not begun.anchor
            and not begun.tag
        )
        if not (single or self.braces):
            outdented = _OUTDENTED.search(self.given.text, start.index, end)
            if outdented:
                line = start.line + self.given.text.count("\n", start.index, outdented.end())
                raise YamlError(
                    f"a line of the value of {key[:40]!r} is not indented; indent it", line
                )
        offset, line = self.offset, self.line + at.start_mark.line
        single = single and not self.braces
        return Property(key, value, line, offset + start.index, offset + end, single)

    def _close(self, event: Any) -> None:
        """Take note where brackets close; a block ends with the last thing in it."""
        if event.start_mark.index < event.end_mark.index:
            self.end = event.end_mark.index

    def _odd_scalar(self, event: Any) -> Value:
        """A text with a tag, a name or a character that libyaml was not shown."""
        text: str = event.value
        value: Value
        if self.given.dash and text.startswith(self.given.dash) and not event.style:
            if text != self.given.dash or event.tag:
                raise YamlError(
                    "a list begins behind its key; begin it on the next line", event.start_mark.line
                )
            value = [None]
        else:
            text = text.translate(self.given.quoted if event.style == '"' else self.given.written)
            value = text if event.style else plain_value(text)
            if event.tag:
                value = tagged_value(text, event.tag)
        if event.anchor:
            self.anchors[event.anchor] = _Anchor(value)
        return value

    def _alias(self, event: Any) -> Value:
        anchor = self.anchors.get(event.anchor)
        line = event.start_mark.line
        if not anchor:
            raise YamlError(
                f"a value begins with *, but no &{event.anchor} is before it; put it in quotes",
                line,
            )
        anchor.count += 1
        self.weights.append(anchor.count * anchor.weight)
        if self.weights[-1] > _MOST_ALIASES:
            raise YamlError(f"*{event.anchor} stands for too much; write it out", line)
        return anchor.value
