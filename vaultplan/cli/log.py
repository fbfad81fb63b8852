"""`vaultplan log`: write down what happened."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import click

from vaultplan.cli.changes import change_people, changing
from vaultplan.cli.door import Door
from vaultplan.cli.offering import log_kinds
from vaultplan.cli.person import PERSON
from vaultplan.problems import WrongUseError

if TYPE_CHECKING:
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person


@click.command("log", short_help="Write down what happened with somebody.")
@click.argument("people", nargs=-1, required=True, type=PERSON)
@click.option(
    "-k",
    "--kind",
    default="",
    help="coffee, call, email, gave …; none is a contact.",
    shell_complete=log_kinds,
)
@click.option("--on", "day", metavar="DATE", default="today", help="The day; else today.")
@click.option("-m", "--message", default="", help="What was said or done.")
@changing
@click.pass_obj
def command(  # noqa: PLR0913  (one for each option)
    door: Door,
    people: tuple[str, ...],
    *,
    kind: str,
    day: str,
    message: str,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Write one log line into the note of each of the PEOPLE.

    A name may be an alias, the file name or the start of one.

    Example: vaultplan log ada -k coffee -m "the platform team" --on yesterday
    """
    from vaultplan.passes.change import AddLine  # noqa: PLC0415  (not for the Tab key)

    def line(_: "Person", plan: "Plan") -> tuple[AddLine, ...]:
        known = _kind(kind, plan)
        return (AddLine(past_day(day, plan), known, words(message, known, plan)),)

    return change_people(door, people, line, dry_run=dry_run, as_json=as_json)


def past_day(word: str, plan: "Plan") -> date:
    """A day up to today, as a person types it; a weekday is the last one.

    Raises:
        WrongUseError: it is no day, or one to come.
    """
    from vaultplan.when import parse_when  # noqa: PLC0415  (not for the Tab key)

    day = parse_when(word, plan.today)
    if day > plan.today:
        with suppress(WrongUseError):  # `friday` of what has happened is the one behind us
            return parse_when(f"last {word}", plan.today)
        raise WrongUseError(f"{day} is still to come; log it when it has happened")
    return day


def words(message: str, kind: str, plan: "Plan") -> str:
    """What a person says of a log line of a kind, without what cannot be seen.

    Raises:
        WrongUseError: it would be read as a kind, or is half a character.
    """
    from vaultplan.text.escape import clean  # noqa: PLC0415  (not for the Tab key)
    from vaultplan.text.log.words import read_kind  # noqa: PLC0415

    if any("\ud800" <= char <= "\udfff" for char in message):
        raise WrongUseError("half a character is in the message; type it again")
    said = clean(message)
    meant = "" if kind else read_kind(said, plan.vault.settings.log.kinds)[0]
    if meant:
        raise WrongUseError(f"the message begins with a kind; write it as `-k {meant}`")
    return said


def _kind(word: str, plan: "Plan") -> str:
    kinds = plan.vault.settings.log.kinds
    kind = word.strip().casefold().replace(" ", "-").replace("_", "-")
    if kind and kind not in kinds:
        from difflib import get_close_matches  # noqa: PLC0415  (only where something is wrong)

        near = get_close_matches(kind, kinds, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(kinds))}"
        raise WrongUseError(f"there is no kind of log line “{word}”; {hint}")
    return kind
