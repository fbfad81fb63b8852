"""Notes that a synchroniser made of others, told by what they say."""

from collections import Counter
from collections.abc import Mapping

from vaultplan.disk.copies import twin_of
from vaultplan.problems import Problem
from vaultplan.text.note import Note

_SAME = 0.9


def copies_among(notes: Mapping[str, Note]) -> tuple[Problem, ...]:
    """Notes such as `Anna 2.md` that a synchroniser made of another, by id or nearly all text."""
    problems = []
    for path, note in notes.items():
        twin = notes.get(twin_of(path) or "")
        if twin and _is_copy(note, twin):
            message = f"a copy of {twin.path} that a synchroniser made; it is left out"
            fix = "move what is new in it to the other note, then delete it"
            problems.append(Problem(path, 0, "conflict-copy", "warning", message, fix))
    return tuple(problems)


def _is_copy(note: Note, twin: Note) -> bool:
    ids = [
        {str(one.value) for one in each.front.properties if one.key.casefold() == "id"} - {"None"}
        for each in (note, twin)
    ]
    if ids[0] and ids[1]:
        return ids[0] == ids[1]
    # Words that both have, in whatever order: a note of many equal lines must not take hours.
    words = [Counter(each.text.split()) for each in (note, twin)]
    both = (words[0] & words[1]).total()
    return both > 0 and 2 * both >= _SAME * (words[0] + words[1]).total()
