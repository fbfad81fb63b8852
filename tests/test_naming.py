from collections.abc import Callable

import pytest

from vaultplan.plan import Plan
from vaultplan.plan.naming import called, describe, fold, not_one

PlanOf = Callable[[str, str], Plan]

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
        ("", []),
        ("  ", []),
    ],
)
def test_people_are_found_by_name_alias_path_or_the_start_of_one(
    plan_of: PlanOf, text: str, paths: list[str]
) -> None:
    found = called(text, plan_of(VAULT, "2026-11-20").people)

    assert [person.path for person in found] == paths


def test_a_name_that_fits_several_lists_them(plan_of: PlanOf) -> None:
    found = called("sam berg", plan_of(VAULT, "2026-11-20").people)

    assert str(not_one("sam berg", found)) == (
        "“sam berg” may be one of these; write more of the name, or the path:\n"
        "  Sam Berg (Acme, Acme/Sam Berg.md)\n"
        "  Sam Berg (Nord/Sam Berg.md)"
    )
    assert not_one("sam berg", found).exit_code == 3
    assert describe(found[1]) == "Sam Berg (Nord/Sam Berg.md)"


def test_a_name_that_fits_nobody_says_where_to_look() -> None:
    assert (
        str(not_one("Eve", ())) == "nobody is called “Eve”; `vaultplan list contact` shows who is"
    )


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
