"""The door of the program: the one place where a run that cannot go on is put into words."""

import sys
from collections.abc import Sequence

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
        error.show()
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


def main() -> None:
    """Run the command line that the program was called with."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
