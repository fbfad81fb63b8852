"""What follows from the sample vault, against an expectation that was worked out by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vaultplan.cli.shapes import goal_shape, objective_shape
from vaultplan.plan import Plan
from vaultplan.plan.records import record_of

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "sample-vault"
EXPECTED = json.loads((HERE / "sample_expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def plan(plan_of: Callable[[str, str], Plan]) -> Plan:
    paths = [*SAMPLE.rglob("*.md"), SAMPLE / "vaultplan.toml"]
    texts = {
        path.relative_to(SAMPLE).as_posix(): path.read_text("utf-8")
        for path in sorted(paths)
        if "Templates" not in path.parts
    }
    return plan_of(
        "".join(f"--- {path}\n{text}" for path, text in texts.items()), EXPECTED["today"]
    )


def told(plan: Plan, path: str) -> dict[str, Any]:
    """A contact, in the words of the expectation."""
    person = plan.people[path]
    derived = record_of(person.entry, plan).derived
    steps = {
        todo.step.name: {"state": todo.step.state.value, "due": str(todo.step.due)}
        | ({"provisional": True} if todo.step.provisional else {})
        for todo in person.todos
    }
    names = ("status", "tracked", "connection", "last_contact")
    return {name: derived[name] for name in names} | {"steps": steps}


def test_the_contacts_of_the_sample_vault_are_the_expected_ones(plan: Plan) -> None:
    assert plan.people.keys() == EXPECTED["contacts"].keys()


@pytest.mark.parametrize("path", EXPECTED["contacts"])
def test_a_contact_of_the_sample_vault(plan: Plan, path: str) -> None:
    assert told(plan, path) == EXPECTED["contacts"][path]


def test_the_goals_of_the_sample_vault(plan: Plan) -> None:
    found = {
        goal.entry.path: {name: goal_shape(goal)[name] for name in ("actual", "target", "state")}
        for goal in plan.goals
    }

    assert found == EXPECTED["goals"]


def test_the_objectives_of_the_sample_vault(plan: Plan) -> None:
    found = []
    for one in plan.objectives:
        shape = objective_shape(one)
        found.append(
            {
                "measure": shape["measure"],
                "target": one.objective.target,
                "per": one.objective.per,
                "plan_target": shape["target"],
                "actual": shape["actual"],
                "state": shape["state"],
            }
        )

    assert found == EXPECTED["objectives"]


def test_there_is_nothing_wrong_with_the_sample_vault(plan: Plan) -> None:
    assert plan.problems == ()


def test_the_sample_vault_shows_every_state_and_kind_of_result(plan: Plan) -> None:
    states = {todo.step.state.value for todo in plan.todos}
    statuses = {person.status for person in plan.people.values()}

    assert states == {"upcoming", "due", "overdue", "done", "lapsed", "snoozed"}
    assert statuses == {"to-do", "in-progress", "done", "paused"}
    assert {goal.pace.stand.value for goal in plan.goals if goal.pace} >= {
        "achieved",
        "on track",
        "behind",
    }
