"""A note made by a command, and the words about it."""

import difflib
from collections.abc import Callable

import click

from vaultplan.cli.door import Door
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import echo_exact, echo_json, say
from vaultplan.cli.shapes import SCHEMA
from vaultplan.passes.making import Draft, make
from vaultplan.passes.reading import Sight


def make_note(
    door: Door,
    draft_of: Callable[[Sight], Draft],
    then: str,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make a note as drafted, and say where it is; `then` is what the person may do with it."""
    days = []

    def draft(sight: Sight) -> Draft:
        days.append(sight.today)
        return draft_of(sight)

    label = " ".join(click.get_current_context().command_path.split()[1:])
    made = make(place_of(door), label, draft, dry_run=dry_run)
    if as_json:
        written = [made.path] if made.text and not dry_run else []
        echo_json(
            {
                "schema": SCHEMA,
                "today": days[0].isoformat(),
                "path": made.path,
                "written": written,
                "text": made.text or None,
            }
        )
    elif not made.text:
        say(door, f"Nothing to write, it is there already: {made.path}")
    elif dry_run:
        echo_exact(diff_of_new(made.path, made.text))
    else:
        say(door, f"Wrote {made.path}")
        say(door, f"Next: {then}")
    return 0


def diff_of_new(path: str, text: str) -> str:
    """A note that is not there yet as a unified diff."""
    lines = text.splitlines()
    return "\n".join(difflib.unified_diff([], lines, "/dev/null", f"b/{path}", lineterm=""))
