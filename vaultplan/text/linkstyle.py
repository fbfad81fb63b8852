"""Writing links between notes in the vault's own style, so that each leads back to its note."""

import posixpath
import re
from dataclasses import dataclass
from enum import Enum
from unicodedata import normalize
from urllib.parse import quote

from vaultplan.text.escape import FIELD_SIGNS, cell, clean, inline, task
from vaultplan.text.links import Targets, is_attachment, stem_of

# What ends a wikilink, or means something inside one, in Obsidian.
_UNCARRIED = re.compile(r"[\[\]#|^:\\<`$]|%%|&#?[A-Za-z0-9]{1,32};")
_FIELD_SIGN = re.compile(f"[{FIELD_SIGNS}]")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./~-]*")


class Place(Enum):
    """Where a link lands."""

    INLINE = "inline"
    CELL = "cell"
    TASK = "task"


_ESCAPES = {Place.INLINE: inline, Place.CELL: cell, Place.TASK: task}


@dataclass(frozen=True, slots=True)
class LinkStyle:
    """How the vault writes links; as it stands, Obsidian's default (`[[Name]]`).

    `markdown`: `[Name](Name.md)`. `full`: always the path in the vault. `relative`: the path from
    the note that links. Without either, the name alone where it is unique.
    """

    markdown: bool = False
    full: bool = False
    relative: bool = False


def write_link(
    style: LinkStyle, targets: Targets, path: str, name: str, source: str, where: Place
) -> str:
    """Link the note at `path`, shown as `name`, from the note at `source`.

    Where a wikilink cannot carry the path or the name, it is a Markdown link in every style.
    """
    key = style, path, name, posixpath.dirname(source), where
    found = targets.written.get(key)
    if found is None:
        found = targets.written[key] = _written(style, targets, path, name, source, where)
    return found


def _written(
    style: LinkStyle, targets: Targets, path: str, name: str, source: str, where: Place
) -> str:
    target = normalize("NFC", _target(style, targets, path, source))
    own = target.rpartition("/")[2]
    text = clean(name) or clean(own) or "–"
    wiki = "" if style.markdown else _wiki_link(target, text, where)
    return wiki or f"[{_ESCAPES[where](text)}]({_encoded(target, where)}.md)"


def _target(style: LinkStyle, targets: Targets, path: str, source: str) -> str:
    """The shortest form the style allows that leads to the note; its path at worst."""
    stem = stem_of(path)
    forms: tuple[str, ...] = ()
    if style.relative:
        near = posixpath.relpath(f"/{stem}", f"/{posixpath.dirname(source)}")
        forms = (near, f"./{near}")
    elif not style.full and not targets.is_shared(path):
        forms = (stem.rpartition("/")[2],)
    return next((form for form in forms if targets.resolve(form, source) == path), stem)


def _wiki_link(target: str, text: str, where: Place) -> str:
    """`[[target|text]]`, or nothing if it could be read as anything else."""
    if clean(target) != target or _UNCARRIED.search(target):
        return ""
    if where is Place.TASK and _FIELD_SIGN.search(target):
        return ""
    if is_attachment(target) or stem_of(target) != target:
        target += ".md"
    if normalize("NFC", text) == target:
        return f"[[{target}]]"
    if _ESCAPES[where](text) != text:
        return ""
    pipe = r"\|" if where is Place.CELL else "|"
    return f"[[{target}{pipe}{text}]]"


def _encoded(target: str, where: Place) -> str:
    """The path percent-encoded, but for letters and signs that can be seen and mean nothing."""
    if _PLAIN_PATH.fullmatch(target):
        return target
    return "".join(
        sign if _is_plain(sign, where) else quote(sign, safe="", errors="replace")
        for sign in target
    )


def _is_plain(sign: str, where: Place) -> bool:
    if sign.isascii():
        return bool(_PLAIN_PATH.fullmatch(sign))
    return clean(sign) == sign and not (where is Place.TASK and sign in FIELD_SIGNS)
