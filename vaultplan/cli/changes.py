"""Changing notes of contacts by a command, and saying what was changed: in words, as diff, JSON."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.person import pick
from vaultplan.cli.printing import echo_exact, echo_json, say

if TYPE_CHECKING:
    from vaultplan.passes.change import Change
    from vaultplan.passes.changing import Done
    from vaultplan.passes.outcome import FileChange
    from vaultplan.passes.reading import Sight
    from vaultplan.plan import Plan
    from vaultplan.plan.people import Person

ChangesOf = Callable[["Person", "Plan"], Sequence["Change"]]
"""What a command wants changed in the note of one contact."""


def changing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that changes notes."""
    dry_run = click.option(
        "--dry-run", is_flag=True, help="Write nothing; print what would change as a diff."
    )
    as_json = click.option("--json", "as_json", is_flag=True, help="Print what changed as JSON.")
    return dry_run(as_json(command))


def change_people(
    door: Door, names: Sequence[str], changes_of: ChangesOf, *, dry_run: bool, as_json: bool
) -> int:
    """Find people by name, once, and change their notes; say what follows for each.

    Raises:
        Stop: a name fits nobody or several, or a note cannot be changed so.
    """
    from vaultplan.passes.changing import change  # noqa: PLC0415  (not for the Tab key)

    paths: dict[str, None] = {}

    def wanted(_: "Sight", plan: "Plan") -> "dict[str, Sequence[Change]]":
        if not paths:  # a person at the terminal is asked once, however often the vault is read
            paths.update((pick(name, plan).path, None) for name in names)
        return {path: changes_of(plan.people[path], plan) for path in paths}

    label = click.get_current_context().info_name or ""
    done = change(place_of(door), label, wanted, dry_run=dry_run)
    said = {path: what_follows(done.plan.people[path]) for path in paths}
    return tell(door, done, said, dry_run=dry_run, as_json=as_json)


def what_follows(person: "Person") -> str:
    """How somebody's follow-ups stand now."""
    last, coming = person.last, person.next
    due = f"next: {coming.step.name} due {coming.step.due}" if coming and coming.step.due else ""
    parts = [
        person.name,
        f"last contact {last.day} {last.kind}".rstrip() if last else "",
        f"not asked for ({person.silent})" if person.silent else due,
    ]
    return " · ".join(filter(None, parts))


def tell(door: Door, done: "Done", said: Mapping[str, str], *, dry_run: bool, as_json: bool) -> int:
    """Say what was changed: by note one line of words, or the diffs of what would be."""
    if as_json:
        from vaultplan.cli.shapes import envelope  # noqa: PLC0415  (not for the Tab key)

        written = [] if dry_run else sorted(done.changes)
        diffs = {path: diff_of(path, change) for path, change in sorted(done.changes.items())}
        echo_json(envelope(done.plan, written=written, dry_run=dry_run, changes=diffs))
        return 0
    if not done.changes:
        say(door, "Nothing to write, the notes say so already")
    for path, each in sorted(done.changes.items()):
        if dry_run:
            echo_exact(diff_of(path, each))
        else:
            say(door, said.get(path, path))
    return 0


def diff_of(path: str, change: "FileChange") -> str:
    """A unified diff of one file."""
    import difflib  # noqa: PLC0415  (only where it is asked for)

    before, after = (
        data.decode("utf-8", "replace").splitlines() for data in (change.before, change.after)
    )
    old = f"a/{path}" if change.before else "/dev/null"
    new = f"b/{path}" if change.after else "/dev/null"
    return "\n".join(difflib.unified_diff(before, after, old, new, lineterm=""))
