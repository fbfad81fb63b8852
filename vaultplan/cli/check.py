"""`vaultplan check`: every problem, and what the method would still advise."""

from pathlib import Path

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import describe, echo, echo_json, exit_code
from vaultplan.cli.shapes import envelope, problems_shape
from vaultplan.passes.outcome import work_out
from vaultplan.passes.reading import look
from vaultplan.plan.lints import lints_of


@click.command("check", short_help="Every problem, and advice.")
@click.argument("vault", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_obj
def command(door: Door, vault: Path | None, *, as_json: bool) -> int:
    """List what cannot be read, what is odd, and advice, each with its place and what to do.

    Advice, such as on a goal without a number, is given here only. Writes nothing. Exits with 1
    if a problem is an error.

    Example: vaultplan check --json
    """
    outcome = work_out(look(place_of(door, vault)))
    problems = sorted({*outcome.problems, *lints_of(outcome.plan)})
    if as_json:
        echo_json(envelope(outcome.plan, problems=problems_shape(problems)))
        return exit_code(problems)
    for problem in problems:
        echo(describe(problem))
    if not problems:
        echo("No problems")
    return exit_code(problems)
