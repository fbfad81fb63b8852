"""`vaultplan watch`: a pass after every change."""

import gc
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of, root_of
from vaultplan.cli.printing import echo, echo_exact, echo_problem, say
from vaultplan.cli.telling import SCHEMA, Json, problems_shape, report_shape
from vaultplan.passes.reading import Place
from vaultplan.passes.report import Report
from vaultplan.problems import Problem
from vaultplan.watch.service import launchd_plist, systemd_unit
from vaultplan.watch.watcher import Voice, Watcher, Wishes

_SHOWN, _PROBLEMS = 3, 10
_NEEDED = ("VAULTPLAN_STATE_DIR", "XDG_STATE_HOME")
_SIGNALLED = 128  # what a shell adds to the number of the signal that ended a program


@click.command("watch", short_help="A pass now, then one after every change and at midnight.")
@click.argument("vault", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--poll", is_flag=True, help="Look at intervals, where the system tells nothing.")
@click.option("--take-over", is_flag=True, help="Make this machine the one that writes notes.")
@click.option("--print-service", is_flag=True, help="Print a service for systemd or launchd.")
@click.option("--json", "as_json", is_flag=True, help="Print each pass as one line of JSON.")
@click.pass_obj
def command(
    door: Door,
    vault: Path | None,
    *,
    poll: bool,
    take_over: bool,
    print_service: bool,
    as_json: bool,
) -> int:
    """Do what `sync` does now, and again after every change and when a day begins.

    A note that was just changed is written into once it is quiet for `settle` (10 seconds). Of
    several machines that share a vault one writes: the first that watches it. Ctrl-C ends it.

    Example: vaultplan watch ~/Notes
    """
    root = root_of(door, vault)
    if print_service:
        _print_service(root, poll=poll)
        return 0
    gc.enable()  # but not while a pass runs: see `undisturbed`
    unseen = replace(door, quiet=True)  # no bar, as nobody waits for a pass

    def opening() -> Place:
        return place_of(unseen, root)

    watcher = Watcher(opening, Wishes(poll, take_over), _json_voice() if as_json else _voice(door))
    with _signals(watcher):
        return watcher.run()


@contextmanager
def _signals(watcher: Watcher) -> Iterator[None]:
    """End the watcher after the pass that runs: with 130 at Ctrl-C, with 0 if the system asks."""

    def end(number: int, _: object) -> None:
        signal.signal(number, before[signal.Signals(number)])  # a second one ends it at once
        watcher.end(_SIGNALLED + number if number == signal.SIGINT else 0)

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _voice(door: Door) -> Voice:
    return Voice(
        passed=partial(_print_pass, door),
        stopped=lambda stop: echo(f"{_now():%H:%M} no pass: {stop}", err=True),
        said=lambda text: say(door, text),
    )


def _print_pass(door: Door, report: Report, fresh: Sequence[Problem], at: datetime) -> None:
    """A line for a pass that did something, and what is newly wrong."""
    if report.written:
        shown = ", ".join(report.written[:_SHOWN])
        more = len(report.written) - _SHOWN
        files = f"{shown} and {more} more" if more > 0 else shown
        say(door, f"{at:%H:%M} wrote {files}; {len(report.due)} due")
    for kept in report.kept:
        say(door, f"{at:%H:%M} kept from a block of {kept.path}, now just below it:")
        for line in kept.lines:
            say(door, f"  {line}")
    for problem in fresh[:_PROBLEMS]:
        echo_problem(problem, err=True)
    if len(fresh) > _PROBLEMS:
        more = len(fresh) - _PROBLEMS
        echo(f"… and {more} more problems; `vaultplan check` lists them all", err=True)


def _json_voice() -> Voice:
    return Voice(
        passed=_print_json,
        stopped=lambda stop: _line({"schema": SCHEMA, "at": _time(_now()), "stopped": str(stop)}),
        said=lambda text: echo(text, err=True),
    )


def _print_json(report: Report, fresh: Sequence[Problem], at: datetime) -> None:
    _line({**report_shape(report), "at": _time(at), "new": problems_shape(fresh)})


def _now() -> datetime:
    return datetime.now().astimezone()


def _time(at: datetime) -> str:
    return at.isoformat("T", "seconds")


def _line(value: Json) -> None:
    """Print one object on one line."""
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def _print_service(root: Path, *, poll: bool) -> None:
    """Print the paper of the system this runs on."""
    words = [sys.executable, "-m", "vaultplan", "watch", *(["--poll"] if poll else []), str(root)]
    environ = {name: os.environ[name] for name in _NEEDED if os.environ.get(name)}
    paper = launchd_plist if sys.platform == "darwin" else systemd_unit
    echo_exact(paper(root.name, words, environ).rstrip("\n"))
