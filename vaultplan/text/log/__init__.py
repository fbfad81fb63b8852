"""The log of a note: reading what happened on which day, and writing one line more."""

from vaultplan.text.log.mentions import read_mentions
from vaultplan.text.log.plain import read_plain_log
from vaultplan.text.log.reading import LogLine, LogWords, Slip, read_log
from vaultplan.text.log.writing import add_log_line, remove_log_line

__all__ = [
    "LogLine",
    "LogWords",
    "Slip",
    "add_log_line",
    "read_log",
    "read_mentions",
    "read_plain_log",
    "remove_log_line",
]
