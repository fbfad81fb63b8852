"""Which organisation a contact, an event or an opportunity belongs to, and who belongs to each."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Entry
from vaultplan.kinds.organisation import Organisation
from vaultplan.kinds.parts import as_link, items, plain
from vaultplan.plan.naming import fold
from vaultplan.plan.people import Person
from vaultplan.plan.vault import Vault
from vaultplan.text.links import stem_of

Names = Mapping[str, Entry[Organisation]]


def organisation_names(vault: Vault) -> Names:
    """The organisation notes by folded name, else by alias, else by file name.

    Of several that share one the first path has it.
    """
    notes = vault.of_kind("organisation")
    called = [(note.name, note) for note in notes]
    called += [(alias, note) for note in notes for alias in note.common.aliases]
    called += [(stem_of(note.path).rpartition("/")[2], note) for note in notes]
    names: dict[str, Entry[Organisation]] = {}
    for name, note in called:
        names.setdefault(fold(name), note)
    names.pop("", None)
    return names


def organisation_of(
    entry: Entry[Any], vault: Vault, names: Names | None = None
) -> Entry[Organisation] | None:
    """The organisation note that the property `organisation` means; of several the first.

    A link goes to the note it leads to; anything else, and a link that leads to no organisation, by
    name. `names` are those of the vault, for who asks more than once.
    """
    written = entry.written.get("organisation")
    members = items(written.value) if written else []
    if not members:
        return None
    names = organisation_names(vault) if names is None else names
    for member in members:
        link = as_link(member)
        note = vault.find(link, entry.path)
        if note and note.kind == "organisation":
            return note
        named = names.get(fold(plain(member))) or (names.get(fold(link.target)) if link else None)
        if named:
            return named
    return None


def members_of(vault: Vault) -> dict[str, tuple[Entry[Contact], ...]]:
    """The contacts of every organisation note, by its path."""
    names = organisation_names(vault)
    found: dict[str, list[Entry[Contact]]] = {
        note.path: [] for note in vault.of_kind("organisation")
    }
    for contact in vault.of_kind("contact"):
        note = organisation_of(contact, vault, names)
        if note:
            found[note.path].append(contact)
    return {path: tuple(contacts) for path, contacts in found.items()}


def last_contact(members: Iterable[Entry[Contact]], people: Mapping[str, Person]) -> date | None:
    """The day of the newest contact with any of these."""
    touches = (people[member.path].last for member in members)
    return max((touch.day for touch in touches if touch), default=None)
