"""What a note is without a change that was made to it, though it went on since."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from vaultplan.kinds.parts import is_blank
from vaultplan.passes.reading import Sight
from vaultplan.passes.ticks import changed_lines
from vaultplan.plan.facts import Facts, read_facts
from vaultplan.text.blocks import checksum
from vaultplan.text.edits import Edit, newline_of, weave
from vaultplan.text.log import LogLine
from vaultplan.text.note import Note, read_note
from vaultplan.text.takeback import Piece, take_back
from vaultplan.text.tasks import as_written, open_again

_LINE = re.compile(r"([^\n]*?)(\r?\n|\Z)")
_BOM = "\ufeff"


def read_text(path: str, data: bytes, sight: Sight) -> Facts | None:
    """What a text of a note says; None if it cannot be read."""
    note = read_note(path, data)
    return read_facts(note, sight.lexicon) if isinstance(note, Note) else None


def without(before: Facts, after: Facts, now: Facts, sight: Sight) -> Facts | None:
    """The note of now without the change from `before` to `after`; None if it cannot be told apart.

    A log heading that came with the change stays if something else needs it by now.
    """
    if now.note.text == after.note.text:
        return before
    for old in (before, _with_heading(before, after, sight)):
        found = old and _taken_back(old, after, now, sight)
        if old and found and _as_meant(old, after, now, found):
            return found
    return None


def is_as_made(after: Facts, now: Facts, sight: Sight) -> bool:
    """Whether a note is what it was when it was made, but for what passes fill in."""
    keys = [[piece.key for piece in _pieces(facts, sight)] for facts in (after, now)]
    made = set(_contents(after))
    typed = any(
        content not in made and block.checksum != checksum(content)
        for block, content in zip(now.blocks, _contents(now), strict=True)
    )
    return keys[0] == keys[1] and not typed and not any(changed_lines(now))


def with_dates_back(
    before: Facts, after: Facts, now: Facts, later: Iterable[tuple[Facts, Facts, bool]]
) -> str:
    """The text of a note with the dates back that passes cleared, used up by a change to it.

    `later` is what was written since, the newest first, and whether a pass did it. The next pass
    clears again what is used up all the same.
    """
    values = [
        {one.key: one.value for one in facts.note.front.properties} for facts in (before, after)
    ]
    edits: list[Edit] = []
    seen: set[str] = set()
    for old, new, by_pass in later:
        for one in old.note.front.properties:
            # Any contact may use up a date; other changes only what they are about.
            concerned = before.log != after.log or values[0].get(one.key) != values[1].get(one.key)
            if one.key not in seen and concerned and not is_blank(one.value):
                seen.add(one.key)
                edits += _cleared(old, new, now, one.key) if by_pass else ()
    return weave(now.note.text, edits)


def silenced(facts: Facts, keys: Collection[str], sight: Sight) -> Facts | None:
    """A note whose boxes of some steps say nothing any more; None if none of them did.

    In a block they are as they were written.
    """
    edits = []
    for placed, block in changed_lines(facts):
        if placed.task.key in keys:
            line = facts.note.lines[placed.line - facts.note.lines[0].number]
            said = as_written(line.text) if block else open_again(line.text)
            if said != line.text:
                edits.append(Edit(line.start, line.end, said))
    text = weave(facts.note.text, edits)
    return read_text(facts.note.path, text.encode(), sight) if edits else None


def _taken_back(before: Facts, after: Facts, now: Facts, sight: Sight) -> Facts | None:
    pieces = [tuple(_pieces(facts, sight)) for facts in (before, after, now)]
    newline = newline_of(now.note.text)
    if newline != newline_of(after.note.text):
        for each in (0, 1):
            pieces[each] = tuple(replace(one, end=one.end and newline) for one in pieces[each])
    taken = take_back(*pieces)
    if taken is None:
        return None
    # What was the last line may stand above others now.
    ended = [
        piece if piece.end or piece.body == _BOM else replace(piece, end=newline)
        for piece in taken[:-1]
    ]
    text = "".join(piece.text for piece in (*ended, *taken[-1:]))
    return read_text(now.note.path, text.encode(), sight)


def _with_heading(before: Facts, after: Facts, sight: Sight) -> Facts | None:
    """A note before lines were written into its log, but with the heading that came with them."""
    won = Counter(_told(after)) - Counter(_told(before))
    edits = []
    for line, told in zip(after.log, _told(after), strict=True):
        if won[told]:
            won[told] -= 1
            rest = _LINE.match(after.note.text, line.end)
            edits.append(Edit(line.start, rest.end() if rest else line.end, ""))
    body = weave(after.note.text, edits)[after.note.front.body :]
    text = before.note.text[: before.note.front.body] + body
    return read_text(before.note.path, text.encode(), sight)


def _pieces(facts: Facts, sight: Sight) -> Iterator[Piece]:
    """The lines of a note; blocks and computed properties are alike, whatever is in them."""
    text, listed = facts.note.text, sight.settings.computed
    computed = {one.line: one for one in facts.note.front.properties if one.key in listed}
    stops = {block.start: block.stop for block in facts.blocks}
    at, number = int(text.startswith(_BOM)), 1
    if at:
        yield Piece(_BOM, _BOM)
    while at < len(text):
        line = _LINE.match(text, stops.get(at, at))
        assert line is not None  # noqa: S101  (it matches anything)
        body, one = text[at : line.start(2)], computed.get(number)
        key = "\0block" if at in stops else body
        if one:
            key = f"\0{text[at : one.start].rstrip()}\0{text[one.end : line.start(2)].strip()}"
        yield Piece(key, body, line[2])
        number += text.count("\n", at, line.end())
        at = line.end()


def _as_meant(before: Facts, after: Facts, now: Facts, new: Facts) -> bool:
    """Whether a note has lost what it had won by the change, and nothing else, as it is read."""
    old, changed, last, found = (Counter(_said(facts)) for facts in (before, after, now, new))
    won, lost = changed - old, old - changed
    return won <= last and found == last - won + lost


def _said(facts: Facts) -> Iterator[Sequence[object]]:
    """All that a note says, be it where it may: lines, the log, properties, blocks."""
    yield from ((line.text, line.where) for line in facts.note.lines if line.text.strip())
    yield from _told(facts)
    yield from ((one.key, repr(one.value)) for one in facts.note.front.properties)
    yield from ((block.view, block.options) for block in facts.blocks)


def _told(facts: Facts) -> list[tuple[object, ...]]:
    """The lines of a log with all that is nested in them."""
    return [(line.day, line.kind, *_lines_of(facts, line)) for line in facts.log]


def _lines_of(facts: Facts, line: LogLine) -> list[str]:
    return facts.note.text[line.start : line.end].replace("\r", "").split("\n")


def _contents(facts: Facts) -> list[str]:
    return [facts.note.text[block.start : block.end] for block in facts.blocks]


def _cleared(old: Facts, new: Facts, now: Facts, key: str) -> Iterator[Edit]:
    """How to put a property back that was cleared, if it still stands as it was left."""
    was, left, there = (_line_of(facts, key) for facts in (old, new, now))
    blank = any(one.key == key and is_blank(one.value) for one in new.note.front.properties)
    if blank and was and left and there and left.text == there.text:
        yield replace(there, text=was.text)


def _line_of(facts: Facts, key: str) -> Edit | None:
    """The line of a property as it stands in a note, without its line ending."""
    found = next((one for one in facts.note.front.properties if one.key == key), None)
    if found is None:
        return None
    text = facts.note.text
    start = text.rfind("\n", 0, found.start) + 1
    line = _LINE.match(text, start)
    assert line is not None  # noqa: S101  (it matches anything)
    return Edit(start, line.end(1), line[1])
