"""Making a note of a kind: from its template, with an id, linked, and never over anything."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from vaultplan.disk.skips import Skips, is_skipped
from vaultplan.kinds import KIND_NAMED
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.kind import Kind
from vaultplan.passes.filling import Field, Known, field_called, filled, link_to
from vaultplan.passes.making import Draft
from vaultplan.passes.outcome import plan_of
from vaultplan.passes.reading import TEMPLATES, Place, Sight, look, obsidian_of
from vaultplan.passes.templates import Filled, built_in, filled_template
from vaultplan.passes.wishes import Wish, waits, wanted
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, read_facts
from vaultplan.plan.naming import fold
from vaultplan.plan.vault import Vault
from vaultplan.problems import Problem, WrongUseError
from vaultplan.settings import Habits, Settings
from vaultplan.text.escape import clean
from vaultplan.text.filenames import file_name
from vaultplan.text.front import SpliceError
from vaultplan.text.links import stem_of
from vaultplan.text.linkstyle import LinkStyle
from vaultplan.text.note import read_note
from vaultplan.text.scalars import written
from vaultplan.text.template import put_property

Choose = Callable[[str], str]

# Without those that look alike.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_MARK = 4
_NO_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = 40


@dataclass(frozen=True, slots=True)
class Created:
    """A note to be made: its path, as the vault says it and as the disk does, and its text.

    `plan` is what follows once it is there, `entry` the note in it, `said` what the person is to
    know of it.
    """

    path: str
    raw: str
    text: str
    said: tuple[str, ...]
    plan: Plan
    entry: Entry[object]


def draft(
    place: Place, kind: Kind, name: str, values: Sequence[tuple[str, str]], choose: Choose
) -> Created:
    """A new note of a kind, from the vault's own template or the built-in one; not yet written.

    Raises:
        WrongUseError: a note of that name is there, there is no such field, or it cannot take its
            value.
        AmbiguousNameError: a name in a link fits several notes.
    """
    sight = look(replace(place, wait=None))
    given = by_field(kind, values, sight.settings)
    wish = Wish(kind, clean(stem_of(name)), given, new_id(name, choose))
    zone = ZoneInfo(sight.settings.timezone) if sight.settings.timezone else None
    moment = datetime.combine(sight.today, place.now.astimezone(zone).time())

    def template(stem: str) -> Filled:
        shown = given.get("name") or wish.name
        return filled_template(kind, place.root, sight.lexicon, stem, shown, moment)

    created = _drafted(wish, sight, template)
    skips = Skips((TEMPLATES, *obsidian_of(place.root).templates), sight.settings.ignore)
    if is_skipped(created.path, skips):
        raise WrongUseError(
            f"{created.path} would never be read, by `ignore` or as a template; choose another name"
        )
    return created


def draft_new(sight: Sight, kind: str, name: str, values: Mapping[str, str]) -> Draft:
    """A note that a command makes, from the built-in template and without an id.

    Raises:
        Stop: as `draft`.
    """
    wish = Wish(KIND_NAMED[kind], name, values, "")
    moment = datetime.combine(sight.today, time())
    created = _drafted(wish, sight, lambda _: Filled(built_in(wish.kind, name, moment)))
    return Draft(created.path, created.text)


def new_id(name: str, choose: Choose) -> str:
    """An id such as `ada-lovelace-k4w7`; `choose` takes one of some letters."""
    slug = _NO_SLUG.sub("-", fold(name))[:_SLUG].strip("-")
    return "-".join(filter(None, (slug, "".join(choose(_LETTERS) for _ in range(_MARK)))))


def path_for(vault: Vault, kind: str, name: str) -> str:
    """Where a new note of a name goes: to where most of its kind are.

    Raises:
        WrongUseError: a note of that name is anywhere, or no file can be called so.
    """
    stem = file_name(name)
    if not stem:
        raise WrongUseError(f"“{name}” cannot be the name of a file; use letters or digits")
    taken = vault.targets.resolve(stem, "")
    if taken:
        raise WrongUseError(f"there is a note of that name already: {taken}; choose another")
    folders = Counter(_folder(entry.path) for entry in vault.of_kind(kind))
    home = KIND_NAMED[kind].folder
    folder = min(folders, key=lambda each: (-folders[each], each), default=home)
    return f"{folder}/{stem}.md".lstrip("/")


def as_property(entry: Entry[Any], path: str, vault: Vault, style: LinkStyle) -> str:
    """A link to a note as the value, in YAML, of a property of the note at a path."""
    return written(link_to(entry.path, path, vault, style))


def _drafted(wish: Wish, sight: Sight, template: Callable[[str], Filled]) -> Created:
    kind, plan = wish.kind, plan_of(sight)
    path = path_for(plan.vault, kind.name, wish.name)
    _check_name(wish, plan)
    filled_in = template(stem_of(path).rpartition("/")[2])
    facts = _typed(path, filled_in.text, kind, sight)
    known = Known(plan, sight.style, sight.lexicon.daily, path)
    fields = [
        filled(field_called(key, kind, sight.settings), value, known)
        for key, value in wanted(wish, plan, facts)
    ]
    _check_id(fields, plan)
    after = _with_fields(facts, fields, kind, sight)
    entry = _checked(after, fields, kind)
    there = replace(sight, paths=tuple(sorted({*sight.paths, path})))
    said = [word for one in fields for word in one.said]
    return Created(
        path=path,
        raw=_spelled(path, sight),
        text=after.note.text,
        said=(*filled_in.said, *said, *waits(wish, plan)),
        plan=plan_of(there, {path: after}),
        entry=entry,
    )


def by_field(kind: Kind, values: Sequence[tuple[str, str]], settings: Settings) -> dict[str, str]:
    """`KEY=VALUE` by the field that each key means.

    Raises:
        WrongUseError: there is no such field, vaultplan fills it, or it is given twice.
    """
    found: dict[str, str] = {}
    for key, value in values:
        name = field_called(key, kind, settings).name
        if name in found:
            raise WrongUseError(f"{name} is given twice; join several values by commas")
        found[name] = value
    return found


def _check_name(wish: Wish, plan: Plan) -> None:
    """Two notes of one kind and name are told apart by nobody, unless a `name` is given."""
    for entry in plan.vault.of_kind(wish.kind.name):
        if "name" not in wish.values and entry.name.casefold() == wish.name.casefold():
            raise WrongUseError(f"{entry.path} is called so already; choose another name")


def _spelled(path: str, sight: Sight) -> str:
    """A path as the disk spells its folder."""
    folder, _, name = path.rpartition("/")
    beside = next((each for each in sight.paths if _folder(each) == folder), path)
    return f"{_folder(sight.raw.get(beside, beside))}/{name}".lstrip("/")


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _typed(path: str, text: str, kind: Kind, sight: Sight) -> Facts:
    """The filled template as a note of its kind."""
    facts = _read(path, text, sight)
    if facts.entry is None or facts.entry.kind != kind.name:
        facts = _read(path, _put(path, text, "type", kind.name), sight)
    return facts


def _read(path: str, text: str, sight: Sight) -> Facts:
    note = read_note(path, text.encode())
    if isinstance(note, Problem):
        template = "with {{ or <% in its properties it would be a template"
        reason = template if note.rule == "template" else note.message
        raise WrongUseError(f"{path} was not written: {reason}; give other values")
    return read_facts(note, sight.lexicon)


def _put(path: str, text: str, key: str, source: str) -> str:
    try:
        return put_property(text, key, source)
    except SpliceError as error:
        raise WrongUseError(
            f"{path} was not written, by its template: {error}; mend that"
        ) from None


def _with_fields(facts: Facts, fields: Sequence[Field], kind: Kind, sight: Sight) -> Facts:
    """The note with its fields set, each under the key that its template, or the vault, uses."""
    path, text = facts.note.path, facts.note.text
    own = sight.settings.kinds.get(kind.name, Habits()).keys
    for one in fields:
        there = facts.entry.written.get(one.name) if facts.entry else None
        key = there.key if there else next(iter(own.get(one.name, ())), one.name)
        text = _put(path, text, key, one.source)
    return _read(path, text, sight)


def _check_id(fields: Sequence[Field], plan: Plan) -> None:
    wanted = next((one.value for one in fields if one.name == "id"), "")
    for entry in plan.vault.entries.values():
        if wanted and entry.common.id == wanted:
            raise WrongUseError(f"id: “{wanted}” is the id of {entry.path}; choose another")


def _checked(facts: Facts, fields: Sequence[Field], kind: Kind) -> Entry[object]:
    """The note read back: it must be of its kind and say what was asked for."""
    entry, path = facts.entry, facts.note.path
    if entry is None or entry.kind != kind.name:
        raise WrongUseError(
            f"{path} was not written: its template makes it no {kind.name}; mend that"
        )
    for one in fields:
        item = entry.common if hasattr(entry.common, one.name) else entry.item
        if getattr(item, one.name) != one.value:
            raise WrongUseError(
                f"{path} was not written: {one.name} would be read otherwise; mend its template"
            )
    return entry
