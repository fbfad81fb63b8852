"""What tests share: vaults written as one text.

Each file of a vault stands below a line `--- path/in/the/vault`; the text may be indented as a
whole. Days are texts too: `plan_of(text, "2026-11-20")`.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import hypothesis
import pytest

from vaultplan.plan import Plan, make_plan
from vaultplan.plan.facts import lexicon_of, read_facts
from vaultplan.plan.vault import join
from vaultplan.settings import read_settings
from vaultplan.settings.obsidian import read_obsidian
from vaultplan.text.note import Note, read_note

_FILE = re.compile(r"^--- (\S.*)\n", re.MULTILINE)
SETTINGS = "vaultplan.toml"
FOR_EVER = 60

# The same examples in every run, so that what passed here passes there; HYPOTHESIS_PROFILE=search
# looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("search", deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def files_in(text: str) -> dict[str, bytes]:
    """The files of a vault by path, settings included, be they empty."""
    _, *parts = _FILE.split(dedent(text).lstrip("\n"))
    files = dict(zip(parts[::2], (part.encode() for part in parts[1::2]), strict=True))
    assert files, "no line `--- path` in this vault"
    return {SETTINGS: b"", **files}


def _plan_of(text: str, today: str) -> Plan:
    files = files_in(text)
    settings = read_settings(files[SETTINGS])
    lexicon = lexicon_of(settings, read_obsidian(files.get))
    paths = [path for path in files if path.endswith(".md")]
    notes = [read_note(path, files[path]) for path in paths]
    facts = [read_facts(note, lexicon) for note in notes if isinstance(note, Note)]
    day = date.fromisoformat(today)
    return make_plan(join(facts, paths, settings, day), day)


def _vault_at(folder: Path, text: str) -> Path:
    root = folder / "vault"
    for path, data in files_in(text).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def _steps_of(plan: Plan, name: str) -> str:
    person = next(one for one in plan.people.values() if one.name == name)
    lines = (
        f"{todo.step.name} {todo.step.state} {todo.step.due or '-'}"
        + (" provisional" if todo.step.provisional else "")
        for todo in person.todos
    )
    return "\n".join(lines)


@pytest.fixture(scope="session")
def plan_of() -> Callable[[str, str], Plan]:
    """`plan_of(text, "2026-11-20")`: what follows from a vault on a day; no disk, no clock."""
    return _plan_of


@pytest.fixture(scope="session")
def vault_at() -> Callable[[Path, str], Path]:
    """`vault_at(tmp_path, text)`: the vault as files in `tmp_path/vault`, which it gives."""
    return _vault_at


@pytest.fixture(scope="session")
def steps_of() -> Callable[[Plan, str], str]:
    """`steps_of(plan, "Ada")`: the steps of a contact, a line `name state due` for each."""
    return _steps_of


@pytest.fixture(autouse=True)
def _state_in_tmp_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULTPLAN_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def no_hang() -> Iterator[None]:
    """End a test that hangs, after a minute of processor time where a second is usual."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def hang(_number: int, _frame: object) -> None:
        pytest.fail("it hangs")

    before = signal.signal(signal.SIGVTALRM, hang)
    signal.setitimer(signal.ITIMER_VIRTUAL, FOR_EVER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
