"""What a person wrote between a command and its `undo` stays, or `undo` declines and says why."""

import sys
from pathlib import Path
from unittest import mock

import pytest

from vaultplan.passes import reading

sys.path.insert(0, str(Path(__file__).parent))
from undoing import Vault


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(reading, "LOOK_AGAIN_SECONDS", 0)
    with mock.patch("os.fsync"):
        yield


@pytest.fixture
def vault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Vault:
    return Vault(tmp_path / "vault", capsys)


FAIR, COFFEE = "- 2026-11-18 met: at the fair\n", "- 2026-11-20 coffee: the team\n"
CALL, EMAIL = "- 2026-11-10 call: above\n", "- 2026-11-20 email: below\n"


@pytest.mark.parametrize("synced", [False, True], ids=["at once", "after a pass"])
@pytest.mark.parametrize(
    ("name", "typed", "plain"),
    [
        ("Ada", (FAIR, CALL + FAIR), ()),
        ("Ada", (COFFEE, COFFEE + EMAIL), (FAIR, FAIR + EMAIL)),
        ("Ada", (COFFEE, EMAIL + COFFEE), (FAIR, FAIR + EMAIL)),
        ("Ada", (COFFEE, f"\n{COFFEE}\n"), (FAIR, f"{FAIR}\n\n")),
        ("Ada", ("at the fair", "at the *fair*"), ()),
        ("Ada", ("## After", "## Later"), ()),
        ("Ada", ("Words.\n", "Words.\nMore words.\n"), ()),
        ("Ada", ("# ours\n", "# ours\ntags: [new]\n"), ()),
        ("Ada", ("aliases: [Countess]\n", ""), ()),
        ("Bo", ("The end", "The end\r\n"), ()),
        ("Home", ("Words.", "More words."), ()),
        ("Cléo", (COFFEE.strip(), COFFEE + EMAIL), ("yet.", f"yet.\n\n## Log\n\n{EMAIL}")),
        ("Cléo", (COFFEE.strip(), f"{COFFEE}\n## More"), ("yet.", "yet.\n\n## More")),
        ("Cléo", ("No log yet.", "Some log"), ("No log yet.", "Some log\n")),
    ],
)
def test_what_was_typed_since_stays_as_if_it_had_been_typed_alone(
    name: str, typed: tuple[str, str], plain: tuple[str, ...], vault: Vault, *, synced: bool
) -> None:
    before = vault.files()
    vault.do("log", "ada", "bo", "cleo", "-k", "coffee", "-m", "the team")
    vault.edit(name, *typed)
    if synced:
        vault.sync()

    vault.do("undo")

    vault.sync()
    found = vault.files()
    for path, data in before.items():
        (vault.root / path).write_bytes(data)
    vault.edit(name, *(plain or typed))
    vault.sync()
    assert found == vault.files()


def _turn_round(vault: Vault) -> None:
    for name in ("Ada", "Bo", "Cléo"):
        text = vault.read(name)
        new = text.replace("\r\n", "\n") if "\r" in text else text.replace("\n", "\r\n")
        (vault.root / f"{name}.md").write_bytes(new.encode())


def test_line_endings_turned_round_since_stay_so(vault: Vault) -> None:
    _turn_round(vault)
    vault.sync()
    before = vault.files()
    _turn_round(vault)
    vault.sync()

    vault.do("log", "ada", "cleo", "-k", "call")
    vault.do("done", "bo", "check-in")
    _turn_round(vault)
    vault.sync()
    vault.do("undo")
    vault.do("undo")

    vault.sync()
    assert vault.files() == before


@pytest.mark.parametrize(
    ("command", "old", "new", "why"),
    [
        ("log ada -k call -m long", "call: long", "call: very long", "changed there since"),
        ("log ada -k call -m long", "- 2026-11-20 call: long\n", "", "changed there since"),
        (
            "log ada -k call -m long",
            "call: long\n",
            "call: long\n  - more\n",
            "changed there since",
        ),
        (
            "log ada -k call -m long",
            "call: long\n",
            "call: long\nand more\n",
            "changed there since",
        ),
        ("log ada -k call -m long", "\n## Log\n", "\n## What\n", "changed there since"),
        ("log ada -k call -m long", "call: long", "call: long\x80", "cannot be read"),
        ("log ada -k call -m long", "type: contact", "type: {", "cannot be read"),
        ("snooze ada +2w", "snooze: 2026-12-04", "snooze: 2026-12-05", "changed there since"),
        ("pause ada", "status: paused", "status: done", "changed there since"),
        ("new contact Eve", "# Eve\n", "# Eve\n\nTyped.\n", "changed there since"),
        (
            "new contact Eve",
            "begin checklist -->\n",
            "begin checklist -->\nTyped.\n",
            "changed there since",
        ),
    ],
)
def test_what_was_changed_itself_is_declined_and_why_is_said(
    command: str, old: str, new: str, why: str, vault: Vault
) -> None:
    name = "Eve" if "Eve" in command else "Ada"
    vault.do(*command.split())
    path = vault.root / f"{name}.md"
    assert path.read_bytes().count(old.encode()) == 1
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode("latin-1")))
    before = vault.files()

    said = vault.do("undo", code=3)
    assert f"{name}.md: warning: " in said
    assert why in said
    assert "`vaultplan undo --list` shows what else" in said
    assert vault.files() == before
    found = vault.json("undo", "--dry-run", code=3)
    assert (found["written"], found["changes"]) == ([], {})
    assert [(one["path"], one["rule"]) for one in found["problems"]] == [
        (f"{name}.md", "not-undone")
    ]
    assert vault.json("undo", "--list")["items"][0]["command"] == command.split(maxsplit=1)[0]


@pytest.mark.parametrize("to", ["People/Ada.md", "Eda.md", None])
def test_a_note_that_is_elsewhere_or_gone_is_declined_and_the_others_are_not(
    to: str | None, vault: Vault
) -> None:
    before = vault.read("Bo")
    vault.do("log", "ada", "bo", "-k", "call")
    data = (vault.root / "Ada.md").read_bytes()
    (vault.root / "Ada.md").unlink()
    if to:
        (vault.root / to).parent.mkdir(exist_ok=True)
        (vault.root / to).write_bytes(data)

    said = vault.do("undo", code=3)

    assert "Took back the log in Bo.md\nAda.md: warning: the note is not there any more" in said
    assert vault.read("Bo") == before
    assert not to or (vault.root / to).read_bytes() == data
    assert vault.json("undo", "--list")["items"][0]["paths"] == ["Ada.md"]
    (vault.root / "Ada.md").write_bytes(data)
    vault.do("undo")
    assert "call" not in vault.read("Ada")
