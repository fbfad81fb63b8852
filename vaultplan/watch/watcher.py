"""Waiting for changes, and a pass after them."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from queue import Empty, SimpleQueue
from time import monotonic
from zoneinfo import ZoneInfo

from vaultplan.disk.runs import private_folder
from vaultplan.disk.within import vault_path
from vaultplan.passes.claiming import is_writer
from vaultplan.passes.outcome import UNWRITTEN
from vaultplan.passes.reading import Place, Unattended, open_settings, today_of
from vaultplan.passes.report import Report
from vaultplan.passes.sync import sync
from vaultplan.problems import Problem, Stop
from vaultplan.watch.alone import alone
from vaultplan.watch.eyes import Eyes
from vaultplan.watch.known import BESIDE, Known, State
from vaultplan.watch.notices import Blind, Ended, Lost, Notice, Touched
from vaultplan.watch.standings import Standings
from vaultplan.watch.timetable import Clock, Timetable, pace_of

_AGAIN_SECONDS = 60.0
_AT_ONCE = 10_000
FEED = "feed"
"""The folder of the feeds in the vault's state, where another machine writes the notes."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who hears what the watcher does.

    `passed` hears of each pass, of the problems that are new (hints are not told), and when it
    began, on the clock of the vault; `stopped` why one could not be; `said` what else there is.
    """

    passed: Callable[[Report, Sequence[Problem], datetime], None]
    stopped: Callable[[Stop], None]
    said: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for: to look at intervals, to become the machine that writes."""

    poll: bool = False
    take_over: bool = False


