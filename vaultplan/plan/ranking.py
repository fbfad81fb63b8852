"""The order in which to do what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from vaultplan.kinds.contact import MENTORS, Contact
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person, Todo
from vaultplan.plan.vault import Vault
from vaultplan.rules.rank import Marks, Score, is_unanswered, score
from vaultplan.settings.follow import LogRules


@dataclass(frozen=True, slots=True)
class Ranked:
    """A step to do, and the score that gives it its place."""

    todo: Todo
    score: Score


def rank(
    people: Mapping[str, Person], goals: Sequence[GoalPlan], vault: Vault, today: date
) -> tuple[Ranked, ...]:
    """Every open, dated step that may be asked for, the most urgent first; ties by path."""
    open_goals = {goal.entry.path for goal in goals if goal.open}
    rules = vault.settings
    ranked = [
        Ranked(todo, score(todo.step, _marks(person, open_goals, vault), rules.next, today))
        for person in people.values()
        if person.tracked
        for todo in person.todos
        if todo.step.open and todo.step.due and todo.key not in _unanswered(person, rules.log)
    ]
    return tuple(
        sorted(ranked, key=lambda one: (-one.score.total, one.todo.path, one.todo.step.name))
    )


def _unanswered(person: Person, rules: LogRules) -> tuple[str, ...]:
    """The keys of the steps that a contact is not asked for, as nothing was answered."""

    def make() -> tuple[str, ...]:
        todos = (todo for todo in person.todos if todo.step.open)
        return tuple(todo.key for todo in todos if is_unanswered(person.case, todo.step, rules))

    return person.part("unanswered", make)


def _marks(person: Person, open_goals: set[str], vault: Vault) -> Marks:
    mentor, weak = person.part("marks", lambda: _own_marks(person.entry.item))
    named = vault.goals_named.get(person.path, ())
    return Marks(
        key=person.key, open_goals=len(open_goals.intersection(named)), mentor=mentor, weak=weak
    )


def _own_marks(contact: Contact) -> tuple[bool, bool]:
    return contact.mentor in MENTORS, contact.strength == "weak"


def rank_key_contacts(
    people: Mapping[str, Person], goals: Sequence[GoalPlan], vault: Vault
) -> tuple[Person, ...]:
    """The plan's key people in the order in which they matter to it.

    Who serves more open goals comes first, then mentors and who was asked to be one, weak ties,
    the person's own `priority` (numbers by size before words, none last); ties by path.
    """
    open_goals = {goal.entry.path for goal in goals if goal.open}

    def place(person: Person) -> tuple[object, ...]:
        marks = _marks(person, open_goals, vault)
        priority = _by_priority(person.entry.item.priority)
        return (-marks.open_goals, not marks.mentor, not marks.weak, priority, person.path)

    return tuple(sorted((one for one in people.values() if one.entry.item.key), key=place))


def _by_priority(text: str) -> tuple[bool, float, str]:
    number = float(text) if text.isascii() and text.isdigit() else inf
    return not text, number, text.casefold()
