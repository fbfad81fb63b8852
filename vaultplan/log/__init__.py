"""The log of a note: reading what happened on which day, and writing one line more."""

from vaultplan.log.mentions import read_mentions
from vaultplan.log.reading import LogLine, LogWords, Slip, read_log
from vaultplan.log.writing import add_log_line, remove_log_line

__all__ = [
    "LogLine",
    "LogWords",
    "Slip",
    "add_log_line",
    "read_log",
    "read_mentions",
    "remove_log_line",
]
