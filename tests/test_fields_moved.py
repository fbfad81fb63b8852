"""A date moved or used up is written where the note keeps it, under whatever key that is."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from vaultplan.passes.reading import Place
from vaultplan.passes.sync import sync

CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
LOG = "\n## Log\n\n- 2026-10-01 coffee\n"


class Ada:
    """A vault of one contact."""

    def __init__(self, folder: Path, front: str, log: str = LOG) -> None:
        self.root, self.state = folder / "vault", folder / "state"
        self.root.mkdir()
        (self.root / "vaultplan.toml").touch()
        self.note = self.root / "Ada.md"
        self.note.write_text(f"---\ntype: contact\n{front}---\n{CHECKLIST}{log}", "utf-8")
        self.sync()

    def sync(self) -> None:
        now = datetime(2026, 11, 20, tzinfo=UTC)
        sync(Place(self.root, self.state, now, lambda _: None, date(2026, 11, 20)))

    def move(self, day: str, to: str) -> None:
        lines = self.note.read_text("utf-8").split("\n")
        moved = [
            line.replace(f"📅 {day}", f"📅 {to}") if "Check in" in line else line for line in lines
        ]
        assert moved != lines
        self.note.write_text("\n".join(moved), "utf-8")
        self.sync()

    def front(self) -> str:
        return self.note.read_text("utf-8").split("---\n")[1].removeprefix("type: contact\n")


@pytest.mark.parametrize(
    ("front", "day", "after"),
    [
        ("follow_up: 2026-12-01\n", "2026-12-01", "follow_up: 2026-12-10\n"),
        ("next_contact: 2026-12-01\n", "2026-12-01", "next_contact: 2026-12-10\n"),
        ("Follow-Up:\n", "2027-01-01", "Follow-Up: 2026-12-10\n"),
        ("", "2027-01-01", "follow_up: 2026-12-10\n"),
        (
            "next_contact: 2026-12-24\nfollow_up: 2026-12-01\n",
            "2026-12-01",
            "next_contact: 2026-12-24\nfollow_up: 2026-12-10\n",
        ),
    ],
)
def test_a_moved_day_goes_to_the_key_it_was_read_from(
    tmp_path: Path, front: str, day: str, after: str
) -> None:
    ada = Ada(tmp_path, front)

    ada.move(day, "2026-12-10")

    assert ada.front() == after


def test_what_is_used_up_is_emptied_and_another_spelling_with_a_day_to_come_is_not(
    tmp_path: Path,
) -> None:
    front = "next_contact: 2026-12-24\nfollow_up: 2026-11-12\n"

    ada = Ada(tmp_path, front, "\n## Log\n\n- 2026-11-10 coffee\n")

    assert ada.front() == "next_contact: 2026-12-24\nfollow_up:\n"
