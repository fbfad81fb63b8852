"""The same vault and the same day give the same bytes, wherever and however a pass runs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vaultplan

HERE = Path(__file__).parent
VAULTS = {"sample": HERE.parent / "sample-vault", "odd": HERE / "odd-vault"}
# Folders are listed in whatever order the disk has; this is another one.
BACKWARDS = """
import contextlib
listed = os.scandir
@contextlib.contextmanager
def scandir(folder="."):
    with listed(folder) as entries:
        yield iter(sorted(entries, key=lambda entry: entry.name, reverse=True))
os.scandir = scandir
"""
HURRY = "import os, sys; os.fsync = lambda file: None\n"
RUN = "from vaultplan.__main__ import run; sys.exit(run(sys.argv[1:]))"
WAYS = {
    "east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    "west": {"PYTHONHASHSEED": "2", "TZ": "Etc/GMT+12", "LC_ALL": "C", "BACKWARDS": "1"},
    "ascii": {
        "PYTHONHASHSEED": "3",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "LINES": "10",
        "COLUMNS": "20",
    },
}


def synced(vault: Path, folder: Path, **how: str) -> tuple[bytes, dict[str, bytes]]:
    """What `sync --json` says of a copy of a vault, and all files after it."""
    root = folder / "vault"
    shutil.copytree(vault, root)
    shutil.rmtree(folder / "state", ignore_errors=True)
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(Path(vaultplan.__file__).parents[1]),
        "VAULTPLAN_STATE_DIR": str(folder / "state"),
        "HOME": str(folder),
        **how,
    }
    code = HURRY + (BACKWARDS if "BACKWARDS" in how else "") + RUN
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, "sync", "--json", str(root)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode(errors="replace")
    assert done.stderr == b""
    files = (path for path in root.rglob("*") if path.is_file())
    return done.stdout, {str(path.relative_to(root)): path.read_bytes() for path in files}


@pytest.mark.parametrize("name", VAULTS)
def test_hash_seed_time_zone_locale_and_order_of_files_change_no_byte(
    name: str, tmp_path: Path
) -> None:
    outcomes = {}
    for way, how in {"usual": {}, **WAYS}.items():
        (tmp_path / way).mkdir()
        outcomes[way] = synced(VAULTS[name], tmp_path / way, **how)

    said, files = outcomes["usual"]
    assert "follow-ups.ics" in files
    for way in WAYS:
        assert outcomes[way][0] == said, way
        assert outcomes[way][1].keys() == files.keys()
        for path, data in files.items():
            assert outcomes[way][1][path] == data, (way, path)
