"""The product in one sentence: read → parse → plan → render → write."""

from collections import Counter
from collections.abc import Iterable, Iterator

from vaultplan.disk.journal import Journal
from vaultplan.disk.places import present
from vaultplan.disk.settle import MENDED
from vaultplan.disk.state import save_seen
from vaultplan.disk.write import replace_file
from vaultplan.kinds import KINDS, Kind
from vaultplan.passes.outcome import FileChange, Outcome, work_out
from vaultplan.passes.reading import Place, Sight, guard, look
from vaultplan.passes.remembering import Watchful
from vaultplan.passes.report import Due, Reason, Report
from vaultplan.passes.undisturbed import undisturbed
from vaultplan.plan import Plan
from vaultplan.plan.calendar import identity
from vaultplan.plan.people import Todo
from vaultplan.problems import Problem
from vaultplan.rules.steps import State
from vaultplan.rules.uids import uid_of

TICK, RENDERED = "tick", "sync"
"""What the journal calls the two kinds of changes of a pass: what was ticked, and what follows."""
_TRIES = 3


@undisturbed()
def sync(place: Place, *, accept_fewer: bool = False) -> Report:
    """One pass over the vault.

    If a note changes while the pass runs, everything is read again; a note that goes on changing
    is left alone, and what was ticked for it stays ticked.

    Raises:
        Stop: there is no vault, its settings are wrong, or most of its notes are gone.
    """
    watchful = None if place.unattended else Watchful(place)
    with Journal(place.state / "journal", place.now, RENDERED) as journal:
        problems = list(journal.recover(place.root))
        torn = frozenset(problem.path for problem in problems if problem.rule not in MENDED)
        written: list[str] = []
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
            found = _write_notes(outcome, sight, journal, place, written)
            refusals = (*refusals, *found) if last else found
            if not found:
                break
        problems += refusals
        if not any(problem.path in outcome.first for problem in found):
            problems += _write_feeds(outcome, place, written)
        problems += filter(None, [save_seen(place.state, sight.seen)])
        journal.prune()
    if place.unattended:
        place.unattended.learn(sight, outcome.notes, outcome.waiting)
    report = _report(sight, outcome, tuple(dict.fromkeys(written)), problems)
    if watchful and not problems and not refused:
        watchful.remember(sight, outcome, report)
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


def _write_notes(
    outcome: Outcome, sight: Sight, journal: Journal, place: Place, written: list[str]
) -> tuple[Problem, ...]:
    """Write the notes that differ; a log line that cannot be written stops the blocks.

    They would otherwise show as done what is not written down anywhere.
    """
    problems: list[Problem] = []
    now = dict(sight.before)
    for texts, label in ((outcome.first, TICK), (outcome.notes, RENDERED)):
        for path in sorted(texts) if not problems else ():
            after = texts[path].encode()
            keys = outcome.ticked.get(path, ()) if label == TICK else ()
            problem = journal.write_note(
                place.root, sight.raw[path], now[path], after, label=label, keys=keys
            )
            if problem:
                problems.append(problem)
            elif now[path] != after:
                written.append(path)
                now[path] = after
    return tuple(problems)


def _write_feeds(outcome: Outcome, place: Place, written: list[str]) -> Iterator[Problem]:
    for path, data in outcome.feeds.items():
        result = replace_file(place.feeds, path, data)
        if isinstance(result, Problem):
            yield result
        elif result:
            written.append(path)


def _report(
    sight: Sight, outcome: Outcome, written: tuple[str, ...], problems: Iterable[Problem]
) -> Report:
    plan = outcome.plan
    counts = Counter(entry.kind for entry in plan.vault.entries.values())
    filled = {path for path, facts in plan.vault.facts.items() if facts.blocks}
    states = (State.DUE, State.OVERDUE)
    due = [todo for todo in plan.todos if todo.step.state in states and not todo.step.provisional]
    due.sort(key=lambda todo: (todo.step.due, todo.path, todo.step.name))
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
        unchanged=len((filled | set(outcome.feeds)) - set(written)),
        kept=outcome.kept,
        problems=tuple(sorted({*outcome.problems, *problems})),
        due=tuple(due_of(todo, plan) for todo in due),
        tracked=plan.tracked,
    )


def due_of(todo: Todo, plan: Plan) -> Due:
    """A step as scripts read it."""
    step, vault_id = todo.step, plan.vault.settings.vault_id
    named = identity(plan.people[todo.path], todo)
    return Due(
        uid=uid_of(vault_id, "VEVENT", named) if vault_id else None,
        path=todo.path,
        person=todo.person,
        step=step.name,
        title=step.rule.said(todo.person),
        due=step.due.isoformat() if step.due else None,
        state=step.state.value,
        provisional=step.provisional,
        why=tuple(Reason(one.rule, one.value, one.source or None) for one in step.why),
    )


def _named(kind: Kind, count: int) -> str:
    return kind.name.replace("-", " ") if count == 1 else kind.plural
