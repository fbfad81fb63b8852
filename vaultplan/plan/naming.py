"""People found by the names they are called by, and what to say if that is nobody or several.

From the clearest way of calling somebody to the loosest; the first that finds anybody counts:

1. the path of the note, as it stands;
2. a whole name, alias, file name, path or e-mail address. They are worth the same: of a Sam by name
   and another by alias neither is taken unasked;
3. the start of a name, of a word in one, or of a path;
4. the starts of words in their order: `Ada L.`, `A. Lovelace`, `J.R.R. Tolkien`, `JRR Tolkien`;
5. words run together or apart: `larserik`, `o brien`.

Case, accents, apostrophes, hyphens and dots do not count.
"""

import re
import shlex
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import filterfalse

from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.plan.people import Person
from vaultplan.problems import AmbiguousNameError, Stop, WrongUseError

# Letters that Unicode does not take apart, as people without them on the keyboard type them.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# The other way to type some of them: `Mueller`, `Soerensen`, `Haakansson`.
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻʽʿʾ`´′＇"))
# Punctuation, but for the `/` of paths and the `@` of addresses; emoji are part of a name.
_SIGNS = re.compile(r"[!-.:-?\[-_{-~‐-‧‰-⁞、。・]+")
_MOST = 20
_NEAR, _CUTOFF, _LONGEST = 3, 0.72, 60


def fold(text: str) -> str:
    """A text as names are compared: without case, accents and doubled blanks."""
    if text.isascii():
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded).translate(_LETTERS)
    letters = "".join(filterfalse(unicodedata.combining, decomposed))
    return " ".join(letters.split())


def spoken(text: str) -> str:
    """A name as it is heard: `fold`, with apostrophes left out and other signs as blanks."""
    folded = fold(text.translate(_APOSTROPHES))
    return " ".join(_SIGNS.sub(" ", folded).split()) or fold(text)


def spellings(text: str) -> Iterator[str]:
    """A name as `spoken`, and again with its umlauts spelled out."""
    yield spoken(text)
    if not text.isascii():
        lower = unicodedata.normalize("NFC", text.casefold())
        longer = lower.translate(_SPELLED_OUT)
        if longer != lower:
            yield spoken(longer)


def spelled_alike(texts: Iterable[str]) -> Iterator[str]:
    """The texts, each as the first one was spelled that differs in upper and lower case alone."""
    first: dict[str, str] = {}
    for text in texts:
        yield first.setdefault(unicodedata.normalize("NFC", text).casefold(), text)


def names_of(entry: Entry[Contact]) -> tuple[str, ...]:
    """Everything a contact may be called by, as `spoken`: name, aliases, file name."""
    file = entry.path.rpartition("/")[2].removesuffix(".md")
    known = dict.fromkeys((entry.name, *entry.common.aliases, file))
    return tuple(form for name in known for form in spellings(name) if form)


def called(text: str, people: Mapping[str, Person]) -> tuple[Person, ...]:
    """Who is called so; see above."""
    path = unicodedata.normalize("NFC", text.strip())
    if path in people:
        return (people[path],)
    wanted = spoken(text)
    if not wanted:
        return ()
    names = [(person, names_of(person.entry)) for person in people.values()]
    place = _place(text)
    for fits in _WAYS:
        fits_place = _PLACES.get(fits)
        found = tuple(
            person
            for person, forms in names
            if any(fits(wanted, form) for form in forms)
            or (fits_place and fits_place(place, person.entry))
        )
        if found:
            return found
    return ()


def offered(text: str, contacts: Iterable[Entry[Contact]]) -> Iterator[tuple[str, str]]:
    """Names that go on from a text, sorted, each with who that is where the name does not say it.

    A path goes on as path; so does a whole name that several people have.
    """
    if "/" in text:
        yield from sorted(
            (entry.path, entry.name) for entry in contacts if _begins_place(_place(text), entry)
        )
        return
    wanted, known = spoken(text), tuple(contacts)
    for fits in (_begins, _begins_within, _in_parts):
        found: dict[str, list[Entry[Contact]]] = {}
        for entry in known:
            for name in (entry.name, *entry.common.aliases):
                if any(fits(wanted, form) for form in spellings(name)):
                    found.setdefault(name, []).append(entry)
                    break
        for name in sorted(found, key=fold):
            yield from _offer(name, found[name], whole=spoken(name) == wanted)
        if found:
            return


def _offer(
    name: str, owners: Sequence[Entry[Contact]], *, whole: bool
) -> Iterator[tuple[str, str]]:
    if len(owners) == 1:
        (owner,) = owners
        yield name, owner.item.organisation if name == owner.name else owner.name
    elif whole:
        yield from ((owner.path, owner.item.organisation or owner.name) for owner in owners)
    else:
        yield name, f"{len(owners)} people"


def _is(wanted: str, name: str) -> bool:
    return wanted == name


def _begins(wanted: str, name: str) -> bool:
    """`ada l` of `ada lovelace`."""
    return name.startswith(wanted)


def _begins_within(wanted: str, name: str) -> bool:
    """`love` of `ada lovelace` too."""
    return name.startswith(wanted) or f" {wanted}" in name


def _in_parts(wanted: str, name: str) -> bool:
    """`a lovelace` and `jrr tolkien`: the starts of words in their order, others between them."""
    *initials, last = wanted.split()
    return _follow(wanted.split(), name) or _follow([*"".join(initials), last], name)


def _follow(starts: Sequence[str], name: str) -> bool:
    words = iter(name.split())
    return all(any(word.startswith(start) for word in words) for start in starts)


def _run_together(wanted: str, name: str) -> bool:
    """Whole words, whatever blanks are between them: no `adal` of `adalbert` for `ada l`."""
    whole, words = wanted.replace(" ", ""), name.split()
    for first in range(len(words)):
        joined = ""
        for word in words[first:]:
            joined += word
            if len(joined) >= len(whole):
                break
        if joined == whole:
            return True
    return False


def _place(text: str) -> str:
    """What was typed as a path, or an e-mail address."""
    return fold(text.replace("\\", "/")).removeprefix("./")


def _is_place(place: str, entry: Entry[Contact]) -> bool:
    path = fold(entry.path)
    if place in (path, path.removesuffix(".md")):
        return True
    return "@" in place and place in map(fold, entry.item.email)


def _begins_place(place: str, entry: Entry[Contact]) -> bool:
    return "/" in place and fold(entry.path).startswith(place)


_WAYS = (_is, _begins_within, _in_parts, _run_together)
_PLACES = {_is: _is_place, _begins_within: _begins_place}


def nearest(text: str, people: Mapping[str, Person]) -> tuple[str, ...]:
    """Names that may have been meant by one with a slip in it, at most three."""
    whose: dict[str, str] = {}
    for person in people.values():
        for form in names_of(person.entry):
            for part in (form, *form.split()):
                if len(part) <= _LONGEST:
                    whose.setdefault(part, person.name)
    near = get_close_matches(spoken(text)[:_LONGEST], whose, _NEAR, _CUTOFF)
    return tuple(dict.fromkeys(whose[part] for part in near))


def told_apart(found: Sequence[Person]) -> tuple[str, ...]:
    """People among each other: those of one name by organisation, else by role, else by path."""
    ways = [
        [_described(person, said) for person in found]
        for said in ("", "organisation", "role", "path")
    ]
    return tuple(
        next(
            (way[place] for way in ways if way[place] and way.count(way[place]) == 1),
            ways[-1][place],
        )
        for place in range(len(found))
    )


def _described(person: Person, by: str) -> str:
    """A person by name and one thing more; empty if that is not known."""
    if not by:
        return person.name
    more = person.path if by == "path" else getattr(person.entry.item, by)
    return f"{person.name} ({more})" if more else ""


def not_one(text: str, found: Sequence[Person], near: Sequence[str] = ()) -> Stop:
    """The error for a name that fits nobody or several; `near` are names it may be a slip of."""
    if not found:
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        return WrongUseError(
            f"nobody is called “{text}”; {meant}`vaultplan list contact` shows who is"
        )
    shown = zip(told_apart(found), found, strict=True)
    lines = [f"  {label}: {shlex.quote(person.path)}" for label, person in shown]
    if len(lines) > _MOST:
        lines[_MOST:] = [f"  … and {len(lines) - _MOST} more"]
    return AmbiguousNameError(
        f"“{text}” may be one of these; write more of the name, or the path, which is always "
        "clear:\n" + "\n".join(lines)
    )
