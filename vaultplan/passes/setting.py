"""Setting fields of many notes at once: which notes fit, and one value spliced into each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from vaultplan.kinds.fields import Entry, Spelled, spell
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.parts import is_blank
from vaultplan.kinds.values import Odd
from vaultplan.passes.changing import Done, Rewrite, rewrite
from vaultplan.passes.creating import by_field
from vaultplan.passes.filling import Field, Known, field_called, filled
from vaultplan.passes.reading import Place, Sight
from vaultplan.passes.unheard import unheard
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, read_facts
from vaultplan.plan.query import fits, parse_filter
from vaultplan.plan.records import records_of
from vaultplan.plan.vault import Vault, find
from vaultplan.problems import NotWrittenError, Problem, WrongUseError
from vaultplan.settings import Habits, Settings
from vaultplan.text.edits import Edit, weave
from vaultplan.text.front import FrontError, SpliceError, differs_only_in, read_front, set_property
from vaultplan.text.links import Link
from vaultplan.text.note import read_note
from vaultplan.text.template import put_property
from vaultplan.text.yaml12 import read_yaml

_OWN = ("id", "name")
"""The fields that no two notes may have alike."""

Filled = tuple[Spelled, Field]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: which notes of a kind (without filters all), and their values by key."""

    kind: Kind
    where: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done: the notes that fit, and what there is to say of the values."""

    done: Done
    fitting: tuple[str, ...]
    said: tuple[str, ...]


def set_fields(place: Place, wish: Wish, *, dry_run: bool = False) -> Changed:
    """Give fields of all notes that fit the same values; a note that says so already is left.

    Raises:
        Stop: an expression, a key or a value cannot be understood, or a note cannot take it.
    """
    fitting: dict[str, None] = {}
    said: dict[str, None] = {}

    def wanted(sight: Sight, plan: Plan) -> dict[str, Rewrite]:
        given = _given(wish, sight.settings)
        paths = _fitting(wish, plan)
        _check_own(given, paths, plan)
        # What a link is written as, and leads to, depends on the folder it stands in.
        filled_in = {
            folder: _filled(given, wish.kind, sight, plan, folder)
            for folder in sorted({"", *map(_folder, paths)})
        }
        fitting.update(dict.fromkeys(paths))
        for each in filled_in.values():
            said.update((word, None) for _, field in each for word in field.said)
        return {
            path: partial(_with_fields, values=filled_in[_folder(path)], sight=sight, plan=plan)
            for path in paths
        }

    done = rewrite(place, "set", wanted, dry_run=dry_run)
    return Changed(done, tuple(fitting), tuple(said))


def _given(wish: Wish, settings: Settings) -> dict[str, str]:
    computed = {spell(name): name for name in settings.computed}
    for key, _ in wish.values:
        if spell(key) in computed:
            raise WrongUseError(f"{key} is computed from the log; leave it out")
    return by_field(wish.kind, wish.values, settings)


def _fitting(wish: Wish, plan: Plan) -> list[str]:
    filters = [parse_filter(text, wish.kind.name, plan.today) for text in wish.where]
    records = records_of(plan.vault.of_kind(wish.kind.name), plan)
    return [record.path for record in records if fits(record, filters)]


def _check_own(given: Mapping[str, str], paths: Sequence[str], plan: Plan) -> None:
    """What is one note's own cannot be set on several, nor be another's already."""
    for name in _OWN:
        if name in given and len(paths) > 1:
            raise WrongUseError(f"{name} is each note's own, and {len(paths)} fit; narrow --where")
    if not paths or "id" not in given:
        return
    for entry in plan.vault.entries.values():
        if given["id"] and entry.common.id == given["id"] and entry.path != paths[0]:
            raise WrongUseError(f"id: “{given['id']}” is the id of {entry.path}; choose another")
    told = unheard(plan).get(paths[0])
    if told:
        raise WrongUseError(f"{told}; then set the id")


def _filled(
    given: Mapping[str, str], kind: Kind, sight: Sight, plan: Plan, folder: str
) -> tuple[Filled, ...]:
    """Each field with its value, as a note in a folder writes it."""
    known = Known(plan, sight.style, sight.lexicon.daily, f"{folder}/-.md".lstrip("/"))
    fields = ((field_called(name, kind, sight.settings), text) for name, text in given.items())
    return tuple((one, filled(one, text, known)) for one, text in fields)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _with_fields(facts: Facts, *, values: Sequence[Filled], sight: Sight, plan: Plan) -> Facts:
    """A note with its fields set, each under the key that it, or the vault, uses."""
    for one, field in values:
        entry = _entry_of(facts)
        if _says(entry, one, field, sight, plan.vault):
            continue
        own = sight.settings.kinds.get(entry.kind, Habits()).keys
        there = entry.written.get(one.name)
        key = there.key if there else next(iter(own.get(one.name, ())), one.name)
        facts = _with_field(facts, key, field, sight)
    return facts


def _entry_of(facts: Facts) -> Entry[Any]:
    assert facts.entry is not None  # noqa: S101  (it has fitted, or was read back)
    return facts.entry


def _says(entry: Entry[Any], one: Spelled, field: Field, sight: Sight, vault: Vault) -> bool:
    """Whether a note has the value already, in whatever words."""
    there = entry.written.get(one.name)
    value = one.shape.empty
    if there and not is_blank(there.value):
        try:
            value = one.shape.read(there.value, sight.lexicon.daily)
        except Odd:
            return False
    return bool(_meant(value, entry.path, vault) == _meant(field.value, entry.path, vault))


def _meant(value: Any, path: str, vault: Vault) -> Any:
    """A value with each link to a note as that note's path."""
    if isinstance(value, tuple):
        return tuple(_meant(member, path, vault) for member in value)
    return (find(vault.targets, value, path) or value) if isinstance(value, Link) else value


