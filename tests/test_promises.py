"""The promises of a whole pass, over vaults that nobody would write by hand.

Any bytes are read or reported; a second pass has nothing to do; outside the places that vaultplan
fills no byte changes.
"""

import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultplan.passes.reading import Place
from vaultplan.passes.report import Report
from vaultplan.passes.sync import sync
from vaultplan.problems import Problem

SETTINGS = """\
vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
timezone = "UTC"
computed = ["last_contact", "next_follow_up", "follow_up_state", "progress"]
"""
TODAY = date(2026, 11, 20)
VIEWS = ("agenda", "checklist", "contacts", "goals", "progress", "problems")


@pytest.fixture(autouse=True)
def _hurry() -> object:
    with mock.patch("os.fsync"):
        yield


def place(root: Path) -> Place:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Place(root, root.parent / "state", now, lambda _: None, TODAY)


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def synced(notes: Mapping[str, bytes], setup: str = SETTINGS) -> tuple[dict[str, bytes], Report]:
    """The files of a vault after a pass, and its report; a second pass must find nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "vault"
        for path, data in {**notes, "vaultplan.toml": setup.encode()}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        report = sync(place(root))
        after = files(root)
        again = sync(place(root))
        assert again.written == ()
        assert files(root) == after
        return after, report


# What stands in the notes

FRONTS = st.sampled_from(
    [
        "type: contact",
        "type: contact\nkey: true\nid: one",
        "type: goal\ntarget: 3\nmeasure: people",
        "type: plan\nstart: 2026-11-01\nobjectives:\n  - {measure: people, target: 3, per: month}",
        "type: event\ndate: 2026-11-28\npeople: '[[Ada]]'",
        "type: [a, b]",
        "tags: person",
        "",
    ]
)
KEYS = st.sampled_from(
    [
        *("last_contact:", "last_contact: 2026-01-01", 'last_contact: "soon" # mine'),
        *("Last-Contact: 2026-01-01", '"last_contact": x', "? last_contact", "last_contact : a"),
        *("last_contact: |\n  a\n  b", "last_contact: [a, b]", "last_contact: &a b", "progress: 3"),
        *("progress:   ", "progress: # why", "follow_up_state: 'it''s'", "next_follow_up:\t2026"),
        *("follow_up: 2026-10-01", "snooze: 2026-11-19", "cadence: none", "status: paused"),
        *(
            "name: '| ]] <!-- vaultplan:end --> 📅'",
            "mine: &x [1, *x]",
            "# only a comment",
            "a: 😀",
        ),
    ]
)
BLOCKS = st.builds(
    "<!-- vaultplan:begin {} -->{}{}<!-- vaultplan:end {}-->".format,
    st.sampled_from(
        [
            *VIEWS,
            *VIEWS,
            "agenda limit=1",
            "agenda limit=x",
            "",
            "checklist what=3",
            "horoscope",
            'goals a="',
            'contacts where="tracked = false"',
            "contacts where=x",
        ]
    ),
    st.sampled_from(
        ["\n", "\n\n", "\nTyped.\n", "\n```\ncode\n", "\n| a |\n\n%% b\n", "\n<!-- c\n"]
    ),
    st.sampled_from(["", "- [ ] Thank 📅 2026-11-19 ^vp-aaaaaaaaaa-20261119-o\n", "2 of 3 done\n"]),
    st.sampled_from(["", "00000000 ", "e3b0c442 ", "what "]),
)
PIECES = st.one_of(
    BLOCKS,
    BLOCKS.map(lambda block: "- item\n" + re.sub("^", "  ", block, flags=re.MULTILINE)),
    BLOCKS.map(lambda block: f"```\n{block}\n```"),
    BLOCKS.map(lambda block: f"> {block}"),
    st.sampled_from(
        [
            *("<!-- vaultplan:begin agenda -->", "<!-- vaultplan:end -->", "## Log", "# Else"),
            *("- 2026-11-18 met: [[Ada]]", "- 2026-11-19 email", "- 2026-02-30 call", "```", "%%"),
            *("~~~ a", "$$", "<!--", "-->", "| a | b |\n| - | - |", "words  ", "\t- [ ] task", ""),
            *(
                "---",
                "^vp-",
                "- [x] Thank 📅 2026-11-19 ^vp-aaaaaaaaaa-20261119-o",
                "a\u2028b\x0bc",
            ),
        ]
    ),
    st.text(max_size=12),
)


@st.composite
def notes(draw: st.DrawFn) -> bytes:
    """A note made of odd pieces, in one of the line endings or in turns."""
    keys = [draw(FRONTS), *draw(st.lists(KEYS, max_size=3))]
    front = draw(
        st.sampled_from(["---\n{}\n---\n", "---\n{}\n--- \n\n", "\ufeff---\n{}\n---\n", ""])
    )
    body = draw(st.lists(PIECES, max_size=7))
    text = front.format("\n".join(filter(None, keys))) + "\n".join(body)
    text += draw(st.sampled_from(["", "\n", "\n\n"]))
    newline = draw(st.sampled_from(["\n", "\n", "\r\n", "\r", "mixed"]))
    if newline == "mixed":
        return text.replace("\n\n", "\r\n\n").encode(errors="replace")
    return text.replace("\n", newline).encode(errors="replace")


VAULTS = st.fixed_dictionaries(
    {"Ada.md": notes()}, optional={"Bo|[].md": notes(), "in/Ada.md": notes(), "Home.md": notes()}
)
SLOW = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


# The promises


@SLOW
@given(VAULTS)
def test_a_second_pass_over_odd_notes_has_nothing_to_do(vault: dict[str, bytes]) -> None:
    synced(vault)


@SLOW
@given(st.binary(max_size=200) | notes().map(lambda data: data[: len(data) // 2] + data[-3:]))
def test_any_bytes_are_a_note_or_a_problem(data: bytes) -> None:
    after, report = synced({"Odd.md": data, "Ada.md": b"---\ntype: contact\n---\n"})

    assert all(isinstance(problem, Problem) for problem in report.problems)
    assert report.read.get("contact", 0) >= 1
    assert "follow-ups.ics" in after


BEGIN = re.compile(rb"[ \t]*<!--[ \t]*vaultplan:begin\b.*-->[ \t]*")
END = re.compile(rb"[ \t]*<!--[ \t]*vaultplan:end\b.*-->[ \t]*")
OURS = rb"last_contact|next_follow_up|follow_up_state|progress|follow_up|snooze"
VALUE = re.compile(rb"(\"?(?:" + OURS + rb")\"?[ \t]*:)[^#\r]*")


def outside(note: bytes) -> tuple[list[bytes], set[bytes]]:
    """The lines of a note outside what looks like a block, values left out; and those inside."""
    kept: list[bytes] = []
    inside: set[bytes] = set()
    at, lines = 0, note.split(b"\n")
    ends = [at for at, line in enumerate(lines) if END.fullmatch(line.removesuffix(b"\r"))]
    while at < len(lines):
        line = lines[at]
        kept.append(VALUE.sub(rb"\1", line))
        if BEGIN.fullmatch(line.removesuffix(b"\r")):
            end = next((end for end in ends if end > at), None)
            if end is not None:
                inside |= {line.strip() for line in lines[at + 1 : end]}
                at = end
        at += 1
    return kept, inside


@SLOW
@given(VAULTS)
def test_outside_the_places_no_byte_changes(vault: dict[str, bytes]) -> None:
    after, _ = synced(vault)

    assert set(after) == {*vault, "vaultplan.toml", "follow-ups.ics"}
    for path, before in vault.items():
        old, inside = outside(before)
        new, _ = outside(after[path])
        closers = {b"", b"%%", b"-->", b"$$"} | {
            line for line in inside if line[:3] in (b"```", b"~~~")
        }
        for what, _, _, low, high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            assert what in ("equal", "insert"), (before, after[path])
            if what == "insert":
                moved = {line.strip() for line in new[low:high]}
                assert moved <= inside | closers | {b"```", b"~~~"}, (before, after[path])
