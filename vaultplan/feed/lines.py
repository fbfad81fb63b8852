"""The lines of a calendar: its values as RFC 5545 writes them, and their folding."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_LONGEST_LINE = 75


def text(value: str) -> str:
    r"""TEXT (3.3.11): no sign in it ends the value, and a typed `\N` (as in `C:\New`) stays one."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\n", "\\n")


def moment_line(name: str, at: date | datetime) -> bytes:
    """A line of DATE or DATE-TIME (3.3.4, 3.3.5): a day, or a moment in UTC or in a named zone."""
    if not isinstance(at, datetime):
        return day_line(name, at)
    if isinstance(at.tzinfo, ZoneInfo):
        return line(f"{name};TZID={at.tzinfo.key}:{wall(at)}")
    return line(f"{name}:{wall(at.astimezone(UTC))}Z")


# One moment has many names, a day has one.
@lru_cache(1 << 12)
def day_line(name: str, at: date) -> bytes:
    """A line of DATE."""
    return line(f"{name};VALUE=DATE:{at.year:04}{at.month:02}{at.day:02}")


@lru_cache(1 << 12)
def utc_line(name: str, at: date, hour: int = 0) -> bytes:
    """A line of a moment of a day in UTC."""
    return line(f"{name}:{wall(datetime.combine(at, time(hour)))}Z")


def wall(at: datetime) -> str:
    """A moment as clocks show it there."""
    return f"{at.year:04}{at.month:02}{at.day:02}T{at.hour:02}{at.minute:02}{at.second:02}"


def duration(span: timedelta) -> str:
    """DURATION (3.3.6), of less than a day."""
    hours, minutes = divmod(abs(span) // timedelta(minutes=1), 60)
    parts = [f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M")) if number]
    return f"{'-' if span < timedelta() else ''}P{'T' + ''.join(parts) if parts else '0D'}"


def line(content: str) -> bytes:
    """One line in pieces of at most 75 bytes (RFC 5545, 3.1), no character or escape in two."""
    data = content.encode()
    if len(data) <= _LONGEST_LINE:
        return data + b"\r\n"
    pieces, start, room = [], 0, _LONGEST_LINE
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # within a character  # noqa: PLR2004
            end -= 1
        end -= data[end - 1] == ord("\\")
        pieces.append(data[start:end])
        start, room = end, _LONGEST_LINE - 1
    return b"\r\n ".join([*pieces, data[start:]]) + b"\r\n"
