"""The commands as a person or a script calls them."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from vaultplan.__main__ import run

SAMPLE = Path(__file__).parent.parent / "sample-vault"
HEAVY = ("icalendar", "rich", "yaml", "frontmatter", "platformdirs", "dateutil", "tzlocal")


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("VAULTPLAN_VAULT", raising=False)
    copy = tmp_path / "vault"
    shutil.copytree(SAMPLE, copy)
    return copy


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("VAULTPLAN_VAULT", raising=False)
    folder = tmp_path / "new"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def say(capsys: pytest.CaptureFixture[str], *args: object) -> Said:
    capsys.readouterr()
    code = run([str(arg) for arg in args])
    said = capsys.readouterr()
    return Said(code, said.out, said.err)


def data(said: Said) -> dict[str, object]:
    found = json.loads(said.out)
    assert isinstance(found, dict)
    return found


COMMANDS: tuple[tuple[Sequence[str], set[str]], ...] = (
    (("sync", "--json"), {"read", "written", "unchanged", "kept", "problems", "due"}),
    (("next", "--json"), {"items"}),
    (("list", "contact", "--json"), {"items"}),
    (("show", "priya", "--json"), {"path", "type", "name", "fields", "derived", "steps", "log"}),
    (("why", "priya", "--json"), {"path", "steps", "tracked_by"}),
    (("status", "--json"), {"plan", "goals", "objectives", "steps", "assessment"}),
    (("check", "--json"), {"problems"}),
)


@pytest.mark.parametrize(("args", "keys"), COMMANDS, ids=[args[0] for args, _ in COMMANDS])
def test_every_answer_in_json_is_one_object_with_schema_and_day(
    args: Sequence[str], keys: set[str], vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "-C", vault, *args)

    found = data(said)
    assert said.code == 0
    assert found["schema"] == 1
    assert found["today"] == "2026-11-20"
    assert keys <= set(found)


def test_a_step_in_json_has_every_key_that_scripts_rely_on(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = data(say(capsys, "-C", vault, "next", "--json"))["items"]

    assert isinstance(items, list)
    step = next(item for item in items if item["person"] == "Priya Raman")
    assert step["step"] == "thank"
    assert step["title"] == "Thank Priya Raman"
    assert step["due"] == "2026-11-20"
    assert step["state"] == "due"
    assert step["provisional"] is False
    assert step["path"] == "Contacts/Priya Raman.md"
    assert re.fullmatch(r"[0-9a-f-]{36}", step["uid"])
    assert f"UID:{step['uid']}" in (vault / "follow-ups.ics").read_text("utf-8")
    assert step["score"] == pytest.approx(sum(step["score_parts"].values()))
    assert {"rule", "value", "source"} == set(step["why"][0])
    assert step["why"][0]["source"] == "Daily/2026-11-19.md:1"


def test_a_contact_in_json_has_its_fields_and_what_is_derived(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items = data(say(capsys, "-C", vault, "list", "contact", "--json"))["items"]

    assert isinstance(items, list)
    priya = next(item for item in items if item["name"] == "Priya Raman")
    assert priya["type"] == "contact"
    assert priya["fields"]["goals"] == [
        "Learn how managers lead",
        "Five informational interviews",
    ]
    assert priya["fields"]["cadence"] == "3 months"
    assert priya["fields"]["snooze"] is None
    assert priya["derived"] == {
        "status": "in-progress",
        "tracked": True,
        "connection": "2026-11-19",
        "last_contact": "2026-11-19",
        "next_follow_up": "2026-11-20",
        "given": 0,
        "received": 0,
        "asked": 0,
        "rank": 2,
    }


def test_filters_are_and(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = say(
        capsys, "-C", vault, "list", "contacts", "--where", "key = true", "--where", "status=to-do"
    )

    names = [line.split("  ")[0] for line in said.out.splitlines()[1:]]
    assert names == ["Amina Yusuf", "Sofia Lindgren"]


def test_check_exits_with_1_where_something_cannot_be_read(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (vault / "Broken.md").write_text("---\ntype: contact\ncadence: often\n---\n", "utf-8")

    said = say(capsys, "-C", vault, "check")

    assert said.code == 1
    assert "Broken.md:3: error: cadence: “often” cannot be read" in said.out
    assert "[bad-cadence]" in said.out
    assert say(capsys, "sync", vault).code == 1


def test_sync_check_exits_with_1_and_writes_nothing_where_something_would_change(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = vault / "New.md"
    text = "---\ntype: contact\n---\n\n<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
    note.write_text(text, "utf-8")

    said = say(capsys, "sync", "--check", vault)

    assert said.code == 1
    assert "Would write" in said.out
    assert note.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("sync",), "there is no vaultplan.toml here or in a folder above"),
        (("-C", "nowhere", "sync"), "nowhere: there is no such folder"),
        (("frobnicate",), "there is no command frobnicate"),
        (("sync", "--frobnicate"), "there is no option --frobnicate"),
        (("init", "nowhere/at/all"), "there is no such folder"),
    ],
)
def test_wrong_use_is_one_message_and_2(
    args: Sequence[str], words: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, *args)

    assert said.code == 2
    assert words in said.err
    assert "Traceback" not in said.err
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("next", "--until", "someday"), "“someday” is no day"),
        (("--today", "2026-02-30", "next"), "“2026-02-30” is no day"),
        (("list", "horse"), "there is no kind “horse”"),
        (("list", "contact", "--where", "statuss = done"), "did you mean status?"),
        (("list", "contact", "--sort", "height"), "has no field height"),
    ],
)
def test_wrong_words_say_what_would_be_right(
    args: Sequence[str], words: str, vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "-C", vault, *args)

    assert said.code == 2
    assert words in said.err


def test_settings_that_are_wrong_are_one_message(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (vault / "vaultplan.toml").write_text("cadense = 3\n", "utf-8")

    said = say(capsys, "sync", vault)

    assert said.code == 2
    assert said.err == "vaultplan: vaultplan.toml: unknown key cadense; did you mean 'cadence'?\n"


def test_an_ambiguous_name_is_an_error_with_the_candidates(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = say(capsys, "-C", vault, "show", "sam berg")

    assert said.code == 3
    assert "Contacts/Acme/Sam Berg.md" in said.err
    assert "Contacts/Nordlund/Sam Berg.md" in said.err
    assert say(capsys, "-C", vault, "show", "nobody").code == 2


def test_a_person_is_found_without_case_and_accents(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert say(capsys, "-C", vault, "show", "ZIELINSKI").out.startswith("Tomasz Zieliński")


def test_init_makes_a_vault_that_syncs_and_is_then_silent(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty / "Contacts.md").write_text("mine\n", "utf-8")

    said = say(capsys, "init")

    assert said.code == 0
    assert (empty / "Contacts.md").read_text("utf-8") == "mine\n"
    assert {"Home.md", "Follow-ups.md", "Goals.md", "Progress.md"} <= {
        path.name for path in empty.iterdir()
    }
    assert say(capsys, "sync").code == 0
    assert say(capsys, "sync", "--check").code == 0
    assert "Everything is there already" in say(capsys, "init").out


def test_a_note_from_the_template_is_a_contact(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    say(capsys, "init")
    template = (empty / "Templates" / "contact.md").read_text("utf-8")
    (empty / "Ada.md").write_text(template.replace("{{title}}", "Ada"), "utf-8")

    said = say(capsys, "sync")

    assert (said.code, said.err) == (0, "")
    assert "1 contact" in said.out
    assert "- [ ] Reach out to [[Ada]] ^vp-" in (empty / "Ada.md").read_text("utf-8")


def test_nothing_of_a_note_reaches_the_terminal_raw(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "Esc \\x1b[31m\\u202e bell \\a"
    note = f'---\ntype: contact\nname: "{name}"\ncadence: 1w\nmet: 2026-11-01\n---\n'
    (vault / "Esc.md").write_text(note, "utf-8")

    for args in (
        ("sync",),
        ("next", "--limit", "99"),
        ("list", "contact"),
        ("show", "esc"),
        ("why", "esc"),
    ):
        out = say(capsys, "-C", vault, *args).out
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", out), args


def test_help_and_version_load_nothing_heavy() -> None:
    script = (
        "import sys; from vaultplan.__main__ import run; code = run(sys.argv[1:]);"
        f"heavy = [name for name in {HEAVY} if name in sys.modules];"
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    for option in ("--help", "--version"):
        done = subprocess.run(
            [sys.executable, "-c", script, option], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_the_version_is_said_without_click_as_with_it() -> None:
    script = "import sys; from vaultplan.__main__ import run; run(sys.argv[1:]); print(len(%s))"
    loaded = "{'click', 'vaultplan.cli'} & {*sys.modules}"
    said = [
        subprocess.run(
            [sys.executable, "-c", script % loaded, *args],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for args in (["--version"], ["-q", "--version"])
    ]

    assert said[0].endswith("\n0\n")
    assert said[1].endswith("\n2\n")
    assert said[0][:-2] == said[1][:-2]


def test_a_closed_pipe_is_no_error(vault: Path) -> None:
    command = f'"{sys.executable}" -m vaultplan -C "{vault}" list contact --json | head -1'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert (done.stdout, done.stderr) == ("{\n", "")


def test_init_does_not_compute_what_notes_keep_by_hand(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note = empty / "Eva.md"
    text = "---\ntype: person\nlast_contact: 2026-08-01\nprogress: halfway\n---\nhi\n"
    note.write_text(text, "utf-8")

    said = say(capsys, "init")
    say(capsys, "sync")

    assert "Left last_contact out of `computed`" in said.out
    assert note.read_text("utf-8") == text


def test_the_day_may_be_a_word_and_counts_from_the_vaults_own_day(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = data(say(capsys, "-C", vault, "--today", "+1d", "status", "--json"))

    assert found["today"] == "2026-11-21"


def test_days_in_filters_may_be_words(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--where", "next_follow_up < today")
    items = data(say(capsys, "-C", vault, "list", "contact", *where, "--json"))["items"]

    assert isinstance(items, list)
    assert {item["derived"]["next_follow_up"] < "2026-11-20" for item in items} == {True}
    assert say(capsys, "-C", vault, "list", "contact", "--where", "status == done").code == 2
