"""The one contact that a command is about, found by name."""

import sys

import click

from vaultplan.cli.printing import echo
from vaultplan.plan import Plan
from vaultplan.plan.naming import called, describe, not_one
from vaultplan.plan.people import Person


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
