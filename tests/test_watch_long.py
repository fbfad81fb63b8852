"""Whatever is done to notes while `watch` runs ends in the very bytes of a cold `sync`.

VAULTPLAN_EDITS=5000 does more of it.
"""

import os
import random
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import pytest

from vaultplan.passes.reading import Place
from vaultplan.passes.sync import sync

sys.path.insert(0, str(Path(__file__).parent))
from watching import LINUX, Running, Vault, contact, until

EDITS = int(os.environ.get("VAULTPLAN_EDITS", "250"))
NAMES = [f"{folder}{name}" for folder in ("", "People/", "People/Far/") for name in "ABCDEFGH"]
LINES = ("- 2026-11-19 coffee\n", "- 2026-11-12 gave: a book\n", "- 2026-10-30 met: there\n")

Edit = Callable[[Vault, random.Random, Path], None]


def write(vault: Vault, choice: random.Random, _: Path) -> None:
    name = choice.choice(NAMES)
    vault.write(name, contact(*choice.sample([line[2:-1] for line in LINES], 2)))


def add(_: Vault, choice: random.Random, path: Path) -> None:
    path.write_text(path.read_text() + choice.choice(LINES))


def rename(vault: Vault, choice: random.Random, path: Path) -> None:
    to = vault.path(choice.choice(NAMES))
    to.parent.mkdir(parents=True, exist_ok=True)
    path.rename(to)


def replace(_: Vault, choice: random.Random, path: Path) -> None:
    fresh = path.with_name(".fresh.tmp")
    fresh.write_text(contact(choice.choice(LINES)[2:-1]))
    fresh.replace(path)


def delete(_: Vault, __: random.Random, path: Path) -> None:
    path.unlink()


def tick(_: Vault, __: random.Random, path: Path) -> None:
    path.write_text(path.read_text().replace("- [ ]", "- [x]", 1))


def spoil(_: Vault, choice: random.Random, path: Path) -> None:
    old, new = choice.choice(
        [("type: contact", "type: [contact"), ("type: [contact", "type: contact")]
    )
    path.write_text(path.read_text().replace(old, new, 1))


def empty(_: Vault, __: random.Random, path: Path) -> None:
    path.write_text("")


def move(vault: Vault, _: random.Random, __: Path) -> None:
    for old, new in (("People", "Folk"), ("Folk", "People")):
        if (vault.root / old).is_dir() and not (vault.root / new).exists():
            (vault.root / old).rename(vault.root / new)
            return


WAYS: tuple[Edit, ...] = (
    write,
    write,
    write,
    add,
    add,
    rename,
    replace,
    delete,
    tick,
    tick,
    spoil,
    empty,
)


def edit(vault: Vault, choice: random.Random) -> None:
    """One thing that a person, a synchroniser or git does."""
    way = move if choice.random() < 0.03 else choice.choice(WAYS)
    paths = sorted(path for path in vault.root.rglob("*.md") if path.name != "Home.md")
    if not paths:
        write(vault, choice, vault.root)
    else:
        way(vault, choice, choice.choice(paths))
    sleep(choice.choice((0, 0, 0.001, 0.01, 0.1)))


def cold(vault: Vault, folder: Path) -> list[str]:
    """What a `sync` that remembers nothing would write."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        shutil.copytree(vault.root, folder / "vault")
    except shutil.Error:
        return ["a file went away"]
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return list(sync(Place(folder / "vault", folder / "state", now, None)).written)


@pytest.mark.parametrize(
    "options", [pytest.param((), marks=LINUX), ("--poll",)], ids=["told", "poll"]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_random_edits_end_in_the_bytes_of_a_cold_sync(
    options: tuple[str, ...], seed: int, tmp_path: Path
) -> None:
    choice = random.Random(seed)
    vault = Vault(tmp_path / "vault", settle="0.1s")
    running = Running(vault.root, vault.state, *options).begun()
    try:
        for _ in range(EDITS):
            edit(vault, choice)
        for path in vault.root.rglob("*.md"):  # what cannot be read counts as it last could be
            path.write_text(path.read_text().replace("type: [contact", "type: contact"))
        until(lambda: cold(vault, tmp_path / "cold") == [], lambda: str(running.lines[-2:]))
        before = {path: path.read_bytes() for path in vault.root.rglob("*.*") if path.is_file()}
        sleep(0.5)
    finally:
        code = running.end()

    assert code == 0
    assert "Traceback" not in running.said
    assert {path: path.read_bytes() for path in before} == before, "it goes on writing"
    assert [line for line in running.lines if "stopped" in line] == []
