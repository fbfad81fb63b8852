"""Words out: lines, tables and JSON, safe to show whatever the notes hold."""

import json
import os
import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vaultplan.cli.door import Door
from vaultplan.problems import Problem
from vaultplan.text.escape import shown


def say(door: Door, text: str = "") -> None:
    """Print lines, unless the person wants quiet."""
    if not door.quiet:
        echo(text)


def echo(text: str, *, err: bool = False) -> None:
    """Print lines with every control sequence in them made visible."""
    click.echo("\n".join(shown(line) for line in text.split("\n")), err=err)


def echo_json(value: object) -> None:
    """Print one JSON object."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under heads, as wide as the terminal, or as they are where there is none."""
    grid = Table(box=None, pad_edge=False, show_edge=False, show_header=any(heads))
    grid.header_style = "" if "NO_COLOR" in os.environ else "bold"
    for head in heads:
        grid.add_column(head.replace("_", " "), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(shown(value)) for value in row))
    terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        width=None if terminal else 1000,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=not terminal,
    )
    with console.capture() as capture:
        console.print(grid)
    click.echo("\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n")))


def exit_code(problems: Iterable[Problem]) -> int:
    """1 if a problem is an error, else 0."""
    return int(any(problem.severity == "error" for problem in problems))


def describe(problem: Problem) -> str:
    """A problem on one line: where, what, what to do."""
    where = f"{problem.path}:{problem.line}" if problem.line else problem.path
    fix = f" — {problem.fix}" if problem.fix else ""
    return f"{where}: {problem.severity}: {problem.message}{fix} [{problem.rule}]"
