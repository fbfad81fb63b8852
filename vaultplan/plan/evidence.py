"""What the notes of the last 90 days show of each dimension of the self-assessment."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from vaultplan.days import days_after, shift
from vaultplan.kinds.assessment import DIMENSIONS
from vaultplan.plan import Plan
from vaultplan.plan.dated import inside
from vaultplan.plan.naming import spelled_alike
from vaultplan.plan.people import Person
from vaultplan.rules.evidence import Dimension, Figure, Form, evenness, middle, rate, share
from vaultplan.rules.measures import Facts
from vaultplan.rules.measures.people import NEW_PEOPLE
from vaultplan.rules.touches import Source, Touch
from vaultplan.settings.follow import THANK

WINDOW_DAYS = 90


def evidence_of(plan: Plan) -> tuple[Dimension, ...]:
    """The figures of every dimension; what they count are the last 90 days, today included."""
    return tuple(Dimension(name, tuple(_FIGURES[name](plan))) for name in DIMENSIONS)


def _touches(plan: Plan, until: date) -> list[Touch]:
    """What happened with people in the 90 days up to a day."""
    start = days_after(until, 1 - WINDOW_DAYS)
    return [touch for touch in inside(plan.vault.touches, start, until) if touch.person]


def _contacts(plan: Plan, until: date) -> list[Touch]:
    kinds = plan.vault.settings.log.contacts
    return [touch for touch in _touches(plan, until) if touch.kind in kinds]


def _diversity(plan: Plan) -> Iterator[Figure]:
    """How the tracked contacts spread over fields, levels and places."""
    tracked = [person for person in plan.people.values() if person.tracked]
    yield _spread("industry", tracked, "industry")
    yield _spread("role/seniority", tracked, "seniority", "role")
    yield _spread("organisation", tracked, "organisation")
    ties = [person for person in tracked if person.entry.item.strength]
    weak = sum(person.entry.item.strength == "weak" for person in ties)
    counts = (("weak", weak), ("strong", len(ties) - weak))
    yield _share("weak ties", counts, (_place(person, "strength") for person in ties))


def _spread(name: str, people: Iterable[Person], *fields: str) -> Figure:
    """How evenly people spread over what the first filled one of some fields says.

    Words are compared without case; the first spelling, by path, is the one shown.
    """
    filled = [
        (person, field)
        for person in people
        for field in [next((one for one in fields if getattr(person.entry.item, one)), "")]
        if field
    ]
    words = (getattr(person.entry.item, field) for person, field in filled)
    counts = _ordered(Counter(spelled_alike(words)))
    value = evenness([number for _, number in counts])
    sources = sorted({_place(person, field) for person, field in filled})
    return Figure(name, value, Form.EVENNESS, counts, tuple(sources))


def _reciprocity(plan: Plan) -> Iterator[Figure]:
    """What was given and taken, and who was asked before anything was given."""
    rules, touches = plan.vault.settings.log, _touches(plan, plan.today)
    given = [touch for touch in touches if touch.kind in rules.gave]
    received = [touch for touch in touches if touch.kind in rules.received]
    asked = [touch for touch in touches if touch.kind in rules.asked]
    named = (("given", given), ("received", received), ("asked", asked))
    for name, those in named:
        kinds = _ordered(Counter(touch.kind for touch in those))
        yield Figure(name, len(those), Form.NUMBER, kinds, _lines(those))
    counts = tuple((name, len(those)) for name, those in named)
    yield _share("share given", counts, _lines((*given, *received, *asked)))
    yield _asked_first(plan, asked)


def _asked_first(plan: Plan, asked: Iterable[Touch]) -> Figure:
    """Whom something was asked of before anything had ever been given; the same day is in time."""
    first: dict[str, date] = {}
    for touch in plan.vault.touches:
        if touch.kind in plan.vault.settings.log.gave:
            first.setdefault(touch.person, touch.day)
    asked = list(asked)
    early = [touch for touch in asked if first.get(touch.person, date.max) > touch.day]
    people = {touch.person for touch in early}
    others = {touch.person for touch in asked} - people
    counts = (("before giving", len(people)), ("after giving", len(others)))
    return Figure("people asked before giving", len(people), Form.NUMBER, counts, _lines(early))


def _maintenance(plan: Plan) -> Iterator[Figure]:
    """Whether contacts are kept up, and how soon a thank-you follows."""
    asked_for = [
        (person, person.case.cadence.span)
        for person in plan.people.values()
        if person.tracked and not person.silent
    ]
    known = [(person.last, span) for person, span in asked_for if person.last and span]
    within = sum(shift(last.day, span) >= plan.today for last, span in known)
    counts = (("within", within), ("longer ago", len(known) - within))
    yield _share("within cadence", counts, _lines(last for last, _ in known))
    new = [person for person, span in asked_for if span and not person.last]
    places = tuple(sorted(_place(person, person.tracked) for person in new))
    yield Figure("not yet contacted", len(new), Form.NUMBER, (), places)
    yield _thanked(plan)


def _thanked(plan: Plan) -> Figure:
    """The median of days from connection to thank-you, for the connections of the window."""
    start = days_after(plan.today, 1 - WINDOW_DAYS)
    pairs = [
        (person.case.connection, todo.step.done_by)
        for person in plan.people.values()
        for todo in person.todos
        if todo.step.name == THANK
    ]
    known = [(made, thanks) for made, thanks in pairs if made and thanks and made.day >= start]
    return Figure(
        "median to thank-you",
        middle([(thanks.day - made.day).days for made, thanks in known]),
        Form.DAYS,
        (("thank-yous", len(known)),),
        _lines(touch for pair in known for touch in pair),
    )


def _focus(plan: Plan) -> Iterator[Figure]:
    """How many of the contacts made are with people that open goals need."""
    open_goals = {goal.entry.path for goal in plan.goals if goal.open}
    served: dict[str, set[str]] = {}
    for person in plan.people.values():
        goals = plan.vault.find_all(person.entry.item.goals, person.path)
        served[person.path] = open_goals.intersection(goal.path for goal in goals)
    made = _contacts(plan, plan.today)
    serving = sum(bool(served[touch.person]) for touch in made)
    counts = (("for open goals", serving), ("others", len(made) - serving))
    yield _share("contacts for open goals", counts, _lines(made))
    reached = set().union(*(served[touch.person] for touch in made))
    left = open_goals - reached
    counts = (("without", len(left)), ("with", len(reached)))
    places = tuple(Source(path, 1) for path in sorted(left))
    yield Figure("open goals without a contact", len(left), Form.NUMBER, counts, places)


def _comfort(plan: Plan) -> Iterator[Figure]:
    """How many new people there are, now and in the 90 days before."""
    first, rules = plan.vault.first_days, plan.vault.settings.log
    for name, until in (
        ("new people", plan.today),
        ("new people before", days_after(plan.today, -WINDOW_DAYS)),
    ):
        made = _contacts(plan, until)
        new = NEW_PEOPLE.count(Facts(made, first, rules))
        value = rate(new.number, WINDOW_DAYS, len(made))
        counts = (("people", new.number), ("contacts", len(made)))
        yield Figure(name, value, Form.RATE, counts, tuple(sorted(set(new.evidence))))


_FIGURES = {
    "diversity": _diversity,
    "reciprocity": _reciprocity,
    "maintenance": _maintenance,
    "focus": _focus,
    "comfort": _comfort,
}


def _share(name: str, counts: Sequence[tuple[str, int]], sources: Iterable[Source]) -> Figure:
    """The first of some counts as a share of all of them."""
    value = share(counts[0][1], sum(number for _, number in counts))
    return Figure(name, value, Form.SHARE, tuple(counts), tuple(sorted(set(sources))))


def _ordered(numbers: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Categories with their numbers, the largest first, then by name."""
    return tuple(sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0].casefold(), pair[0])))


def _lines(touches: Iterable[Touch]) -> tuple[Source, ...]:
    return tuple(sorted({touch.sources[0] for touch in touches}))


def _place(person: Person, field: str) -> Source:
    return Source(person.path, person.entry.line(field))
