"""The method, row by row, as `docs/method.md` shows it."""

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import sessions

METHOD = (sessions.PROJECT / "docs" / "method.md").read_text("utf-8")
README = (sessions.PROJECT / "README.md").read_text("utf-8")
ROWS = [f"R{number}" for number in range(1, 20)]


@pytest.mark.skipif(os.name == "nt", reason="the sessions are for a POSIX shell")
def test_every_row_does_what_the_paper_says(tmp_path: Path) -> None:
    sessions.check(METHOD, sessions.copy_of_the_sample(tmp_path))


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_told_and_shown(row: str) -> None:
    section = re.search(rf"^## {row} .*?(?=^## |\Z)", METHOD, re.MULTILINE | re.DOTALL)

    assert f"| {row} | " in METHOD
    assert section
    assert list(sessions.sessions(section[0]))


def test_the_readme_leads_to_every_row() -> None:
    numbers = set()
    for first, last in re.findall(r"R(\d+)(?:–R(\d+))?", README):
        numbers |= set(range(int(first), int(last or first) + 1))

    assert numbers == set(range(1, 20))
