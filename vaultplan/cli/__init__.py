"""The command line: words in, words out. A new command is one file and one line here.

The commands are imported when they are called, so that `--help` and `--version` load nothing else.
"""

from importlib import import_module
from typing import TYPE_CHECKING

import click

from vaultplan import __version__
from vaultplan.cli.door import Door
from vaultplan.cli.helping import Call, with_common_options
from vaultplan.problems import WrongUseError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

GROUPS = {
    "Look": {
        "next": "What to do, most pressing first, with the reason.",
        "show": "Everything about one person.",
        "why": "Explain each date of one person by its rule and source.",
        "list": "A table of the notes of one kind.",
        "status": "The plan at a glance: goals, objectives, checklist, pace.",
    },
    "Write down": {
        "log": "Write down what happened with somebody.",
        "done": "Say that a step was done, as ticking its box does.",
        "snooze": "Ask for nothing of somebody before a day.",
        "pause": "Ask for nothing of somebody until further notice.",
        "new": "Make a note of a kind from its template.",
        "set": "One property on many notes.",
        "undo": "Take back what a command or a tick changed.",
    },
    "Keep up": {
        "init": "Make a folder a vault: settings, templates, index notes.",
        "sync": "Read the vault, and bring its blocks, properties and calendar up to date.",
        "watch": "A pass now, then one after every change and at midnight.",
        "check": "List every problem and all advice, with its place and what to do.",
    },
    "Plan and look back": {
        "assess": "Rate your networking from 1 to 5, with the evidence beside each question.",
        "review": "Write down how the plan went, each number with its lines.",
        "plan": "Begin the next plan.",
        "export": "Hand something out: the progress in numbers, without names.",
    },
}
COMMANDS = {name: words for group in GROUPS.values() for name, words in group.items()}


class Commands(click.Group):
    """The group of all commands; each is imported from the file of its name when it is called."""

    context_class = Call

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"vaultplan.cli.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101  (one of our own files)
        return with_common_options(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called.

        Raises:
            WrongUseError: there is none of that name.
        """
        name = args[0]
        if name in COMMANDS or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches  # noqa: PLC0415  (only where something is wrong)

        near = get_close_matches(name.casefold(), COMMANDS, n=1)
        hint = f"did you mean {near[0]}?" if near else "`vaultplan --help` lists them"
        raise WrongUseError(f"there is no command {name}; {hint}")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> "list[CompletionItem]":
        """The commands that begin so, without importing any, and the options."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  (only for the Tab key)

        found = [
            CompletionItem(name, help=words)
            for name, words in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        longest = max(map(len, COMMANDS))
        for title, group in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(longest), words) for name, words in group.items()])


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.option(
    "-C",
    "--vault",
    type=click.Path(file_okay=False),
    envvar="VAULTPLAN_VAULT",
    help="The vault's folder. Else the one that holds the current folder.",
)
@click.option("--today", metavar="DATE", help="The day to plan for, instead of the current one.")
@click.option("-q", "--quiet", is_flag=True, help="No report, only answers and problems.")
@click.version_option(__version__, prog_name="vaultplan")
@click.pass_context
def cli(ctx: click.Context, vault: str | None, today: str | None, *, quiet: bool) -> None:
    """A folder of Markdown notes in; what to do next in your network out.

    Start with `vaultplan init` in a folder of notes, then `vaultplan sync`.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    ctx.obj = Door(vault=vault, today=today, quiet=quiet)
