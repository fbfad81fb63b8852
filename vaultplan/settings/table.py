"""One table of `vaultplan.toml`, read key by key into typed values."""

from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from vaultplan.days import Span, parse_day, parse_span
from vaultplan.problems import WrongUseError

FILE = "vaultplan.toml"


class Table:
    """A TOML table that remembers which of its keys were asked for, so that a slip is found."""

    def __init__(self, data: Mapping[str, Any], prefix: str = "") -> None:
        self._data = data
        self._prefix = prefix
        self._known: list[str] = []

    def fail(self, key: str, expected: str) -> WrongUseError:
        """The one message for a value that is not what its key asks for."""
        shown = _shown(self._data.get(key))
        return WrongUseError(f"{FILE}: {self._prefix}{key} = {shown}: expected {expected}")

    def raw(self, key: str) -> Any:
        """The value as TOML has it, None if absent."""
        self._known.append(key)
        return self._data.get(key)

    def text(self, key: str, default: str = "") -> str:
        """A text."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.fail(key, "a text in quotes")
        return value

    def choice(self, key: str, default: str, allowed: tuple[str, ...]) -> str:
        """A text that is one of few."""
        value = self.text(key, default)
        if value not in allowed:
            raise self.fail(key, "one of " + ", ".join(allowed))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self.raw(key)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise self.fail(key, "a list of texts")
        return tuple(items)

    def flag(self, key: str, *, default: bool) -> bool:
        """`true` or `false`."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fail(key, "true or false")
        return value

    def number(self, key: str, default: float) -> float:
        """A number, not below zero."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:  # noqa: PLR2004
            raise self.fail(key, "a number from 0 to 999999")
        return float(value)

    def day(self, key: str) -> date | None:
        """A day."""
        value = self.raw(key)
        if isinstance(value, str):
            value = parse_day(value)
        elif isinstance(value, datetime):
            value = value.date()
        if value is None and self._data.get(key) is None:
            return None
        if not isinstance(value, date):
            raise self.fail(key, "a day such as 2026-11-20")
        return value

    def span(self, key: str, default: Span | None) -> Span | None:
        """A span such as `3 months`; `none` is None."""
        value = self.raw(key)
        if value is None:
            return default
        if value == "none":
            return None
        found = parse_span(str(value)) if isinstance(value, str | int) else None
        if found is None:
            raise self.fail(key, 'a span such as "3 months", "90d", "quarterly" or "none"')
        return found

    def table(self, key: str) -> "Table":
        """A table inside this one, empty if absent."""
        value = self.raw(key)
        if value is not None and not isinstance(value, dict):
            raise self.fail(key, f"a table: [{self._prefix}{key}]")
        return Table(value or {}, f"{self._prefix}{key}.")

    def tables(self, key: str) -> "tuple[Table, ...]":
        """An array of tables, `[[key]]`."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.fail(key, f"an array of tables: [[{self._prefix}{key}]]")
        return tuple(Table(item, f"{self._prefix}{key}.") for item in value)

    def names(self) -> tuple[str, ...]:
        """All keys there are, for tables whose keys are the person's own."""
        return tuple(self._data)

    def done(self) -> None:
        """Say which key nobody asked for.

        Raises:
            WrongUseError: naming the first unknown key, and the one it may have been meant to be.
        """
        for key in self._data:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                hint = f"did you mean {near[0]!r}?" if near else "take it out"
                raise WrongUseError(f"{FILE}: unknown key {self._prefix}{key}; {hint}")


def _shown(value: Any) -> str:
    try:
        return repr(value)
    except ValueError:  # Python writes no number of thousands of digits
        return "a huge number"
