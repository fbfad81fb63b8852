"""The README's console sessions, run as they stand on a copy of the sample vault."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("readme")
    shutil.copytree(PROJECT / "sample-vault", made / "sample-vault")
    return made


def sessions() -> Iterator[tuple[str, str]]:
    for block in BLOCKS:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, expected = part.partition("\n")
            yield command, expected


def run(command: str, folder: Path) -> str:
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


@pytest.mark.skipif(os.name == "nt", reason="the README's sessions are for a POSIX shell")
def test_every_session_of_the_readme_prints_what_it_says(folder: Path) -> None:
    told = list(sessions())

    assert len(told) >= 5
    for command, expected in told:
        pattern = re.escape(expected).replace(re.escape("...\n"), r"(?:.*\n)*?")
        printed = run(command, folder)
        assert re.fullmatch(pattern, printed), f"$ {command}\n{printed}"


def test_the_readme_is_read_in_one_sitting() -> None:
    assert len(README.splitlines()) <= 150


def test_the_readme_names_every_command_and_view() -> None:
    from vaultplan.cli import COMMANDS  # noqa: PLC0415
    from vaultplan.views import VIEWS  # noqa: PLC0415

    words = set(re.findall(r"[a-z-]+", README))

    assert {view.name for view in VIEWS} <= words
    assert set(COMMANDS) <= words
