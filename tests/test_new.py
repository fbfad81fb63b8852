"""Notes made by `vaultplan new`, as a person makes them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultplan.__main__ import run
from vaultplan.kinds import KINDS
from vaultplan.passes.creating import draft, new_id
from vaultplan.passes.reading import Place

TODAY = "2026-11-20"
VAULT = f"""
    --- vaultplan.toml
    vault_id = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"
    timezone = "UTC"
    today = {TODAY}
    computed = ["last_contact", "next_follow_up", "follow_up_state", "progress"]
    --- People/Zoë Müller.md
    ---
    type: contact
    aliases: [Zo]
    ---
    --- People/Acme/Sam Berg.md
    ---
    type: contact
    ---
    --- People/Sam Strand.md
    ---
    type: contact
    ---
    --- Plans/Autumn.md
    ---
    type: plan
    start: 2026-10-05
    ---
    --- Goals/Learn to lead.md
    ---
    type: goal
    ---
    """


@dataclass(frozen=True)
class Vault:
    """A vault, and the commands in it."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def do(self, *args: str, code: int = 0) -> str:
        self.capsys.readouterr()
        done = run(["-C", str(self.root), *args])
        said = self.capsys.readouterr()
        assert done == code, said
        return said.err if code else said.out

    def new(self, *args: str) -> str:
        self.do("new", *args)
        return self.text(args[1])

    def text(self, name: str) -> str:
        return next(self.root.rglob(f"{name}.md")).read_text("utf-8")

    def listed(self, kind: str, name: str) -> dict[str, Any]:
        items = json.loads(self.do("list", kind, "--json"))["items"]
        found = [item for item in items if item["name"] == name]
        assert len(found) == 1, items
        assert isinstance(found[0], dict)
        return found[0]

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def vault(
    vault_at: Callable[[Path, str], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Vault:
    return Vault(vault_at(tmp_path, VAULT), capsys)


@pytest.mark.parametrize("with_templates", [False, True], ids=["built-in", "after-init"])
def test_a_note_of_every_kind_is_made_read_and_filled_without_an_error(
    with_templates: bool,  # noqa: FBT001  (pytest gives it)
    vault: Vault,
) -> None:
    if with_templates:
        vault.do("init", str(vault.root))
    for kind in KINDS:
        said = vault.do("new", kind.plural, f"My {kind.name}")
        assert said.startswith("Wrote ")
        assert "`vaultplan sync`" in said

    for kind in KINDS:
        item = vault.listed(kind.name, f"My {kind.name}")
        assert item["type"] == kind.name
        assert re.fullmatch(rf"my-{kind.name}-[a-z2-9]{{4}}", item["fields"]["id"])
        assert f"# My {kind.name}\n" in vault.text(f"My {kind.name}")
    problems = json.loads(vault.do("check", "--json"))["problems"]
    assert [problem for problem in problems if problem["severity"] == "error"] == []
    vault.do("sync")
    vault.do("sync", "--check")


def test_fields_are_written_as_a_person_would_and_the_rest_of_the_template_stays(
    vault: Vault,
) -> None:
    text = vault.new(
        "contact", "Ada", "company=Acme", "cadence=3 months", "met=yesterday", "key=yes",
        "tags=platform, oslo", "goals=learn", "introduced-by=zo", "birthday=--05-14",
        "mentor_fit={experience: 4}", "strength=Weak", "id=ada",
    )  # fmt: skip

    for line in (
        "organisation: Acme",
        "cadence: 3 months",
        "met: 2026-11-19",
        "key: true",
        "tags:\n  - platform\n  - oslo",
        'goals:\n  - "[[Learn to lead]]"',
        'introduced_by: "[[Zoë Müller]]"',
        'birthday: "--05-14"',
        "mentor_fit: {experience: 4}",
        "strength: weak",
        "id: ada",
        "last_contact:",
    ):
        assert f"\n{line}\n" in text
    fields = vault.listed("contact", "Ada")["fields"]
    assert (fields["met"], fields["goals"]) == ("2026-11-19", ["Learn to lead"])


def test_the_note_goes_where_most_of_its_kind_are(vault: Vault) -> None:
    assert "Wrote People/Ada.md" in vault.do("new", "contact", "Ada")
    assert "Wrote Events/Fair.md" in vault.do("new", "event", "Fair")


def test_a_goal_is_linked_to_the_plan_unless_said_otherwise(vault: Vault) -> None:
    assert 'plan: "[[Autumn]]"' in vault.new("goal", "One")
    assert "\nplan:\n" in vault.new("goal", "Two", "plan=")
    assert "due: 2026-12-04" in vault.new("goal", "Three", "due=+2w", "target=5")
    assert vault.listed("goal", "Three")["fields"]["target"] == 5


def test_days_are_filled_in_and_a_day_in_the_name_counts(vault: Vault) -> None:
    assert f"\ndate: {TODAY}\n" in vault.new("assessment", "Now")
    assert "\ndate: 2026-11-18\n" in vault.new("interaction", "2026-11-18 Coffee")
    assert "\ndate: 2026-11-27\n" in vault.new("opportunity", "Lead", "date=friday")


def test_a_plan_starts_today_only_if_none_runs(vault: Vault) -> None:
    assert "Autumn runs until 2027-01-02" in vault.do("new", "plan", "Winter")
    assert "\nstart:\n" in vault.text("Winter")
    (vault.root / "Plans" / "Autumn.md").unlink()
    assert f"\nstart: {TODAY}\n" in vault.new("plan", "Spring")


def test_a_name_that_is_not_there_yet_is_linked_and_said(vault: Vault) -> None:
    said = vault.do("new", "event", "Fair", "people=Zoe Muller, Eva Lund")

    assert "There is no note “Eva Lund” yet" in said
    assert 'people:\n  - "[[Zoë Müller]]"\n  - "[[Eva Lund]]"' in vault.text("Fair")


@pytest.mark.parametrize(
    ("links", "written"),
    [
        ("full", "[[People/Acme/Sam Berg|Sam Berg]]"),
        ("markdown", "[[Sam Berg]]"),
    ],
)
def test_links_are_in_the_style_of_the_vault_as_far_as_properties_can(
    links: str, written: str, vault: Vault
) -> None:
    toml = vault.root / "vaultplan.toml"
    toml.write_text(f'links = "{links}"\n' + toml.read_text("utf-8"), "utf-8")

    assert f'  - "{written}"\n' in vault.new("event", "Fair", "people=Sam Berg")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("horse", "Ada"), 2, "there is no kind “horse”"),
        (("contact", "Ada", "cadense=1w"), 2, "did you mean cadence?"),
        (("contact", "Ada", "cadence=often"), 2, "“often” cannot be read; write"),
        (("contact", "Ada", "strength=huge"), 2, "one of weak, strong"),
        (("contact", "Ada", "met=someday"), 2, "met: “someday” is no day"),
        (("contact", "Ada", "last_contact=today"), 2, "computed"),
        (("contact", "Ada", "org=a", "company=b"), 2, "given twice"),
        (("contact", "Ada", "Lovelace"), 2, "is no KEY=VALUE"),
        (("contact", "Ada", "role={{x}}"), 2, "it would be a template"),
        (("contact", "???"), 2, "cannot be the name of a file"),
        (("contact", "zoë müller"), 2, "People/Zoë Müller.md"),
        (("goal", "Sam Berg"), 2, "People/Acme/Sam Berg.md"),
        (("event", "Fair", "people=Sam"), 3, "People/Sam Strand.md"),
        (("event", "Fair", "people=a|b"), 2, "no note can be called"),
        (("plan", "Next", "objectives=four people"), 2, "{measure: new-people"),
        (("assessment", "Now", "comfort=6"), 2, "a rating from 1 to 5"),
    ],
)  # fmt: skip
def test_wrong_words_say_what_would_be_right_and_nothing_is_written(
    args: tuple[str, ...], code: int, words: str, vault: Vault
) -> None:
    before = vault.files()

    assert words in vault.do("new", *args, code=code)
    assert vault.files() == before


