"""Who comes first among what is due."""

from dataclasses import dataclass
from datetime import date

from vaultplan.rules.steps import Case, Step
from vaultplan.rules.touches import Touch
from vaultplan.settings.follow import LogRules, NextRules

UNANSWERED = 3
ANSWERS = frozenset({"reply", "received", "feedback"})


@dataclass(frozen=True, slots=True)
class Marks:
    """What raises a contact's rank."""

    key: bool
    open_goals: int
    mentor: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class Score:
    """A rank as the sum of its parts, each with its name."""

    parts: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        """The sum of the parts."""
        return sum(value for _, value in self.parts)


def score(step: Step, marks: Marks, rules: NextRules, today: date) -> Score:
    """Days overdue, at least one, by the step's own length; then what the contact adds."""
    late = max((today - step.due).days, 1) if step.due else 1
    parts = [("overdue", round(late / step.interval, 3))]
    if marks.key:
        parts.append(("key", rules.key))
    if marks.open_goals:
        parts.append(("goals", rules.goals))
    if marks.mentor:
        parts.append(("mentor", rules.mentor))
    if marks.weak:
        parts.append(("weak", rules.weak))
    return Score(tuple(parts))


def is_unanswered(case: Case, step: Step, rules: LogRules) -> bool:
    """Whether a check-in would go to someone who left our last three contacts unanswered.

    An answer is a later line that says so, or any connecting one; a line without a kind may tell
    of one. A day the person chose by hand (`follow_up`) is asked for all the same.
    """
    if step.rule.once or any(reason.rule == "follow_up" for reason in step.why):
        return False
    last = case.touches[-UNANSWERED:]
    return len(last) == UNANSWERED and not any(_answers(touch, rules) for touch in last)


def _answers(touch: Touch, rules: LogRules) -> bool:
    return not touch.kind or touch.kind in ANSWERS or touch.kind in rules.connection
