import json
import unicodedata
from collections.abc import Callable

import click
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vaultplan.cli.person import pick
from vaultplan.names import spellings, spellings_of
from vaultplan.plan import Plan
from vaultplan.plan.naming import called, fold, nearest, not_one, spoken, told_apart

PlanOf = Callable[[str, str], Plan]
ADA = "Contacts/Ada Lovelace.md"

VAULT = """
--- Contacts/Ada Lovelace.md
---
type: contact
aliases: [Countess, Ada King]
---
--- Contacts/Tomasz Zieliński.md
---
type: contact
---
--- Contacts/Łukasz Ørsted.md
---
type: contact
---
--- Contacts/z.md
---
type: contact
name: Zoë  Straße
---
--- Acme/Sam Berg.md
---
type: contact
organisation: Acme
---
--- Nord/Sam Berg.md
---
type: contact
---
--- Contacts/Sam.md
---
type: contact
---
--- Contacts/Adam Smith.md
---
type: contact
email: [adam@smith.example, "A.Smith@work.example"]
---
--- Contacts/Seán O'Brien.md
---
type: contact
---
--- Contacts/Lars-Erik Dahl.md
---
type: contact
---
--- Contacts/Işıl Günay.md
---
type: contact
---
--- Contacts/J. R. R. Tolkien.md
---
type: contact
---
--- Contacts/Björn van der Berg.md
---
type: contact
---
--- Contacts/Q.md
---
type: contact
name: Bo (Acme) "Bee"
---
--- Contacts/Eva.md
---
type: contact
aliases: [Evita]
---
--- Contacts/Evita.md
---
type: contact
name: Eva Perón
---
--- Contacts/odd.md
---
type: contact
name: "???"
---
"""


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Ada Lovelace", ["Contacts/Ada Lovelace.md"]),
        ("ada LOVELACE", ["Contacts/Ada Lovelace.md"]),
        (" ada   lovelace ", ["Contacts/Ada Lovelace.md"]),
        ("Ada L", ["Contacts/Ada Lovelace.md"]),
        ("love", ["Contacts/Ada Lovelace.md"]),
        ("lace", []),
        ("countess", ["Contacts/Ada Lovelace.md"]),
        ("count", ["Contacts/Ada Lovelace.md"]),
        ("king", ["Contacts/Ada Lovelace.md"]),
        ("Ada", ["Contacts/Ada Lovelace.md", "Contacts/Adam Smith.md"]),
        ("zielinski", ["Contacts/Tomasz Zieliński.md"]),
        ("Zielin\u0301ski", ["Contacts/Tomasz Zieliński.md"]),
        ("lukasz orsted", ["Contacts/Łukasz Ørsted.md"]),
        ("Łukasz", ["Contacts/Łukasz Ørsted.md"]),
        ("zoe strasse", ["Contacts/z.md"]),
        ("z", ["Contacts/z.md"]),
        ("contacts/z.md", ["Contacts/z.md"]),
        ("contacts/z", ["Contacts/z.md"]),
        ("Sam", ["Contacts/Sam.md"]),
        ("Sam Berg", ["Acme/Sam Berg.md", "Nord/Sam Berg.md"]),
        ("acme/sam berg", ["Acme/Sam Berg.md"]),
        ("Eve", []),
        ("adam@smith.example", ["Contacts/Adam Smith.md"]),
        ("a.smith@WORK.example", ["Contacts/Adam Smith.md"]),
        ("adam@smith", []),
        ("OBrien", ["Contacts/Seán O'Brien.md"]),
        ("o’brien", ["Contacts/Seán O'Brien.md"]),
        ("sean o brien", ["Contacts/Seán O'Brien.md"]),
        ("lars erik", ["Contacts/Lars-Erik Dahl.md"]),
        ("Lars‑Erik", ["Contacts/Lars-Erik Dahl.md"]),
        ("larserik", ["Contacts/Lars-Erik Dahl.md"]),
        ("larserik d", []),
        ("LARS-ERIK DAHL", ["Contacts/Lars-Erik Dahl.md"]),
        ("isil gunay", ["Contacts/Işıl Günay.md"]),
        ("ISIL", ["Contacts/Işıl Günay.md"]),
        ("Guenay", ["Contacts/Işıl Günay.md"]),
        ("Bjoern", ["Contacts/Björn van der Berg.md"]),
        ("Lukasz Oersted", ["Contacts/Łukasz Ørsted.md"]),
        ("Ada L.", ["Contacts/Ada Lovelace.md"]),
        ("A. Lovelace", ["Contacts/Ada Lovelace.md"]),
        ("a lovelace", ["Contacts/Ada Lovelace.md"]),
        ("A. L.", ["Contacts/Ada Lovelace.md"]),
        ("B. Berg", ["Contacts/Björn van der Berg.md"]),
        ("bjorn berg", ["Contacts/Björn van der Berg.md"]),
        ("vanderberg", ["Contacts/Björn van der Berg.md"]),
        ("J.R.R. Tolkien", ["Contacts/J. R. R. Tolkien.md"]),
        ("JRR Tolkien", ["Contacts/J. R. R. Tolkien.md"]),
        ("J. Tolkien", ["Contacts/J. R. R. Tolkien.md"]),
        ("R. Lovelace", []),
        ("bo acme", ["Contacts/Q.md"]),
        ('bo (acme) "b', ["Contacts/Q.md"]),
        ("Evita", ["Contacts/Eva.md", "Contacts/Evita.md"]),
        ("Contacts/Evita.md", ["Contacts/Evita.md"]),
        ("Eva", ["Contacts/Eva.md"]),
        ("Contacts\\z.md", ["Contacts/z.md"]),
        ("./Contacts/z.md", ["Contacts/z.md"]),
        ("acme/", ["Acme/Sam Berg.md"]),
        ("acme", ["Contacts/Q.md"]),
        ("???", ["Contacts/odd.md"]),
        ("!", []),
        ("", []),
        ("  ", []),
    ],
)
def test_people_are_found_by_name_alias_path_or_the_start_of_one(
    plan_of: PlanOf, text: str, paths: list[str]
) -> None:
    found = called(text, plan_of(VAULT, "2026-11-20").people)

    assert [person.path for person in found] == paths


