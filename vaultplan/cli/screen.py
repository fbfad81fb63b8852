"""What the words go to: a terminal of some width, with or without colour, or a pipe."""

import os
import sys
from typing import NamedTuple, TextIO

_USUAL = 80


class Screen(NamedTuple):
    """The width of the terminal in cells, None where there is none; whether to colour."""

    width: int | None
    colour: bool


def screen_of(*, err: bool = False) -> Screen:
    """The screen that answers go to, or that problems go to.

    `NO_COLOR` (no-color.org) and `TERM=dumb` turn colour off, else `FORCE_COLOR` turns it on.
    """
    stream = sys.stderr if err else sys.stdout
    terminal = stream.isatty()
    forced = os.environ.get("FORCE_COLOR", "0") not in ("", "0")
    refused = os.environ.get("NO_COLOR", "") != "" or os.environ.get("TERM") == "dumb"
    width = columns(stream) if terminal else None
    return Screen(width, (terminal or forced) and not refused)


def columns(stream: TextIO) -> int:
    """The cells in a row: as `COLUMNS` says, else as the terminal does, which may not know it."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked[:6]):
        return int(asked[:6])
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except OSError:
        return _USUAL
