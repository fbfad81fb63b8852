"""A pass over what changed ends in the bytes of a pass over everything, and tells the same."""

import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from vaultplan.passes import hand
from vaultplan.passes import sync as passes
from vaultplan.passes.reading import Place
from vaultplan.passes.report import Report
from vaultplan.passes.sync import sync

SAMPLE = Path(__file__).parent.parent / "sample-vault"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PRIYA = "Contacts/Priya Raman.md"
FIELDS = (
    *("follow_up: 2026-12-01", "snooze: 2026-12-24", "cadence: 10d", "status: paused"),
    *("key: true", "strength: weak", 'offer: "[[Help]] with it"', "target: 3", "mentor: active"),
    *("date: 2026-11-30", "met: 2026-11-25", "last_contact: 2026-11-01", "organisation: Elsewhere"),
    *("birthday: 1980-11-25", "type: contact", "aliases: [Ada]", "industry: Shipping", "tags: [x]"),
)
KINDS = ("coffee", "email", "thank-you", "met", "gave", "note", "interview", "reply", "")


class Vaults:
    """Two vaults that are edited alike: one is followed, of the other nothing is remembered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.followed, self.afresh = folder / "followed", folder / "afresh"
        for root in (self.followed, self.afresh):
            shutil.copytree(SAMPLE, root)
        self.whole = 0

    def sync(self, day: date = TODAY) -> tuple[Report, Report]:
        """One pass each; what they tell."""
        whole = passes._look_at_all  # noqa: SLF001  (to know which way was taken)

        def counted(*args: object, **options: object) -> Report:
            self.whole += 1
            return whole(*args, **options)  # type: ignore[arg-type]

        state = self.folder / "state"
        with mock.patch.object(passes, "_look_at_all", counted):
            here = sync(Place(self.followed, state, NOW, time.sleep, day))
        (self.folder / "other" / "memory").unlink(missing_ok=True)
        there = sync(Place(self.afresh, self.folder / "other", NOW, None, day))
        return here, there

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        for root in (self.followed, self.afresh):
            text = change((root / path).read_bytes().decode())
            (root / path).write_bytes(text.encode())

    def same(self) -> None:
        """Assert that both hold the same."""
        here, there = (dict(files(root)) for root in (self.followed, self.afresh))
        assert here.keys() == there.keys()
        for path, data in there.items():
            assert here[path].decode() == data.decode(), path


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_bytes()


@pytest.fixture
def vaults(tmp_path: Path) -> Vaults:
    vaults = Vaults(tmp_path)
    vaults.sync()
    return vaults


def some_edit(chance: random.Random, number: int) -> Callable[[str], str]:
    """An edit as a person may make it, or a slip."""
    day = TODAY - timedelta(days=chance.randint(-3, 60))
    line = f"- {day} {chance.choice(KINDS)}: talk {number}".replace(" : ", " ")
    field, at = chance.choice(FIELDS), chance.random()

    def log(text: str) -> str:
        return text.rstrip("\n") + f"\n{line}\n"

    def write(text: str) -> str:
        return text + f"\nWords {number}.\n"

    def set_field(text: str) -> str:
        return text.replace("---\n", f"---\n{field}\n", 1) if text.startswith("---\n") else text

    def drop(text: str) -> str:
        lines = text.split("\n")
        del lines[int(at * len(lines))]
        return "\n".join(lines)

    def double(text: str) -> str:
        lines = text.split("\n")
        lines.insert(int(at * len(lines)), lines[int(at * len(lines))])
        return "\n".join(lines)

    def tick(text: str) -> str:
        return text.replace("- [ ]", "- [x]", 1)

    return chance.choice((log, log, log, write, set_field, set_field, drop, double, tick))


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_on_any_days_end_in_the_same_bytes(seed: int, vaults: Vaults) -> None:
    chance = random.Random(seed)
    notes = [path for path, _ in files(vaults.followed) if path.endswith(".md")]
    whole, passed = vaults.whole, 25
    for number in range(passed):
        for _ in range(chance.choice((1, 1, 1, 3))):
            vaults.edit(chance.choice(notes), some_edit(chance, number))
        here, there = vaults.sync(TODAY + timedelta(days=number // 3))
        assert here == there
        vaults.same()

    assert vaults.whole - whole < passed, "every pass looked at everything"


def test_a_line_in_a_log_is_followed_into_all_that_shows_it(vaults: Vaults) -> None:
    whole = vaults.whole
    vaults.edit(PRIYA, lambda text: text.rstrip("\n") + "\n- 2026-11-20 coffee: at last\n")
    here, there = vaults.sync()

    assert here == there
    assert {PRIYA, "follow-ups.ics"} < set(here.written)
    vaults.same()
    assert vaults.whole == whole


def test_a_new_day_is_followed_without_an_edit(vaults: Vaults) -> None:
    whole = vaults.whole
    for later in (1, 2, 5, 9):
        here, there = vaults.sync(TODAY + timedelta(days=later))
        assert here == there
        vaults.same()
    assert vaults.whole == whole


def add_comment(root: Path) -> None:
    settings = root / "vaultplan.toml"
    settings.write_bytes(settings.read_bytes() + b"# mine\n")


BEYOND: dict[str, Callable[[Path], object]] = {
    "new": lambda root: (root / "New.md").write_text("---\ntype: contact\n---\n"),
    "gone": lambda root: (root / PRIYA).unlink(),
    "renamed": lambda root: (root / PRIYA).rename(root / "Contacts/Priya.md"),
    "broken": lambda root: (root / PRIYA).write_text("---\nkey: [\n---\n"),
    "emptied": lambda root: (root / PRIYA).write_text(""),
    "settings": add_comment,
}


@pytest.mark.parametrize("change", BEYOND.values(), ids=BEYOND)
def test_what_cannot_be_followed_is_looked_at(
    change: Callable[[Path], object], vaults: Vaults
) -> None:
    whole = vaults.whole
    for root in (vaults.followed, vaults.afresh):
        change(root)
    here, there = vaults.sync()

    assert here == there
    assert vaults.whole == whole + 1
    vaults.same()


def both(vaults: Vaults, path: str, text: str) -> None:
    for root in (vaults.followed, vaults.afresh):
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")


def test_a_block_in_a_daily_note_that_tells_of_contacts_is_followed(vaults: Vaults) -> None:
    daily = "Daily/2026-11-19.md"
    block = "<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n\n"
    both(vaults, daily, f"{block}- coffee with [[Priya Raman]]\n")
    for later in (0, 0, 1, 2, 30):
        here, there = vaults.sync(TODAY + timedelta(days=later))
        assert here == there
        vaults.same()


def test_an_event_that_only_the_contact_tells_of_is_followed(vaults: Vaults) -> None:
    event = "---\ntype: event\ndate: 2026-11-18\nstatus: {}\n---\n"
    both(vaults, "Events/Met here.md", event.format("planned"))
    both(
        vaults,
        "Contacts/New One.md",
        '---\ntype: contact\nmet_at: "[[Met here]]"\nkey: true\n---\n',
    )
    vaults.sync()
    both(vaults, "Events/Met here.md", event.format("attended"))
    here, there = vaults.sync()

    assert here == there
    vaults.same()


def test_a_tick_in_a_copy_that_was_moved_is_heard(vaults: Vaults) -> None:
    pages = (path for path in vaults.followed.rglob("*.md") if "- [ ]" in path.read_text("utf-8"))
    lines = next(pages).read_text("utf-8").splitlines()
    line = next(line for line in lines if line.startswith("- [ ]"))
    moved = line.replace("2026-", "2027-", 1)
    both(vaults, "Copy.md", f"{moved}\n")
    vaults.sync()
    vaults.sync()
    both(vaults, "Copy.md", f"{moved.replace('[ ]', '[x]')}\n")
    here, there = vaults.sync()

    assert here == there
    vaults.same()


def test_what_is_saved_while_other_notes_are_read_is_not_written_over(vaults: Vaults) -> None:
    vaults.edit(PRIYA, lambda text: text.rstrip("\n") + "\n- 2026-11-20 coffee: at last\n")
    note, taken, rest = vaults.followed / PRIYA, hand.Hand.take_turned, b"Saved just now.\n"

    def saved_between(one: hand.Hand) -> None:
        if one.texts[PRIYA].note.text == note.read_text("utf-8"):
            note.write_bytes(note.read_bytes() + rest)
        taken(one)

    with mock.patch.object(hand.Hand, "take_turned", saved_between):
        vaults.sync()
    assert note.read_bytes().endswith(rest)


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :]


def flipped(part: int) -> Callable[[bytes], bytes]:
    return lambda data: flip(data, len(data) * part // 16)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "cut": lambda data: data[: len(data) // 2],
    "first-line": lambda data: flip(data, 3),
    "of-another": lambda data: data[::-1],
    **{f"flipped-{part}": flipped(part) for part in range(16)},
}


@pytest.mark.parametrize("name", ["memory", "standing", "standing-later"])
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_memory_changes_nothing_that_is_written(
    name: str, damage: Callable[[bytes], bytes], vaults: Vaults
) -> None:
    vaults.edit(PRIYA, lambda text: text + "\n- 2026-11-19 coffee: once\n")
    vaults.sync()
    (kept,) = (vaults.folder / "state").rglob(name)
    kept.write_bytes(damage(kept.read_bytes()))
    vaults.edit(PRIYA, lambda text: text + "\n- 2026-11-20 coffee: twice\n")
    here, there = vaults.sync()

    assert here == there
    vaults.same()


def test_a_memory_of_another_moment_is_not_believed(vaults: Vaults) -> None:
    state = vaults.folder / "state"
    old = (state / "standing-later").read_bytes() if (state / "standing-later").exists() else b""
    for _ in range(2):
        vaults.edit(PRIYA, lambda text: text + "\n- 2026-11-18 coffee: out\n")
        vaults.sync()
    (state / "standing-later").write_bytes(old)
    vaults.edit(PRIYA, lambda text: text + "\n- 2026-11-20 coffee: out\n")
    whole = vaults.whole
    here, there = vaults.sync()

    assert here == there
    assert vaults.whole == whole + 1
    vaults.same()
