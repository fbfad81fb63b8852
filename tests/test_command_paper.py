"""`docs/commands.md` and `docs/json.md` say what the commands are, and nothing is left out."""

import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest

from vaultplan.__main__ import INTERRUPTED
from vaultplan.plan import Plan
from vaultplan.plan.naming import called
from vaultplan.plan.query import parse_filter
from vaultplan.when import parse_when

sys.path.insert(0, str(Path(__file__).parent))
import command_paper
from command_paper import DOCS, EXITS, RECORD, Told, named, stops, told

COMMANDS = tuple(told())
PAGE = (DOCS / "commands.md").read_text("utf-8")
GREET = r"""
## vaultplan greet

```text
vaultplan greet [OPTIONS] PEOPLE...
```

Greet the PEOPLE.

| argument | means |
| --- | --- |
| `PEOPLE` | one or several [names](#names) |

| option | value | default | means |
| --- | --- | --- | --- |
| `-t`, `--tone` | `warm` · `dry` | `dry` | How\|so. |
| `--until` | [DATE](#dates) |  | Not after. |

```sh
vaultplan greet ada
```

[Exit codes](#exit-codes): 0, 2, 3.
"""
RENEW = "run .venv/bin/python tests/command_paper.py"


def part(heading: str) -> str:
    """What stands below a heading of the page, without tables."""
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0].split("\n<!-- made: commands")[0]


def each_command(test: Callable[[Told], None]) -> Callable[[Told], None]:
    paths = [one.path for one in COMMANDS]
    return pytest.mark.parametrize("one", COMMANDS, ids=paths)(test)


@pytest.mark.parametrize("paper", command_paper.PAPERS, ids=lambda paper: paper.name)
def test_the_papers_come_from_the_commands_and_the_schemas(paper: Path) -> None:
    text = paper.read_text("utf-8")

    assert command_paper.renewed(text) == text, RENEW


def test_the_schema_of_records_comes_from_the_declared_fields() -> None:
    assert RECORD.read_text("utf-8") == command_paper.record_schema(), RENEW


@each_command
def test_every_argument_and_every_option_is_explained(one: Told) -> None:
    said = " ".join(one.help)

    for argument in one.arguments:
        word = named(argument)
        assert word in command_paper.ARGUMENTS or re.search(rf"\b{word}\b", said), word
    for option in one.options:
        assert option.help, f"{one.path} {option.opts}"


@each_command
def test_every_command_has_words_and_an_example(one: Told) -> None:
    assert one.words
    assert one.examples
    for example in one.examples:
        assert example.startswith(f"vaultplan {one.path}")


@each_command
def test_every_command_that_answers_in_json_has_a_schema(one: Told) -> None:
    assert one.has("--json") == bool(command_paper.schemas().get(one.path)), (
        f"write {one.path} under x-commands of its schema in docs/schema"
    )


def test_no_schema_is_of_a_command_that_is_not_there() -> None:
    assert set(command_paper.schemas()) <= {one.path for one in COMMANDS}


@pytest.mark.parametrize("stop", stops(), ids=lambda stop: stop.__name__)
def test_every_error_says_when_it_comes_and_what_to_do(stop: type) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{stop.__name__}` |"))
    name, code, when, what = (cell.strip() for cell in row.strip("|").split(" | "))

    assert len(stops()) >= 5
    assert int(code) in EXITS
    assert when.endswith(".")
    assert what.endswith("."), f"{name}: a second paragraph of its docstring says what to do"


def test_every_exit_code_is_in_the_table() -> None:
    codes = {code for one in COMMANDS for code in command_paper.exits(one)}

    assert {*codes, INTERRUPTED} == set(EXITS)


def test_the_dates_of_the_page_are_dates() -> None:
    words = re.findall(r"`([^`]+)`", part("Dates"))
    days = [word for word in words if word not in ("--today", "today")]

    assert len(days) > 8
    for day in days:
        assert isinstance(parse_when(day, date(2026, 11, 20)), date)


def test_the_filters_of_the_page_are_filters() -> None:
    filters = re.findall(r"`([^`]+ \S+ [^`]+)`", part("Filters").split("Examples:")[1])

    assert len(filters) > 5
    for text in filters:
        assert parse_filter(text, "contact", date(2026, 11, 20)).field


def test_the_names_of_the_page_find_their_people(plan_of: Callable[[str, str], Plan]) -> None:
    vault = """
        --- Ada Lovelace.md
        ---
        type: contact
        ---
        --- Tomasz.md
        ---
        type: contact
        name: Tomasz Zieliński
        ---
    """
    people = plan_of(vault, "2026-11-20").people
    found = {
        word: [person.name for person in called(word, people)]
        for word in re.findall(r"`([^`]+)`", part("Names"))
    }

    assert found.pop("zielinski") == ["Tomasz Zieliński"]
    assert len(found) >= 3
    assert set(map(tuple, found.values())) == {("Ada Lovelace",)}


def test_a_section_has_all_that_a_command_declares() -> None:
    @click.command("greet")
    @click.argument("people", nargs=-1, required=True)
    @click.option("-t", "--tone", type=click.Choice(["warm", "dry"]), default="dry", help="How|so.")
    @click.option("--until", metavar="DATE", help="Not after.")
    def greet() -> None:
        """Greet the PEOPLE.

        Example: vaultplan greet ada
        """

    said = command_paper.section(Told("greet", greet))

    assert said == GREET.strip()
