"""Every answer in JSON is what its schema in `docs/schema` says, and the schemas are strict."""

import copy
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from vaultplan.__main__ import run
from vaultplan.kinds import KINDS
from vaultplan.kinds.assessment import DIMENSIONS
from vaultplan.kinds.contact import STATUS
from vaultplan.plan.records import DERIVED
from vaultplan.rules.evidence import Form
from vaultplan.rules.pace import Stand
from vaultplan.rules.steps import State

sys.path.insert(0, str(Path(__file__).parent))
import command_paper
from watching import Running

TESTS = Path(__file__).parent
VAULTS = {"sample": TESTS.parent / "sample-vault", "odd": TESTS / "odd-vault"}
SCHEMAS = {
    path.stem: json.loads(path.read_text("utf-8")) for path in command_paper.SCHEMAS.glob("*.json")
}
ANSWERS = sorted(name for name in SCHEMAS if "x-commands" in SCHEMAS[name])
COMMON = SCHEMAS["common"]["$defs"]
REGISTRY: Registry[Any] = Registry().with_resources(
    (f"{name}.json", Resource.from_contents(schema)) for name, schema in SCHEMAS.items()
)

# Each command line (of several, the last answers) on copies of both vaults, or of the one named.
LINES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("sync", "sample odd", ("sync",)),
    ("sync", "sample odd", ("sync --check",)),
    ("sync", "sample odd", ("sync --dry-run",)),
    ("watch", "sample odd", ("watch",)),
    ("next", "sample odd", ("next --limit 99 --until +1y",)),
    ("show", "sample", ("show priya",)),
    ("show", "odd", ("show Hostile",)),
    ("why", "sample", ("why priya",)),
    ("why", "odd", ("why Hostile",)),
    ("status", "sample odd", ("status",)),
    ("check", "sample odd", ("check",)),
    ("check-fix", "sample odd", ("check --fix --dry-run",)),
    ("check-fix", "sample odd", ("check --fix --yes",)),
    ("report", "sample odd", ("export report",)),
    ("new", "sample odd", ("new contact Zoe cadence=1w",)),
    ("new", "sample", ("new goal Talk target=3 --dry-run",)),
    ("made", "sample odd", ("assess --focus 3",)),
    ("made", "sample", ("review --checkpoint",)),
    ("made", "sample", ("plan next Winter --start 2027-01-04 --dry-run",)),
    ("changes", "sample", ("log priya amina -k coffee -m tea",)),
    ("changes", "odd", ("log Hostile --on 2026-11-01",)),
    ("changes", "sample", ("done priya thank --dry-run",)),
    ("changes", "sample", ("snooze priya +2w",)),
    ("changes", "sample", ("pause priya",)),
    ("changes", "sample", ("pause priya", "pause priya")),
    ("set", "sample odd", ("set contact --where name~a priority=high",)),
    ("set", "sample", ("set contact --all priority= --dry-run",)),
    ("undo-list", "sample", ("undo --list",)),
    ("undo-list", "sample", ("log priya", "pause priya", "undo --list")),
    ("undo", "sample", ("log priya", "undo")),
    ("undo", "sample", ("log priya", "undo --dry-run")),
    ("init", "sample", ("init",)),
    *(("list", "sample odd", (f"list {kind.name}",)) for kind in KINDS),
)
CASES = [
    pytest.param(schema, vault, lines, id=f"{vault}: {lines[-1]}")
    for schema, vaults, lines in LINES
    for vault in vaults.split()
]


@cache
def validator(name: str) -> Draft202012Validator:
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(SCHEMAS[name], registry=REGISTRY, format_checker=checker)


def flaws(name: str, answer: object) -> list[str]:
    found = validator(name).iter_errors(answer)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.delenv("VAULTPLAN_VAULT", raising=False)
    return tmp_path / "vault"


def make(vault: str, at: Path) -> None:
    """A copy of a vault; the odd one has no plan, many problems, and here no `vault_id`."""
    shutil.copytree(VAULTS[vault], at)
    if vault == "odd":
        settings = at / "vaultplan.toml"
        lines = settings.read_text("utf-8").splitlines(keepends=True)
        settings.write_text("".join(line for line in lines if "vault_id" not in line), "utf-8")


