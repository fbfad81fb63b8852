"""People found by the names they are called by: name, alias, file name, or the start of one."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from vaultplan.plan.people import Person
from vaultplan.problems import AmbiguousNameError, Stop, WrongUseError

# Letters that Unicode does not take apart, as people without them on the keyboard type them.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold(text: str) -> str:
    """A text as names are compared: without case, accents and doubled blanks."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(letters.split())


def spelled_alike(texts: Iterable[str]) -> Iterator[str]:
    """The texts, each as the first one was spelled that differs in upper and lower case alone."""
    first: dict[str, str] = {}
    for text in texts:
        yield first.setdefault(unicodedata.normalize("NFC", text).casefold(), text)


def called(text: str, people: Mapping[str, Person]) -> tuple[Person, ...]:
    """Who is called so: by a whole name or path, else by the start of a name."""
    wanted = fold(text)
    names = {path: tuple(names_of(person)) for path, person in people.items()}
    whole = [person for path, person in people.items() if wanted in names[path]]
    if whole or not wanted:
        return tuple(whole)
    return tuple(
        person
        for path, person in people.items()
        if any(name.startswith(wanted) or f" {wanted}" in name for name in names[path])
    )


def names_of(person: Person) -> Iterable[str]:
    """Everything a person may be called by, folded."""
    path = person.path.removesuffix(".md")
    known = (person.name, *person.entry.common.aliases, path.rpartition("/")[2], path)
    yield from (fold(name) for name in (*known, person.path) if name)


def describe(person: Person) -> str:
    """A person among others of the same name."""
    work = person.entry.item.organisation
    return f"{person.name} ({work}, {person.path})" if work else f"{person.name} ({person.path})"


def not_one(text: str, found: Iterable[Person]) -> Stop:
    """The error for a name that fits nobody or several."""
    candidates = [describe(person) for person in found]
    if not candidates:
        return WrongUseError(f"nobody is called “{text}”; `vaultplan list contact` shows who is")
    listed = "\n".join(f"  {candidate}" for candidate in candidates)
    return AmbiguousNameError(
        f"“{text}” may be one of these; write more of the name, or the path:\n{listed}"
    )
