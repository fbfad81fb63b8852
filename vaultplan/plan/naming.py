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

import shlex
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.names import (
    begins_place,
    begins_within,
    fold,
    in_parts,
    place_of,
    spellings,
    spoken,
)
from vaultplan.plan.people import Person
from vaultplan.problems import AmbiguousNameError, Stop, WrongUseError

__all__ = ["fold", "spoken"]

_MOST = 20
_NEAR, _CUTOFF, _LONGEST = 3, 0.72, 60


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
    place = place_of(text)
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


def _is(wanted: str, name: str) -> bool:
    return wanted == name


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


def _is_place(place: str, entry: Entry[Contact]) -> bool:
    path = fold(entry.path)
    if place in (path, path.removesuffix(".md")):
        return True
    return "@" in place and place in map(fold, entry.item.email)


def _begins_place(place: str, entry: Entry[Contact]) -> bool:
    return begins_place(place, entry.path)


_WAYS = (_is, begins_within, in_parts, _run_together)
_PLACES = {_is: _is_place, begins_within: _begins_place}


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
