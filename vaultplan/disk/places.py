"""What stands at a place in the vault before anything is written there."""

from pathlib import Path

from vaultplan.disk.read import load
from vaultplan.disk.refusals import LARGEST, refusal
from vaultplan.disk.within import spot
from vaultplan.problems import Problem


def present(root: Path, path: str) -> bytes | None:
    """The bytes of a file; None if there is none, or if it cannot be read."""
    try:
        return load(root, path, LARGEST)
    except OSError:
        return None


def make_folder(root: Path, path: str) -> bool | Problem:
    """Make a folder inside the vault; the way there is made for a file of any name."""
    try:
        with spot(root, f"{path}/any", make=True):
            return True
    except OSError as error:
        return refusal(path, error, "unwritable")
