"""`vaultplan set`: one property on many notes."""

import click

from vaultplan.cli.changes import changing, diff_of
from vaultplan.cli.door import Door
from vaultplan.cli.kind import kind_called
from vaultplan.cli.new import pair
from vaultplan.cli.offering import kinds
from vaultplan.cli.opening import place_of
from vaultplan.cli.printing import echo_exact, echo_json, say
from vaultplan.cli.shapes import envelope
from vaultplan.kinds.kind import Kind
from vaultplan.passes.setting import Changed, Wish, set_fields
from vaultplan.problems import WrongUseError

_SHOWN = 10


@click.command("set", short_help="One property on many notes.")
@click.argument("kind", shell_complete=kinds)
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@click.option("--where", multiple=True, metavar="EXPR", help="Only what fits; several are AND.")
@click.option("--all", "every", is_flag=True, help="All notes of the kind.")
@changing
@click.pass_obj
def command(  # noqa: PLR0913  (one for each option)
    door: Door,
    kind: str,
    *,
    values: tuple[str, ...],
    where: tuple[str, ...],
    every: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Set properties of all notes of a KIND that fit; nothing else in them changes.

    EXPR is as in `vaultplan list`, KEY=VALUE as in `vaultplan new`; `KEY=` empties a property. A
    note that says so already is not written. If one note cannot take a value, none is written.

    Example: vaultplan set contact --where "organisation = Acme" cadence="6 months"
    """
    chosen, pairs = kind_called(kind), tuple(pair(value) for value in values)
    if bool(where) == every:
        raise WrongUseError(
            "--where and --all exclude each other; leave one out"
            if every
            else f"say which with --where EXPR; --all means all {chosen.plural}"
        )
    changed = set_fields(place_of(door), Wish(chosen, where, pairs), dry_run=dry_run)
    if as_json:
        _as_json(changed, dry_run=dry_run)
    else:
        _print(door, chosen, changed, dry_run=dry_run)
    return 0


def _print(door: Door, kind: Kind, changed: Changed, *, dry_run: bool) -> None:
    paths = sorted(changed.done.changes)
    for path in paths if dry_run else ():
        echo_exact(diff_of(path, changed.done.changes[path]))
    for line in changed.said if changed.fitting else ():
        say(door, line)
    say(door, _count(kind, len(changed.fitting), len(paths), dry_run=dry_run))
    if dry_run:
        return
    for path in paths[:_SHOWN]:
        say(door, f"  {path}")
    if len(paths) > _SHOWN:
        say(door, f"  … and {len(paths) - _SHOWN} more")


def _count(kind: Kind, fitting: int, changed: int, *, dry_run: bool) -> str:
    if not fitting:
        return f"No {kind.plural} fit"
    fit = f"{fitting} {kind.plural} fit" if fitting > 1 else "1 note fits"
    if not changed:
        return f"{fit}, none to change: {'they say' if fitting > 1 else 'it says'} so already"
    return f"{fit}, {changed} {'would change' if dry_run else 'changed'}"


def _as_json(changed: Changed, *, dry_run: bool) -> None:
    changes = sorted(changed.done.changes.items())
    echo_json(
        envelope(
            changed.done.plan,
            fitting=list(changed.fitting),
            written=[] if dry_run else [path for path, _ in changes],
            dry_run=dry_run,
            changes={path: diff_of(path, each) for path, each in changes},
            said=list(changed.said) if changed.fitting else [],
        )
    )
