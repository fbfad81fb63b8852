"""Names and texts that would break rows, links, tasks, markers and feeds, in every place there is.

What is generated from them is read by other eyes: a GFM parser, the grammar of the Tasks plugin,
the resolution of links, the checker of calendars.
"""

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from unicodedata import normalize
from unittest import mock
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from vaultplan import views
from vaultplan.__main__ import run
from vaultplan.feedcheck import check_feed
from vaultplan.passes.outcome import plan_of
from vaultplan.passes.reading import Place, look
from vaultplan.passes.sync import sync
from vaultplan.text.links import Targets

ODD = Path(__file__).parent / "odd-vault"
SETTINGS = """\
vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
timezone = "Europe/Stockholm"
computed = ["last_contact", "progress"]
"""
VIEWS = tuple(view.name for view in views.VIEWS if view.name != "checklist")
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    'A|B]]<b>#^\n;,"',
    "\\",
    "\\|",
    "a\\",
    "`",
    "``` a",
    "~~~",
    "$$",
    "%%",
    "%% b %% c %%",
    "<!-- vaultplan:end -->",
    "<!--",
    "-->",
    "[[Ada]]",
    "![[Ada]]",
    "[x](evil.md)",
    "](evil.md)",
    "[ ] task",
    "- [x] done",
    "# heading",
    "#tag",
    "> quote",
    "1. one",
    "---",
    "| a | b |",
    "Ada 📅 2026-01-01",
    "Ada ✅ 2026-01-01 ^vp-aaaaaaaaaa-20260101-o",
    "🔁 every day",
    "Ada ⏫ 🆔 abc",
    "[due:: 2026-01-01]",
    "due:: 2026-01-01",
    "^block",
    "{{title}}",
    "<% tp.date.now() %>",
    "{person}",
    "https://x.example/a_b*c*",
    "<script>alert(1)</script>",
    "&amp;&lt;&#124;",
    "**bold** _it_ ~~no~~ ==mark==",
    "\u202egnirts",
    "עדה لوفليس",
    "Zoe\u0308 \u200b\u200d\ufeff",
    "👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "a\u2028b\x85c\x0bd",
    "\x00\x07\x1b[31m",
    "BEGIN:VEVENT\r\nSUMMARY:x",
    "C:\\new, a;b\\n",
    "  spaces  ",
    ".",
    "CON",
    "é" * 300,
)


@pytest.fixture(autouse=True)
def _hurry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))
    with mock.patch("os.fsync"):
        yield


def block(begin: str) -> str:
    return f"<!-- vaultplan:begin {begin} -->\n<!-- vaultplan:end -->\n"


def note(front: dict[str, object], body: str = "") -> bytes:
    lines = [f"{key}: {json.dumps(value, ensure_ascii=True)}" for key, value in front.items()]
    return "\n".join(["---", *lines, "---", body]).encode(errors="replace")


def notes_about(text: str, file: str) -> dict[str, bytes]:
    """A note of every kind, with a text in every field that is one, and a file name."""
    if "{{" in text or "<%" in text:
        text = "x"  # in front matter it makes a note a template
    words = "organisation role industry seniority location email phone linkedin website category"
    contact: dict[str, object] = {"type": "contact", "key": True, "cadence": "1 month"}
    contact |= dict.fromkeys([*words.split(), "priority", "purpose", "offer"], text) | {
        "aliases": [text, "x"],
        "tags": [text],
        "birthday": "--05-14",
    }
    contact |= {"goals": [f"[[{text}]]", "[[Goal]]"], "introduced_by": f"[[{text}]]"}
    contact |= {"mentor": "potential"}
    log = f"{block('checklist')}\n## Log\n\n- 2026-11-10 met: {text}\n- 2026-11-12 asked\n"
    log += f"- 2026-11-19 {text}: {text}\n"
    goal: dict[str, object] = {"type": "goal", "target": 3, "measure": "people", "kind": text}
    goal |= dict.fromkeys(("specific", "achievable", "relevant", "learning"), text)
    return {
        f"{file}.md": note(contact, log),
        f"in/{file}.md": note({**contact, "name": text}, log),
        "Named.md": note({**contact, "name": text, "id": text}, log),
        "Goal.md": note({**goal, "name": text, "career_goal": "[[Career]]"}),
        f"Goals/{file}.md": note(goal),
        "Career.md": note({"type": "career-goal", "name": text, "aspiration": text}),
        "Plan.md": note(
            {
                "type": "plan",
                "name": text,
                "start": "2026-11-01",
                "objectives": [{"measure": text, "target": 2, "per": "month"}],
                "strategies": [text],
                "previous": "[[Before]]",
            }
        ),
        "Event.md": note(
            {"type": "event", "name": text, "start": "2026-12-01T10:00", "location": text}
            | {"url": text, "people": ["[[Named]]"], "organisation": text}
        ),
        **notes_of_the_method(text, file),
    } | {f"{view}.md": f"# {view}\n\n{block(view)}\nend\n".encode() for view in VIEWS}


