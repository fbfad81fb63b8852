"""The one contact that a command is about, found by name, at the prompt and at the Tab key."""

import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from vaultplan.cli.door import Door
from vaultplan.cli.opening import plan_today
from vaultplan.cli.printing import echo
from vaultplan.plan import Plan
from vaultplan.plan.naming import called, describe, fold, names_of, not_one
from vaultplan.plan.people import Person
from vaultplan.problems import Stop


class PersonName(click.ParamType):  # type: ignore[type-arg]  # before 8.5 it takes none
    """The name of a contact, an alias or the start of one; the shell completes it."""

    name = "person"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Every name that begins so, without regard to case and accents."""
        del param
        given = ctx.find_root().params.get("vault")
        door = Door(vault=Path(given) if given else None, today=None, quiet=True)
        try:
            people = plan_today(door).people
        except Stop:
            return []
        wanted = fold(incomplete)
        return [
            CompletionItem(person.name, help=person.entry.item.organisation or None)
            for person in people.values()
            if any(name.startswith(wanted) or f" {wanted}" in name for name in names_of(person))
        ]


PERSON = PersonName()


def pick(name: str, plan: Plan) -> Person:
    """The contact of a name; of several the person at the terminal chooses.

    Raises:
        Stop: nobody is called so, or several are and there is no terminal to ask at.
    """
    found = called(name, plan.people)
    if len(found) == 1:
        return found[0]
    if not found or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise not_one(name, found)
    for number, person in enumerate(found, 1):
        echo(f"{number}. {describe(person)}")
    number = click.prompt("Who is meant", type=click.IntRange(1, len(found)))
    return found[number - 1]
