"""Words out: lines, tables and JSON, safe to show whatever the notes hold.

On a terminal lines are broken between words, tables fit, and what is late stands out. In a pipe
every line is as long as it is, and plain.
"""

from collections.abc import Iterable, Iterator, Sequence

import click

from vaultplan.cli.door import Door
from vaultplan.cli.screen import Screen, screen_of
from vaultplan.cli.styled import Line, Style, Styled, styled
from vaultplan.problems import Problem

# Of the eight colours that every terminal shows, those that are read on white and on black; the
# background is the terminal's own.
_PAINT: dict[Style, str] = {
    "late": "\x1b[31m",
    "today": "\x1b[1m",
    "faint": "\x1b[2m",
    "odd": "\x1b[35m",
    "new": "\x1b[32m",
    "gone": "\x1b[31m",
}
_PLAIN = "\x1b[0m"


def say(door: Door, *parts: str | Styled) -> None:
    """Print lines, unless the person wants quiet."""
    if not door.quiet:
        echo(*parts)


def echo(*parts: str | Styled, err: bool = False) -> None:
    """Print lines, broken between words, with every control sequence in them made visible."""
    screen = screen_of(err=err)
    lines = _lines(parts)
    if screen.width:
        from vaultplan.cli.layout import wrapped  # noqa: PLC0415  (only at a terminal)

        lines = (short for line in lines for short in wrapped(line, screen.width or 0))
    _print(lines, screen, err=err)


def echo_exact(text: str) -> None:
    """Print lines as they are, however long: a diff with its signs in colour, a text to copy."""
    signs: dict[str, Style] = {"+": "new", "-": "gone", "@": "faint"}
    is_diff = text.startswith("--- ")
    lines = (
        [Styled(line, signs.get(line[:1], "") if is_diff else "")] for line in text.split("\n")
    )
    _print(([Styled(shown(part.text), part.style) for part in line] for line in lines), screen_of())


def echo_json(value: object) -> None:
    """Print one JSON object."""
    import json  # noqa: PLC0415  (only where it is asked for)

    text = json.dumps(value, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))


def echo_problem(problem: Problem, *, before: str = "", err: bool = False) -> None:
    """Print a problem: where, what, what to do."""
    styles: dict[str, Style] = {"error": "late", "warning": "odd"}
    head, word, rest = describe(problem).partition(f" {problem.severity}: ")
    echo(before, head, Styled(word, styles.get(problem.severity, "faint")), rest, err=err)


def table(heads: Sequence[str], rows: Iterable[Sequence[str | Styled]]) -> None:
    """Print rows under heads; where the terminal is too narrow for that, a block for each row."""
    from vaultplan.cli.layout import table_lines  # noqa: PLC0415  (not for a pass)

    screen = screen_of()
    top = [Styled(head.replace("_", " "), "faint") for head in heads]
    cells = [[Styled(shown(text), style) for text, style in styled(row)] for row in rows]
    _print(table_lines(top, cells, screen.width), screen)


def style_of(state: str) -> Style:
    """How a step stands out by its state: what is overdue, and what is due today."""
    styles: dict[str, Style] = {"overdue": "late", "due": "today"}
    return styles.get(state, "")


def exit_code(problems: Iterable[Problem]) -> int:
    """1 if a problem is an error, else 0."""
    return int(any(problem.severity == "error" for problem in problems))


def describe(problem: Problem) -> str:
    """A problem on one line: where, what, what to do."""
    where = f"{problem.path}:{problem.line}" if problem.line else problem.path
    fix = f" — {problem.fix}" if problem.fix else ""
    return f"{where}: {problem.severity}: {problem.message}{fix} [{problem.rule}]"


def _lines(parts: Iterable[str | Styled]) -> Iterator[Line]:
    """Words cut at their line ends, with what is hidden in them shown."""
    line: list[Styled] = []
    for text, style in styled(parts):
        first, *others = text.split("\n")
        line.append(Styled(shown(first), style))
        for other in others:
            yield line
            line = [Styled(shown(other), style)]
    yield line


def shown(text: str) -> str:
    r"""The text for a terminal: what would act there or hide is spelled out, as `\x1b`."""
    if text.isprintable():
        return text
    from vaultplan.text import escape  # noqa: PLC0415  (few texts hold anything of that)

    return escape.shown(text)


def _print(lines: Iterable[Line], screen: Screen, *, err: bool = False) -> None:
    text = "\n".join(
        "".join(_painted(part) if screen.colour else part.text for part in line).rstrip(" ")
        for line in lines
    )
    click.echo(text, err=err, color=screen.colour or None)


def _painted(part: Styled) -> str:
    paint = _PAINT.get(part.style)
    return f"{paint}{part.text}{_PLAIN}" if paint and part.text else part.text
