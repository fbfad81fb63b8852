"""What the vault held after the last pass, to tell what a person has changed since."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from vaultplan.disk.places import present
from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST
from vaultplan.disk.skips import Skips, is_skipped
from vaultplan.disk.within import vault_path
from vaultplan.passes.reading import Sight, obsidian_of, skips_of
from vaultplan.settings.obsidian import FILES as OBSIDIAN
from vaultplan.settings.table import FILE as SETTINGS

if TYPE_CHECKING:
    from datetime import date

    from vaultplan.plan.facts import Facts

BESIDE = (SETTINGS, *OBSIDIAN)
"""The files beside the notes that say how notes are read."""


class State(Enum):
    """How a file is, held against what the last pass left."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


class Known:
    """What was seen in a vault, and written there, by the last pass."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.facts: Mapping[str, Facts] = {}
        self.today: date | None = None
        self._written: Mapping[str, str] = {}
        self._raw: Mapping[str, str] = {}
        self._feeds: frozenset[str] = frozenset()
        self._beside: dict[str, bytes | None] = {}
        self._skips = Skips()

    def begin(self) -> None:
        """A pass begins; what stands beside the notes is looked at before it is."""
        self._beside = {path: present(self._root, path) for path in BESIDE}

    def learn(self, sight: Sight, notes: Mapping[str, str], *, feeds: bool) -> None:
        """A pass has seen this, and written those notes; `feeds` if also its feeds."""
        self.facts = sight.facts
        self.today = sight.today
        changed = (path for path, text in notes.items() if text != sight.facts[path].note.text)
        self._written = {path: notes[path] for path in changed}
        self._raw = sight.raw
        paths = ((one.path, one.todo) for one in sight.settings.feeds if feeds)
        self._feeds = frozenset(path for both in paths for path in both if path)
        self._skips = skips_of(sight.settings, obsidian_of(self._root))

    def matters(self, raw: str) -> bool:
        """Whether a file has a say in what a pass does."""
        if raw.lower().endswith(".md"):
            return not is_skipped(vault_path(raw), self._skips)
        return raw in BESIDE or raw in self._feeds

    def below(self, folders: Collection[str]) -> Iterator[str]:
        """The notes that were in some folders or below, as the file system spells them."""
        for raw in self._raw.values():
            parts = raw.split("/")
            if any("/".join(parts[:length]) in folders for length in range(1, len(parts))):
                yield raw

    def state_of(self, raw: str) -> State:
        """How a file is now."""
        if raw in self._feeds:
            return State.CHANGED if present(self._root, raw) is None else State.SAME
        if raw in BESIDE:
            same = present(self._root, raw) == self._beside.get(raw)
            return State.SAME if same else State.CHANGED
        path = vault_path(raw)
        before = self._text(path)
        try:
            now = load(self._root, raw, LARGEST)
        except (FileNotFoundError, NotADirectoryError):
            return State.GONE if path in self._raw else State.SAME
        except OSError:
            return State.CHANGED
        if before is not None and now == before.encode():
            return State.SAME
        return State.CHANGED if now else State.GONE

    def changed_of(self, raws: Iterable[str]) -> Iterator[tuple[str, State]]:
        """Those of some files that have a say, each with how it is."""
        for raw in raws:
            if self.matters(raw):
                yield raw, self.state_of(raw)

    def _text(self, path: str) -> str | None:
        if path in self._written:
            return self._written[path]
        return self.facts[path].note.text if path in self.facts else None
