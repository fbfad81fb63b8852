"""What `check --fix` mends: only what can be meant in one way, shown before it is written."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vaultplan.disk.journal import Journal
from vaultplan.disk.read import read_small
from vaultplan.disk.state import move_state
from vaultplan.disk.write import replace_file
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.parts import is_blank
from vaultplan.passes.changing import write
from vaultplan.passes.creating import Choose, new_id
from vaultplan.passes.outcome import FileChange, plan_of
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.passes.unheard import unheard
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, read_facts
from vaultplan.problems import NotWrittenError, Problem
from vaultplan.settings import Habits
from vaultplan.settings.table import FILE
from vaultplan.text.edits import newline_of, weave
from vaultplan.text.front import Property, SpliceError, set_property
from vaultplan.text.links import Link, Targets, parse_link
from vaultplan.text.linkstyle import LinkStyle, write_link
from vaultplan.text.linkstyle import Place as Where
from vaultplan.text.note import Note, read_note

LABEL = "check --fix"
IDENTIFIED = ("contact", "goal", "plan", "event", "opportunity", "brand")
"""The kinds whose notes get an id: what the calendar shows of them is known by it."""

_NO_ID = re.compile(r"""^[ \t]*vault_id[ \t]*=[ \t]*(""|'')""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What is made by chance, or depends on it: a vault's id, where its state is then, letters."""

    vault_id: str
    state: Path
    choose: Choose


@dataclass(frozen=True)
class Mending:
    """What can be mended: the notes and the settings as they are to be; why something cannot."""

    sight: Sight
    notes: Mapping[str, Facts]
    settings: FileChange | None
    left: tuple[str, ...]

    @property
    def changes(self) -> dict[str, FileChange]:
        """The old and new bytes of each file, the settings first."""
        found = {FILE: self.settings} if self.settings else {}
        for path, facts in sorted(self.notes.items()):
            found[path] = FileChange(self.sight.before[path], facts.note.text.encode())
        return found


def mend(place: Place, fresh: Fresh, *, dry_run: bool = False) -> Mending:
    """Read the vault and work out what can be mended; nothing of it is written yet.

    Raises:
        Stop: there is no vault, or its settings cannot be read.
    """
    if not dry_run:
        with Journal(place.state / "journal", place.now, LABEL) as journal:
            journal.recover(place.root)
    before = read_small(place.root, FILE)
    sight = look(place)
    plan = plan_of(sight)
    held = unheard(plan)
    left: list[str] = []
    settings = None
    if sight.settings.vault_id is None and held:
        left.append(f"{FILE}: no vault_id yet: {next(iter(held.values()))}")
    elif sight.settings.vault_id is None and isinstance(before, bytes):
        after = with_vault_id(before, fresh.vault_id)
        settings = FileChange(before, after) if after else None
    notes: dict[str, Facts] = {}
    _mend_links(sight, plan, notes)
    left += _give_ids(sight, held, fresh.choose, notes)
    return Mending(sight, notes, settings, tuple(left))


def write_mended(place: Place, mending: Mending, fresh: Fresh) -> None:
    """Write what was shown: the settings, then the notes in one run of the journal.

    What is remembered of a vault goes by its id, so it moves along.

    Raises:
        NotWrittenError: a file was changed since, or cannot be written.
    """
    if mending.settings:
        _write_settings(place, mending.settings)
        move_state(place.state, fresh.state)
        place = replace(place, state=fresh.state)
    write(place, LABEL, mending.sight, mending.notes)


def _write_settings(place: Place, change: FileChange) -> None:
    if read_small(place.root, FILE) != change.before:
        message = "was changed meanwhile; nothing was written"
        raise NotWrittenError(Problem(FILE, 0, "note-changed", "error", message, "run it again"))
    problem = replace_file(place.root, FILE, change.after)
    if isinstance(problem, Problem):
        raise NotWrittenError(problem)