def notes_of_the_method(text: str, file: str) -> dict[str, bytes]:
    """The same for what is no person, goal or event; some named by a field, some by the file."""
    named: dict[str, object] = {"name": text, "aliases": [text], "tags": [text]}
    links = {"people": ["[[Named]]", f"[[{text}]]"], "goals": ["[[Goal]]", f"[[{text}]]"]}
    log = f"## Log\n\n- 2026-11-10 post: {text}\n- 2026-11-11 {text}: {text}\n"
    place: dict[str, object] = {"type": "organisation", "status": text, "website": text}
    chance: dict[str, object] = {"type": "opportunity", "organisation": text, "role": text, **links}
    talk: dict[str, object] = {
        "type": "brand",
        "kind": "talk",
        "url": text,
        "goals": links["goals"],
    }
    rated: dict[str, object] = {"type": "assessment", "focus": 2, "challenge": text}
    rated |= {name: [text, text] for name in ("strengths", "improve", "resources")}
    look: dict[str, object] = {"type": "review", "plan": "[[Before]]", "date": "2026-10-31"}
    look |= dict.fromkeys(("stop", "start_habit", "surprise"), text)
    plan = {"type": "plan", "start": "2026-10-01", "days": 31}
    return {
        f"Organisations/{file}.md": note(place, log),
        "Place.md": note({**place, **named, "id": f"place {text}"}, log),
        f"Opportunities/{file}.md": note({**chance, "due": "2026-12-01"}, log),
        "Chance.md": note({**chance, **named, "date": "2026-11-10"}, log),
        f"Brand/{file}.md": note({**talk, "status": "draft", "due": "2026-12-02"}, log),
        "Talk.md": note({**talk, **named, "status": "done", "date": "2026-11-10"}, log),
        f"Assessments/{file}.md": note({**rated, "date": "2026-10-01"}),
        "Rated.md": note({**rated, **named, "date": "2026-11-01"}),
        f"Reviews/{file}.md": note({**look, "date": "2026-10-15"}),
        "Look.md": note({**look, **named}),
        "Before.md": note({**plan, "name": text}),
    }


def file_name(text: str) -> str:
    """The same as a file name, as far as a disk lets it."""
    name = re.sub(r"[/\x00\ud800-\udfff]", "∕", text)
    while len(name.encode()) > 255 - len(".md"):
        name = name[:-1]
    return f"_{name}" if name.startswith((".", "~")) or not name else name


# Other eyes


def tables_fit(text: str) -> None:
    """Every row has as many cells as its head, whether `\\\\|` is a pipe (GFM) or not."""
    for split in (r"(?<!\\)\|", r"(?<!\\)(?:\\\\)*\|"):
        for head in re.finditer(r"^\|.*\|\n\|(?: --- \|)+\n((?:\|.*\n)*)", text, re.MULTILINE):
            widths = {len(re.findall(split, row)) for row in head[0].splitlines() if row}
            assert len(widths) == 1, head[0]


def tokens_of(text: str) -> Iterator[Token]:
    for token in MARKDOWN.parse(text):
        yield token
        yield from token.children or ()


TASK = re.compile(r"^[\s\t>]*(?:[-*+]|[0-9]+[.)]) +\[(.)\] *(.*)$")
FIELDS = {
    "block": r" \^([a-zA-Z0-9-]+)$",
    "due": r"[📅📆🗓]\ufe0f? *(\d{4}-\d{2}-\d{2})$",
    "done": r"✅\ufe0f? *(\d{4}-\d{2}-\d{2})$",
    "other day": r"[⏳⌛🛫➕❌]\ufe0f? *(\d{4}-\d{2}-\d{2})$",
    "priority": r"([🔺⏫🔼🔽⏬])\ufe0f?$",
    "recurrence": r"🔁\ufe0f? *([a-zA-Z0-9, !]+)$",
    "on completion": r"🏁\ufe0f? *([a-zA-Z]+)$",
    "id": r"🆔\ufe0f? *([a-zA-Z0-9_-]+)$",
    "depends on": r"⛔\ufe0f? *([a-zA-Z0-9_-]+(?: *, *[a-zA-Z0-9_-]+)*)$",
    "tag": r"(?:^|\s)(#[^ !@#$%^&*(),.?\":{}|<>]+)$",
    "dataview": r"[\[(]([a-zA-Z]+:: *[^\[\]()]*)[\])]$",
}


def tasks_plugin_reads(line: str) -> dict[str, str]:
    """The fields of a task as the Tasks plugin takes them off the end of its line."""
    found: dict[str, str] = {}
    task = TASK.match(line)
    assert task, line
    rest, more = task[2].rstrip(), True
    while more:
        more = False
        for name, field in FIELDS.items():
            if match := re.search(field, rest):
                assert name not in found, line
                found[name] = match[1]
                rest, more = rest[: match.start()].rstrip(), True
    assert rest
    return {"box": task[1], **found}


