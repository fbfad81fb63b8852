"""Whatever is ticked, moved, typed and waited for, in any order: the log says what happened.

A person ticks, unticks and moves generated lines in several notes, copies them, writes log lines by
hand, types around blocks and into them, turns line endings round, breaks a note and mends it; days
pass; vaultplan runs. The model is what the log of each contact should say, and all words typed.
"""

import difflib
import re
import shutil
import tempfile
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from vaultplan.passes.outcome import plan_of
from vaultplan.passes.reading import Place, look
from vaultplan.passes.sync import sync

CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
AGENDA = "<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n"
NOTES = {
    "Ada.md": "---\ntype: contact\nid: ada-1\nkey: true\nlast_contact:\nprogress: # mine\n---\n\n"
    f"About Ada.\n\n{CHECKLIST}\n## Log\n\n- 2026-11-18 met: at the fair\n",
    "Bo.md": "---\ntype: contact\nfollow_up: 2026-12-24\n---\n## Log\n\n* 2026-10-01 coffee: out\n"
    f"* 2026-10-03 shared: a book\n\n{CHECKLIST}\nThe end".replace("\n", "\r\n"),
    "Cléo.md": "\ufeff---\ntype: contact\ncadence: 1 month\nnext_follow_up:\n---\nNo log yet.",
    "Dag.md": f"---\ntype: contact\n---\n{CHECKLIST}\n{AGENDA}",
    "Home.md": f"# Home\n\n{AGENDA}\nWords.\n",
    "Due.md": f"Due\n\n- one\n{AGENDA}".replace("\n", "\r\n"),
    "Copies.md": "Copied:\n",
    "Plan.md": "---\ntype: plan\nstart: 2026-11-02\n---\n",
}
PEOPLE = ("Ada.md", "Bo.md", "Cléo.md", "Dag.md")
KINDS = ("email", "coffee", "shared", "thank-you", "note", "check-in")
LOGGED = re.compile(r"[-*] (\d{4}-\d\d-\d\d) ([a-z-]+)(: .*)?")
BLOCK = re.compile(r"(<!-- vaultplan:begin .*-->)(?s:.*?)<!-- vaultplan:end.*-->")
OURS = re.compile(
    r"^(last_contact|next_follow_up|progress|follow_up|snooze):[^#\r\n]*", re.MULTILINE
)
BROKEN, PAUSED = b"\xff", "status: paused"


class Told(NamedTuple):
    """One line of a person's log; without words it is bare, as a tick writes it."""

    person: str
    day: date
    kind: str
    words: str


class Box(NamedTuple):
    """A generated task line: where it stands, in a block or not, and what its id says."""

    path: str
    at: int
    inside: bool
    line: str
    key: str
    was: str

    @property
    def box(self) -> str:
        return self.line[self.line.index("[") + 1].lower()


# What comes next: days and passes; after some nights thank and share have lapsed.
THEN = st.sampled_from(
    ["", "sync", "sync", "sync 1", "1 sync", "sync 7", "31 sync", "60 sync", "2"]
)
OPEN, DONE, TICKED = (" ", "o"), ("x", "d"), ("x", "o")


