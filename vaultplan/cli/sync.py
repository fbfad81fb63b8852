"""`vaultplan sync`: one pass."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of, remembered
from vaultplan.cli.printing import (
    echo,
    echo_exact,
    echo_json,
    echo_problem,
    exit_code,
    say,
    style_of,
)
from vaultplan.cli.styled import Styled
from vaultplan.cli.telling import report_shape
from vaultplan.passes.report import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultplan.passes.outcome import FileChange

UP_TO_DATE = "Nothing to write, everything is up to date"
_SHOWN = 10
_CHANGED = 3


@click.command("sync", short_help="One pass.")
@click.argument("vault", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing; print what would change as a diff.")
@click.option("--accept-fewer", is_flag=True, help="Go on though most notes are gone.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def command(
    door: Door,
    vault: Path | None,
    *,
    check: bool,
    dry_run: bool,
    accept_fewer: bool,
    as_json: bool,
) -> int:
    """Read every note, then bring blocks, computed properties and the calendar up to date.

    A box that was ticked in a generated line becomes a line of the contact's log.

    Example: vaultplan sync ~/Notes
    """
    report, look = remembered(door, vault)
    if report:
        if not dry_run or as_json:
            _print(door, report, as_json=as_json, verb="Wrote")
        else:
            say(door, UP_TO_DATE)
        return exit_code(report.problems)
    from dataclasses import replace  # noqa: PLC0415  (only a pass that looks)

    from vaultplan.passes.sync import preview, sync  # noqa: PLC0415

    place = replace(place_of(door, vault), look=look)
    if not (check or dry_run):
        report = sync(place, accept_fewer=accept_fewer)
        _print(door, report, as_json=as_json, verb="Wrote")
        return _CHANGED if report.refused else exit_code(report.problems)
    report, changes = preview(place, accept_fewer=accept_fewer)
    if dry_run and not as_json:
        _print_changes(door, changes)
    if not dry_run or as_json:
        _print(door, report, as_json=as_json, verb="Would write")
    return 1 if check and changes else exit_code(report.problems)


def _print_changes(door: Door, changes: "Mapping[str, FileChange]") -> None:
    from vaultplan.cli.changes import diff_of  # noqa: PLC0415  (only where it is shown)

    for path, change in changes.items():
        echo_exact(diff_of(path, change))
    if not changes:
        say(door, UP_TO_DATE)


def _print(door: Door, report: Report, *, as_json: bool, verb: str) -> None:
    if as_json:
        echo_json(report_shape(report))
        return
    kinds = f": {report.kinds}" if report.kinds else ""
    say(door, f"Read {report.notes} {_plural('note', report.notes)}{kinds}")
    _print_due(door, report)
    if report.written:
        say(door, f"{verb} {len(report.written)} {_plural('file', len(report.written))}:")
        for path in report.written[:_SHOWN]:
            say(door, f"  {path}")
        if len(report.written) > _SHOWN:
            say(door, f"  … and {len(report.written) - _SHOWN} more")
    else:
        say(door, UP_TO_DATE)
    for kept in report.kept:
        say(door, f"Kept from a block of {kept.path}, now just below it:")
        for line in kept.lines:
            say(door, f"  {line}")
    _print_problems(report)


def _print_due(door: Door, report: Report) -> None:
    if not report.due:
        say(door, f"Nothing is due ({report.tracked})")
        return
    say(door, f"{len(report.due)} {_plural('follow-up', len(report.due))} due:")
    for one in report.due[:_SHOWN]:
        say(door, Styled(f"  {one.due}  ", style_of(one.state)), one.title)
    if len(report.due) > _SHOWN:
        say(door, f"  … and {len(report.due) - _SHOWN} more; `vaultplan next` ranks them")


def _print_problems(report: Report) -> None:
    shown = [problem for problem in report.problems if problem.severity != "hint"]
    if not shown:
        return
    counts = [
        f"{count} {_plural(severity, count)}"
        for severity in ("error", "warning")
        if (count := sum(problem.severity == severity for problem in shown))
    ]
    echo(f"{' and '.join(counts)}:", err=True)
    for problem in shown[:_SHOWN]:
        echo_problem(problem, before="  ", err=True)
    if len(shown) > _SHOWN:
        echo(f"  … and {len(shown) - _SHOWN} more; `vaultplan check` lists them all", err=True)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
