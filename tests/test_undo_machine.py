"""Whatever was commanded, ticked and typed, in any order: undo takes back that, and nothing else.

Commands and passes change the notes; a person ticks boxes, in blocks and in copies, edits log
lines, types words and properties, breaks a note and mends it. Every change of a command or a tick
is remembered as lines won and lost; undo must give them back or say why not, and no pass may bring
back what was taken back.
"""

import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from vaultplan.passes.change import AddLine, Change, SetField, doing
from vaultplan.passes.changing import Wanted, change
from vaultplan.passes.creating import draft_new
from vaultplan.passes.making import make
from vaultplan.passes.past import past_changes
from vaultplan.passes.reading import Place, Sight
from vaultplan.passes.sync import preview, sync
from vaultplan.passes.undoing import undo
from vaultplan.plan import Plan
from vaultplan.text.tasks import read_task

sys.path.insert(0, str(Path(__file__).parent))
from undoing import NOTES

PEOPLE = ("Ada.md", "Bo.md", "Cléo.md", "Dag.md")
KINDS = ("email", "coffee", "shared", "thank-you", "note", "check-in")
BLOCK = re.compile(r"(<!-- vaultplan:begin .*-->)(?s:.*?)<!-- vaultplan:end.*-->")
COMPUTED = re.compile(r"^(last_contact|next_follow_up):.*?(?= #|\r|$)", re.MULTILINE)
DATES = re.compile(r"^(follow_up|snooze):")
BROKEN = b"\xff"
Lines = Counter[str]


class Effect(NamedTuple):
    """What a run did to one note: lines won and lost, and how they were then; or it was made."""

    won: Lines
    lost: Lines
    after: Lines
    made: bool