class Watcher:
    """Waits for changes in one vault. `opening` gives its place at the time it is asked.

    Raises:
        Stop: there is no vault, its settings cannot be read or written, or it is watched already.
    """

    def __init__(self, opening: Callable[[], Place], wishes: Wishes, voice: Voice) -> None:
        self._opening, self._wishes, self._voice = opening, wishes, voice
        self._notices: SimpleQueue[Notice] = SimpleQueue()
        self._ended: Ended | None = None
        self._place = opening()
        settings = open_settings(self._place.root)
        self._times = Timetable(pace_of(settings.settle))
        self._known = Known(self._place.root)
        self._eyes = Eyes(self._place.root, self._notices.put, poll=wishes.poll)
        self._raw: dict[str, str] = {}
        self._clock = Clock(self._place.now, monotonic())
        self._held: frozenset[str] = frozenset()
        self._standings = Standings(self._known)
        self._writes = True
        self._stopped = ""
        self._told: frozenset[Problem] = frozenset()
        self._zone: ZoneInfo | None = None

    def end(self, code: int) -> None:
        """End as soon as it may be; safe in a signal handler."""
        self._notices.put(Ended(code))

    def run(self) -> int:
        """Watch until told to end; the exit code."""
        with alone(self._place.state) as machine:
            is_writer(self._place, machine, take_over=self._wishes.take_over)
            try:
                self._begin()
                while self._ended is None:
                    self._hear(self._patience())
                    self._tick()
                    due = self._times.due_at()
                    if self._ended is None and due is not None and due <= monotonic():
                        self._pass(machine)
            finally:
                self._eyes.close()
        return self._ended.code

    def _begin(self) -> None:
        """Open the eyes before the first pass, so that no change falls between."""
        why = self._eyes.open()
        self._voice.said(f"Watching {self._place.root}{f'; {why}' if why else ''}")
        now, wall = monotonic(), self._place.now.timestamp()
        for raw, changed in self._eyes.ages():
            if 0 <= wall - changed < self._times.pace.settle:
                self._times.fresh(vault_path(raw), now - (wall - changed))
        self._times.ask(now)

    def _patience(self) -> float:
        """How long nothing needs to be done, in seconds."""
        due = self._times.due_at()
        moments = [self._eyes.next_scan, self._clock.next, *([] if due is None else [due])]
        return max(0.0, min(moments) - monotonic())

    def _hear(self, patience: float = 0.0) -> None:
        """Take in all notices there are, waiting for the first."""
        touched: dict[str, bool] = {}
        folders: set[str] = set()
        with suppress(Empty):
            for number in range(_AT_ONCE):
                match self._notices.get(timeout=0 if number else patience):
                    case Touched(raw, folder, believed):
                        touched[raw] = believed or touched.get(raw, False)
                        folders |= {raw} if folder else set()
                    case Lost():
                        self._eyes.next_scan = 0.0
                    case Blind(why):
                        if self._eyes.poll():
                            self._voice.said(f"Looking at intervals from now on, as {why}")
                    case Ended() as ended:
                        self._ended = self._ended or ended
        if folders:
            below = {*self._known.below(folders), *self._eyes.below(folders)}
            touched |= dict.fromkeys(below - touched.keys(), False)
        self._hold(touched)

    def _hold(self, touched: dict[str, bool]) -> None:
        """Hold files that something happened to against what the last pass left."""
        for raw, state in self._known.changed_of(touched):
            path = vault_path(raw)
            self._raw[path] = raw
            if state is State.SAME:
                self._times.same(path)
                continue
            self._standings.changed.add(path)
            if state is State.GONE and not touched[raw]:
                self._times.gone(path, monotonic())
            else:
                self._times.changed(path, monotonic())

    def _tick(self) -> None:
        """See whether a day began, the machine slept, or it is time to look at everything."""
        now = monotonic()
        if self._clock.next <= now:
            self._look_at_clocks(now)
            if self._eyes.look_after():
                self._times.ask(now)
        if self._eyes.next_scan <= now:
            self._hold(dict.fromkeys((*self._eyes.scan(), *BESIDE), False))

    def _look_at_clocks(self, now: float) -> None:
        """A pass is due when a day began, and when the machine slept."""
        try:
            place = self._opening()
            today = today_of(open_settings(place.root), place)
        except Stop:
            self._clock.next = now + _AGAIN_SECONDS
            return
        slept = self._clock.look(place.now.astimezone(self._zone), now)
        if slept or self._known.today not in (None, today):
            self._times.ask(now)

    def _pass(self, machine: str) -> None:
        """One pass, and what follows from it for the next."""
        self._times.begin()
        try:
            place = self._opening()
            settings = open_settings(place.root)
            self._times.pace = pace_of(settings.settle)
            self._zone = ZoneInfo(settings.timezone) if settings.timezone else None
            self._known.begin()
            writes = is_writer(place, machine)
            self._say_role(place, writes=writes)
            self._standings.writes = writes
            heedful = replace(place, unattended=self._unattended(place, writes=writes))
            report = sync(heedful, keeper=self._standings)
            self._times.left(self._standings.waiting)
        except Stop as stop:
            self._times.ask(monotonic() + _AGAIN_SECONDS)
            if str(stop) != self._stopped:
                self._voice.stopped(stop)
            self._stopped = str(stop)
            return
        self._stopped = ""
        if report.refused:
            self._times.ask(monotonic() + max(self._times.pace.settle, self._times.pace.quiet))
        self._hold({self._raw.get(path, path): False for path in self._times.open})
        waiting = self._standings.waiting
        self._tell(_without_waiting(report, waiting & self._held if writes else waiting), place.now)
        self._standings.tidy_up()

    def _tell(self, report: Report, now: datetime) -> None:
        told = frozenset(one for one in report.problems if one.severity != "hint")
        self._voice.passed(report, sorted(told - self._told), now.astimezone(self._zone))
        self._told = told

    def _unattended(self, place: Place, *, writes: bool) -> Unattended:
        """What a pass is to heed."""

        def unsettled() -> frozenset[str]:
            self._hear()
            self._held = self._times.unsettled(monotonic())
            return self._held

        feeds = None
        if not writes:
            feeds = place.state / FEED
            private_folder(feeds)
        return Unattended(self._known.good, unsettled, feeds)

    def _say_role(self, place: Place, *, writes: bool) -> None:
        if writes is self._writes:
            return
        self._writes = writes
        self._voice.said(
            "This machine writes the notes (`writer` in vaultplan.toml)"
            if writes
            else "Another machine writes these notes (`writer` in vaultplan.toml); here they are "
            f"only read, and the calendar is kept in {place.state / FEED}. "
            "`vaultplan watch --take-over` makes this machine the one that writes"
        )


def _without_waiting(report: Report, waiting: frozenset[str]) -> Report:
    """A report without what is only not written yet: it will be, here or on another machine."""
    told = (one for one in report.problems if one.rule != UNWRITTEN or one.path not in waiting)
    return report._replace(problems=tuple(told))