def tasks_fit(text: str) -> int:
    inside = "\n".join(
        re.findall(r"^<!-- vaultplan:begin (.*?)^<!--", text, re.DOTALL | re.MULTILINE)
    )
    lines = [
        line for line in inside.split("\n") if re.search(r"(?<!\\)\^vp-\w{10}-\d{8}-[od]$", line)
    ]
    for line in lines:
        read = tasks_plugin_reads(line)
        _, _, day, state = read.pop("block").split("-")
        done = {"done"} if state == "d" else set()
        assert read.keys() == {"box", *done, *(["due"] if day != "00000000" else [])}, line
        assert read["box"] == {"o": " ", "d": "x"}[state]
        assert read.get("due", "0000-00-00").replace("-", "") == day
    return len(lines)


def links_of(text: str) -> Iterator[str]:
    """The targets of all links that another reader finds in a note's generated text."""
    for wiki in re.finditer(r"(?<!\\)\[\[([^\[\]|]*?)\\?(?:\|[^\[\]]*)?\]\]", text):
        yield wiki[1]
    for token in tokens_of(text):
        if token.type == "link_open":
            href = str(token.attrs["href"])
            if href.endswith(".md"):
                yield unquote(href).removesuffix(".md")


def sound(vault: dict[str, bytes]) -> None:
    """Run a pass over a vault and look at everything it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        for path, data in {**vault, "vaultplan.toml": SETTINGS.encode()}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        now = datetime(2026, 11, 20, 12, tzinfo=UTC)
        place = Place(root, Path(folder) / "state", now, lambda _: None, date(2026, 11, 20))
        report = sync(place)
        assert sync(place).written == ()
        after = {normalize("NFC", path): (root / path).read_bytes().decode() for path in vault}
        assert check_feed((root / "follow-ups.ics").read_bytes()) == ()
        people = set(plan_of(look(place)).people)
    assert not [problem for problem in report.problems if problem.rule.startswith("block-")]
    assert len(people) == 3
    assert all(tasks_fit(after[path]) for path in people)
    targets = Targets.of(after)
    for view in VIEWS:
        found = {targets.resolve(target, f"{view}.md") for target in links_of(after[f"{view}.md"])}
        assert None not in found, after[f"{view}.md"]
        assert view != "contacts" or people <= found
        index_note_is_sound(after[f"{view}.md"])


def index_note_is_sound(text: str) -> None:
    """It has tables and tasks that fit, and nothing a name could have brought in."""
    tables_fit(text)
    tasks_fit(text)
    tokens = list(tokens_of(text))
    kinds = [token.type for token in tokens]
    assert kinds.count("heading_open") == 1
    assert not {"code_block", "code_inline", "image", "hr", "blockquote_open"} & {*kinds}
    assert {token.info for token in tokens if token.type == "fence"} <= {"mermaid"}
    html = [token.content for token in tokens if token.type.startswith("html")]
    assert len(html) == 2, html
    assert all(re.fullmatch(r"<!-- vaultplan:(begin|end) .*-->\n?", one) for one in html), html


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_in_every_field_and_file_name_breaks_nothing(text: str) -> None:
    sound(notes_about(text, file_name(text)))


@given(st.text(max_size=30), st.text(alphabet="|[]()<>!#^`*_~$%&\\:;=-> 📅✅a1\n", max_size=20))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_name_that_anybody_can_think_of_does(name: str, signs: str) -> None:
    sound(notes_about(f"{name}{signs}", file_name(f"{signs}{name}")))


# The odd vault


def test_each_odd_note_has_the_problem_it_is_there_for_and_no_other(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vaultplan.cli.check.lints_of", lambda _: ())  # advice is no problem
    shutil.copytree(ODD, tmp_path / "vault")
    rows = tomllib.loads((ODD / "reasons.toml").read_text("utf-8"))["notes"]

    code = run(["check", "--json", str(tmp_path / "vault")])

    found: dict[str, set[str]] = {}
    for problem in json.loads(capsysbinary.readouterr().out)["problems"]:
        found.setdefault(problem["path"], set()).add(problem["rule"])
    assert found == {path: {row["rule"]} for path, row in rows.items() if row["rule"]}
    assert code == 1


def test_the_odd_vault_is_filled_once_and_its_unreadable_notes_are_left_alone(
    tmp_path: Path,
) -> None:
    root = tmp_path / "vault"
    shutil.copytree(ODD, root)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    place = Place(root, tmp_path / "state", now, lambda _: None)
    before = {path: path.read_bytes() for path in root.rglob("*.md")}

    report = sync(place)

    assert sync(place).written == ()
    assert check_feed((root / "follow-ups.ics").read_bytes()) == ()
    unread = {"encoding", "front-matter", "template", "conflict-copy"}
    alone = {root / one.path for one in report.problems if one.rule in unread}
    assert len(alone) > 15
    assert all(path.read_bytes() == before[path] for path in alone)
