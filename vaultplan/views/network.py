"""The network: whom the tracked contacts are, as pies."""

import re
from collections import Counter
from collections.abc import Iterator

from vaultplan.plan.naming import spelled_alike
from vaultplan.plan.people import Person
from vaultplan.text.escape import clean
from vaultplan.text.links import unlinked
from vaultplan.views.diagram import pie
from vaultplan.views.view import Options, Page, View

_PIES = ("Industry", "Strength", "Seniority", "Organisation")
_LARGEST = 7


def _render(page: Page, _: Options) -> Iterator[str]:
    people = [person for person in page.plan.people.values() if person.tracked]
    if not people:
        yield "*No contact is tracked yet.*"
        return
    drawn = False
    told = [_told(person) for person in people]
    for place, head in enumerate(_PIES):
        said = Counter(spelled_alike(words[place] for words in told))
        if said.keys() != {""}:
            yield from ([""] if drawn else [])
            yield from (f"**{head}**", "", *pie(_slices(said)))
            drawn = True
    if not drawn:
        yield "*No tracked contact says an industry, strength, seniority or organisation yet.*"


def _told(person: Person) -> tuple[str, ...]:
    return person.part("circles", lambda: _words(person)) if person.tracked else ()


def _words(person: Person) -> tuple[str, ...]:
    """What is said of a contact for each pie."""
    said = (getattr(person.entry.item, head.casefold()) for head in _PIES)
    return tuple(clean(unlinked(text)) for text in said)


def _slices(said: Counter[str]) -> Iterator[tuple[str, int]]:
    """The largest slices, then all others in one, then those of whom it is not said."""
    silent = said.pop("", 0)
    ranked = sorted(said.items(), key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))
    yield from ranked[:_LARGEST]
    rest = sum(count for _, count in ranked[_LARGEST:])
    yield from (pair for pair in (("others", rest), ("not said", silent)) if pair[1])


NETWORK = View(
    name="network",
    doc="pies of the tracked contacts: industry, strength, seniority, organisation",
    render=_render,
    phrases=re.compile(
        rf"\*\*({'|'.join(_PIES)})\*\*"
        r"|\*No contact is tracked yet\.\*"
        r"|\*No tracked contact says an industry, strength, seniority or organisation yet\.\*"
    ),
    shows=_told,
)