def with_vault_id(data: bytes, vault_id: str) -> bytes | None:
    """Settings with a `vault_id`, every other byte as it was; None if it cannot be put in."""
    text = data.decode("utf-8")
    mark = text[: int(text.startswith("\ufeff"))]
    text = text[len(mark) :]
    parsed = tomllib.loads(text)
    if "vault_id" in parsed:
        after = _NO_ID.sub(lambda one: one[0][: -len(one[1])] + f'"{vault_id}"', text, count=1)
    else:
        after = f'vault_id = "{vault_id}"{newline_of(text)}{text}'
    same = tomllib.loads(after) == {**parsed, "vault_id": vault_id}
    return f"{mark}{after}".encode() if same else None


def _mend_links(sight: Sight, plan: Plan, notes: dict[str, Facts]) -> None:
    """Links by an alias, each as a link to the note that shows the alias."""
    targets = plan.vault.targets
    for path, entry in plan.vault.entries.items():
        for name, there in entry.written.items():
            link = _only(getattr(entry.item, name, None))
            value = _mended_link(there, link, path, targets, sight.style) if link else ""
            if value:
                facts = notes.get(path, sight.facts[path])
                after = _with(facts, there.key, value, sight)
                if after:
                    notes[path] = after


def _only(value: Any) -> Link | None:
    """The link that a field holds, if it holds one alone."""
    members = value if isinstance(value, tuple) else (value,)
    only = members[0] if len(members) == 1 else None
    return only if isinstance(only, Link) else None


def _mended_link(there: Property, link: Link, path: str, targets: Targets, style: LinkStyle) -> str:
    """A wikilink by an alias as one by the note's name; empty if it is none, or says more."""
    written = there.value
    if not there.single or not isinstance(written, str) or "#" in written:
        return ""
    real = targets.resolve_alias(link.target)
    found = written.strip().startswith("[[") and parse_link(written) == link
    if not found or real is None or targets.resolve(link.target, path):
        return ""
    shown = link.display or link.target
    value = write_link(replace(style, markdown=False), targets, real, shown, path, Where.INLINE)
    after = parse_link(value)
    leads = after and targets.resolve(after.target, path) == real
    return value if leads and value.startswith("[[") else ""


def _give_ids(
    sight: Sight, held: Mapping[str, str], choose: Choose, notes: dict[str, Facts]
) -> Iterator[str]:
    """An id for each note without one of a kind that has one; yields why one gets none."""
    taken = {facts.entry.common.id for facts in sight.facts.values() if facts.entry}
    for path, facts in sight.facts.items():
        entry = facts.entry
        there = entry.written.get("id") if entry else None
        if entry is None or entry.kind not in IDENTIFIED or (there and not is_blank(there.value)):
            continue
        if path in held:
            yield f"{path}: no id yet: {held[path]}"
            continue
        identity = _identity(entry, taken, choose)
        after = _with(notes.get(path, facts), _key_of_id(entry, sight), identity, sight)
        if after is None or after.entry is None or after.entry.common.id != identity:
            yield f"{path}: no id: it cannot be put in without changing more; write one by hand"
        else:
            notes[path] = after
            taken.add(identity)


def _identity(entry: Entry[Any], taken: Collection[str], choose: Choose) -> str:
    identity = new_id(entry.name, choose)
    while identity in taken:
        identity += new_id("", choose)
    return identity


def _key_of_id(entry: Entry[Any], sight: Sight) -> str:
    there = entry.written.get("id")
    own = sight.settings.kinds.get(entry.kind, Habits()).keys
    return there.key if there else next(iter(own.get("id", ())), "id")


def _with(facts: Facts, key: str, value: str, sight: Sight) -> Facts | None:
    """A note with one property set; None if that cannot be, or makes it another kind of note."""
    try:
        edit = set_property(facts.note.text, facts.note.front, key, value)
    except SpliceError:
        return None
    note = read_note(facts.note.path, weave(facts.note.text, [edit]).encode())
    if not isinstance(note, Note):
        return None
    after = read_facts(note, sight.lexicon)
    kinds = [each.entry.kind if each.entry else "" for each in (facts, after)]
    return after if kinds[0] == kinds[1] else None
