"""A week at the keyboard, run as it stands on a copy of the sample vault."""

import os
import re
import sys
from pathlib import Path

import click
import pytest

from vaultplan.cli import COMMANDS, cli

sys.path.insert(0, str(Path(__file__).parent))
import sessions

PAPER = (Path(__file__).parent / "transcripts.md").read_text("utf-8")
CALLED = [command for command, _ in sessions.sessions(PAPER)]


@pytest.mark.skipif(os.name == "nt", reason="the sessions are for a POSIX shell")
def test_every_session_prints_what_it_says(tmp_path: Path) -> None:
    sessions.check(PAPER, sessions.copy_of_the_sample(tmp_path))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_a_session(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    below = list(getattr(command, "commands", [""]))
    calls = [rf"vaultplan (?:-C \S+ )?{name} {one}".rstrip() + r"(?=\s|$)" for one in below]

    assert [call for call in calls if not re.search(call, "\n".join(CALLED))] == []
