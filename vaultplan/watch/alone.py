"""One watcher for a vault, on a machine with a name."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from uuid import uuid4

from vaultplan.disk.machine import machine_of, watching
from vaultplan.problems import WrongUseError


@contextmanager
def alone(state: Path) -> Iterator[str]:
    """Be the only watcher of a vault; the name of this machine.

    Raises:
        WrongUseError: another process watches it, or the state cannot be kept.
    """
    with ExitStack() as stack:
        try:
            other = stack.enter_context(watching(state))
            machine = machine_of(state.parent, str(uuid4()))
        except OSError as error:
            hint = "make it writable, or set VAULTPLAN_STATE_DIR to a folder that is"
            raise WrongUseError(f"{state}: {error}; {hint}") from None
        if other is not None:
            who = f" by process {other}" if other else ""
            raise WrongUseError(f"the vault is watched already{who}; one watcher is enough")
        yield machine
