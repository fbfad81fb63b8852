"""Measure, and print one table: `python -m tests.benchmarks`, in the folder of the project."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .ground import Ground
from .growth import GROWTH, growth
from .race import Line, run
from .races import RACES
from .watching import WATCH, watch

_NAMES = (*(race.name for race in RACES), GROWTH, WATCH)
_HEADS = ("what", "measured against", "ours", "the other", "ratio (each run)", "at most", "")


def main() -> None:
    asked = _asked()
    top = Path(tempfile.mkdtemp(prefix="vaultplan-benchmarks-"))
    try:
        lines = list(_said(_lines(asked, top)))
        print(_about(asked), "", _table(lines), sep="\n")  # noqa: T201  (this is a program)
    finally:
        if asked.keep:
            _say(f"kept in {top}")
        else:
            shutil.rmtree(top)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--contacts", type=int, default=10_000, help="in the vault (10000)")
    parser.add_argument("--runs", type=int, default=5, help="counted for each median (5)")
    parser.add_argument("--only", action="append", choices=_NAMES, help="one row; may be repeated")
    parser.add_argument(
        "--growth",
        metavar="N,N,N",
        help="contacts of growing vaults (a tenth, as many, five times)",
    )
    parser.add_argument("--keep", action="store_true", help="keep the vaults")
    asked = parser.parse_args()
    if asked.runs < 1 or asked.contacts < 50:
        parser.error("at least one run and 50 contacts")
    asked.only = asked.only or _NAMES
    count = asked.contacts
    sizes = asked.growth.split(",") if asked.growth else (count // 10, count, count * 5)
    asked.sizes = tuple(map(int, sizes))
    return asked


def _lines(asked: argparse.Namespace, top: Path) -> Iterator[Line]:
    """Build what is needed, and measure row by row."""
    grounds = {asked.contacts: Ground(top / str(asked.contacts), asked.contacts)}
    ground = grounds[asked.contacts]
    _say(f"{ground.made.files:,} files, {ground.made.size / 1e6:.1f} MB")
    for race in RACES:
        if race.name in asked.only:
            yield run(race, ground, asked.runs)
    if GROWTH in asked.only:
        for size in asked.sizes:
            grounds[size] = grounds.get(size) or Ground(top / str(size), size)
        yield from growth([grounds[size] for size in asked.sizes], asked.runs)
    if WATCH in asked.only:
        yield from watch(ground, top / "empty")


def _said(lines: Iterable[Line]) -> Iterator[Line]:
    """Say each line as soon as it is there."""
    for line in lines:
        _say(f"{line.what}: {line.figure} (at most {line.bound}) {line.verdict}")
        yield line


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201  (this is a program)


def _about(asked: argparse.Namespace) -> str:
    """On what was measured."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{python}, {platform.platform()}, {os.cpu_count()} CPUs; {asked.contacts:,} contacts; "
        f"medians of {asked.runs} runs, ours and the other in turn"
    )


def _table(lines: Iterable[Line]) -> str:
    rows = [_HEADS, ("---",) * len(_HEADS)]
    rows += [
        (one.what, one.floor_is, one.ours, one.floor, one.figure, one.bound, one.verdict)
        for one in lines
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main()
