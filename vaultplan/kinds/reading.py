"""Telling which kind a note is of, and reading it as one."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import Common, Declaration, Entry, declared, read_fields, spell
from vaultplan.kinds.kind import Kind
from vaultplan.kinds.parts import items, plain
from vaultplan.problems import Problem, WrongUseError
from vaultplan.settings import Habits, Settings
from vaultplan.settings.table import FILE
from vaultplan.text.daily import DailyNames
from vaultplan.text.front import Property
from vaultplan.text.note import Note


class Kinds:
    """The kinds of one vault: the common habits and its own, looked up by every mark of a note."""

    def __init__(self, settings: Settings) -> None:
        _check(settings)
        self._computed = settings.computed
        self._habits = {kind.name: _habits(kind, settings) for kind in KINDS}
        self._fields = {
            kind.name: Declaration.of(kind.record, self._habits[kind.name]) for kind in KINDS
        }
        self._types = self._index("types")
        self._tags = self._index("tags")
        self._categories = self._index("categories")
        self._folders = self._index("folders")

    def _index(self, marks: str) -> dict[str, Kind]:
        return {
            _mark(word): kind for kind in KINDS for word in getattr(self._habits[kind.name], marks)
        }

    def kind_of(self, note: Note, properties: dict[str, Property]) -> tuple[Kind, str] | None:
        """The kind of a note and the mark that says it: type, else tag, category or folder."""
        for key, index in (
            ("type", self._types),
            ("tags", self._tags),
            ("tag", self._tags),
            ("categories", self._categories),
            ("category", self._categories),
        ):
            if key in properties:
                for word in _marks(properties[key]):
                    if word in index:
                        return index[word], word
        if "type" in properties and any(_marks(properties["type"])):
            return None
        return self._by_folder(note.path)

    def _by_folder(self, path: str) -> tuple[Kind, str] | None:
        folder = _mark(path.rpartition("/")[0]) if self._folders else ""
        while folder:
            if folder in self._folders:
                return self._folders[folder], folder
            folder = folder.rpartition("/")[0]
        return None

    def read(
        self, note: Note, daily: DailyNames
    ) -> tuple[Entry[object] | None, tuple[Problem, ...]]:
        """Read a note as what it is; a note of no kind gives nothing."""
        properties: dict[str, Property] = {}
        for one in note.front.properties:
            if one.key not in self._computed:
                properties.setdefault(spell(one.key), one)
        found = self.kind_of(note, properties)
        if found is None:
            return None, ()
        kind, mark = found
        read = read_fields(self._fields[kind.name], properties, daily, note.path)
        entry = Entry(
            kind=kind.name,
            path=note.path,
            name=read.common.name or note.name,
            mark=mark,
            common=read.common,
            item=read.item,
            written=read.written,
        )
        return entry, read.problems


def _check(settings: Settings) -> None:
    """Say which kind or field of the settings there is not.

    Raises:
        WrongUseError: naming the first one, and what there is.
    """
    kinds = {kind.name: kind for kind in KINDS}
    for name, habits in settings.kinds.items():
        if name not in kinds:
            known = ", ".join(kinds)
            raise WrongUseError(f"{FILE}: kinds.{name}: there is no such kind; write {known}")
        fields = [one.name for one in (*declared(kinds[name].record), *declared(Common))]
        for key in habits.keys:
            if key not in fields:
                near = get_close_matches(key, fields, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else f"; write {', '.join(fields)}"
                place = f"{FILE}: kinds.{name}.keys.{key}"
                raise WrongUseError(f"{place}: a {name} has no such field{hint}")


def _habits(kind: Kind, settings: Settings) -> Habits:
    own, common = settings.kinds.get(kind.name, Habits()), kind.habits
    return Habits(
        types=(*common.types, *own.types),
        tags=(*common.tags, *own.tags),
        categories=(*common.categories, *own.categories),
        folders=own.folders,
        keys=own.keys,
    )


def _marks(one: Property) -> Iterable[str]:
    if isinstance(one.value, str) and one.key.casefold() in ("tags", "tag"):
        yield from map(_mark, re.split(r"[,\s]+", one.value))
    else:
        yield from (_mark(plain(item)) for item in items(one.value))


@lru_cache(1 << 12)
def _mark(word: str) -> str:
    """A mark as it is compared: without case, `#`, and with `-` for blanks and `_`."""
    return re.sub(r"[\s_]+", "-", word.strip().lstrip("#").casefold())
