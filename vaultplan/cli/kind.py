"""The kind that a command is about, by its name, its plural or a common word for it."""

from vaultplan.kinds import KINDS
from vaultplan.kinds.kind import Kind
from vaultplan.problems import WrongUseError


def kind_called(word: str) -> Kind:
    """The kind of a name: `career-goal`, `career goals`.

    Raises:
        WrongUseError: there is none; the message lists the kinds.
    """
    wanted = word.casefold().replace("_", "-").replace(" ", "-")
    for kind in KINDS:
        if wanted in (kind.name, kind.plural.replace(" ", "-"), *kind.habits.types):
            return kind
    names = ", ".join(kind.name for kind in KINDS)
    raise WrongUseError(f"there is no kind “{word}”; the kinds are {names}")
