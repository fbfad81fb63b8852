"""How soon the watcher answers a save, and what it costs while nothing happens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep

from .ground import Command, Ground
from .race import Line, verdict
from .vault import FEED, LISTED

WATCH = "watch"
_EDITS, _BETWEEN = 200, 0.3
_IDLE = 30
_PATIENCE = 300


@dataclass(frozen=True, slots=True)
class _Row:
    what: str
    bound: float
    unit: str


_ROWS = (
    _Row("save → calendar and index note, median", 50, "ms"),
    _Row("save → calendar and index note, 99 of 100", 150, "ms"),
    _Row("processor time while nothing happens", 0.1, "%"),
    _Row("memory a contact, over an empty vault", 8, "KB"),
)


def watch(ground: Ground, empty: Path) -> Iterator[Line]:
    """The lines of the watcher; they say so if there is none, or if this is not Linux."""
    if not _is_there(ground.vaultplan("watch", "--help")):
        return (_line(row, "", "not there yet") for row in _ROWS)
    if sys.platform != "linux":
        return (_line(row, "", "measured on Linux only") for row in _ROWS)
    figures = _figures(ground, empty)
    return (
        _line(row, f"{figure:.3g} {row.unit}", verdict(figure, row.bound))
        for row, figure in zip(_ROWS, figures, strict=True)
    )


def _is_there(command: Command) -> bool:
    """Whether vaultplan knows a command (wrong use is exit code 2)."""
    done = subprocess.run(
        command.argv, env=command.environ, cwd=command.folder, capture_output=True, check=False
    )
    return done.returncode != 2


def _figures(ground: Ground, empty: Path) -> Iterator[float]:
    """What is measured, in the order of the rows; how long a save must be quiet is not counted."""
    from vaultplan.watch.timetable import pace_of  # noqa: PLC0415  (only where there is one)

    quiet = pace_of(0).quiet
    ground.settle()
    with _running(ground.vaultplan(*ground.dated(), "watch", str(ground.root))) as one:
        _answer(ground)
        waits = [_answer(ground) - quiet * 1000 for _ in range(_edits(ground))]
        sleep(_IDLE)
        before = _processor(one)
        sleep(_IDLE)
        busy = _processor(one) - before
        memory = _memory(one)
    empty.mkdir()
    (empty / "vaultplan.toml").touch()
    with _running(ground.vaultplan("watch", str(empty))) as one:
        sleep(_IDLE)
        bare = _memory(one)
    yield median(waits)
    yield quantiles(waits, n=100, method="inclusive")[-1]
    yield busy / _IDLE * 100
    yield (memory - bare) / ground.contacts


def _line(row: _Row, figure: str, word: str) -> Line:
    return Line(
        WATCH, f"`watch`: {row.what}", "", "", "", figure, f"{row.bound:g} {row.unit}", word
    )


def _edits(ground: Ground) -> int:
    return min(_EDITS, ground.unmet - 1)


def _answer(ground: Ground) -> float:
    """Milliseconds from a save until the calendar and the list of contacts are on the disk."""
    outputs = [ground.root / FEED, ground.root / LISTED]
    was = [_stamp(path) for path in outputs]
    ground.edit()
    saved = perf_counter()
    while any(_stamp(path) == stamp for path, stamp in zip(outputs, was, strict=True)):
        if perf_counter() - saved > _PATIENCE:
            raise RuntimeError("the watcher does not answer")
        sleep(0.0005)
    waited = perf_counter() - saved
    sleep(_BETWEEN)
    return waited * 1000


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_ino, about.st_mtime_ns


@contextmanager
def _running(command: Command) -> Iterator[int]:
    """A program that runs until it is told to end; its process id."""
    process = subprocess.Popen(
        command.argv,
        env=command.environ,
        cwd=command.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _processor(process: int) -> float:
    """Seconds of processor time that a process has had; on Linux only."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _memory(process: int) -> float:
    """KB of memory that a process holds; on Linux only."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024
