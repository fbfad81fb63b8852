"""The one contact that a command is about, found by name, at the prompt and at the Tab key."""

import os
import sys
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from vaultplan.cli.offering import root_at
from vaultplan.cli.printing import echo
from vaultplan.names import Called, fold, offered
from vaultplan.passes.memory import recall_names
from vaultplan.problems import Stop, WrongUseError

if TYPE_CHECKING:
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person

_MOST = 20
_DIGITS = 9
_ANSWERS = f"{__name__}.answers"


class PersonName(click.ParamType):  # type: ignore[type-arg]  # before 8.5 it takes none
    """The name of a contact, an alias or the start of one; the shell completes it."""

    name = "person"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Every name that goes on so, without regard to case and accents."""
        del param
        contacts = _contacts(ctx, incomplete)
        return [CompletionItem(name, help=who) for name, who in offered(incomplete, contacts)]


PERSON = PersonName()


def pick(name: str, plan: "Plan") -> "Person":
    """The contact of a name; of several the person at the terminal chooses, once in a run.

    Raises:
        Stop: nobody is called so, or several are and there is no terminal to ask at.
    """
    from vaultplan.plan.naming import (  # noqa: PLC0415  (not for the Tab key)
        called,
        nearest,
        not_one,
        told_apart,
    )

    found = called(name, plan.people)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unread(name, plan) or not_one(name, (), nearest(name, plan.people))
    answers = _answers()
    answered = [person for person in found if person.path == answers.get(fold(name))]
    if answered:
        return answered[0]
    if len(found) > _MOST or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise not_one(name, found)
    echo(f"“{name}” may be one of these:")
    for number, label in enumerate(told_apart(found), 1):
        echo(f"{number:3}. {label}")
    chosen = found[click.prompt("Who is meant", value_proc=partial(_number, most=len(found))) - 1]
    answers[fold(name)] = chosen.path
    return chosen


def _unread(name: str, plan: "Plan") -> Stop | None:
    """Say so if somebody's note is there and cannot be read, lest a second one is made."""
    for problem in plan.problems:
        path = problem.path.removesuffix(".md")
        known = problem.path in plan.vault.entries or problem.severity != "error"
        if not known and path != problem.path and fold(name) in fold(path.rpartition("/")[2]):
            where = f"{problem.path}:{problem.line}" if problem.line else problem.path
            return WrongUseError(f"{where} cannot be read: {problem.message}; {problem.fix}")
    return None


def _number(typed: str, most: int) -> int:
    number = typed.strip()
    if number.isdecimal() and len(number) < _DIGITS and 1 <= int(number) <= most:
        return int(number)
    raise click.BadParameter(f"write a number from 1 to {most}, or press Ctrl-C")


def _answers() -> dict[str, str]:
    """The paths that were chosen in this run, by the name that was asked about."""
    running = click.get_current_context(silent=True)
    known: dict[str, Any] = running.meta if running else {}
    answers: dict[str, str] = known.setdefault(_ANSWERS, {})
    return answers


def _contacts(ctx: click.Context, typed: str) -> Iterable[Called]:
    """The contacts that a text may call: as the last pass remembered them, where that still holds.

    Notes that changed since are looked at; there may be none of a pass at all.
    """
    root = root_at(ctx)
    names = recall_names(root, os.environ)
    if names and not names.changed:
        return (Called(path, *more) for path, more in names.people.items())
    from vaultplan.passes.glancing import contacts  # noqa: PLC0415  (not if all is remembered)

    return contacts(root, typed, names)
