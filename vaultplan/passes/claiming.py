"""Which machine writes the notes of a vault unattended: the one that its settings name."""

import re
import tomllib

from vaultplan.disk.read import read_small
from vaultplan.disk.write import replace_file
from vaultplan.passes.reading import Place, open_settings
from vaultplan.problems import NotWrittenError, Problem, WrongUseError
from vaultplan.settings.table import FILE
from vaultplan.text.edits import newline_of

_WRITER = re.compile(r"""^([ \t]*writer[ \t]*=[ \t]*)("[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
_VAULT = re.compile(r"^vault_(?:name|id)[ \t]*=.*(?:\r?\n|\Z)", re.MULTILINE)


def is_writer(place: Place, machine: str, *, take_over: bool = False) -> bool:
    """Whether this machine writes the notes; claimed if none does yet, or if it is to take over.

    Raises:
        Stop: there is no vault, or its settings cannot be read or written.
    """
    writer = open_settings(place.root).writer
    if writer == machine:
        return True
    if writer and not take_over:
        return False
    before = read_small(place.root, FILE)
    after = with_writer(before, machine) if isinstance(before, bytes) else None
    if after is None:
        raise WrongUseError(f'{FILE}: writer cannot be put in; write writer = "{machine}" by hand')
    written = replace_file(place.root, FILE, after)
    if isinstance(written, Problem):
        raise NotWrittenError(written)
    return True


def with_writer(data: bytes, machine: str) -> bytes | None:
    """Settings with another `writer`, every other byte as it was; None if it cannot be put in."""
    text = data.decode("utf-8")
    mark = text[: int(text.startswith("\ufeff"))]
    text = text[len(mark) :]
    newline = newline_of(text)
    tries = [_WRITER.sub(lambda one: f'{one[1]}"{machine}"', text, count=1)]
    for at in [*(one.end() for one in reversed(list(_VAULT.finditer(text)))), 0]:
        before = text[:at] if at == 0 or text[:at].endswith("\n") else text[:at] + newline
        tries.append(f'{before}writer = "{machine}"{newline}{text[at:]}')
    wanted = {**tomllib.loads(text), "writer": machine}
    return next((f"{mark}{one}".encode() for one in tries if _means(one, wanted)), None)


def _means(text: str, wanted: dict[str, object]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except ValueError:
        return False
