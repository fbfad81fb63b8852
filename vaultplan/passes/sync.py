"""The product in one sentence: read → parse → plan → render → write."""

from collections import Counter
from collections.abc import Iterable

from vaultplan.disk.journal import Journal
from vaultplan.disk.places import present
from vaultplan.disk.settle import MENDED
from vaultplan.disk.state import save_seen
from vaultplan.kinds import KINDS, Kind
from vaultplan.passes.due import dues_of
from vaultplan.passes.following import Keeper, follow
from vaultplan.passes.outcome import FileChange, Outcome, work_out
from vaultplan.passes.reading import Place, Sight, guard, look
from vaultplan.passes.remembering import Watchful
from vaultplan.passes.report import Report
from vaultplan.passes.undisturbed import undisturbed
from vaultplan.passes.writing import RENDERED, write_feeds, write_notes
from vaultplan.problems import Problem

_TRIES = 3


@undisturbed()
def sync(place: Place, *, accept_fewer: bool = False, keeper: Keeper | None = None) -> Report:
    """One pass: over what changed since the last one, if that is known, else over the vault.

    If a note changes while the pass runs, everything is read again; a note that goes on changing
    is left alone, and what was ticked for it stays ticked.

    Raises:
        Stop: there is no vault, its settings are wrong, or most of its notes are gone.
    """
    keeper = keeper or Watchful(place)
    with Journal(place.state / "journal", place.now, RENDERED) as journal:
        problems = journal.recover(place.root)
        since = None if problems else keeper.since()
        written: list[str] = []
        report = follow(place, since, journal, keeper, written) if since else None
        return report or _look_at_all(
            place, journal, problems, keeper, written, accept_fewer=accept_fewer
        )


def _look_at_all(
    place: Place,
    journal: Journal,
    mended: tuple[Problem, ...],
    keeper: Keeper,
    written: list[str],
    *,
    accept_fewer: bool,
) -> Report:
    """A pass that reads every note; `mended` is what the journal has said of the last one."""
    torn = frozenset(problem.path for problem in mended if problem.rule not in MENDED)
    problems = list(mended)
    refusals: tuple[Problem, ...] = ()
    for attempt in range(_TRIES):
        sight = look(place)
        if not accept_fewer:
            guard(place, sight)
        last = attempt == _TRIES - 1
        # A note that changed meanwhile is written at once only if somebody waits for it.
        busy = {problem.path for problem in refusals if last or place.unattended}
        refused = torn | sight.held | busy
        outcome = work_out(sight, refused)
        found = write_notes(outcome, sight, journal, place, written)
        refusals = (*refusals, *found) if last else found
        if not found:
            break
    problems += refusals
    if not any(problem.path in outcome.first for problem in found):
        problems += write_feeds(outcome, place, written)
    problems += filter(None, [save_seen(place.state, sight.seen)])
    journal.prune()
    report = _report(sight, outcome, tuple(dict.fromkeys(written)), problems)
    certain = not problems and refused <= sight.held
    keeper.looked(sight, outcome, report, certain=certain)
    return report


@undisturbed()
def preview(place: Place, *, accept_fewer: bool = False) -> tuple[Report, dict[str, FileChange]]:
    """What a pass would do, and the old and new bytes of each file that it would write."""
    sight = look(place)
    if not accept_fewer:
        guard(place, sight)
    outcome = work_out(sight)
    changes = {
        path: FileChange(sight.before[path], after.encode())
        for path, after in sorted(outcome.notes.items())
        if sight.before[path] != after.encode()
    }
    for path, after in outcome.feeds.items():
        before = present(place.root, path)
        if before != after:
            changes[path] = FileChange(before or b"", after)
    return _report(sight, outcome, tuple(changes), ()), changes


def _report(
    sight: Sight, outcome: Outcome, written: tuple[str, ...], problems: Iterable[Problem]
) -> Report:
    plan = outcome.plan
    counts = Counter(entry.kind for entry in plan.vault.entries.values())
    filled = {path for path, facts in plan.vault.facts.items() if facts.blocks} | set(outcome.feeds)
    return Report(
        today=plan.today.isoformat(),
        read=dict(sorted(counts.items())),
        kinds=", ".join(
            f"{counts[kind.name]} {_named(kind, counts[kind.name])}"
            for kind in KINDS
            if kind.name in counts
        ),
        notes=len(sight.paths),
        written=written,
        filled=len(filled),
        unchanged=len(filled.difference(written)),
        kept=outcome.kept,
        problems=tuple(sorted({*outcome.problems, *problems})),
        due=dues_of(plan),
        tracked=plan.tracked,
    )


def _named(kind: Kind, count: int) -> str:
    return kind.name.replace("-", " ") if count == 1 else kind.plural
