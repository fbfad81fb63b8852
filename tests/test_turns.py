"""Nothing turns before its day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vaultplan.days import Span
from vaultplan.rules.cadence import Cadence
from vaultplan.rules.steps import Case, Dated, State, Step, Window, chain
from vaultplan.rules.touches import Source, Touch
from vaultplan.rules.turns import next_turn
from vaultplan.settings import read_settings

TODAY = date(2026, 11, 20)
RULES = read_settings(b"").steps
DAYS = st.integers(-120, 60).map(lambda days: TODAY + timedelta(days=days))
DATED = st.none() | DAYS.map(lambda day: Dated(day, "Ada.md:2"))


def touch(day: date, kind: str) -> Touch:
    return Touch(day, kind, "Ada.md", (Source("Ada.md", 9),))


TOUCHES = st.lists(
    st.builds(touch, DAYS.filter(lambda day: day <= TODAY), st.sampled_from(["met", "thank-you"]))
).map(lambda touches: tuple(sorted(touches)))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    touches = draw(TOUCHES)
    start = draw(DAYS)
    window = Window(start, start + timedelta(days=draw(st.integers(0, 90))), 14, "Plan.md:2", "")
    connecting = next((one for one in touches if one.kind == "met"), None)
    return Case(
        touches=touches,
        connection=connecting,
        planned=draw(DATED),
        window=draw(st.sampled_from([None, window])),
        key=draw(st.sampled_from([True, False])),
        cadence=Cadence(draw(st.sampled_from([None, Span(months=1), Span(days=9)])), "cadence"),
        cadence_source="",
        follow_up=draw(DATED),
        snooze=draw(DATED),
    )


@given(cases(), st.integers(1, 300))
def test_until_its_next_turn_a_chain_stands_as_it_does_today(case: Case, later: int) -> None:
    steps = chain(case, RULES, TODAY)
    turn = next_turn(case, steps, TODAY) or date.max
    day = min(TODAY + timedelta(days=later), turn - timedelta(days=1))

    assert chain(case, RULES, day) == steps


def test_a_step_that_is_due_turns_the_day_after() -> None:
    touches = (touch(TODAY - timedelta(days=30), "met"),)
    case = Case(
        touches=touches,
        connection=touches[0],
        planned=None,
        window=None,
        key=False,
        cadence=Cadence(Span(days=30), "cadence"),
        cadence_source="",
        follow_up=None,
        snooze=None,
    )
    steps = chain(case, RULES, TODAY)

    due = [step for step in steps if step.state is State.DUE]
    assert [step.name for step in due] == ["check-in"]
    assert next_turn(case, steps, TODAY) == TODAY + timedelta(days=1)
    assert isinstance(steps[0], Step)
