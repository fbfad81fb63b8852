"""A pass that follows what changed since the last one, and writes it."""

from typing import TYPE_CHECKING

from vaultplan.disk.journal import Journal
from vaultplan.passes.catching_up import Caught, catch_up
from vaultplan.passes.hand import GiveUpError, Habits
from vaultplan.passes.reading import Place, obsidian_of, open_settings, style_of, today_of
from vaultplan.passes.report import Report
from vaultplan.passes.standing import Since
from vaultplan.passes.writing import write_feeds, write_notes
from vaultplan.plan.facts import lexicon_of
from vaultplan.problems import Problem

if TYPE_CHECKING:
    from vaultplan.passes.remembering import Watchful


def follow(
    place: Place, since: Since, journal: Journal, watchful: "Watchful | None"
) -> Report | None:
    """Renew what follows from the notes that changed; None if a pass must look at them all."""
    settings, obsidian = open_settings(place.root), obsidian_of(place.root)
    lexicon = lexicon_of(settings, obsidian)
    habits = Habits(settings, lexicon, style_of(settings, obsidian), today_of(settings, place))
    try:
        caught = catch_up(place, habits, since.standing, since.changed)
    except GiveUpError:
        return None
    written: list[str] = []
    refused = write_notes(caught.outcome, caught.sight, journal, place, written)
    if refused:
        return None
    problems = tuple(write_feeds(caught.outcome, place, written))
    journal.prune()
    report = _report(caught, tuple(written), problems)
    if place.unattended:
        standing = caught.standing if not problems else None
        place.unattended.learn(caught.sight, caught.outcome, standing)
    elif watchful and not problems:
        watchful.renew(caught, report, since.changed)
    return report


def _report(caught: Caught, written: tuple[str, ...], problems: tuple[Problem, ...]) -> Report:
    standing, report = caught.standing, caught.report
    contacts = standing.contacts
    filled = (
        path in caught.outcome.feeds
        or path in standing.pages
        or (path in contacts and contacts[path].has_blocks)
        for path in written
    )
    return report._replace(
        written=written,
        unchanged=report.unchanged - sum(filled),
        problems=tuple(sorted({*report.problems, *problems})),
    )