def test_a_second_run_and_an_id_that_is_taken_are_refused(vault: Vault) -> None:
    vault.do("new", "contact", "Ada", "id=one")
    before = vault.files()

    assert "there is a note of that name already" in vault.do("new", "contact", "ADA", code=2)
    assert "is the id of People/Ada.md" in vault.do("new", "contact", "Eva", "id=one", code=2)
    assert vault.files() == before


def test_a_file_that_is_no_note_of_the_vault_is_not_written_over(vault: Vault) -> None:
    toml = vault.root / "vaultplan.toml"
    toml.write_text('ignore = ["Brand"]\n' + toml.read_text("utf-8"), "utf-8")
    hidden = vault.root / "Brand" / "Talk.md"
    hidden.parent.mkdir()
    hidden.write_text("mine\n", "utf-8")

    assert "would never be read" in vault.do("new", "brand", "Talk", code=2)
    assert hidden.read_text("utf-8") == "mine\n"


def test_a_dry_run_shows_the_note_and_writes_nothing(vault: Vault) -> None:
    before = vault.files()

    said = vault.do("new", "contact", "Ada", "role=CTO", "--dry-run")

    assert said.startswith("--- /dev/null\n+++ b/People/Ada.md\n")
    assert "+role: CTO\n" in said
    answer = json.loads(vault.do("new", "contact", "Ada", "role=CTO", "--dry-run", "--json"))
    assert (answer["schema"], answer["today"], answer["written"]) == (1, TODAY, [])
    assert (answer["path"], answer["fields"]["role"]) == ("People/Ada.md", "CTO")
    assert vault.files() == before