def test_a_name_that_fits_several_lists_them_with_what_is_clear(plan_of: PlanOf) -> None:
    found = called("sam berg", plan_of(VAULT, "2026-11-20").people)

    error = not_one("sam berg", found)

    assert error.exit_code == 3
    assert str(error) == (
        "“sam berg” may be one of these; write more of the name, or the path, which is always "
        "clear:\n"
        "  Sam Berg (Acme): 'Acme/Sam Berg.md'\n"
        "  Sam Berg (Nord/Sam Berg.md): 'Nord/Sam Berg.md'"
    )


def test_of_very_many_not_all_are_listed(plan_of: PlanOf) -> None:
    vault = "".join(f"--- P/Kim {number}.md\n---\ntype: contact\n---\n" for number in range(30))

    lines = str(not_one("kim", called("kim", plan_of(vault, "2026-11-20").people))).split("\n")

    assert len(lines) == 22
    assert lines[-1] == "  … and 10 more"


def test_people_of_one_name_are_told_apart_by_work_then_role_then_path(plan_of: PlanOf) -> None:
    people = plan_of(
        """
        --- 1.md
        ---
        type: contact
        name: Kim Li
        organisation: Acme
        role: Nurse
        ---
        --- 2.md
        ---
        type: contact
        name: Kim Li
        organisation: Acme
        role: Teacher
        ---
        --- 3.md
        ---
        type: contact
        name: Kim Li
        organisation: Nord
        ---
        --- 4.md
        ---
        type: contact
        name: Kim Li
        ---
        --- 5.md
        ---
        type: contact
        name: Kim Lind
        organisation: Nord
        ---
        """,
        "2026-11-20",
    ).people

    assert told_apart(tuple(people.values())) == (
        "Kim Li (Nurse)",
        "Kim Li (Teacher)",
        "Kim Li (Nord)",
        "Kim Li (4.md)",
        "Kim Lind",
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tomas zielinsky", ("Tomasz Zieliński",)),
        ("Lovelase", ("Ada Lovelace",)),
        ("smiht", ("Adam Smith",)),
        ("counttess", ("Ada Lovelace",)),
        ("xyzzy", ()),
        ("x" * 100_000, ()),
        ("", ()),
    ],
)
def test_a_slip_is_answered_with_who_may_be_meant(
    plan_of: PlanOf, text: str, meant: tuple[str, ...]
) -> None:
    assert nearest(text, plan_of(VAULT, "2026-11-20").people) == meant


def test_a_name_that_fits_nobody_says_where_to_look() -> None:
    where = "`vaultplan list contact` shows who is"

    assert str(not_one("Eve", ())) == f"nobody is called “Eve”; {where}"
    assert str(not_one("Eve", (), ("Eva", "Ewa Li"))) == (
        f"nobody is called “Eve”; did you mean Eva or Ewa Li? {where}"
    )


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" ")).map(str.strip))
def test_whoever_has_a_name_is_called_by_it(plan_of: PlanOf, name: str) -> None:
    assume(fold(name))
    note = f"--- x.md\n---\ntype: contact\nname: {json.dumps(name, ensure_ascii=False)}\n---\n"
    people = plan_of(note, "2026-11-20").people

    assert [person.name for person in called(name.upper(), people)] == [name]
    assert len(called(unicodedata.normalize("NFD", name), people)) == 1
    assert len(called(spoken(name), people)) == 1


def test_the_person_at_a_terminal_is_asked_once_for_a_name(
    plan_of: PlanOf, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = plan_of(VAULT, "2026-11-20")
    answers = iter([2, 1])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))

    with click.Context(click.Command("log")):
        chosen = [pick(name, plan).path for name in ("sam berg", "evita", "Sam Berg", "ada l")]

    assert chosen == ["Nord/Sam Berg.md", "Contacts/Eva.md", "Nord/Sam Berg.md", ADA]
    assert capsys.readouterr().out.split("\n")[:3] == [
        "“sam berg” may be one of these:",
        "  1. Sam Berg (Acme)",
        "  2. Sam Berg (Nord/Sam Berg.md)",
    ]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ærøskøbing", "aeroskobing"),
        ("ÞÓRÐUR", "thordur"),
        ("Œuvre", "oeuvre"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("Đặng", "dang"),
        ("Ａｄａ", "ada"),
        ("José\u00a0María", "jose maria"),
        ("山田", "山田"),
        ("😀", "😀"),
    ],
)
def test_names_are_compared_without_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.lists(st.text("abÄäöÜßøåŁæİ'’-. \t\0\u0301\u0323/@…Σς漢א👩‍ﬁ\u0345", max_size=8)))
def test_names_are_spelled_together_as_one_by_one(names: list[str]) -> None:
    assert spellings_of(names) == [spellings(name) for name in names]
