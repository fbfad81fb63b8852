"""A pass that follows what changed since the last one, and writes it."""

from typing import Protocol

from vaultplan.disk.journal import Journal
from vaultplan.passes.catching_up import Caught, catch_up
from vaultplan.passes.outcome import Outcome
from vaultplan.passes.reading import Place, Sight, obsidian_of, open_settings, style_of, today_of
from vaultplan.passes.report import Report
from vaultplan.passes.standing import GiveUpError, Habits, Since
from vaultplan.passes.writing import write_feeds, write_notes
from vaultplan.plan.facts import lexicon_of
from vaultplan.problems import Problem


class Keeper(Protocol):
    """Who knows from pass to pass how the vault stands: for one run in a file, or for many.

    `certain` tells whether everything was written as it is to be.
    """

    def since(self) -> Since | None:
        """How the vault stood, and what may have changed since, where that is known."""

    def looked(self, sight: Sight, outcome: Outcome, report: Report, *, certain: bool) -> None:
        """A pass has looked at all notes."""

    def followed(self, caught: Caught, report: Report, *, certain: bool) -> None:
        """A pass has followed what changed."""


def follow(
    place: Place, since: Since, journal: Journal, keeper: Keeper, written: list[str]
) -> Report | None:
    """Renew what follows from the notes that changed; None if a pass must look at them all.

    What was written is added to `written` even so.
    """
    settings, obsidian = open_settings(place.root), obsidian_of(place.root)
    lexicon = lexicon_of(settings, obsidian)
    habits = Habits(settings, lexicon, style_of(settings, obsidian), today_of(settings, place))
    try:
        caught = catch_up(place, habits, since.standing, since.changed)
    except GiveUpError:
        return None
    if write_notes(caught.outcome, caught.sight, journal, place, written):
        return None
    problems = tuple(write_feeds(caught.outcome, place, written))
    if habits.today != since.standing.today:
        journal.prune()
    report = _report(caught, tuple(written), problems)
    keeper.followed(caught, report, certain=not problems)
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
        unchanged=report.filled - sum(filled),
        problems=tuple(sorted({*report.problems, *problems})),
    )
