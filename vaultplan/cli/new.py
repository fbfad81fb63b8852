"""`vaultplan new`: a note of a kind from its template."""

import secrets

import click

from vaultplan.cli.door import Door
from vaultplan.cli.kind import kind_called
from vaultplan.cli.making import diff_of_new
from vaultplan.cli.offering import kinds
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import echo_exact, echo_json, say
from vaultplan.cli.shapes import envelope, record_shape
from vaultplan.passes.creating import draft
from vaultplan.passes.making import write_new
from vaultplan.plan.records import record_of
from vaultplan.problems import WrongUseError


@click.command("new", short_help="Make a note of a kind from its template.")
@click.argument("kind", shell_complete=kinds)
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--dry-run", is_flag=True, help="Write nothing; print the note as a diff.")
@click.option("--json", "as_json", is_flag=True, help="Print the new record as JSON.")
@click.pass_obj
def command(
    door: Door, kind: str, name: str, *, values: tuple[str, ...], dry_run: bool, as_json: bool
) -> int:
    """Make a note of a KIND, such as contact or goal, called NAME.

    It is made from your own template of that kind, if there is one in the templates folder, and
    goes where most notes of its kind are. Days may be words, links are the names of notes, and
    several are parted by commas.

    Example: vaultplan new contact "Ada Lovelace" organisation=Acme cadence="3 months"
    """
    chosen, wanted = kind_called(kind), [pair(value) for value in values]
    place = place_of(door)
    created = draft(place, chosen, name, wanted, secrets.choice)
    if not dry_run:
        write_new(place, "new", created.path, created.text, created.raw)
    if as_json:
        record = record_shape(record_of(created.entry, created.plan))
        said = list(created.said)
        written = [] if dry_run else [created.path]
        echo_json(envelope(created.plan, **record, written=written, said=said))
        return 0
    if dry_run:
        echo_exact(diff_of_new(created.path, created.text))
    else:
        say(door, f"Wrote {created.path}")
    for line in created.said:
        say(door, line)
    if not dry_run:
        say(door, "Next: open it, fill in what you know, then run `vaultplan sync`")
    return 0


def pair(word: str) -> tuple[str, str]:
    """A key and its value from `KEY=VALUE`.

    Raises:
        WrongUseError: it is not written so.
    """
    key, sign, value = word.partition("=")
    if not sign or not key.strip():
        raise WrongUseError(f"“{word}” is no KEY=VALUE; put a name of several words in quotes")
    return key.strip(), value
