"""`vaultplan check`: every problem and all advice; with --fix, what is safe to mend is mended."""

import os
import secrets
import sys
import uuid
from pathlib import Path

import click

from vaultplan.cli.changes import diff_of
from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import echo, echo_exact, echo_json, echo_problem, exit_code, say
from vaultplan.cli.shapes import Json, envelope, problems_shape
from vaultplan.disk.state import state_folder
from vaultplan.passes.fixing import Fresh, Mending, mend, write_mended
from vaultplan.passes.outcome import work_out
from vaultplan.passes.reading import look
from vaultplan.plan.lints import lints_of
from vaultplan.problems import WrongUseError
from vaultplan.settings.table import FILE

_UNANSWERED = 1


@click.command("check", short_help="Every problem, and advice.")
@click.argument("vault", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; shows the diff, then asks.")
@click.option("--yes", is_flag=True, help="With --fix: write without asking.")
@click.option("--dry-run", is_flag=True, help="With --fix: only show the diff.")
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.pass_obj
def command(
    door: Door, vault: Path | None, *, fix: bool, yes: bool, dry_run: bool, as_json: bool
) -> int:
    """List what cannot be read, what is odd, and advice, each with its place and what to do.

    Advice, such as on a goal without a number, is given here only. Exits with 1 if a problem is an
    error. Without --fix nothing is written; with it missing ids are added, links by an alias are
    mended, and then what is left is listed.

    Example: vaultplan check --fix
    """
    if (yes or dry_run) and not fix:
        raise WrongUseError("--yes and --dry-run go with --fix; add it, or leave them out")
    if yes and dry_run:
        raise WrongUseError("--yes writes and --dry-run does not; leave one out")
    if not fix:
        return _list(door, vault, as_json=as_json)
    mending, fresh = _mending(door, vault, dry_run=dry_run)
    if not as_json:
        _show(door, mending)
    asks = not (yes or dry_run or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    wanted = yes or (asks and bool(mending.changes) and click.confirm("Write these changes?"))
    if wanted and mending.changes:
        write_mended(place_of(door, vault), mending, fresh)
        if not as_json:
            _tell(door, mending)
    unanswered = bool(mending.changes) and not (yes or dry_run or asks)
    code = _UNANSWERED
    if as_json or not unanswered:
        shape = _shape(mending, written=wanted, dry_run=dry_run)
        code = _list(door, vault, as_json=as_json, **shape)
    if unanswered:
        echo("vaultplan: nothing was written; run again with --yes to write this", err=True)
        return _UNANSWERED
    return code


def _list(door: Door, vault: Path | None, *, as_json: bool, **more: object) -> int:
    """Every problem as it is now; the exit code."""
    outcome = work_out(look(place_of(door, vault)))
    problems = sorted({*outcome.problems, *lints_of(outcome.plan)})
    if as_json:
        echo_json(envelope(outcome.plan, problems=problems_shape(problems), **more))
        return exit_code(problems)
    for problem in problems:
        echo_problem(problem)
    if not problems:
        say(door, "No problems")
    return exit_code(problems)


def _mending(door: Door, vault: Path | None, *, dry_run: bool) -> tuple[Mending, Fresh]:
    place, vault_id = place_of(door, vault), str(uuid.uuid4())
    fresh = Fresh(vault_id, state_folder(vault_id, place.root, os.environ), secrets.choice)
    return mend(place, fresh, dry_run=dry_run), fresh


def _show(door: Door, mending: Mending) -> None:
    for path, change in mending.changes.items():
        echo_exact(diff_of(path, change))
    if not mending.changes:
        say(door, "Nothing to mend")
    for line in mending.left:
        say(door, f"Left {line}")


def _tell(door: Door, mending: Mending) -> None:
    count = len(mending.notes)
    if count:
        notes = f"{count} notes" if count > 1 else next(iter(mending.notes))
        say(door, f"Mended {notes}; `vaultplan undo` takes that back")
    if mending.settings:
        say(door, f"Added a vault_id to {FILE}; `vaultplan undo` leaves it there")


def _shape(mending: Mending, *, written: bool, dry_run: bool) -> Json:
    """What is said of the mending in JSON, beside the problems."""
    changes = mending.changes
    return {
        "written": list(changes) if written else [],
        "dry_run": dry_run,
        "changes": {path: diff_of(path, change) for path, change in changes.items()},
        "left": list(mending.left),
    }
