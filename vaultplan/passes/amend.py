"""Changing a contact's note: log lines written and taken out, single properties set."""

from collections import Counter
from collections.abc import Iterable

from vaultplan.kinds.parts import is_blank
from vaultplan.passes.change import AddLine, Change, RemoveLine, SetField
from vaultplan.passes.ticks import bare_line
from vaultplan.plan.facts import Facts, Lexicon, read_facts
from vaultplan.problems import Problem
from vaultplan.text.edits import weave
from vaultplan.text.front import SpliceError, differs_only_in, set_property
from vaultplan.text.log import add_log_line, remove_log_line
from vaultplan.text.note import Note, read_note


def amend(facts: Facts, changes: Iterable[Change], lexicon: Lexicon) -> Facts | Problem:
    """Make changes to a contact's note one after the other; nothing at all if one cannot be made.

    Each change is read back before it counts: a log line must be read as what was meant, a
    property's neighbours must be as they were.
    """
    for change in changes:
        try:
            text = _amended(facts, change, lexicon)
        except SpliceError as error:
            return _refused(facts.note.path, str(error))
        note = read_note(facts.note.path, text.encode())
        if isinstance(note, Problem):
            return _refused(facts.note.path, note.message)
        after = read_facts(note, lexicon)
        if not _as_meant(facts, after, change):
            return _refused(facts.note.path, "the change would not be read back as it was meant")
        facts = after
    return facts


def _amended(facts: Facts, change: Change, lexicon: Lexicon) -> str:
    note = facts.note
    if isinstance(change, AddLine):
        day_of = lexicon.daily.day_of_link
        words = lexicon.words
        edit = add_log_line(
            note.text, note.lines, words, day_of, change.day, change.kind, change.text
        )
    elif isinstance(change, RemoveLine):
        line = bare_line(facts.log, change.day, change.kind)
        if line is None:
            return note.text
        edit = remove_log_line(note.text, line)
    else:
        key = property_key(facts, change.field)
        edit = set_property(note.text, note.front, key, change.value)
    return weave(note.text, [edit])


def property_key(facts: Facts, field: str) -> str:
    """The key under which a note writes a field, as it is read from there; else its own name."""
    written = facts.entry.written.get(field) if facts.entry else None
    return written.key if written else field


def _as_meant(before: Facts, after: Facts, change: Change) -> bool:
    if isinstance(change, SetField):
        key = property_key(before, change.field)
        as_wished = is_blank(_value(after.note, key)) == (change.value == "")
        return as_wished and differs_only_in(before.note.text, after.note.text, {key})
    told = Counter((line.day, line.kind, line.text) for line in before.log)
    said = Counter((line.day, line.kind, line.text) for line in after.log)
    if isinstance(change, AddLine):
        won = list((said - told).elements())
        return told <= said and [line[:2] for line in won] == [(change.day, change.kind)]
    lost = list((told - said).elements())
    return said <= told and [line[:2] for line in lost] in ([], [(change.day, change.kind)])


def _value(note: Note, key: str) -> object:
    return next((each.value for each in note.front.properties if each.key == key), None)


def _refused(path: str, reason: str) -> Problem:
    message = f"what a tick or a command asks for cannot be written into this note: {reason}"
    fix = "mend the note, or write it by hand"
    return Problem(path, 1, "not-written", "error", message, fix)
