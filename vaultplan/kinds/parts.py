"""A property's value taken apart: the text of it, its members, the link it is."""

from typing import Any

from vaultplan.text.links import Link, parse_link


def plain(value: Any) -> str:
    """The text of a scalar as a person would write it; a link is what it shows."""
    if not isinstance(value, str):
        value = _inner(value)
    if isinstance(value, str):
        text = value.strip()
        link = parse_link(text) if text.startswith("[") else None
        return (link.display or link.target.rpartition("/")[2]) if link else text
    if value is None or isinstance(value, list | dict):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004
        value = int(value)
    return str(value)


def is_blank(value: Any) -> bool:
    """Whether nothing is said: no value, a text of blanks, a list of nothing else."""
    if isinstance(value, str):
        return not value.strip()
    members = value if isinstance(value, list) else [value]
    return all(
        member in (None, []) or (isinstance(member, str) and not member.strip())
        for member in members
    )


def items(value: Any) -> list[Any]:
    """The members of a list; anything else is a list of one, nothing is none.

    An unquoted `[[Ada]]` reaches us as a list in a list, and is one member; so is an unquoted
    `[[Lovelace, Ada]]`.
    """
    members = value if isinstance(value, list) else [value]
    return [
        member if isinstance(member, str) else _joined(member)
        for member in members
        if not is_blank(member)
    ]


def as_link(value: Any) -> Link | None:
    """A link, written as one, as an unquoted `[[Ada]]`, or as a bare name."""
    value = _inner(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        return None
    return parse_link(value) or Link(value.strip().removesuffix(".md"))


def _inner(value: Any) -> Any:
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value


def _joined(member: Any) -> Any:
    member = _inner(member)
    if isinstance(member, list) and all(isinstance(part, str) for part in member):
        return ", ".join(member)
    return member