def ask(at: Path, line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    """The exit code and the answer of a command line; for `init` the folder is an argument."""
    capsys.readouterr()
    if line == "watch":
        return first_pass(at)
    where = [line, str(at)] if line == "init" else ["-C", str(at), *line.split()]
    code = run([*where, "--json"])
    out = capsys.readouterr().out
    answer = json.loads(out)
    assert isinstance(answer, dict)
    return code, answer


def first_pass(at: Path) -> tuple[int, dict[str, Any]]:
    """The same of `watch`, which answers until it is told to end."""
    running = Running(at, at.parent / "state")
    running.until(lambda: running.lines)
    return running.end(), running.lines[0]


def parts(value: object, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value in an answer with its place; of a list only the first."""
    yield place, value
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from parts(one, (*place, key))
    elif isinstance(value, list) and value:
        yield from parts(value[0], (*place, "0"))


def spoilt(answer: Any, place: tuple[str, ...], *, gone: bool) -> Any:
    """An answer without the value in a place, or with something there that is never right."""
    changed = copy.deepcopy(answer)
    inside = changed
    for key in place[:-1]:
        inside = inside[0] if isinstance(inside, list) else inside[key]
    if isinstance(inside, list):
        inside[0] = {"wrong": True}
    elif gone:
        del inside[place[-1]]
    else:
        inside[place[-1]] = {"wrong": True}
    return changed


def is_free(place: tuple[str, ...]) -> bool:
    """Whether a key in this place is a word of the notes, such as a path, and may be missing."""
    return place[-2:-1] in (("read",), ("changes",), ("score_parts",), ("counts",)) or (
        len(place) == 4 and place[1] == "evidence"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@pytest.mark.parametrize(("schema", "vault", "lines"), CASES)
def test_an_answer_is_as_its_schema_says(
    schema: str, vault: str, lines: tuple[str, ...], at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(vault, at)

    for line in lines:
        code, answer = ask(at, line, capsys)

    assert flaws(schema, answer) == []
    path = max((one for one in TOLD if lines[-1].startswith(one)), key=len)
    assert code in command_paper.exits(TOLD[path])


TOLD = {one.path: one for one in command_paper.told()}


@pytest.mark.parametrize(
    ("line", "code"), [("show nobody", 2), ("show sam", 3), ("list horse", 2), ("log sam", 3)]
)
def test_an_error_leaves_standard_output_empty_and_is_one_of_the_documented(
    line: str, code: int, at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make("sample", at)

    assert run(["-C", str(at), *line.split(), "--json"]) == code

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("vaultplan: ")
    assert code in command_paper.exits(TOLD[line.partition(" ")[0]])


def test_every_command_with_json_and_every_schema_is_tried() -> None:
    tried = {lines[-1] for _, _, lines in LINES}
    wanted = {path for path, one in TOLD.items() if one.has("--json")}

    assert {path for path in wanted if not any(line.startswith(path) for line in tried)} == set()
    assert {schema for schema, _, _ in LINES} == set(ANSWERS)


@pytest.mark.parametrize("schema", ANSWERS)
def test_a_schema_refuses_a_missing_key_and_a_wrong_type_anywhere_and_a_key_too_many(
    schema: str, at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vault, lines = next(
        (vaults.split()[-1], lines)
        for name, vaults, lines in reversed(LINES)
        if name == schema and (schema != "list" or lines == ("list contact",))
    )
    make(vault, at)
    for line in lines:
        _, answer = ask(at, line, capsys)
    # The first of each list says enough, and makes the many answers that follow quick to read.
    for place, value in list(parts(answer)):
        if isinstance(value, list) and place:
            del value[1:]

    assert flaws(schema, answer) == []
    assert flaws(schema, {**answer, "more": 1}), "a key too many"
    for place, _ in list(parts(answer))[1:]:
        assert flaws(schema, spoilt(answer, place, gone=False)), f"wrong type: {place}"
        if place[-1] != "0" and not is_free(place):
            assert flaws(schema, spoilt(answer, place, gone=True)), f"missing: {place}"


def test_steps_and_problems_refuse_a_key_too_many(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make("odd", at)
    _, answer = ask(at, "sync --check", capsys)

    for key in ("problems", "due", "kept"):
        more = copy.deepcopy(answer)
        more[key][0]["more"] = 1
        assert flaws("sync", more), key
    assert {step["uid"] for step in answer["due"]} == {None}


def test_the_words_that_a_key_may_say_are_those_of_the_program() -> None:
    step, contact, goal = (COMMON[name]["properties"] for name in ("step", "contact", "goal"))
    status = SCHEMAS["status"]["properties"]

    assert step["state"]["enum"] == [state.value for state in State]
    assert status["steps"]["required"] == [state.value for state in State]
    assert COMMON["stand"]["enum"] == [stand.value for stand in Stand]
    assert COMMON["stand_or_null"]["enum"] == [*COMMON["stand"]["enum"], None]
    assert COMMON["figure"]["properties"]["form"]["enum"] == [form.value for form in Form]
    assert set(contact["status"]["enum"]) == set(STATUS.words.split(" · "))
    for key in ("ratings", "evidence"):
        assert status["assessment"]["properties"][key]["required"] == list(DIMENSIONS)
    assert {kind: tuple(COMMON[kind]["required"]) for kind in DERIVED} == dict(DERIVED)
    assert goal["state"] == {"$ref": "#/$defs/stand_or_null"}
