"""Names as people type them: how they are compared, and how one goes on from what is typed.

Case, accents, apostrophes, hyphens and dots do not count.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

# Letters that Unicode does not take apart, as people without them on the keyboard type them.
_LETTERS = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# The other way to type some of them: `Mueller`, `Soerensen`, `Haakansson`.
_SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_APOSTROPHES = dict.fromkeys("'’‘‛ʼʻʽʿʾ`´′＇", "")
# Punctuation, but for the `/` of paths and the `@` of addresses; emoji are part of a name.
_SIGNS = re.compile(r"[!-.:-?\[-_{-~‐-‧‰-⁞、。・]+")
_BETWEEN = "\0"


class Called(NamedTuple):
    """A contact as it may be called: the path of its note, name, other names, organisation."""

    path: str
    name: str
    aliases: Sequence[str]
    organisation: str


def fold(text: str) -> str:
    """A text as names are compared: without case, accents and doubled blanks."""
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    accents = dict.fromkeys(filter(unicodedata.combining, set(decomposed)), "")
    return " ".join(_with(decomposed, _LETTERS | accents).split())


def _with(text: str, signs: Mapping[str, str]) -> str:
    """A text with other signs for some; a long one is done much sooner than by `translate`."""
    for sign, other in signs.items():
        text = text.replace(sign, other)
    return text


def spoken(text: str) -> str:
    """A name as it is heard: `fold`, with apostrophes left out and other signs as blanks."""
    return _heard(text) or fold(text)


def _heard(text: str) -> str:
    folded = fold(_with(text, _APOSTROPHES))
    return " ".join(_SIGNS.sub(" ", folded).split())


def spellings(text: str) -> tuple[str, ...]:
    """A name as `spoken`, and again with its umlauts spelled out."""
    return spellings_of([text])[0]


def spellings_of(names: Iterable[str]) -> list[tuple[str, ...]]:
    """The `spellings` of each name, for all of them at once: that is ten times as fast."""
    plain = [name.replace(_BETWEEN, " ") for name in names]
    lower = unicodedata.normalize("NFC", _BETWEEN.join(plain).casefold())
    longer = _with(lower, _SPELLED_OUT)
    ways = zip(lower.split(_BETWEEN), longer.split(_BETWEEN), strict=True)
    spelled_out = [way if way != short else "" for short, way in ways]
    others = iter(_spoken([way for way in spelled_out if way]))
    return [
        (form, next(others)) if way else (form,)
        for form, way in zip(_spoken(plain), spelled_out, strict=False)
    ]


def _spoken(names: Sequence[str]) -> list[str]:
    heard = _heard(_BETWEEN.join(names)).split(_BETWEEN) if names else []
    return [form.strip() or fold(name) for form, name in zip(heard, names, strict=True)]


def offered(text: str, contacts: Iterable[Called]) -> Iterator[tuple[str, str]]:
    """Names that go on from a text, sorted, each with who that is where the name does not say it.

    A path goes on as path; so does a whole name that several people have.
    """
    if "/" in text:
        place = place_of(text)
        yield from sorted((one.path, one.name) for one in contacts if begins_place(place, one.path))
        return
    wanted, known = spoken(text), tuple(contacts)
    names = [(one, name) for one in known for name in (one.name, *one.aliases)]
    forms = spellings_of([name for _, name in names])
    for fits in (_begins, begins_within, in_parts):
        found = _found(wanted, names, forms, fits)
        for name in sorted(found, key=fold):
            yield from _offer(name, found[name], whole=spoken(name) == wanted)
        if found:
            return


def _found(
    wanted: str,
    names: Iterable[tuple[Called, str]],
    forms: Iterable[tuple[str, ...]],
    fits: Callable[[str, str], bool],
) -> dict[str, list[Called]]:
    """Whom a text fits by each name, everybody by the first of theirs that does."""
    found: dict[str, list[Called]] = {}
    last = None
    for (one, name), ways in zip(names, forms, strict=True):
        if one is not last and any(fits(wanted, form) for form in ways):
            found.setdefault(name, []).append(one)
            last = one
    return found


def _offer(name: str, owners: Sequence[Called], *, whole: bool) -> Iterator[tuple[str, str]]:
    if len(owners) == 1:
        (owner,) = owners
        yield name, owner.organisation if name == owner.name else owner.name
    elif whole:
        yield from ((owner.path, owner.organisation or owner.name) for owner in owners)
    else:
        yield name, f"{len(owners)} people"


def _begins(wanted: str, name: str) -> bool:
    """`ada l` of `ada lovelace`."""
    return name.startswith(wanted)


def begins_within(wanted: str, name: str) -> bool:
    """`love` of `ada lovelace` too."""
    return name.startswith(wanted) or f" {wanted}" in name


def in_parts(wanted: str, name: str) -> bool:
    """`a lovelace` and `jrr tolkien`: the starts of words in their order, others between them."""
    *initials, last = wanted.split()
    return _follow(wanted.split(), name) or _follow([*"".join(initials), last], name)


def _follow(starts: Sequence[str], name: str) -> bool:
    words = iter(name.split())
    return all(any(word.startswith(start) for word in words) for start in starts)


def place_of(text: str) -> str:
    """What was typed as a path, or an e-mail address."""
    return fold(text.replace("\\", "/")).removeprefix("./")


def begins_place(place: str, path: str) -> bool:
    """Whether a path goes on from what was typed as one."""
    return "/" in place and fold(path).startswith(place)