# Templates of the vault's own


def test_the_vaults_own_template_is_filled(vault: Vault) -> None:
    (vault.root / ".obsidian").mkdir()
    (vault.root / ".obsidian" / "templates.json").write_text('{"folder": "Meta/T"}', "utf-8")
    own = vault.root / "Meta" / "T" / "Colleague.md"
    own.parent.mkdir(parents=True)
    own.write_text(
        '---\ntype: person\nmet: "{{date}}"\ncompany:\n---\n'
        "{{title}}, noted on {{date:dddd}}, {{VALUE}}\n",
        "utf-8",
    )

    text = vault.new("contact", "Ada", "org=Acme", "id=a")

    assert text == (
        "---\ntype: person\nmet: 2026-11-20\ncompany: Acme\nid: a\n---\n"
        "Ada, noted on Friday, {{VALUE}}\n"
    )


def test_a_template_is_known_by_its_name_too(vault: Vault) -> None:
    folder = vault.root / "Templates"
    folder.mkdir()
    (folder / "Person template.md").write_text("# {{title}} of mine\n", "utf-8")
    (folder / "Goal.md").write_text("---\ntype: project\n---\nnot a goal\n", "utf-8")

    assert vault.new("contact", "Ada", "id=a") == (
        "---\ntype: contact\nid: a\n---\n# Ada of mine\n"
    )
    assert "not a goal" not in vault.new("goal", "One")


@pytest.mark.parametrize("front", ["made: <% tp.date.now() %>", "who: {{VALUE}}", "a: 'b"])
def test_a_template_that_only_obsidian_can_fill_gives_way_to_the_built_in_one(
    front: str, vault: Vault
) -> None:
    (vault.root / "Templates").mkdir()
    (vault.root / "Templates" / "Contact.md").write_text(f"---\n{front}\n---\n", "utf-8")

    said = vault.do("new", "contact", "Ada")

    assert "Templates/Contact.md could not be used" in said
    assert "## Follow-up" in vault.text("Ada")


def test_init_writes_the_templates_and_the_network_note(vault: Vault) -> None:
    vault.do("init", str(vault.root))

    assert 'date: "{{date:YYYY-MM-DD}}"' in vault.text("assessment")
    begun = re.findall("begin ([a-z]+)", vault.text("Network"))
    assert begun == ["network", "activity", "events", "organisations"]


# Names that nobody would choose

NAMES = (
    "C/C++: the [book]?",
    "../../etc/passwd",
    ".hidden",
    "CON",
    "a|b#c^d",
    'say "hi": <b>{date}</b>',
    "%% comment $$ `code` <!--",
    "\x1b[31mred\u202e",
    "🦊",
    "李小龍",
    "- [ ] 2026-11-20 met: x",
    "Log",
    "x" * 500,
    "yes",
    "12:30",
    "Ada.md",
)


@pytest.mark.parametrize("name", NAMES)
def test_any_name_makes_a_note_of_that_name_inside_the_vault(name: str, vault: Vault) -> None:
    before = set(vault.files())

    answer = json.loads(vault.do("new", "contact", "--json", "--", name))
    vault.do("sync")

    assert set(vault.files()) - before - {"follow-ups.ics"} == {answer["path"]}
    assert answer["path"].startswith("People/")
    text = vault.text(answer["path"].removeprefix("People/").removesuffix(".md"))
    assert "^vp-" in text or "begin checklist" in text
    assert vault.listed("contact", answer["name"])["path"] == answer["path"]
    assert "already" in vault.do("new", "contact", "--", name, code=2)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_any_name_and_text_make_a_note_that_says_so_or_a_message(
    vault: Vault, name: str, text: str
) -> None:
    code = run(["-C", str(vault.root), "new", "contact", "--dry-run", "--", name, f"role={text}"])

    assert code in (0, 2)


def test_what_is_random_is_chosen_by_the_door(vault: Vault, tmp_path: Path) -> None:
    place = Place(vault.root, tmp_path / "state", datetime(2026, 11, 20, tzinfo=UTC), None)

    drafts = [draft(place, KINDS[0], "Ada", (), max) for _ in range(2)]

    assert drafts[0].text == drafts[1].text
    assert "id: ada-zzzz\n" in drafts[0].text
    assert new_id("Zoë Müller!", min) == "zoe-muller-2222"
    assert new_id("李", min) == "2222"
