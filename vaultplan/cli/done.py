"""`vaultplan done`: a step was done."""

from typing import TYPE_CHECKING

import click

from vaultplan.cli.changes import change_people, changing
from vaultplan.cli.door import Door
from vaultplan.cli.log import past_day, words
from vaultplan.cli.offering import steps
from vaultplan.cli.person import PERSON
from vaultplan.problems import WrongUseError

if TYPE_CHECKING:
    from vaultplan.passes.change import Change
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person, Todo


@click.command("done", short_help="Say that a step was done.")
@click.argument("person", type=PERSON)
@click.argument("step", required=False, default="", shell_complete=steps)
@click.option("--on", "day", metavar="DATE", default="today", help="The day; else today.")
@click.option("-m", "--message", default="", help="What was said or done.")
@changing
@click.pass_obj
def command(  # noqa: PLR0913  (one for each option)
    door: Door, person: str, step: str, *, day: str, message: str, dry_run: bool, as_json: bool
) -> int:
    """Write the log line that does a STEP of a PERSON, as ticking its box does.

    A STEP is reach-out, thank, share, check-in or one of your own, or the kind of line that does it
    (thank-you); without it, what is due first.

    Example: vaultplan done ada thank --on yesterday
    """
    from vaultplan.passes.change import doing  # noqa: PLC0415  (not for the Tab key)

    def changes(one: "Person", plan: "Plan") -> "tuple[Change, ...]":
        todo, on = _step(one, step), past_day(day, plan)
        if todo.step.done_by:
            return ()
        if todo.step.since and on < todo.step.since:
            raise WrongUseError(
                f"{todo.step.name} of {one.name} is counted from {todo.step.since} on; "
                "choose a day from then on, or write what happened with `vaultplan log`"
            )
        return doing(todo.step, one, on, words(message, todo.step.rule.writes, plan))

    return change_people(door, [person], changes, dry_run=dry_run, as_json=as_json)


def _step(person: "Person", word: str) -> "Todo":
    """The step of a name, or the start of one; without one what is due first.

    Raises:
        WrongUseError: there is none.
    """
    todos = [todo for todo in person.todos if not todo.step.provisional]
    if not todos:
        why = f"not asked for ({person.silent})" if person.silent else "not followed up"
        raise WrongUseError(f"{person.name} is {why}; `vaultplan log` writes what happened")
    if not word:
        if person.next is None:
            raise WrongUseError(f"nothing is open for {person.name}; name the step you mean")
        return person.next
    wanted = word.strip().casefold().replace(" ", "-").replace("_", "-")
    for fits in (
        lambda todo: todo.step.name.casefold() == wanted,
        lambda todo: todo.step.rule.writes == wanted,
        lambda todo: todo.step.name.casefold().startswith(wanted),
        lambda todo: wanted in todo.step.rule.done_by,
    ):
        found = [todo for todo in todos if fits(todo)]
        if len(found) == 1:
            return found[0]
    names = ", ".join(todo.step.name for todo in todos)
    raise WrongUseError(f"{person.name} has no one step “{word}”; there are {names}")