class Vault(RuleBasedStateMachine):
    """A person and vaultplan at work on one vault."""

    @initialize()
    def begin(self) -> None:
        self.hurry = mock.patch("os.fsync")
        self.hurry.start()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "vault"
        self.root.mkdir()
        self.today = date(2026, 11, 20)
        self.log = Counter(
            [
                Told("Ada.md", date(2026, 11, 18), "met", ": at the fair"),
                Told("Bo.md", date(2026, 10, 1), "coffee", ": out"),
                Told("Bo.md", date(2026, 10, 3), "shared", ": a book"),
            ]
        )
        self.typed: list[str] = []
        self.told: set[str] = set()  # the keys of copies that were heard: they say no more
        self.broken: set[str] = set()
        for path, text in NOTES.items():
            self.write(path, text)
        self.write("vaultplan.toml", 'computed = ["last_contact", "next_follow_up", "progress"]')
        self.run_sync()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.mend()
            self.run_sync()
            self.hurry.stop()
            shutil.rmtree(self.folder)

    # Reading and writing as an editor does

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().removesuffix(BROKEN).decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())

    def lines(self, path: str) -> list[str]:
        return [line.removesuffix("\r") for line in self.read(path).split("\n")]

    def put(self, path: str, at: int, *lines: str, instead: int = 0) -> None:
        parts = self.lines(path)
        parts[at : at + instead] = lines
        self.write(path, ("\r\n" if "\r\n" in self.read(path) else "\n").join(parts))
        self.broken.discard(path)

    def boxes(self, *states: tuple[str, str]) -> list[Box]:
        found = []
        for path in NOTES:
            inside = False
            for at, line in enumerate(self.lines(path)):
                inside = (inside or ":begin" in line) and ":end" not in line
                if made := re.search(r"\^vp-(\w{10})-\d{8}-([od])$", line):
                    found.append(Box(path, at, inside, line, made[1], made[2]))
        return [box for box in found if (box.box, box.was) in states]

    # What a person does

    @rule(
        data=st.data(),
        person=st.sampled_from(PEOPLE),
        kind=st.sampled_from(KINDS),
        ago=st.sampled_from([0, 0, 1, 5, 30]),
        words=st.sampled_from(["", ": words", ": of [[Ada]] – “so”"]),
    )
    def log_by_hand(
        self, data: st.DataObject, person: str, kind: str, ago: int, words: str
    ) -> None:
        if "## Log" not in self.lines(person):
            self.put(person, len(self.lines(person)), "", "## Log", "")
        lines, day = self.lines(person), self.today - timedelta(days=ago)
        places = [at + 1 for at, line in enumerate(lines) if LOGGED.fullmatch(line)]
        at = data.draw(st.sampled_from([*places, lines.index("## Log") + 2]))
        self.put(person, at, f"{'*' if person == 'Bo.md' else '-'} {day} {kind}{words}")
        self.log[Told(person, day, kind, words)] += 1

    @rule(
        data=st.data(),
        way=st.sampled_from(["x", "X", "tasks", "dataview"]),
        ago=st.integers(-2, 9),
        elsewhere=st.booleans(),
        then=THEN,
    )
    def tick(self, data: st.DataObject, way: str, ago: int, then: str, *, elsewhere: bool) -> None:
        if not (boxes := self.boxes(OPEN)):
            return
        box = data.draw(st.sampled_from(boxes))
        if elsewhere and box.inside:
            self.put("Copies.md", 1, box.line)
            box = box._replace(path="Copies.md", at=1, inside=False)
        line = box.line.replace("[ ]", "[X]" if way == "X" else "[x]", 1)
        if way in ("tasks", "dataview"):
            day = self.today - timedelta(days=ago)
            done = f"✅ {day}" if way == "tasks" else f"[completion:: {day}]"
            line = line.replace(" ^vp-", f" {done} ^vp-")
        self.put(box.path, box.at, line, instead=1)
        self.go_on(then)

    @rule(data=st.data(), tasks=st.booleans(), then=THEN)
    def untick(self, data: st.DataObject, then: str, *, tasks: bool) -> None:
        if not (boxes := [box for box in self.boxes(DONE) if box.inside]):
            return
        box = data.draw(st.sampled_from(boxes))
        line = box.line.replace("[x]", "[ ]", 1)
        self.put(box.path, box.at, re.sub(r" ✅ \S+", "", line) if tasks else line, instead=1)
        self.go_on(then)

    @rule(data=st.data(), ahead=st.integers(-20, 60), then=THEN)
    def move(self, data: st.DataObject, ahead: int, then: str) -> None:
        if not (boxes := self.boxes(OPEN)):
            return
        box, day = data.draw(st.sampled_from(boxes)), self.today + timedelta(days=ahead)
        line = re.sub(r" 📅 \S+", "", box.line).replace(" ^vp-", f" 📅 {day} ^vp-")
        self.put(box.path, box.at, line, instead=1)
        self.go_on(then)

    @rule(data=st.data())
    def copy(self, data: st.DataObject) -> None:
        if boxes := [box for box in self.boxes(OPEN, DONE) if box.inside]:
            self.put("Copies.md", 1, data.draw(st.sampled_from(boxes)).line)

    @rule(data=st.data(), path=st.sampled_from(sorted(NOTES)), apart=st.booleans())
    def type_words(self, data: st.DataObject, path: str, *, apart: bool) -> None:
        lines = self.lines(path)
        body = lines.index("---", 1) + 1 if "---" in lines[0] else 0
        at = data.draw(st.integers(body, len(lines)))
        words = f"Typed {len(self.typed)}, `[ ]` | 📅 2026-01-01."
        # Right below an item the words would go on with it.
        apart = apart or lines[at - 1][:1] in "-*"
        self.put(path, at, *([""] * apart), words, *([""] * apart))
        self.typed.append(words)

    @rule(path=st.sampled_from(sorted(NOTES)))
    def turn_line_endings_round(self, path: str) -> None:
        text = self.read(path)
        other = text.replace("\r\n", "\n")
        self.write(path, other if other != text else text.replace("\n", "\r\n"))
        self.broken.discard(path)

    @rule(data=st.data(), path=st.sampled_from(sorted(NOTES)), cut=st.booleans())
    def move_a_block(self, data: st.DataObject, path: str, *, cut: bool) -> None:
        """Cut or copy a block, ticks and all, and put it at the end of another note."""
        agendas = [
            (source, at)
            for source in NOTES
            for at, line in enumerate(self.lines(source))
            if ":begin agenda" in line
        ]
        if not agendas:
            return
        source, begin = data.draw(st.sampled_from(agendas))
        lines = self.lines(source)[begin:]
        block = lines[: next(at for at, line in enumerate(lines) if ":end" in line) + 1]
        if cut:
            self.put(source, begin, instead=len(block))
        copied = [line for line in block if cut or line not in self.typed]
        self.put(path, len(self.lines(path)), "", *copied)

    @rule(person=st.sampled_from(["Ada.md", "Dag.md"]))
    def pause_or_go_on(self, person: str) -> None:
        at = self.lines(person).index("type: contact") + 1
        if self.lines(person)[at] == PAUSED:
            self.put(person, at, instead=1)
        else:
            self.put(person, at, PAUSED)

    @rule(path=st.sampled_from(sorted(NOTES.keys() - {"Copies.md"})))
    def break_a_note(self, path: str) -> None:
        self.broken.add(path)
        (self.root / path).write_bytes(self.read(path).encode() + BROKEN)

    @rule()
    def mend(self) -> None:
        for path in self.broken:
            self.write(path, self.read(path))
        self.broken.clear()

    @rule(then=THEN)
    def go_on(self, then: str) -> None:
        for word in then.split():
            if word == "sync":
                self.run_sync()
            else:
                self.today += timedelta(days=int(word))

    # What vaultplan does, and what it should have done

    def place(self) -> Place:
        now = datetime.combine(self.today, time(), UTC)
        return Place(self.root, self.folder / "state", now, lambda _: None, self.today)

    def run_sync(self) -> None:
        waiting = self.hear()
        before = {path: (self.root / path).read_bytes() for path in NOTES}
        report = sync(self.place())
        after = {path: (self.root / path).read_bytes() for path in NOTES}
        assert self.logged() == self.log
        for path in NOTES:
            if path in self.broken:
                assert before[path] == after[path]
            self.only_the_places_changed(before[path], after[path])
        everything = b"".join(after.values()).decode(errors="replace")
        assert all(everything.count(words) == 1 for words in self.typed)
        assert not self.broken or {box.key for box in self.changed()} <= waiting
        assert self.broken or not self.changed()
        expected = {"no-vault-id", "not-done"} | ({"encoding"} if self.broken else set())
        assert {problem.rule for problem in report.problems} <= expected
        if not self.today.day % 3:
            assert sync(self.place()).written == ()
            assert {path: (self.root / path).read_bytes() for path in NOTES} == after

    def hear(self) -> set[str]:
        """The model: what was ticked is told, once, for its day; what was unticked is not.

        Gives the keys of steps that nobody knows while a note is broken: they wait.
        """
        todos = {todo.key: todo for todo in plan_of(look(self.place())).todos}
        copies = {box.key for box in self.boxes(TICKED) if not box.inside}
        ticked: dict[str, list[date]] = {}
        for box in self.boxes(TICKED):
            if box.path not in self.broken and (box.inside or box.key not in self.told):
                said = re.search(r"(?:✅ |completion:: )(\d{4}-\d\d-\d\d)", box.line)
                day = date.fromisoformat(said[1]) if said else self.today
                ticked.setdefault(box.key, []).append(day)
        unticked = {box.key for box in self.changed() if box.was == "d"} - copies
        for key in todos.keys() & {*ticked, *unticked}:
            step, person = todos[key].step, todos[key].path
            kind, done = step.rule.writes, step.done_by
            log = [told for told in self.log.elements() if told.person == person]
            if key in ticked and not done:
                day = min(max(min(ticked[key]), step.since or date.min), self.today)
                if not any((told.day, told.kind) == (day, kind) for told in log):
                    self.log[Told(person, day, kind, "")] += 1
            elif key in unticked and done and done.kind == kind:
                same = [told for told in log if (told.day, told.kind) == (done.day, kind)]
                if [told.words for told in same] == [""]:
                    self.log[same[0]] -= 1
        self.told |= copies & todos.keys()
        self.log = +self.log
        return {box.key for box in self.changed()} - todos.keys()

    def changed(self) -> list[Box]:
        """The lines in blocks that can be read, and that say something."""
        found = self.boxes(TICKED, (" ", "d"))
        return [box for box in found if box.inside and box.path not in self.broken]

    def logged(self) -> Counter[Told]:
        return Counter(
            Told(path, date.fromisoformat(told[1]), told[2], told[3] or "")
            for path in PEOPLE
            for line in self.lines(path)
            if (told := LOGGED.fullmatch(line))
        )

    def only_the_places_changed(self, before: bytes, after: bytes) -> None:
        """Outside the blocks and values: log lines of ticks, and words moved out of blocks."""
        assert after.count(b"\r\n") == (after.count(b"\n") if b"\r\n" in before else 0)
        old, new = (
            OURS.sub(r"\1:", BLOCK.sub(r"\1", text.decode(errors="replace"))).splitlines()
            for text in (before, after)
        )
        for change in difflib.ndiff(old, new):
            line = change[2:]
            bare = (told := LOGGED.fullmatch(line)) and not told[3]
            added = bare or line in ("", "## Log", "follow_up:", "snooze:", *self.typed)
            assert added or change[0] != "+", change
            assert bare or change[0] != "-", change


Vault.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestVault = Vault.TestCase
