"""`vaultplan check --fix`: what is safe is mended, shown first, and can be taken back."""

import json
import re
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.__main__ import run
from vaultplan.passes.fixing import with_vault_id

VaultAt = Callable[[Path, str], Path]

TODAY = "2026-11-20"
VAULT = """
--- vaultplan.toml
timezone = "UTC"
--- People/Ada Lovelace.md
---
type: contact
aliases: [Ada King]
---
# Ada
--- People/Bob.md
---
type: contact   # a friend
introduced_by:  '[[ada king]]'  # at lunch
id: bob
---
--- Goals/Lead.md
---
type: goal
specific: Lead a team
---
--- Firm.md
---
type: organisation
---
--- Diary.md
Dear diary
"""


@dataclass(frozen=True)
class Vault:
    root: Path
    capsys: pytest.CaptureFixture[str]

    def do(self, *args: str, code: int = 0) -> str:
        self.capsys.readouterr()
        found = run(["-C", str(self.root), "--today", TODAY, *args])
        said = self.capsys.readouterr()
        assert found == code, said.out + said.err
        return said.out + said.err

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_bytes(text.encode())

    def files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.root)): path.read_bytes().decode()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }

    def notes(self) -> dict[str, str]:
        return {path: text for path, text in self.files().items() if path != "vaultplan.toml"}


@pytest.fixture
def vault(tmp_path: Path, vault_at: VaultAt, capsys: pytest.CaptureFixture[str]) -> Vault:
    return Vault(vault_at(tmp_path, VAULT), capsys)


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, answer: Callable[[], str]) -> None:
    def asked(prompt: str) -> str:
        sys.stdout.write(prompt)
        return answer()

    monkeypatch.setattr("click.termui.visible_prompt_func", asked)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "fileno", lambda: 1)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")


def without_ids(text: str) -> str:
    return re.sub(r"^id: [a-z0-9-]+-[a-z2-9]{4}\r?\n", "", text, flags=re.MULTILINE)


def test_what_is_safe_is_mended_and_the_rest_is_listed(vault: Vault) -> None:
    before = vault.files()

    said = vault.do("check", "--fix", "--yes")
    after = vault.files()

    assert said.startswith("--- a/vaultplan.toml\n+++ b/vaultplan.toml\n")
    assert "\nMended 3 notes; `vaultplan undo` takes that back\n" in said
    assert "[goal-without-number]" in said
    assert "[alias-link]" not in said
    assert "[no-vault-id]" not in said
    assert re.fullmatch(r'vault_id = "[0-9a-f-]{36}"\ntimezone = "UTC"\n', after["vaultplan.toml"])
    assert re.search(
        r"\]\nid: ada-lovelace-[a-z2-9]{4}\n---\n# Ada\n", after["People/Ada Lovelace.md"]
    )
    assert after["People/Bob.md"] == before["People/Bob.md"].replace(
        "'[[ada king]]'", '"[[Ada Lovelace|ada king]]"'
    )
    assert without_ids(after["Goals/Lead.md"]) == before["Goals/Lead.md"] != after["Goals/Lead.md"]
    assert all(after[path] == before[path] for path in ("Firm.md", "Diary.md"))


def test_the_second_time_there_is_nothing_to_mend(vault: Vault) -> None:
    vault.do("check", "--fix", "--yes")
    before = vault.files()

    assert vault.do("check", "--fix", "--yes").startswith("Nothing to mend\n")
    assert vault.do("check", "--fix").startswith("Nothing to mend\n")
    assert vault.files() == before


def test_undo_takes_the_notes_back_in_one_and_says_before_what_stays(vault: Vault) -> None:
    before = vault.notes()
    vault.do("log", "bob", "-m", "hello")
    logged = vault.notes()
    said = vault.do("check", "--fix", "--yes")
    assert "Added a vault_id to vaultplan.toml; `vaultplan undo` leaves it there" in said

    assert "check --fix" in vault.do("undo", "--list")
    vault.do("undo")
    assert vault.notes() == logged
    vault.do("undo")
    assert vault.notes() == before
    assert "vault_id" in vault.read("vaultplan.toml")


def test_without_a_terminal_it_needs_to_be_told(vault: Vault) -> None:
    before = vault.files()

    said = vault.do("check", "--fix", code=1)

    assert '\n+vault_id = "' in said
    assert said.endswith("nothing was written; run again with --yes to write this\n")
    assert vault.files() == before


def test_a_dry_run_shows_the_diff_and_what_there_is(vault: Vault) -> None:
    before = vault.files()

    said = vault.do("check", "--fix", "--dry-run")

    assert '+introduced_by:  "[[Ada Lovelace|ada king]]"  # at lunch\n' in said
    assert "[alias-link]" in said
    assert vault.files() == before


