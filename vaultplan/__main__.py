"""The door of the program: the one place where a run that cannot go on is put into words."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from vaultplan.problems import Stop

INTERRUPTED = 130


def run(args: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    from vaultplan.cli import cli  # noqa: PLC0415  (the tests count what an import costs)

    try:
        result = cli.main(args=list(args), prog_name="vaultplan", standalone_mode=False)
    except Stop as stop:
        _complain(str(stop))
        return stop.exit_code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        _refuse(error)
        return 2
    except (KeyboardInterrupt, click.Abort):
        # Below the prompt, or the ^C that a terminal shows.
        _complain("interrupted", before="\n" * sys.stderr.isatty())
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0


def _complain(message: str, before: str = "") -> None:
    from vaultplan.cli.printing import echo  # noqa: PLC0415  (only where something is wrong)

    echo(f"{before}vaultplan: {message}", err=True)


def _refuse(error: click.ClickException) -> None:
    """Say in a line what is wrong with a command line, and where it says how it is right."""
    message = error.format_message().rstrip(".")
    if "\n" in message:
        error.show()  # the help of a group that was called without a command
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    hint = f"`{context.command_path if context else 'vaultplan'} --help` tells how to write it"
    if isinstance(error, click.NoSuchOption):
        message = f"there is no option {error.option_name}"
        near = _nearest(error.option_name, context)
        hint = f"did you mean {near}?" if near else hint
    _complain(f"{message[:1].lower()}{message[1:]}; {hint}")


def _nearest(option: str, context: click.Context | None) -> str:
    """The option of a command that one which it has not was probably meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415  (only where something is wrong)

    names = [name for one in (context.command.params if context else ()) for name in one.opts]
    return next(iter(get_close_matches(option, names, n=1)), "")


def main() -> None:
    """Run the command line that the program was called with."""
    if "_VAULTPLAN_COMPLETE" in os.environ:
        import_module("vaultplan.cli.completion")  # a shell asks; click learns how it is answered
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
