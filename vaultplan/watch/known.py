"""What the vault held after the last pass, to tell what a person has changed since."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from vaultplan.disk.places import present
from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST
from vaultplan.disk.skips import Skips, is_skipped
from vaultplan.disk.within import vault_path
from vaultplan.passes.reading import Sight, obsidian_of, skips_of
from vaultplan.plan.facts import Facts, read_facts
from vaultplan.settings.obsidian import FILES as OBSIDIAN
from vaultplan.settings.table import FILE as SETTINGS
from vaultplan.text.note import Note, read_note

if TYPE_CHECKING:
    from datetime import date

    from vaultplan.passes.outcome import Outcome
    from vaultplan.plan.facts import Lexicon

BESIDE = (SETTINGS, *OBSIDIAN)
"""The files beside the notes that say how notes are read."""


Texts = tuple[dict[str, bytes], Mapping[str, str], dict[str, bytes]]
"""By path the digest of each note, how the file system spells it, and its text made small."""


class State(Enum):
    """How a file is, held against what the last pass left."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


class Good(Mapping[str, Facts]):
    """The notes that say something, as they could last be read: kept small, read when asked for."""

    def __init__(self) -> None:
        self.texts: dict[str, bytes] = {}
        self._lexicon: Lexicon | None = None

    def learn(self, sight: Sight, outcome: "Outcome") -> None:
        """A pass has read, or written, these notes."""
        self._lexicon = sight.lexicon
        for path, facts in sight.facts.items():
            if facts.entry or facts.told:
                text = outcome.notes.get(path, facts.note.text)
                self.texts[path] = zlib.compress(text.encode(), 1)
        for path in self.texts.keys() - sight.raw.keys():
            del self.texts[path]

    def __getitem__(self, path: str) -> Facts:
        note = read_note(path, zlib.decompress(self.texts[path]))
        assert isinstance(note, Note)  # noqa: S101  (it could be read before)
        assert self._lexicon is not None  # noqa: S101  (learned with the texts)
        return read_facts(note, self._lexicon)

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Known:
    """What was seen in a vault, and written there, by the last pass."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.good = Good()
        self.today: date | None = None
        self._held: dict[str, bytes] = {}
        self._raw: Mapping[str, str] = {}
        self._feeds: frozenset[str] = frozenset()
        self.beside: dict[str, bytes | None] = {}
        self._skips = Skips()

    def begin(self) -> None:
        """A pass begins; what stands beside the notes is looked at before it is."""
        self.beside = {path: present(self._root, path) for path in BESIDE}

    def learn(self, sight: Sight, outcome: "Outcome", *, feeds: bool, whole: bool) -> None:
        """A pass has seen this, and written that; `feeds` if also its feeds.

        After a `whole` pass nothing is known of a note that could not be read.
        """
        self.good.learn(sight, outcome)
        if whole:
            self._held.clear()
        self.today = sight.today
        for path, data in sight.before.items():
            after = outcome.notes.get(path)
            self._held[path] = _digest(data if after is None else after.encode())
        for path in self._held.keys() - sight.raw.keys():
            del self._held[path]
        self._raw = sight.raw
        paths = ((one.path, one.todo) for one in sight.settings.feeds if feeds)
        self._feeds = frozenset(path for both in paths for path in both if path)
        self._skips = skips_of(sight.settings, obsidian_of(self._root))

    def take_out(self) -> Texts:
        """What is known of each note, which is then forgotten."""
        out = self._held, self._raw, self.good.texts
        self._held, self._raw, self.good.texts = {}, {}, {}
        return out

    def put_back(self, texts: Texts) -> None:
        """Know again what was taken out."""
        self._held, self._raw, self.good.texts = texts

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
            same = present(self._root, raw) == self.beside.get(raw)
            return State.SAME if same else State.CHANGED
        path = vault_path(raw)
        try:
            now = load(self._root, raw, LARGEST)
        except (FileNotFoundError, NotADirectoryError):
            return State.GONE if path in self._raw else State.SAME
        except OSError:
            return State.CHANGED
        if self._held.get(path) == _digest(now):
            return State.SAME
        return State.CHANGED if now else State.GONE

    def changed_of(self, raws: Iterable[str]) -> Iterator[tuple[str, State]]:
        """Those of some files that have a say, each with how it is."""
        for raw in raws:
            if self.matters(raw):
                yield raw, self.state_of(raw)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()
