"""Python's search for garbage is off while a pass runs, and on again in what goes on after it."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vaultplan.passes.undisturbed import undisturbed

ASK = """
import gc, sys
from {module} import {owner}
from vaultplan.__main__ import main
setattr({owner}, "{method}", lambda *_, **__: print(gc.isenabled()) or 0)
main()
"""


@pytest.fixture(autouse=True)
def searching_as_before() -> Iterator[None]:
    yield
    gc.enable()


@pytest.mark.parametrize("before", [True, False])
def test_after_a_pass_it_is_as_before_however_the_pass_ends(*, before: bool) -> None:
    if not before:
        gc.disable()

    @undisturbed()
    def failing() -> None:
        raise ZeroDivisionError(gc.isenabled())

    with pytest.raises(ZeroDivisionError, match="False"):
        failing()
    assert gc.isenabled() == before


@pytest.mark.parametrize(
    ("module", "owner", "method", "expected"),
    [
        ("vaultplan.cli", "cli", "main", "False"),
        ("vaultplan.watch.watcher", "Watcher", "run", "True"),
    ],
)
def test_a_command_does_without_but_for_the_one_that_goes_on(
    tmp_path: Path, module: str, owner: str, method: str, expected: str
) -> None:
    (tmp_path / "vaultplan.toml").touch()
    asked = ASK.format(module=module, owner=owner, method=method)
    argv = [sys.executable, "-c", asked, "-C", str(tmp_path), "watch"]
    told = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == expected
