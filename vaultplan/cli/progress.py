"""A bar on the terminal while many notes are read."""

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_SECONDS = 1.0
_BETWEEN_SECONDS = 0.1
_WORDS = 25


class Bar:
    """What is shown of a long work: nothing in the first second, and nothing when it is done."""

    def __init__(self, width: int) -> None:
        self._room = max(4, min(40, width - _WORDS))
        self._next = monotonic() + PATIENCE_SECONDS
        self._shown: Progress | None = None

    def tell(self, done: int, of: int) -> None:
        """So much is done of the whole."""
        if done >= of:
            self.close()
        elif (now := monotonic()) >= self._next:
            self._next = now + _BETWEEN_SECONDS
            self._shown = self._shown or self._begin()
            self._shown.update(self._shown.task_ids[0], completed=done, total=of, refresh=True)

    def close(self) -> None:
        """Take the bar off the screen, whatever ended the work."""
        if self._shown:
            self._shown.stop()
            self._shown = None

    def _begin(self) -> "Progress":
        from rich.console import Console  # noqa: PLC0415  (most work is done before it is needed)
        from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

        begun = Progress(
            TextColumn("Reading notes"),
            BarColumn(self._room, complete_style="default", finished_style="default"),
            TextColumn("{task.percentage:>3.0f} %"),
            console=Console(file=sys.stderr, color_system=None, force_terminal=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        begun.add_task("", total=None)
        begun.start()
        return begun
