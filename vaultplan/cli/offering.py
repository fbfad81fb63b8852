"""What the Tab key offers, but for people: kinds, steps, and the vault that a line is about."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from vaultplan.cli.door import Door
from vaultplan.cli.opening import root_of
from vaultplan.names import fold

if TYPE_CHECKING:
    from vaultplan.settings import Settings


def root_at(ctx: click.Context) -> Path:
    """The vault that a command line is about, as far as it is typed.

    Raises:
        NoVaultError: there is none.
    """
    return root_of(Door(vault=ctx.find_root().params.get("vault"), today=None, quiet=True))


def kinds(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    """The kinds of notes."""
    from vaultplan.kinds import KINDS  # noqa: PLC0415  (not for names)

    return _begun(typed, ((kind.name, "") for kind in KINDS))


def steps(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The steps of the vault's chain."""
    rules = _settings_at(ctx).steps
    return _begun(typed, ((step.name, step.said("…")) for step in rules))


def log_kinds(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """The kinds of log lines that the vault knows."""
    return _begun(typed, ((kind, "") for kind in sorted(_settings_at(ctx).log.kinds)))


def _settings_at(ctx: click.Context) -> "Settings":
    from vaultplan.passes.reading import open_settings  # noqa: PLC0415  (not for names)

    return open_settings(root_at(ctx))


def _begun(typed: str, words: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    begin = fold(typed)
    return [CompletionItem(word, help=what) for word, what in words if word.startswith(begin)]
