"""Console sessions of the papers, run as they stand on a copy of the sample vault."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def copy_of_the_sample(folder: Path) -> Path:
    """A folder with a copy of the sample vault in it."""
    shutil.copytree(PROJECT / "sample-vault", folder / "sample-vault")
    return folder


def sessions(paper: str) -> Iterator[tuple[str, str]]:
    """Every command of a paper, and what it is said to print."""
    for block in _BLOCK.findall(paper):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            yield command, expected


def run(command: str, folder: Path) -> str:
    """What a shell command prints in a folder."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    state = str(folder / "state")
    environment = {**os.environ, "PATH": programs, "VAULTPLAN_STATE_DIR": state, "COLUMNS": "80"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def check(paper: str, folder: Path) -> None:
    """Run every session of a paper; a line `...` stands for any lines."""
    for command, expected in sessions(paper):
        pattern = re.escape(expected).replace(re.escape("...\n"), r"(?:.*\n)*?")
        printed = run(command, folder)
        assert re.fullmatch(pattern, printed), f"$ {command}\n{printed}"
