"""Help that ends with the example, and the common options behind a command as before it."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from vaultplan.cli.door import Door
from vaultplan.cli.screen import columns

_WIDEST, _NARROWEST = 80, 24
_ROOM, _SHORT = 58, 8


class Paper(click.HelpFormatter):
    """A page of help: what a command does, its options, and its examples at the end."""

    def __init__(self, width: int | None = None, max_width: int | None = None) -> None:
        room = min(columns(sys.stdout), max_width or _WIDEST)
        super().__init__(width=width or max(_NARROWEST, room) - 2)
        self._examples: list[str] = []

    def write_text(self, text: str) -> None:
        """Write paragraphs; those of examples wait for the end."""
        parts = text.split("\n\n")
        self._examples += [part for part in parts if part.startswith("Example")]
        super().write_text("\n\n".join(part for part in parts if not part.startswith("Example")))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names and what they mean: beside each other, or below where there is no room."""
        beside = self.width >= _ROOM
        super().write_dl(list(rows), col_max if beside else _SHORT, col_spacing)

    def getvalue(self) -> str:
        """The whole page."""
        for example in self._examples:
            self.write_paragraph()
            with self.indentation():
                super().write_text(example)
        self._examples = []
        return super().getvalue()


class Call(click.Context):
    """One call of a command."""

    formatter_class = Paper


def with_common_options(command: click.Command) -> click.Command:
    """The command, taking `-C`, `--today` and `-q` too: people write them where they think of them.

    They stand in the help once, before the command.
    """
    if command.context_class is Call:
        return command
    command.context_class = Call
    command.params += [
        _option("-C", "--vault", type=click.Path(file_okay=False)),
        _option("--today"),
        _option("-q", "--quiet", is_flag=True),
    ]
    if isinstance(command, click.Group):
        for below in command.commands.values():
            with_common_options(below)
    return command


def _option(*names: str, **options: Any) -> click.Option:
    name = names[-1].removeprefix("--")
    options |= {"callback": _kept(name), "expose_value": False, "hidden": True}
    return click.Option([*names, f"common_{name}"], **options)


def _kept(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            ctx.find_root().params[name] = value  # where completion looks
            if isinstance(ctx.obj, Door):
                ctx.obj = ctx.obj._replace(**{name: value})

    return keep
