"""Writing one line more into a log, in its own order and style, and taking one out again."""

from collections.abc import Sequence
from datetime import date

from vaultplan.text.edits import Edit, weave
from vaultplan.text.lines import Line, Where, lines_of
from vaultplan.text.log.places import Note, date_like, places
from vaultplan.text.log.reading import LogLine, LogWords, read_log
from vaultplan.text.log.words import DayOf


def add_log_line(  # noqa: PLR0913, PLR0917  (the note, how it is read, and what is to be written)
    text: str,
    lines: Sequence[Line],
    words: LogWords,
    day_of: DayOf,
    day: date,
    kind: str,
    words_of_line: str = "",
) -> Edit:
    """Write a log line: into the first log of the note, else into a new one at its end.

    It goes where the order of the dated items has it, below them if they have none, and takes
    their bullet, indentation, style of date and separator. Of the places that come into question
    it takes the first one where it is read back as meant and no other line changes its meaning;
    if there is none (the words begin with another kind, say) the first one, for the caller to see.
    """
    note = Note(text, lines, words, day_of)
    said = ": ".join(word for word in (kind, " ".join(words_of_line.split())) if word)
    edits: list[Edit] = []
    for place in places(note, day):
        line = place.bullet + date_like(place, day, note)
        line = line + said if said else line.rstrip(" \t:,–—-")
        edit = Edit(place.at, place.at, place.before + line + place.after)
        if _reads_back(note, edit, day, kind):
            return edit
        edits.append(edit)
    return edits[0]


def remove_log_line(text: str, line: LogLine) -> Edit:
    """Take out a log line with all that is nested in it, and one line ending."""
    start, end = line.start, line.end
    if text.startswith(("\n", "\r\n"), end):
        return Edit(start, text.index("\n", end) + 1, "")
    if text.endswith("\n", 0, start):
        start -= 2 if text.endswith("\r\n", 0, start) else 1
    return Edit(start, end, "")


def _reads_back(note: Note, edit: Edit, day: date, kind: str) -> bool:
    """Whether an insertion is one more log line of that day and kind, and all else is as it was."""
    lines, told = _log_of(note, weave(note.text, [edit]))
    end = edit.start + len(edit.text)
    fresh = [line for line in told if edit.start <= line.start and line.end <= end]
    others = [_meaning(line) for line in told if line not in fresh]
    if others != [_meaning(line) for line in read_log(note.lines, note.words, note.day_of)[0]]:
        return False
    rest = [line for line in lines if not (edit.start <= line.start and line.end <= end)]
    if _places_of(rest) != _places_of(note.lines):
        return False
    return [(line.day, line.kind) for line in fresh] == [(day, kind)]


def _meaning(line: LogLine) -> tuple[object, ...]:
    return line.day, line.kind, line.text, line.bare, line.links


def _places_of(lines: Sequence[Line]) -> list[tuple[str, Where]]:
    return [(line.text, line.where) for line in lines if line.text.strip()]


def _log_of(note: Note, text: str) -> tuple[tuple[Line, ...], tuple[LogLine, ...]]:
    """The lines and the log lines of a note if this were its text."""
    lines = lines_of(text, note.body)
    return lines, read_log(lines, note.words, note.day_of)[0]