@pytest.mark.parametrize(("answer", "writes"), [("y", True), ("n", False), ("", False)])
def test_at_a_terminal_it_asks_once(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, answer: str, *, writes: bool
) -> None:
    before = vault.files()
    asked: list[str] = []

    def asking() -> str:
        asked.append(answer)
        return answer

    at_a_terminal(monkeypatch, asking)

    said = vault.do("check", "--fix")

    assert said.index("+id: ada-lovelace-") < said.index("Write these changes? [y/N]")
    assert len(asked) == 1
    assert (vault.files() != before) is writes
    assert ("[alias-link]" in said) is not writes


def test_what_is_written_is_what_was_shown(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly() -> str:
        vault.write("People/Bob.md", vault.read("People/Bob.md") + "by hand\n")
        return "y"

    at_a_terminal(monkeypatch, slowly)

    said = vault.do("check", "--fix", code=3)

    assert "People/Bob.md" in said
    assert "2 other notes were changed, and `vaultplan undo` takes that back" in said
    assert vault.read("People/Bob.md").endswith(
        "'[[ada king]]'  # at lunch\nid: bob\n---\nby hand\n"
    )


def test_settings_changed_meanwhile_stop_it_before_anything_is_written(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.notes()

    def slowly() -> str:
        vault.write("vaultplan.toml", "home = 'Plans'\n")
        return "y"

    at_a_terminal(monkeypatch, slowly)

    assert "vaultplan.toml: was changed meanwhile" in vault.do("check", "--fix", code=3)
    assert vault.read("vaultplan.toml") == "home = 'Plans'\n"
    assert vault.notes() == before


def test_errors_that_are_left_make_the_exit_code(vault: Vault) -> None:
    vault.write("Bad.md", "---\ntype: contact\nmet: someday\n---\n")

    assert "[bad-date]" in vault.do("check", "--fix", "--yes", code=1)
    assert "\nid: bad-" in vault.read("Bad.md")


def test_json_says_the_same_as_data(vault: Vault) -> None:
    before = vault.files()

    said = vault.do("check", "--fix", "--json", code=1)
    found = json.loads(said[: said.rindex("}") + 1])
    assert (found["written"], found["dry_run"], vault.files() == before) == ([], False, True)
    assert said.endswith("run again with --yes to write this\n")

    found = json.loads(vault.do("check", "--fix", "--json", "--yes"))
    paths = ["vaultplan.toml", "Goals/Lead.md", "People/Ada Lovelace.md", "People/Bob.md"]
    assert found["written"] == list(found["changes"]) == paths
    assert {one["rule"] for one in found["problems"]} >= {"goal-without-number"}


@pytest.mark.parametrize("args", [("--yes",), ("--dry-run",), ("--fix", "--yes", "--dry-run")])
def test_options_that_do_not_go_together_are_wrong_use(vault: Vault, args: tuple[str, ...]) -> None:
    assert "leave" in vault.do("check", *args, code=2)


@pytest.mark.parametrize(
    ("kind", "gets"),
    [
        *((kind, True) for kind in ("contact", "goal", "plan", "event", "opportunity", "brand")),
        *((kind, False) for kind in ("career-goal", "interaction", "assessment", "review")),
    ],
)
def test_ids_are_for_what_a_calendar_knows(vault: Vault, kind: str, *, gets: bool) -> None:
    vault.write("One.md", f"---\r\ntype: {kind}\r\nid:\r\n---\r\n")

    vault.do("check", "--fix", "--yes")

    assert bool(re.search(r"\nid: one-[a-z2-9]{4}\r\n---\r\n", vault.read("One.md"))) is gets


def test_an_id_goes_under_the_vaults_own_key_and_into_notes_without_front_matter(
    vault: Vault,
) -> None:
    settings = '[kinds.contact]\nfolders = ["Leute"]\nkeys.id = "kennung"\n'
    vault.write("vaultplan.toml", vault.read("vaultplan.toml") + settings)
    vault.write("Leute/Zoë.md", "# Zoë\n")

    vault.do("check", "--fix", "--yes")

    assert re.fullmatch(r"---\nkennung: zoe-\w{4}\n---\n# Zoë\n", vault.read("Leute/Zoë.md"))


def test_what_cannot_be_spliced_is_left_and_said(vault: Vault) -> None:
    vault.write("Flow.md", "---\n{type: contact}\n---\n")

    said = vault.do("check", "--fix", "--yes")

    assert "Left Flow.md: no id: it cannot be put in without changing more" in said
    assert vault.read("Flow.md") == "---\n{type: contact}\n---\n"


@pytest.mark.parametrize(
    ("value", "mended"),
    [
        ('"[[Ada King]]"', '"[[Ada Lovelace|Ada King]]"'),
        ('"[[Ada King|Countess]]" # c', '"[[Ada Lovelace|Countess]]" # c'),
        ('"[[ADA KING.md]]"', '"[[Ada Lovelace|ADA KING]]"'),
        ('"[[Ada King#Log]]"', ""),
        ("Ada King", ""),
        ('["[[Ada King]]"]', ""),
        ('"[Ada](<Ada King.md>)"', ""),
        ('"[[Ada Lovelace]]"', ""),
        ('"[[Nobody]]"', ""),
    ],
)
def test_only_a_link_that_says_nothing_else_is_mended(
    vault: Vault, value: str, mended: str
) -> None:
    vault.write("People/Bob.md", f"---\ntype: contact\nid: bob\nintroduced_by: {value}\n---\n")

    vault.do("check", "--fix", "--yes")

    line = f"introduced_by: {mended or value}\n---\n"
    assert vault.read("People/Bob.md") == f"---\ntype: contact\nid: bob\n{line}"


def test_a_mended_link_leads_to_its_note_among_others_of_that_name(vault: Vault) -> None:
    vault.write("Old/Ada Lovelace.md", "not she\n")

    vault.do("check", "--fix", "--yes")

    assert '"[[People/Ada Lovelace|ada king]]"' in vault.read("People/Bob.md")


def with_checklist(vault: Vault) -> str:
    block = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
    vault.write("Kim.md", f"---\ntype: contact\nmet: 2026-11-18\n---\n{block}")
    vault.do("sync")
    return vault.read("Kim.md")


def test_a_tick_is_heard_before_its_contact_or_vault_gets_an_id(vault: Vault) -> None:
    vault.write("Kim.md", with_checklist(vault).replace("- [ ] Thank", "- [x] Thank"))

    said = vault.do("check", "--fix", "--yes")
    assert "Left vaultplan.toml: no vault_id yet: what was changed in Kim.md:" in said
    assert "Left Kim.md: no id yet: what was changed in Kim.md:" in said
    assert "vault_id" not in vault.read("vaultplan.toml")
    vault.do("sync")
    assert "- 2026-11-20 thank-you\n" in vault.read("Kim.md")

    assert "Left" not in vault.do("check", "--fix", "--yes")
    vault.do("sync")
    assert vault.read("Kim.md").count("- 2026-11-20 thank-you\n") == 1
    vault.write("Kim.md", vault.read("Kim.md").replace("- [ ] Share", "- [x] Share"))
    vault.do("sync")
    assert "- 2026-11-20 shared\n" in vault.read("Kim.md")


def test_an_open_copy_of_a_task_keeps_its_contact_from_an_id(vault: Vault) -> None:
    task = next(line for line in with_checklist(vault).splitlines() if "Thank" in line)
    vault.write("Diary.md", f"{task}\n")

    said = vault.do("check", "--fix", "--yes")
    assert "Left Kim.md: no id yet: the open task in Diary.md:1 is in no block" in said

    vault.write("Diary.md", task.replace("[ ]", "[x]"))
    vault.do("sync")
    assert "Left" not in vault.do("check", "--fix", "--yes")


SETTINGS = [
    "",
    "# A remark\n\nhome = 'x' # mine\n",
    '[kinds.contact]\ntypes = ["person"]\n',
    'vault_id = ""\nhome = "."\n',
    "home = '.'\n  vault_id=''   # none yet\n[cadence]\n",
    '"vault_id" = ""\n',
    '[[feeds]]\nname = "vault_id"\n',
]


@pytest.mark.parametrize("text", SETTINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_settings_take_an_id_and_keep_every_other_byte(text: str, newline: str, head: str) -> None:
    before = (head + text).replace("\n", newline)
    name = str(UUID(int=7))

    data = with_vault_id(before.encode(), name)

    if text.startswith('"'):
        assert data is None
        return
    assert data is not None
    after = data.decode()
    line = f'vault_id = "{name}"'
    if "vault_id" in text.partition("[")[0]:
        assert re.sub(f'"{name}"', "", after) == re.sub("(?<==)( ?)(\"\"|'')", r"\1", before)
    else:
        assert after.replace(line + newline, "").replace(f"{line}\n", "") == before
    assert tomllib.loads(after.removeprefix("\ufeff"))["vault_id"] == name


@given(st.lists(st.sampled_from(["a = 1", "[t]", "b = '''", "vault_id = ''", "'''", "# c"])))
def test_settings_say_the_same_otherwise_or_are_left(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        before = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    if before.get("vault_id"):
        return

    after = with_vault_id(text.encode(), str(UUID(int=7)))

    if after is not None:
        assert tomllib.loads(after.decode()) == {**before, "vault_id": str(UUID(int=7))}
