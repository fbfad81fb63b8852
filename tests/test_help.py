"""Help, and what is said of a command line that is wrong, or of anything else that ends a run."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import pytest

from vaultplan.__main__ import run
from vaultplan.cli import COMMANDS, GROUPS, cli

PROJECT = Path(__file__).parent.parent
Say = Callable[..., str]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """What a command says in the sample vault, problems and all."""
    monkeypatch.delenv("VAULTPLAN_VAULT", raising=False)
    monkeypatch.chdir(PROJECT / "sample-vault")

    def said(*args: str) -> str:
        capsys.readouterr()
        run(args)
        both = capsys.readouterr()
        return both.out + both.err

    return said


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        yield name, command
        for below, one in getattr(command, "commands", {}).items():
            yield f"{name} {below}", one


@pytest.mark.parametrize("name", [name for name, _ in commands()])
@pytest.mark.parametrize("width", [80, 40])
def test_help_is_one_screen_and_ends_with_an_example(
    width: int, name: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    said = say(*name.split(), "--help")

    assert said.rstrip().rpartition("\n\n")[2].startswith(f"  Example: vaultplan {name}"[:width])
    assert all(len(line) <= width for line in said.splitlines())
    assert "--quiet" not in said
    if width == 80:
        assert len(said.splitlines()) <= 40


def test_help_without_a_command_groups_all_commands(say: Say) -> None:
    said = say()

    assert said == say("--help")
    for title, group in GROUPS.items():
        part = said.partition(f"\n{title}:\n")[2].partition("\n\n")[0]
        assert re.findall(r"^  (\w+) ", part, re.MULTILINE) == list(group)
    assert len(said.splitlines()) <= 50


# What is wrong


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("revew",), "there is no command revew; did you mean review?"),
        (("Stats",), "there is no command Stats; did you mean status?"),
        (("frobnicate",), "there is no command frobnicate; `vaultplan --help` lists them"),
        (("list", "contact", "--wher", "x"), "there is no option --wher; did you mean --where?"),
        (("show",), "`vaultplan show --help` tells how to write it"),
        (("next", "--limit", "many"), "`vaultplan next --help` tells how to write it"),
        (("plan", "nxt"), "`vaultplan plan --help` tells how to write it"),
        (("-C", "nowhere", "next"), "there is no such folder; name the vault's with -C FOLDER"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_use_is_one_line_that_says_what_to_do(
    args: Sequence[str], words: str, say: Say
) -> None:
    said = say(*args)

    assert said.startswith("vaultplan: ")
    assert said.count("\n") == 1
    assert words in said


def messages() -> Iterator[tuple[str, str]]:
    """The constant parts of every message that ends a run, and where it stands."""
    for path in sorted((PROJECT / "vaultplan").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("WrongUseError", "NoVaultError", "FewerNotesError")
                and node.args
            ):
                texts = [
                    one.value
                    for one in ast.walk(node.args[0])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str)
                ]
                names = [one.id for one in ast.walk(node.args[0]) if isinstance(one, ast.Name)]
                yield f"{path.name}:{node.lineno}", " ".join((*texts, *names))


def test_every_message_that_ends_a_run_says_what_to_do() -> None:
    found = dict(messages())
    without = {
        place: text
        for place, text in found.items()
        if not re.search(r"; |\bhint$|expected|\berror\b|^\n|there is nothing to take back", text)
    }

    assert len(found) > 40
    assert without == {}
