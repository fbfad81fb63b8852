"""The vault that is measured with is one as people have them; nothing is timed here."""

import sys
from collections import Counter
from pathlib import Path

from click.testing import CliRunner

from vaultplan.cli import cli

sys.path.insert(0, str(Path(__file__).parent))
from benchmarks import vault

CONTACTS = 40


def bytes_in(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_check_finds_nothing_wrong_with_the_vault_that_is_measured(tmp_path: Path) -> None:
    vault.build(tmp_path / "vault", CONTACTS)

    result = CliRunner().invoke(cli, ["check", str(tmp_path / "vault")])

    assert result.exit_code == 0, result.output
    assert ": error:" not in result.output
    assert ": warning:" not in result.output


def test_it_has_what_it_says(tmp_path: Path) -> None:
    made = vault.build(tmp_path / "vault", CONTACTS)

    files = bytes_in(tmp_path / "vault")
    folders = Counter(path.split("/")[0] for path in files if "/" in path)
    assert folders == {"People": 40, "Goals": 2, "Events": 2, "Thoughts": 20, "Plans": 1}
    assert made.files == len(files)
    assert made.size == sum(map(len, files.values()))
    assert made.regular
    for path in made.regular:
        assert b"\ncadence: " in files[path]
        assert b"\nfollow_up: " not in files[path]


def test_the_same_number_of_contacts_gives_the_same_bytes_and_times(tmp_path: Path) -> None:
    vault.build(tmp_path / "one", CONTACTS)
    vault.build(tmp_path / "other", CONTACTS)

    assert bytes_in(tmp_path / "one") == bytes_in(tmp_path / "other")
    for path in bytes_in(tmp_path / "one"):
        one, other = tmp_path / "one" / path, tmp_path / "other" / path
        assert one.stat().st_mtime_ns == other.stat().st_mtime_ns
