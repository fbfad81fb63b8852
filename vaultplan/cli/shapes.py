"""What follows from the notes as the JSON that scripts read; keys are only ever added."""

from datetime import date

from vaultplan.cli.telling import SCHEMA, Json, due_shape, problem_shape, problems_shape
from vaultplan.kinds.assessment import DIMENSIONS
from vaultplan.passes.due import due_of
from vaultplan.passes.starting import Start
from vaultplan.plan import Plan
from vaultplan.plan.evidence import evidence_of
from vaultplan.plan.goals import GoalPlan, ObjectivePlan
from vaultplan.plan.lookback import assessments_of
from vaultplan.plan.people import Person, Todo
from vaultplan.plan.records import Record, plain, record_of
from vaultplan.rules.evidence import Figure
from vaultplan.rules.steps import State

__all__ = [
    "SCHEMA",
    "Json",
    "problem_shape",
    "problems_shape",
]


def envelope(plan: Plan, /, **values: object) -> Json:
    """What every answer has: the schema's number and the day it is about."""
    return {"schema": SCHEMA, "today": plan.today.isoformat(), **values}


def step_shape(todo: Todo, plan: Plan) -> Json:
    """One step; `uid` is that of its event in the feed, null in a vault without an id."""
    return due_shape(due_of(todo, plan))


def record_shape(record: Record) -> Json:
    """One entry."""
    return {
        "path": record.path,
        "type": record.type,
        "name": record.name,
        "fields": dict(record.fields),
        "derived": dict(record.derived),
    }


def person_shape(person: Person, plan: Plan) -> Json:
    """Everything about one contact."""
    touches = [touch for touch in plan.vault.touches if touch.person == person.path]
    return envelope(
        plan,
        **record_shape(record_of(person.entry, plan)),
        steps=[step_shape(todo, plan) for todo in person.todos],
        log=[
            {
                "date": touch.day.isoformat(),
                "kind": touch.kind or None,
                "text": touch.text,
                "source": str(touch.sources[0]),
            }
            for touch in touches
        ],
    )


def begun_shape(begun: Start, today: date) -> Json:
    """What was written to make a folder a vault; folders end with `/`."""
    return {
        "schema": SCHEMA,
        "today": today.isoformat(),
        "written": list(begun.made),
        "left_out": list(begun.taken),
        "by_hand": list(begun.by_hand),
    }


def goal_shape(goal: GoalPlan) -> Json:
    """A goal as it stands."""
    return {
        "path": goal.entry.path,
        "name": goal.entry.name,
        "plan": goal.plan or None,
        "target": plain(goal.entry.item.target),
        "actual": plain(goal.actual),
        "state": goal.pace.stand.value if goal.pace else None,
        "expected": round(goal.pace.expected, 2) if goal.pace else None,
        "per_week": round(goal.pace.per_week, 2) if goal.pace else None,
        "start": plain(goal.start),
        "due": plain(goal.due),
        "evidence": [str(source) for source in goal.evidence],
    }


def objective_shape(one: ObjectivePlan) -> Json:
    """An objective as it stands."""
    return {
        "measure": one.objective.measure,
        "target": plain(one.target),
        "actual": one.actual,
        "state": one.pace.stand.value,
        "expected": round(one.pace.expected, 2),
        "evidence": [str(source) for source in one.evidence],
    }


def assessment_shape(plan: Plan) -> Json:
    """The latest self-assessment (null values without one) beside what the notes show."""
    entries = assessments_of(plan.vault, plan.today)
    latest = entries[-1] if entries else None
    return {
        "path": latest.path if latest else None,
        "date": plain(latest.item.date) if latest else None,
        "challenge": plain(latest.item.challenge) if latest else None,
        "ratings": {name: getattr(latest.item, name) if latest else None for name in DIMENSIONS},
        "evidence": {
            dimension.name: {figure.name: figure_shape(figure) for figure in dimension.figures}
            for dimension in evidence_of(plan)
        },
    }


def figure_shape(figure: Figure) -> Json:
    """One figure of the evidence; its value is null where there is not enough to say."""
    return {
        "value": None if figure.value is None else plain(round(figure.value, 4)),
        "form": figure.form.value,
        "counts": dict(figure.counts),
        "sources": [str(source) for source in figure.sources],
    }


def status_shape(plan: Plan) -> Json:
    """The plan at a glance."""
    states = [todo.step.state for todo in plan.todos]
    cycle = plan.cycle
    return envelope(
        plan,
        plan={
            "path": cycle.path,
            "name": plan.current.name if plan.current else None,
            "start": cycle.start.isoformat(),
            "end": cycle.end.isoformat(),
            "checkpoints": [day.isoformat() for day in cycle.checkpoints],
        }
        if cycle
        else None,
        goals=[goal_shape(goal) for goal in plan.goals],
        objectives=[objective_shape(one) for one in plan.objectives],
        steps={state.value: states.count(state) for state in State},
        assessment=assessment_shape(plan),
    )