def _with_field(facts: Facts, key: str, field: Field, sight: Sight) -> Facts:
    """A note with one field set, read back: it must say what was asked for, and be of its kind."""
    path, kind = facts.note.path, _entry_of(facts).kind
    try:
        text = spliced(facts.note.text, key, field.source)
    except SpliceError as error:
        raise _refused(facts, key, str(error)) from None
    note = read_note(path, text.encode())
    if isinstance(note, Problem):
        raise _refused(facts, key, note.message)
    after = read_facts(note, sight.lexicon)
    if after.entry is None or after.entry.kind != kind:
        raise _refused(facts, key, f"it would be no {kind} any more")
    item = after.entry.common if hasattr(after.entry.common, field.name) else after.entry.item
    if getattr(item, field.name) != field.value:
        raise _refused(facts, key, "it would be read otherwise")
    return after


def spliced(text: str, key: str, source: str) -> str:
    """A note's text with one property set to a value in YAML; the narrowest splice that holds.

    Raises:
        SpliceError: none does.
    """
    try:
        front = read_front(text)
    except FrontError as error:
        raise SpliceError(str(error)) from None
    old = next((one for one in front.properties if one.key == key), None)
    value = read_yaml(source).value
    if value is None or isinstance(value, str):
        try:
            return weave(text, [set_property(text, front, key, value or "")])
        except SpliceError:
            return put_property(text, key, source)
    if old and old.single and old.start < old.end and not isinstance(value, list | dict):
        after = weave(text, [Edit(old.start, old.end, source)])
        if _reads(after, key) == repr(value) and differs_only_in(text, after, {key}):
            return after
    return put_property(text, key, source)


def _reads(text: str, key: str) -> str:
    try:
        properties = read_front(text).properties
    except FrontError:
        return ""
    return next((repr(one.value) for one in properties if one.key == key), "")


def _refused(facts: Facts, key: str, reason: str) -> NotWrittenError:
    there = next((one for one in facts.note.front.properties if one.key == key), None)
    message = f"{key} was not set: {reason}"
    line = there.line if there else 1
    fix = "change it by hand, or leave the note out by --where"
    return NotWrittenError(Problem(facts.note.path, line, "not-written", "error", message, fix))
