"""What one note says by itself, whatever the other notes say."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.reading import Kinds
from vaultplan.problems import Problem, Severity
from vaultplan.settings import Settings
from vaultplan.settings.obsidian import Obsidian
from vaultplan.text.blocks import Block, find_blocks
from vaultplan.text.daily import DailyNames
from vaultplan.text.lines import Line, Where
from vaultplan.text.log import LogLine, LogWords, Slip, read_log, read_mentions, read_plain_log
from vaultplan.text.note import Note
from vaultplan.text.tasks import TaskLine, read_task

_LOGGING = frozenset(kind.name for kind in KINDS if kind.logs)
_SEVERITY: dict[str, Severity] = {"bad-date": "error", "block-in-code": "hint"}


@dataclass(frozen=True, slots=True)
class Placed:
    """A generated task line, and the line of the note it stands on."""

    line: int
    task: TaskLine


@dataclass(frozen=True)
class Facts:
    """One note, read: what it is, its log and its blocks.

    `told` are the items of a daily note that tell of contacts.
    """

    note: Note
    entry: Entry[Any] | None = None
    log: tuple[LogLine, ...] = ()
    told: tuple[LogLine, ...] = ()
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def tasks(self) -> tuple[Placed, ...]:
        """The generated task lines; read when first asked for."""
        return _tasks(self.note.marked_lines) if "^vp-" in self.note.text else ()


@dataclass(frozen=True)
class Lexicon:
    """How to read the notes of one vault."""

    kinds: Kinds
    words: LogWords
    daily: DailyNames
    daily_notes: bool
    any_mention: bool


def lexicon_of(settings: Settings, obsidian: Obsidian) -> Lexicon:
    """The vault's own habits over the common ones; Obsidian's daily notes unless it says else."""
    own = settings.daily_notes
    daily = DailyNames(
        obsidian.daily_folder if own.folder is None else own.folder.removeprefix("."),
        own.format or obsidian.daily_format,
    )
    return Lexicon(
        kinds=Kinds(settings),
        words=LogWords(settings.log.headings, settings.log.kinds),
        daily=daily,
        daily_notes=own.enabled,
        any_mention=own.mentions,
    )


def read_facts(note: Note, lexicon: Lexicon) -> Facts:
    """Read everything one note says."""
    entry, problems = lexicon.kinds.read(note, lexicon.daily)
    log, slips = _log(note, entry, lexicon)
    blocks: tuple[Block, ...] = ()
    if "vaultplan:" in note.text:
        blocks, more = find_blocks(note.text, note.marked_lines)
        slips += more
    return Facts(
        note,
        entry,
        log,
        _told(note, entry, lexicon),
        blocks,
        (*problems, *(_problem(note.path, slip) for slip in slips)),
    )


def _log(
    note: Note, entry: Entry[Any] | None, lexicon: Lexicon
) -> tuple[tuple[LogLine, ...], tuple[Slip, ...]]:
    if entry is None or entry.kind not in _LOGGING:
        return (), ()
    day_of = lexicon.daily.day_of_link
    plain = None
    if note.plain is not None:
        plain = read_plain_log(note.text, note.front.body, note.plain, lexicon.words, day_of)
    return read_log(note.lines, lexicon.words, day_of) if plain is None else (plain, ())


def _told(note: Note, entry: Entry[Any] | None, lexicon: Lexicon) -> tuple[LogLine, ...]:
    day = lexicon.daily.day_of(note.path) if lexicon.daily_notes and entry is None else None
    if day is None:
        return ()
    return read_mentions(note.lines, lexicon.words, day, any_item=lexicon.any_mention)


def _tasks(lines: Iterable[Line]) -> tuple[Placed, ...]:
    placed = (
        (line.number, read_task(line.text))
        for line in lines
        if line.where in (Where.TEXT, Where.BLOCK) and "^vp-" in line.text
    )
    return tuple(Placed(number, task) for number, task in placed if task)


def _problem(path: str, slip: Slip) -> Problem:
    severity = _SEVERITY.get(slip.rule, "error" if slip.rule.startswith("block-") else "warning")
    return Problem(path, slip.line, slip.rule, severity, slip.message, slip.fix)
