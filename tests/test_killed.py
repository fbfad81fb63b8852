"""A real `kill -9` at every line, and at every byte, of what writes."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import vaultplan

KILLING = Path(__file__).with_name("killing.py")


# A kill takes nothing from the kernel, so files in memory show as much, and sooner.
MEMORY = Path("/dev/shm")


def kills(scene: str) -> int:
    """Let the warm process play a scene, which ends well; how often it killed."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        done = subprocess.run(
            [sys.executable, KILLING, scene, folder],
            env={"PYTHONPATH": str(Path(vaultplan.__file__).parents[1])},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert list(Path(folder).iterdir()) == []
    return int(json.loads(done.stdout))


@pytest.mark.parametrize("scene", ["feed", "new file", "note", "notes", "recovery", "state"])
def test_killed_at_any_line_nothing_is_lost_or_half_and_the_next_run_cleans_up(
    scene: str,
) -> None:
    assert kills(scene) > 50


def test_killed_at_any_byte_of_a_note_and_of_its_recovery_the_old_text_comes_back() -> None:
    assert kills("bytes") > 80
