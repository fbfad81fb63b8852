"""The documentation says what is there: every command, view, kind, measure, setting and rule."""

import ast
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from vaultplan.cli import COMMANDS, cli
from vaultplan.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))
import doc_tables

PROJECT = Path(__file__).parent.parent
DOCS = PROJECT / "docs"
NOTES = (DOCS / "notes.md").read_text("utf-8")
SETTINGS = (DOCS / "settings.md").read_text("utf-8")
PROBLEMS = (DOCS / "problems.md").read_text("utf-8")
_LINK = re.compile(r"\[[^\]]+\]\(([^)#:]+)\)")


def rules() -> set[str]:
    """The constant rule names of every problem and slip that the program makes."""
    found = set()
    for path in (PROJECT / "vaultplan").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_the_tables_come_from_the_declarations() -> None:
    assert doc_tables.renewed(NOTES) == NOTES, "run .venv/bin/python tests/doc_tables.py"


def test_every_rule_that_is_documented_exists_and_no_severity_is_left_out() -> None:
    documented = re.findall(r"^\| `([a-z-]+)` \| (error|warning|hint)", PROBLEMS, re.MULTILINE)

    assert len(documented) > 20
    assert {rule for rule, _ in documented} <= rules()


@pytest.mark.parametrize("key", [name for name in Settings.__dataclass_fields__ if name != "feeds"])
def test_every_setting_is_documented(key: str) -> None:
    assert re.search(rf"`\[*{key}\b", SETTINGS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_with_an_example(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])

    assert result.exit_code == 0
    assert f"Example: vaultplan {name}" in result.output


def test_links_between_the_papers_lead_somewhere() -> None:
    for paper in [*PROJECT.glob("*.md"), *DOCS.rglob("*.md")]:
        for target in _LINK.findall(paper.read_text("utf-8")):
            assert (paper.parent / target).exists(), f"{paper}: {target}"


def test_every_file_that_the_papers_name_exists() -> None:
    for paper in [*PROJECT.glob("*.md"), *DOCS.rglob("*.md")]:
        for name in re.findall(
            r"`((?:docs|tests|vaultplan|sample-vault)/[\w/ .-]+)`", paper.read_text("utf-8")
        ):
            assert "NAME" in name or (PROJECT / name).exists(), f"{paper}: {name}"
