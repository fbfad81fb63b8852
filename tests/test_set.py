"""One property set on many notes, as a person does it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultplan.__main__ import run
from vaultplan.passes.reading import Place, Sight, look
from vaultplan.text.front import read_front

VaultAt = Callable[[Path, str], Path]

VAULT = """
--- vaultplan.toml
vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
timezone = "UTC"
today = 2026-11-20
computed = ["last_contact", "next_follow_up"]
--- People/Ada.md
---
type: contact
company:   'Acme'   # since May
tags: [one, "two"] # mine
follow_up: 2026-12-01
key:   no   # yet
---
# Ada
--- People/Bob.md
---
organisation: acme
type: contact
cadence: 6 months
id: bob
---
--- People/Eve.md
---
type: contact
organisation: Nord
---
--- Goals/Learn to lead.md
---
type: goal
---
"""
ACME = ("set", "contact", "--where", "organisation = Acme")


@dataclass(frozen=True)
class Vault:
    root: Path
    capsys: pytest.CaptureFixture[str]

    def do(self, *args: str, code: int = 0) -> str:
        self.capsys.readouterr()
        assert run(["-C", str(self.root), *args]) == code
        said = self.capsys.readouterr()
        return said.out + said.err

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())

    def files(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def vault(tmp_path: Path, vault_at: VaultAt, capsys: pytest.CaptureFixture[str]) -> Vault:
    return Vault(vault_at(tmp_path, VAULT), capsys)


def test_what_fits_is_changed_and_nothing_else(vault: Vault) -> None:
    before = vault.files()

    said = vault.do(*ACME, "cadence=6 months", "strength=weak")

    assert said == "2 contacts fit, 2 changed\n  People/Ada.md\n  People/Bob.md\n"
    assert vault.read("People/Ada.md") == (
        "---\ntype: contact\ncompany:   'Acme'   # since May\n"
        'tags: [one, "two"] # mine\nfollow_up: 2026-12-01\nkey:   no   # yet\n'
        "cadence: 6 months\nstrength: weak\n---\n# Ada\n"
    )
    assert vault.read("People/Bob.md").endswith("id: bob\nstrength: weak\n---\n")
    changed = {path for path, data in vault.files().items() if before[path] != data}
    assert changed == {"People/Ada.md", "People/Bob.md"}


def test_several_filters_are_and_and_derived_values_filter_too(vault: Vault) -> None:
    said = vault.do(*ACME, "--where", "next_follow_up < +3w", "priority=high")

    assert said == "1 note fits, 1 changed\n  People/Ada.md\n"


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("organisation=Zed & Co", 'company:   "Zed & Co"   # since May\n'),
        ("organisation=", "company:      # since May\n"),
        ("tags=three", "tags:\n  - three # mine\n"),
        ("tags=", "tags: # mine\n"),
        ("follow_up=tomorrow", "follow_up: 2026-11-21\n"),
        ("key=yes", "key:   true   # yet\n"),
        ("goals=lead", 'goals:\n  - "[[Learn to lead]]"\n'),
        ("mentor_fit=experience: 4, insight: 5", "mentor_fit: {experience: 4, insight: 5}\n"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("head", ["", "\ufeff"])
def test_the_value_stands_where_the_old_one_was(
    vault: Vault, value: str, line: str, newline: str, head: str
) -> None:
    before = (head + vault.read("People/Ada.md")).replace("\n", newline)
    vault.write("People/Ada.md", before)

    vault.do("set", "contact", "--where", "path ~ Ada", value)

    after = vault.read("People/Ada.md")
    line = line.replace("\n", newline)
    assert line in after
    key = line.partition(":")[0]
    mine, others = lines_of(before, key), lines_of(after, key)
    assert mine == others
    assert after.count("\r\n") == (after.count("\n") if newline == "\r\n" else 0)


def lines_of(text: str, *keys: str) -> list[str]:
    """The lines of a note that do not belong to a property."""
    lines = text.split("\n")
    for one in read_front(text).properties:
        if one.key in keys:
            last = text[: one.end].rstrip().count("\n")
            return lines[: one.line - 1] + lines[last + 1 :]
    return lines


def test_a_note_that_says_so_already_is_not_written(vault: Vault) -> None:
    vault.write("People/Eve.md", '---\ntype: contact\ngoals: "[[Goals/Learn to lead|it]]"\n---\n')
    before = vault.files()

    assert vault.do(*ACME, "cadence=P6M") == ("2 contacts fit, 1 changed\n  People/Ada.md\n")
    said = vault.do("set", "contact", "--where", "path ~ Eve", "goals=Learn to lead", "key=no")
    assert said == "1 note fits, none to change: it says so already\n"
    assert vault.files() == {**before, "People/Ada.md": vault.files()["People/Ada.md"]}
    said = vault.do(*ACME, "cadence=P6M")
    assert said == "2 contacts fit, none to change: they say so already\n"


def test_a_value_that_cannot_be_read_is_replaced_even_by_none(vault: Vault) -> None:
    vault.write("People/Eve.md", "---\ntype: contact\ncadence: soon\nkey: maybe\n---\n")

    vault.do("set", "contact", "--where", "path ~ Eve", "cadence=", "key=false")

    assert vault.read("People/Eve.md") == "---\ntype: contact\ncadence:\nkey: false\n---\n"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("contact", "cadence=1w"), "say which with --where EXPR; --all means all contacts"),
        (("contact", "--all", "--where", "key = true", "cadence=1w"), "exclude each other"),
        (("contact", "--all", "cadense=1w"), "has no such field; did you mean cadence?"),
        (("contact", "--all", "last_contact=today"), "last_contact is computed from the log"),
        (("contact", "--all", "Next Follow-up=today"), "is computed from the log"),
        (("contact", "--all", "cadence=soon"), "“soon” cannot be read; write"),
        (("contact", "--all", "met=someday"), "“someday” is no day"),
        (("contact", "--all", "key=true", "key=false"), "key is given twice"),
        (("contact", "--all", "cadence"), "“cadence” is no KEY=VALUE"),
        (("contact", "--all", "id=x"), "id is each note's own, and 3 fit"),
        (("contact", "--all", "name=Al"), "name is each note's own, and 3 fit"),
        (("contact", "--where", "path ~ Ada", "id=bob"), "“bob” is the id of People/Bob.md"),
        (("contact", "--where", "ofer = x", "cadence=1w"), "did you mean offer?"),
        (("sheep", "--all", "cadence=1w"), "there is no kind “sheep”"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(
    vault: Vault, args: tuple[str, ...], words: str
) -> None:
    before = vault.files()

    assert words in vault.do("set", *args, code=2)
    assert vault.files() == before


def test_a_wrong_value_is_said_even_where_nothing_fits(vault: Vault) -> None:
    nobody = ("set", "contact", "--where", "name = Zoe")

    assert vault.do(*nobody, "cadence=1w") == "No contacts fit\n"
    assert "cannot be read" in vault.do(*nobody, "cadence=soon", code=2)


def test_one_note_takes_an_id_once_what_was_ticked_is_heard(vault: Vault) -> None:
    block = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
    vault.write("People/Ada.md", f"---\ntype: contact\nmet: 2026-11-18\n---\n{block}")
    vault.do("sync")
    ticked = vault.read("People/Ada.md").replace("- [ ] Thank", "- [x] Thank")
    vault.write("People/Ada.md", ticked)
    one = ("set", "contact", "--where", "path ~ Ada", "id=ada-1", "name=Ada L")

    assert "is not heard yet; run `vaultplan sync` first; then set the id" in vault.do(*one, code=2)
    vault.do("sync")
    vault.do(*one)
    assert "met: 2026-11-18\nid: ada-1\nname: Ada L\n---\n" in vault.read("People/Ada.md")
    assert "- 2026-11-20 thank-you\n" in vault.read("People/Ada.md")


def test_a_link_is_written_as_its_folder_needs_it(vault: Vault) -> None:
    (vault.root / ".obsidian").mkdir()
    vault.write(".obsidian/app.json", '{"newLinkFormat": "relative"}')
    vault.write("Flo.md", "---\ntype: contact\n---\n")

    said = vault.do("set", "contact", "--all", "goals=Learn to lead", "introduced_by=Zoe")

    assert '"[[Goals/Learn to lead|Learn to lead]]"' in vault.read("Flo.md")
    assert '"[[../Goals/Learn to lead|Learn to lead]]"' in vault.read("People/Eve.md")
    assert said.startswith("There is no note “Zoe” yet; the link waits for it\n4 contacts fit")


def test_an_ambiguous_name_is_refused_with_the_candidates(vault: Vault) -> None:
    vault.write("Goals/Learn to bake.md", "---\ntype: goal\n---\n")

    said = vault.do("set", "contact", "--all", "goals=Learn", code=3)

    assert "  Goals/Learn to bake.md\n  Goals/Learn to lead.md\n" in said


def test_a_dry_run_shows_diffs_and_writes_nothing(vault: Vault) -> None:
    before = vault.files()

    said = vault.do(*ACME, "strength=weak", "--dry-run")

    assert said.startswith("--- a/People/Ada.md\n+++ b/People/Ada.md\n")
    assert "\n+strength: weak\n" in said
    assert said.endswith("2 contacts fit, 2 would change\n")
    found = json.loads(vault.do(*ACME, "strength=weak", "--dry-run", "--json"))
    assert (found["written"], len(found["changes"])) == ([], 2)
    assert vault.files() == before


def test_json_says_what_fitted_and_what_was_written(vault: Vault) -> None:
    found = json.loads(vault.do(*ACME, "cadence=6 months", "--json"))

    assert found["fitting"] == ["People/Ada.md", "People/Bob.md"]
    assert found["written"] == list(found["changes"]) == ["People/Ada.md"]
    assert (found["schema"], found["today"], found["dry_run"]) == (1, "2026-11-20", False)


def test_one_undo_takes_all_of_it_back(vault: Vault) -> None:
    before = vault.files()
    vault.do(*ACME, "strength=weak", "tags=", "organisation=Zed")
    assert vault.files() != before

    vault.do("undo")

    assert vault.files() == before


def test_of_many_notes_ten_are_named(vault: Vault) -> None:
    for number in range(12):
        vault.write(f"People/P{number:02}.md", "---\ntype: contact\nindustry: Law\n---\n")

    said = vault.do("set", "contact", "--where", "industry = law", "strength=weak")

    assert said.splitlines()[0] == "12 contacts fit, 12 changed"
    assert said.splitlines()[-2:] == ["  People/P09.md", "  … and 2 more"]


@pytest.mark.parametrize(
    ("note", "value", "words"),
    [
        ("---\n{type: contact}\n---\n", "strength=weak", "strength was not set"),
        ("---\ncategory: people\n---\n", "category=friend", "it would be no contact any more"),
        (
            "---\ntype: contact\norg: Acme\ncompany: Zed\n---\n",
            "organisation=",
            "it would be read otherwise",
        ),
    ],
)
def test_if_one_note_cannot_take_it_none_does(
    vault: Vault, note: str, value: str, words: str
) -> None:
    vault.write("People/Zed.md", note)
    before = vault.files()

    said = vault.do("set", "contact", "--all", value, code=3)

    assert "People/Zed.md: " in said
    assert words in said
    assert vault.files() == before


def changed_after_each_look(monkeypatch: pytest.MonkeyPatch, path: Path, times: int) -> None:
    left = list(range(times))

    def and_then(place: Place) -> Sight:
        sight = look(place)
        if left:
            path.write_text(f"{path.read_text('utf-8')}by hand {left.pop()}\n", "utf-8")
        return sight

    monkeypatch.setattr("vaultplan.passes.changing.look", and_then)


def test_a_note_changed_meanwhile_is_read_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed_after_each_look(monkeypatch, vault.root / "People/Bob.md", 1)

    said = vault.do(*ACME, "strength=weak")

    assert said.startswith("2 contacts fit, 2 changed\n")
    assert vault.read("People/Bob.md").endswith("id: bob\nstrength: weak\n---\nby hand 0\n")


def test_a_note_that_goes_on_changing_is_left_and_the_others_can_be_taken_back(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.files()
    changed_after_each_look(monkeypatch, vault.root / "People/Bob.md", 9)

    said = vault.do(*ACME, "strength=weak", code=3)

    assert "People/Bob.md" in said
    assert "another note was changed, and `vaultplan undo` takes that back" in said
    assert "strength" not in vault.read("People/Bob.md")
    monkeypatch.undo()
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(vault.root.parent / "state"))
    vault.do("undo")
    assert vault.files()["People/Ada.md"] == before["People/Ada.md"]


ODD = r"""
# a remark: with a colon
Company: 'Old'   # since May
tags: [a, "b"]   # two
tags:\n- a # first\n\n- b
goals:\n    - '[[A]]'\n    -   B
note: |\n  one\n\n  two
offer: >-\n  a long\n  offer
Cadence : 90d
key:  yes
"quoted key": [x]
mentor_fit: {values: 3}
"""
VALUES = """
organisation=Acme: the #1
tags=x, y
tags=
goals=Somebody
offer=
cadence=2 weeks
key=true
mentor_fit=values: 5
role='quoted' "text"
met=today
"""
LINES = st.lists(
    st.sampled_from([line.replace(r"\n", "\n") for line in ODD.splitlines()]),
    unique_by=lambda line: line.partition(":")[0].strip().casefold(),
    max_size=8,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES,
    value=st.sampled_from(VALUES.split("\n")[1:-1]),
    newline=st.sampled_from(["\n", "\r\n"]),
    bom=st.booleans(),
)
def test_every_other_byte_stays_whatever_the_front_matter(
    vault: Vault, lines: list[str], value: str, newline: str, *, bom: bool
) -> None:
    inner = "".join(f"{line}\n" for line in ("type: contact", *lines))
    before = "\ufeff" * bom + f"---\n{inner}--- \n\nHer  words\u2028 \n\n".replace("\n", newline)
    vault.write("People/Ada.md", before)

    vault.do("set", "contact", "--where", "path ~ Ada", value)

    after, field = vault.read("People/Ada.md"), value.partition("=")[0]
    names = (field, "company") if field == "organisation" else (field,)
    keys = [one.key for one in read_front(after).properties if one.key.casefold() in names]
    assert keys or value in ("tags=", "offer=")
    assert lines_of(before, *keys) == lines_of(after, *keys)
    assert after.count("# since May") == before.count("# since May")
