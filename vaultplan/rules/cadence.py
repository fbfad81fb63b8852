"""How often to be in touch with someone, and which rule says so."""

from collections.abc import Iterable
from dataclasses import dataclass

from vaultplan.days import Span
from vaultplan.settings.follow import Cadences


@dataclass(frozen=True, slots=True)
class Cadence:
    """A span between contacts (None: never), and the setting or field it comes from."""

    span: Span | None
    rule: str


def cadence_of(
    own: Span | str | None, mentor: str, strength: str, tags: Iterable[str], rules: Cadences
) -> Cadence:
    """The contact's own cadence, else the settings' by mentor stage, strength or tag.

    Of several tags with a cadence the shortest counts.
    """
    if own is not None:
        return Cadence(own if isinstance(own, Span) else None, "cadence")
    if mentor in rules.mentor:
        return Cadence(rules.mentor[mentor], f"cadence.mentor.{mentor}")
    if strength in rules.strength:
        return Cadence(rules.strength[strength], f"cadence.{strength}")
    tagged = [
        (tag, rules.tags[tag]) for tag in sorted(map(str.casefold, tags)) if tag in rules.tags
    ]
    if tagged:
        tag, span = min(tagged, key=lambda pair: pair[1].length if pair[1] else 0)
        return Cadence(span, f"cadence.tags.{tag}")
    return Cadence(rules.default, "cadence.default")