class Vault(RuleBasedStateMachine):
    """A person, the commands and undo at work on one vault."""

    @initialize()
    def begin(self) -> None:
        self.hurry = mock.patch("os.fsync")
        self.hurry.start()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "vault"
        self.root.mkdir()
        self.today = date(2026, 11, 20)
        self.minutes = 0
        self.number = 0
        self.typed: list[str] = []
        self.broken: set[str] = set()
        for path, text in NOTES.items():
            (self.root / path).write_bytes(text.encode())
        self.past: list[tuple[str, dict[str, Effect]]] = []
        self.run_sync()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.mend()
            self.run_sync()
            for _ in range(len(self.past)):
                self.undo_number(1)
            self.hurry.stop()
            shutil.rmtree(self.folder)

    # Reading and writing as an editor does

    def place(self) -> Place:
        self.minutes += 1
        now = datetime.combine(self.today, time(), UTC) + timedelta(seconds=self.minutes)
        return Place(self.root, self.folder / "state", now, lambda _: None, self.today)

    def paths(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.md"))

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().removesuffix(BROKEN).decode()

    def lines(self, path: str) -> list[str]:
        return [line.removesuffix("\r") for line in self.read(path).split("\n")]

    def put(self, path: str, at: int, *lines: str, instead: int = 0) -> None:
        parts = self.lines(path)
        parts[at : at + instead] = lines
        text = ("\r\n" if "\r\n" in self.read(path) else "\n").join(parts)
        (self.root / path).write_bytes(text.encode())
        self.broken.discard(path)

    def boxes(self) -> list[tuple[str, str, bool]]:
        """The open lines of steps, as they were written: path, line, and whether in a block."""
        found = []
        for path in self.paths():
            inside = False
            for line in self.lines(path):
                inside = (inside or ":begin" in line) and ":end" not in line
                if re.search(r"\[ \].*\^vp-\w{10}-\d{8}-o$", line):
                    found.append((path, line, inside))
        return found

    def own(self) -> dict[str, Lines]:
        """The lines of each note that nobody fills in, those in blocks left out."""
        return {path: self.lines_in((self.root / path).read_bytes()) for path in self.paths()}

    def lines_in(self, data: bytes) -> Lines:
        text = BLOCK.sub(r"\1", data.decode(errors="replace").removeprefix("\ufeff"))
        return Counter(line for line in COMPUTED.sub(r"\1:", text).splitlines() if line.strip())

    # What a person does

    @rule(
        data=st.data(),
        way=st.sampled_from(["x", "✅ ", "[completion:: "]),
        copy=st.booleans(),
        then=st.booleans(),
    )
    def tick(self, data: st.DataObject, way: str, *, copy: bool, then: bool) -> None:
        boxes = self.boxes()
        assume(boxes)
        path, old, inside = data.draw(st.sampled_from(boxes))
        line = old.replace("[ ]", "[x]")
        if way != "x":
            day = f"{way}{self.today}{']' * way.startswith('[')}"
            line = line.replace(" ^vp-", f" {day} ^vp-")
        if copy and inside:
            self.put("Copies.md", 1, line)
        else:
            self.put(path, self.lines(path).index(old), line, instead=1)
        if then:
            self.run_sync()

    @rule(data=st.data(), untick=st.booleans())
    def move_or_untick(self, data: st.DataObject, *, untick: bool) -> None:
        lines = [
            (path, at)
            for path in self.paths()
            for at, line in enumerate(self.lines(path))
            if re.search(r"\[x\].*-d$" if untick else r"\[ \].*-o$", line)
        ]
        assume(lines)
        path, at = data.draw(st.sampled_from(lines))
        line = self.lines(path)[at].replace("[x]", "[ ]")
        if not untick:
            day = self.today + timedelta(days=data.draw(st.integers(1, 60)))
            line = re.sub(r" 📅 \S+", "", line).replace(" ^vp-", f" 📅 {day} ^vp-")
        self.put(path, at, line, instead=1)

    @rule(data=st.data())
    def type_words(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(self.paths()))
        lines = self.lines(path)
        body = lines.index("---", 1) + 1 if "---" in lines[0] else 0
        words = f"Typed {len(self.typed)}."
        apart = [""] * data.draw(st.booleans())
        self.put(path, data.draw(st.integers(body, len(lines))), *apart, words, *apart)
        self.typed.append(words)

    @rule(data=st.data(), way=st.sampled_from(["words", "above", "below", "nested", "break"]))
    def edit_where_something_was_changed(self, data: st.DataObject, way: str) -> None:
        """Type in, beside or below a line that a command or a tick wrote, or break its note."""
        won = [
            (path, line)
            for _, effects in self.past
            for path, effect in effects.items()
            for line in sorted(effect.won)
            if path in self.paths() and line in self.lines(path)
        ]
        assume(won)
        path, line = data.draw(st.sampled_from(won))
        if way == "break":
            self.break_a_note(path)
            return
        words = f"Typed {len(self.typed)}."
        self.typed.append(words)
        is_property = re.match(r"[a-z_]+:", line)
        new = f"own{len(self.typed)}: {words}" if is_property else f"- {self.today} note: {words}"
        colon = " #" if is_property else ":" * (":" not in line)
        told = {
            "words": [f"{line}{colon} {words}"],
            "above": [new, line],
            "below": [line, new],
            "nested": [line, f"# {words}" if is_property else f"  - {words}"],
        }
        self.put(path, self.lines(path).index(line), *told[way], instead=1)

    @rule(path=st.sampled_from([*PEOPLE, "Home.md"]))
    def break_a_note(self, path: str) -> None:
        self.broken.add(path)
        (self.root / path).write_bytes(self.read(path).encode() + BROKEN)

    @rule()
    def mend(self) -> None:
        for path in self.broken:
            (self.root / path).write_bytes(self.read(path).encode())
        self.broken.clear()

    @rule(days=st.sampled_from([1, 1, 5, 20]))
    def wait(self, days: int) -> None:
        assume(self.today + timedelta(days=days) < date(2026, 12, 19))  # the journal keeps 30 days
        self.today += timedelta(days=days)

    # What is commanded

    def remembered(self, label: str, act: Callable[[], object]) -> None:
        """Do something, and remember what it won and lost, note by note."""
        before = self.own()
        act()
        after = self.own()
        effects = {
            path: effect_of(before.get(path), lines)
            for path, lines in after.items()
            if lines != before.get(path)
        }
        if effects:
            self.past.insert(0, (label, effects))

    def people(self, data: st.DataObject) -> list[str]:
        there = [path for path in PEOPLE if path not in self.broken]
        assume(there)
        return data.draw(st.lists(st.sampled_from(there), min_size=1, max_size=2, unique=True))

    def command(self, label: str, wanted: Wanted) -> None:
        self.remembered(label, lambda: change(self.place(), label, wanted))

    @rule(data=st.data(), kind=st.sampled_from(KINDS), words=st.sampled_from(["", "said “so”"]))
    def log(self, data: st.DataObject, kind: str, words: str) -> None:
        people = self.people(data)
        ago = data.draw(st.sampled_from([0, 0, 3]))
        line = AddLine(self.today - timedelta(days=ago), kind, words)
        self.command("log", lambda *_: {path: [line] for path in people})

    @rule(data=st.data())
    def done(self, data: st.DataObject) -> None:
        path = self.people(data)[0]
        number = data.draw(st.integers(0, 3))

        def wanted(_: Sight, plan: Plan) -> dict[str, Sequence[Change]]:
            person = plan.people[path]
            steps = [todo.step for todo in person.todos if todo.step.open]
            known = [step for step in steps if (step.since or date.min) <= self.today]
            return {path: doing(known[number], person, self.today)} if known[number:] else {}

        self.command("done", wanted)

    @rule(data=st.data(), days=st.integers(0, 40))
    def snooze_or_pause(self, data: st.DataObject, days: int) -> None:
        path, day = self.people(data)[0], self.today + timedelta(days=days)
        field = SetField("snooze", day.isoformat()) if days else SetField("status", "paused")
        self.command(field.field, lambda *_: {path: [field]})

    @rule(kind=st.sampled_from(["contact", "goal"]))
    def new(self, kind: str) -> None:
        self.number += 1
        name = f"New {chr(64 + self.number)}"
        drafted = partial(draft_new, kind=kind, name=name, values={})
        self.remembered("new", lambda: make(self.place(), "new", drafted, dry_run=False))

    @rule()
    def run_sync(self) -> None:
        """A pass; the ticks in it are remembered, what follows by itself is not."""
        own, runs = self.own(), len(past_changes(self.place()))
        broken = {path: (self.root / path).read_bytes() for path in self.broken}
        sync(self.place())
        now, found = self.own(), past_changes(self.place())
        assert all((self.root / path).read_bytes() == data for path, data in broken.items())
        if len(found) > runs:
            assert found[0].label == "tick"
            effects = {path: effect_of(own[path], now[path]) for path in found[0].paths}
            self.past.insert(0, ("tick", effects))
        self.nothing_typed_is_lost()

    # Taking it back

    @rule(data=st.data(), then=st.booleans())
    def undo_any(self, data: st.DataObject, *, then: bool) -> None:
        assume(self.past)
        self.undo(data.draw(st.integers(1, len(self.past))), then=then)

    @rule(then=st.booleans())
    def undo_last(self, *, then: bool) -> None:
        assume(self.past)
        self.undo(1, then=then)

    def undo(self, number: int, *, then: bool) -> None:
        waiting = self.waiting()
        self.undo_number(number)
        if then:
            before = self.told()
            self.run_sync()
            after = self.told()
            assert (after - before, before - after) == waiting
            assert sync(self.place()).written == ()

    def undo_number(self, number: int) -> None:
        label, effects = self.past[number - 1]
        free = {path for path in effects if self.is_as_left(path, effects[path])}
        before = self.own()
        would = undo(self.place(), number, dry_run=True)
        assert self.own() == before, "a dry run writes nothing"
        undone = undo(self.place(), number)
        assert (would.changes, would.declined) == (undone.changes, undone.declined)
        assert (undone.past.label, set(undone.past.paths)) == (label, set(effects))
        declined = {problem.path for problem in undone.declined}
        assert not free & declined, undone.declined
        self.is_taken_back(before, {each: effects[each] for each in effects.keys() - declined})
        left = {path: effects[path] for path in declined}
        self.past[number - 1 : number] = [(label, left)] if left else []
        self.nothing_typed_is_lost()

    def is_taken_back(self, before: dict[str, Lines], effects: dict[str, Effect]) -> None:
        after = self.own()
        for path, lines in before.items():
            effect = effects.get(path)
            if effect is None:
                assert plain(after[path]) == plain(lines)
            elif effect.made:
                assert path not in after
            else:
                won, lost = plain(effect.won), plain(effect.lost)
                assert won <= plain(lines)
                assert plain(after[path]) == plain(lines) - won + lost
                dates = [line for line in effect.won if DATES.match(line)]
                assert not dates or effect.lost - plain(effect.lost) <= after[path]

    def is_as_left(self, path: str, effect: Effect) -> bool:
        """Whether nobody did anything to a note since, so that there is no reason to decline."""
        lines = (line for each in self.paths() for line in self.lines(each))
        tasks = [task for task in map(read_task, lines) if task]
        if path in self.broken or any(one.ticked or one.unticked or one.moved for one in tasks):
            return False
        same = self.own().get(path) == effect.after
        return same and not (effect.made and "Typed" in self.read(path))

    def waiting(self) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
        """What a pass would write into logs, and take out, by what was ticked already."""
        changes = preview(self.place())[1]
        old, new = (
            Counter(
                told
                for path, each in changes.items()
                for told in told_in(path, self.lines_in(each.before if first else each.after))
            )
            for first in (True, False)
        )
        return new - old, old - new

    def told(self) -> Counter[tuple[str, str]]:
        own = self.own()
        return Counter(told for path in own for told in told_in(path, own[path]))

    def nothing_typed_is_lost(self) -> None:
        everything = "".join(self.read(path) for path in self.paths())
        assert all(everything.count(words) == 1 for words in self.typed)


def effect_of(before: Lines | None, after: Lines) -> Effect:
    old = before or Counter()
    return Effect(after - old, old - after, after, before is None)


def plain(lines: Lines) -> Lines:
    """Lines without their ticks, dates and headings of logs left out, as undo may keep these."""
    return Counter(
        re.sub(
            r" (?:✅ |\[completion:: )[\d-]+\]?|(?<=- \[)x",
            lambda found: " " * (found[0] == "x"),
            line,
        )
        for line in lines.elements()
        if not DATES.match(line) and line != "## Log" and "Typed" not in line
    )


def told_in(path: str, lines: Lines) -> list[tuple[str, str]]:
    return [(path, line[2:]) for line in lines.elements() if re.match(r"[-*] 2026-\d\d-\d\d", line)]


Vault.TestCase.settings = settings(
    max_examples=40, stateful_step_count=20, suppress_health_check=list(HealthCheck)
)
TestVault = Vault.TestCase
