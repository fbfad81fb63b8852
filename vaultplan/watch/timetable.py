"""When a pass is due, and which notes it may write: decisions only, the time is an argument.

Moments are seconds of a clock that only goes forward, and that stands still while the machine
sleeps.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY_SECONDS = 86_400.0
_CLOCK_SLIP, _TICK_SECONDS = 5.0, 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait, in seconds.

    `quiet` after a change before a pass; `longest` after the first of many changes; `late` before
    an absent or empty note is believed; `settle` before a note that changed is written into.
    """

    settle: float
    late: float
    quiet: float = 0.1
    longest: float = 5.0


def pace_of(settle: float) -> Pace:
    """How long to wait where a note is quiet after `settle` seconds."""
    return Pace(settle=settle, late=min(2.0, settle))


class Timetable:
    """Which notes changed since the last pass, and when, to tell when the next one is due."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._open: set[str] = set()
        self._first = self._last = 0.0
        self._gone: dict[str, float] = {}
        self._changed: dict[str, float] = {}
        self._left: dict[str, float] = {}
        self._asked: float | None = None

    @property
    def open(self) -> tuple[str, ...]:
        """The notes that are not as the last pass left them."""
        return tuple(sorted(self._open))

    def changed(self, path: str, at: float) -> None:
        """A note holds something else than after the last pass."""
        self._take(path, at)
        self._gone.pop(path, None)

    def gone(self, path: str, at: float) -> None:
        """A note is absent or empty; it may be about to be written."""
        self._take(path, at)
        self._gone.setdefault(path, at)

    def same(self, path: str) -> None:
        """A note is as the last pass left it, or is again."""
        self._open.discard(path)
        self._gone.pop(path, None)

    def fresh(self, path: str, at: float) -> None:
        """A note was changed before anything was watched, and may still be being written."""
        self._changed[path] = at

    def ask(self, at: float) -> None:
        """A pass is due at a moment, whatever changes."""
        self._asked = at if self._asked is None else min(at, self._asked)

    def begin(self) -> None:
        """A pass begins, and looks at everything."""
        self._open.clear()
        self._gone.clear()
        self._left = {}
        self._asked = None

    def unsettled(self, now: float) -> frozenset[str]:
        """The notes that a person may be writing."""
        self._changed = {
            path: at for path, at in self._changed.items() if now < at + self.pace.settle
        }
        return frozenset(self._changed)

    def left(self, paths: Collection[str]) -> None:
        """A pass left these notes as they are; it is due again when one of them is settled."""
        self._left = {path: self._changed[path] for path in paths if path in self._changed}

    def due_at(self) -> float | None:
        """When the next pass is due; None if nothing asks for one."""
        moments = [at + self.pace.settle for at in self._left.values()]
        if self._asked is not None:
            moments.append(self._asked)
        if self._open:
            quiet = self._last + self.pace.quiet
            late = max(self._gone.values(), default=quiet - self.pace.late) + self.pace.late
            moments.append(min(max(quiet, late), self._first + self.pace.longest))
        return min(moments, default=None)

    def _take(self, path: str, at: float) -> None:
        if not self._open:
            self._first = at
        self._open.add(path)
        self._last = self._changed[path] = at
        if path in self._left:
            self._left[path] = at


def until_midnight(now: datetime) -> float:
    """Seconds until the clock on the wall says 24:00, were no hour to be skipped or repeated."""
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return DAY_SECONDS - (now.replace(tzinfo=None) - begin) / timedelta(seconds=1)


class Clock:
    """Goes by two clocks, to notice that the machine slept or that the wall's was set.

    `next` is the moment at which to look again: when the day ends, or after a while.
    """

    def __init__(self, wall: datetime, moment: float) -> None:
        self._wall, self._moment = wall, moment
        self.next = moment

    def look(self, wall: datetime, moment: float) -> bool:
        """Whether the clocks went different ways since the last look.

        `wall` has the time zone of the vault's day.
        """
        passed = (wall - self._wall) / timedelta(seconds=1)
        slipped = abs(passed - (moment - self._moment)) > _CLOCK_SLIP
        self._wall, self._moment = wall, moment
        self.next = moment + min(_TICK_SECONDS, until_midnight(wall))
        return slipped
