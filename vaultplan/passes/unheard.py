"""Task lines that would be heard no more if their contact, or the vault, went by another id.

A task line is known by the vault's id and the contact's (without one by its path).
"""

from bisect import bisect_right
from collections.abc import Mapping

from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts, Placed
from vaultplan.plan.people import Todo
from vaultplan.rules.touches import Source


def unheard(plan: Plan) -> dict[str, str]:
    """By the path of the contact why it must keep its id just now, and what to do.

    What stands in a block is written anew with the new id by the next pass; but not what a person
    said there and no pass has heard, nor a copy that stands anywhere else and is still open.
    """
    todos = {todo.key: todo for todo in plan.todos}
    found: dict[str, str] = {}
    for path, facts in plan.vault.facts.items():
        for placed in facts.tasks:
            why = _why(facts, placed, todos, Source(path, placed.line))
            if why:
                found.setdefault(todos[placed.task.key].path, why)
    return found


def _why(facts: Facts, placed: Placed, todos: Mapping[str, Todo], source: Source) -> str:
    task, todo = placed.task, todos.get(placed.task.key)
    if todo is None:
        return ""
    done, inside = todo.step.done_by is not None, _in_block(facts, placed)
    if (task.ticked and not done) or (inside and (task.moved or task.unticked)):
        return f"what was changed in {source} is not heard yet; run `vaultplan sync` first"
    if not inside and not done and not task.written_done:
        return f"the open task in {source} is in no block; tick it or remove it first"
    return ""


def _in_block(facts: Facts, placed: Placed) -> bool:
    starts = [block.start for block in facts.blocks]
    at = facts.note.lines[placed.line - facts.note.lines[0].number].start
    before = bisect_right(starts, at) - 1
    return before >= 0 and at < facts.blocks[before].stop
