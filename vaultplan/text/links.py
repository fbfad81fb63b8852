"""Links between notes: reading them, and resolving them as Obsidian does (`linkstyle` writes)."""

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import normalize
from urllib.parse import unquote

# No group in it is possessive: before Python 3.11.5 one with alternatives may match nothing.
_TOKEN = re.compile(
    r"""
      \\.                                                   # an escaped sign
    | (?P<ticks>`+)
    | (?P<embed>!?)\[\[(?P<wiki>[^\[\]\n]*+(?:(?:\[(?!\[)|\](?!\]))[^\[\]\n]*+)*)\]\]
    | (?P<open>!?)\[
    | (?P<close>\])
      (?:\([ \t]*+
        (?:<(?P<angle>[^<>\n]*+)>|(?P<bare>(?!<)(?:[^\s()\\]++|\\\S|\([^\s()]*+\))+))
        (?:[ \t]++(?:"[^"\n]*+"|'[^'\n]*+'|\([^()\n]*+\)))?
      [ \t]*+\))?
    """,
    re.VERBOSE,
)
_WIKI = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_MORE = re.compile(r"[`\\]|!\[")  # what makes of a wikilink anything else
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_PIPE = re.compile(r"\\?\|")  # in a table the pipe of a link is written `\|`
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ATTACHMENT = re.compile(
    r"\.(?:3gp|avif|base|bmp|canvas|flac|gif|jpe?g|m4a|mkv|mov|mp3|mp4|og[agv]|opus|pdf|png|svg"
    r"|wav|web[mp])\Z",
    re.IGNORECASE,
)
_SPACES = {0xA0: " ", 0x202F: " "}


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written: `target` without heading, block or `.md`, and the text shown, if any."""

    target: str
    display: str = ""


def find_links(text: str) -> tuple[Link, ...]:
    """The links to notes in a text, in their order: wikilinks and Markdown links.

    Embeds, addresses with a scheme, attachments, links within the same note and anything in a
    code span are none.
    """
    if "[" not in text:
        return ()
    plain = _WIKI.findall(text)
    signs = 2 * len(plain)  # of each kind, if there are no other brackets
    if text.count("[") == text.count("]") == signs and not _MORE.search(text):
        return tuple(link for inner in plain if (link := _wiki_link(inner)))
    paragraphs = _BLANK_LINE.split(text) if "\n" in text else [text]
    return tuple(link for paragraph in paragraphs for _, _, link in _scan(paragraph))


def unlinked(text: str) -> str:
    """A line of text with each link as the words it shows, for where links lead nowhere."""
    if "[" not in text:
        return text
    parts, at = [], 0
    for start, end, link in _scan(text):
        parts += [text[at:start], link.display or link.target.rpartition("/")[2]]
        at = end
    return "".join([*parts, text[at:]])


def parse_link(text: str) -> Link | None:
    """Read a property's value that is one link and nothing else: `[[X|Y]]`, `[Y](X.md)`."""
    text = text.strip()
    if not text.startswith("["):
        return None
    if plain := _WIKI.fullmatch(text):
        return _wiki_link(plain[1])
    start, end, link = next(_scan(text), (0, 0, None))
    return link if (start, end) == (0, len(text)) else None


def stem_of(path: str) -> str:
    """A note's path, or a link's target, without `.md` in any case."""
    return path[:-3] if path[-3:].lower() == ".md" else path


def is_attachment(target: str) -> bool:
    """Whether Obsidian takes a target as a picture, sound, film, PDF, canvas or base."""
    return bool(_ATTACHMENT.search(target))


def _scan(text: str) -> Iterator[tuple[int, int, Link]]:
    """Yield start, end and link, going over a paragraph once."""
    runs = _tick_runs(text)
    openers: list[tuple[int, bool]] = []
    place = 0
    while token := _TOKEN.search(text, place):
        place = token.end()
        if token["ticks"]:
            place = _after_code(runs, token)
        elif token["wiki"] is not None:
            link = _wiki_link(token["wiki"])
            if link and not token["embed"]:
                yield token.start(), place, link
        elif token["open"] is not None:
            openers.append((token.start(), token["open"] == "!"))
        elif token["close"] and openers:
            start, is_image = openers.pop()
            dest = token["angle"] if token["bare"] is None else token["bare"]
            if dest is None or is_image:
                continue
            openers.clear()  # a link holds no link
            link = _markdown_link(dest, text[start + 1 : token.start()])
            if link:
                yield start, place, link


