"""The sample vault is committed with its outputs; made from nothing, they come out the same.

After a change that is meant to show, run `vaultplan sync sample-vault` and read the diff.
"""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vaultplan.feedcheck import check_feed
from vaultplan.kinds import KINDS
from vaultplan.passes.reading import Place
from vaultplan.passes.sync import preview, sync

SAMPLE = Path(__file__).parent.parent / "sample-vault"
_FILLED = re.compile(r"(<!-- vaultplan:begin [^>]*-->\n).*?<!-- vaultplan:end[^>]*-->", re.DOTALL)
_COMPUTED = re.compile(r"^(last_contact|next_follow_up|follow_up_state|progress):.*$", re.MULTILINE)


def place(root: Path, state: Path) -> Place:
    return Place(root, state, datetime(2026, 11, 20, tzinfo=UTC), wait=lambda _: None)


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def emptied(root: Path) -> None:
    for path in root.rglob("*.md"):
        text = path.read_bytes().decode()
        text = _FILLED.sub(r"\1<!-- vaultplan:end -->", text)
        path.write_bytes(_COMPUTED.sub(r"\1:", text).encode())
    (root / "follow-ups.ics").unlink()


def test_nothing_is_to_be_written_into_the_sample_vault(tmp_path: Path) -> None:
    copy = tmp_path / "vault"
    shutil.copytree(SAMPLE, copy)

    report, changes = preview(place(copy, tmp_path / "state"))

    assert changes == {}
    assert [problem for problem in report.problems if problem.severity == "error"] == []


def test_made_from_nothing_the_outputs_are_the_committed_ones(tmp_path: Path) -> None:
    copy = tmp_path / "vault"
    shutil.copytree(SAMPLE, copy)
    emptied(copy)
    assert files(copy) != files(SAMPLE)

    sync(place(copy, tmp_path / "state"))

    assert files(copy) == files(SAMPLE)


def test_the_committed_calendar_has_no_flaw() -> None:
    assert check_feed((SAMPLE / "follow-ups.ics").read_bytes()) == ()


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_has_a_sample(kind: str, tmp_path: Path) -> None:
    report, _ = preview(place(SAMPLE, tmp_path / "state"))

    assert report.read.get(kind, 0) > 0
