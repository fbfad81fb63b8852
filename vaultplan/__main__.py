"""The door of the program: the one place where a run that cannot go on is put into words."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from vaultplan import __version__

if TYPE_CHECKING:
    import click

UNSAID = 1
INTERRUPTED = 130


def run(args: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    if list(args) == ["--version"] and _is_version_said():
        return 0
    return _run(args)


def _is_version_said() -> bool:
    """Say which program this is, in click's words but without click, which takes thrice as long."""
    with suppress(OSError):  # click knows what to do where nobody can hear it
        sys.stdout.write(f"vaultplan, version {__version__}\n")
        sys.stdout.flush()
        return True
    return False


def _run(args: Sequence[str]) -> int:
    import click  # noqa: PLC0415  (not for the version)

    from vaultplan.problems import Stop  # noqa: PLC0415

    try:
        result = _called(args)
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
    return result if isinstance(result, int) else 0


def _called(args: Sequence[str]) -> object:
    """What the command returns; 0 where nobody reads on."""
    from vaultplan.cli import cli  # noqa: PLC0415  (the tests count what an import costs)

    out = sys.stdout
    try:
        return cli.main(args=list(args), prog_name="vaultplan", standalone_mode=False)
    except SystemExit as end:
        # A shell was answered; or click has put something in the place of the broken pipe.
        return end.code if sys.stdout is out else 0
    except OSError as error:
        if error.filename is not None:
            raise
        return _unsaid(error)


def _unsaid(error: OSError) -> int:
    """What was to be done is done, but the answer cannot be written: the disk is full, say."""
    with suppress(OSError):
        # Else Python tries again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _complain(f"the answer could not be written: {error.strerror}; look where it goes to")
    return UNSAID


def _complain(message: str, before: str = "") -> None:
    from vaultplan.cli.printing import echo  # noqa: PLC0415  (only where something is wrong)

    with suppress(OSError):  # there is nobody left to tell
        echo(f"{before}vaultplan: {message}", err=True)


def _refuse(error: "click.ClickException") -> None:
    """Say in a line what is wrong with a command line, and where it says how it is right."""
    import click  # noqa: PLC0415  (not for the version)

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


def _nearest(option: str, context: "click.Context | None") -> str:
    """The option of a command that one which it has not was probably meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415  (only where something is wrong)

    names = [name for one in (context.command.params if context else ()) for name in one.opts]
    return next(iter(get_close_matches(option, names, n=1)), "")


def main() -> None:
    """Run the command line that the program was called with."""
    gc.disable()  # a command is over before that is worth it; `watch` goes on, and turns it on
    _stand_in()
    if "_VAULTPLAN_COMPLETE" in os.environ:
        import_module("vaultplan.cli.completion")  # a shell asks; click learns how it is answered
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # every answer was flushed, so what cannot be said is known
            stream.flush()
    # All is written and closed. To take the interpreter down piece by piece takes longer than
    # whatever a short command does.
    os._exit(code)


def _stand_in() -> None:
    """Put nothing in the place of a stream that is closed, as `>&-` does.

    In their order: the first file that is opened has the lowest number that is free, and a note
    must not have that of an output.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