def _tick_runs(text: str) -> dict[int, list[int]]:
    """Where the runs of backticks start, by their length: equal ones enclose code."""
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs


def _after_code(runs: dict[int, list[int]], opening: re.Match[str]) -> int:
    length = len(opening[0])
    starts = runs.get(length, [])
    found = bisect_left(starts, opening.end())
    return starts[found] + length if found < len(starts) else opening.end()


@lru_cache(1 << 14)
def _wiki_link(inner: str) -> Link | None:
    written, *display = _PIPE.split(inner, maxsplit=1)
    target = _note_of(written.partition("#")[0].strip()).strip()
    if not target or "://" in target:
        return None
    return Link(target, display[0].strip() if display else "")


def _markdown_link(dest: str, display: str) -> Link | None:
    if _SCHEME.match(dest):
        return None
    target = _note_of(unquote(_ESCAPED.sub(r"\1", dest.partition("#")[0])))
    return Link(target, _ESCAPED.sub(r"\1", display).strip()) if target else None


def _note_of(written: str) -> str:
    """The target without `.md`; empty if it is an attachment."""
    return "" if is_attachment(written) else stem_of(written)


def _normal(text: str) -> str:
    """As Obsidian compares paths: NFC, with every no-break space a space."""
    if text.isascii():
        return text
    text = normalize("NFC", text)
    return text.translate(_SPACES) if "\xa0" in text or "\u202f" in text else text


@dataclass(frozen=True, slots=True)
class Targets:
    """Every note a link can mean; made once by `Targets.of`, then each look-up is a few hashes.

    Keys are paths without `.md`: `exact` as they are, `folded` in lower case, `shortest` every
    ending of a path (`c`, `b/c`, `a/b/c`) in lower case with the shortest path it ends. `shared`
    holds the names that several notes have. `written` is for who writes links, to write each once.
    """

    exact: dict[str, str] = field(repr=False)
    folded: dict[str, str] = field(repr=False)
    shortest: dict[str, str] = field(repr=False)
    shared: frozenset[str] = field(repr=False)
    aliases: dict[str, str] = field(repr=False)
    written: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, paths: Iterable[str], aliases: Iterable[tuple[str, str]] = ()) -> "Targets":
        """Take in all notes' paths, relative to the vault, and (alias, path) pairs."""
        exact: dict[str, str] = {}
        folded: dict[str, str] = {}
        shortest: dict[str, str] = {}
        names: Counter[str] = Counter()
        stems = ((_normal(stem_of(path)), path) for path in paths)
        for stem, path in sorted(stems, key=lambda pair: (len(pair[0]), pair)):
            exact.setdefault(stem, path)
            ending = stem.lower()
            folded.setdefault(ending, path)
            shortest.setdefault(ending, path)
            while "/" in ending:
                ending = ending.partition("/")[2]
                shortest.setdefault(ending, path)
            names[ending] += 1
        meant: dict[str, set[str]] = {}
        for alias, path in aliases:
            meant.setdefault(_normal(alias).strip().lower(), set()).add(path)
        return cls(
            exact,
            folded,
            shortest,
            frozenset(name for name, count in names.items() if count > 1),
            {alias: path for alias, (path, *others) in meant.items() if alias and not others},
        )

    def resolve(self, target: str, source: str) -> str | None:
        """The path of the note that a link's target means in the note `source`.

        Observed of Obsidian 1.13: the exact path in the vault, else in the folder of `source`,
        else the shortest path that ends so (ties by path), all without regard to case, though
        the same case wins. `./x`, `../x` and `/x` mean one path only.
        """
        name = _normal(target)
        if "/" not in name and (ending := name.lower()) not in self.shared:
            return self.shortest.get(ending)  # whatever way it is found, there is no other
        folder = _normal(source).rpartition("/")[0]
        if name.startswith(("./", "../")):
            return self._at(posixpath.normpath(posixpath.join(folder, name)))
        if name.startswith("/"):
            return self._at(name[1:])
        here = f"{folder}/{name}" if folder else name
        return self._at(name) or self._at(here) or self.shortest.get(name.lower())

    def resolve_alias(self, target: str) -> str | None:
        """The path of the only note with this alias. Obsidian itself never links by alias."""
        return self.aliases.get(_normal(target).strip().lower())

    def is_shared(self, path: str) -> bool:
        """Whether another note, in any folder, has the name of this one."""
        return _normal(stem_of(path)).rpartition("/")[2].lower() in self.shared

    def _at(self, stem: str) -> str | None:
        return self.exact.get(stem) or self.folded.get(stem.lower())
