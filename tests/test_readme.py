"""The README's console sessions, run as they stand on a copy of the sample vault."""

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sessions

README = (sessions.PROJECT / "README.md").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the README's sessions are for a POSIX shell")
def test_every_session_of_the_readme_prints_what_it_says(tmp_path: Path) -> None:
    assert len(list(sessions.sessions(README))) >= 5

    sessions.check(README, sessions.copy_of_the_sample(tmp_path))


def test_the_readme_is_read_in_one_sitting() -> None:
    assert len(README.splitlines()) <= 150


def test_the_readme_names_every_command_and_view() -> None:
    from vaultplan.cli import COMMANDS  # noqa: PLC0415
    from vaultplan.views import VIEWS  # noqa: PLC0415

    words = set(re.findall(r"[a-z-]+", README))

    assert {view.name for view in VIEWS} <= words
    assert set(COMMANDS) <= words
