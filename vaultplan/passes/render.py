"""From the plan to the notes: the edits that renew blocks and computed properties."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from vaultplan.passes.amend import property_key
from vaultplan.passes.report import Kept
from vaultplan.passes.ticks import changed_lines
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts
from vaultplan.plan.goals import GoalPlan
from vaultplan.plan.people import Person
from vaultplan.problems import Problem
from vaultplan.rules.steps import State, is_spent
from vaultplan.settings import COMPUTED
from vaultplan.text.blocks import Block, Rewrite, options_of, rewrite
from vaultplan.text.edits import Edit
from vaultplan.text.front import Property, SpliceError, set_property
from vaultplan.text.linkstyle import LinkStyle
from vaultplan.text.tasks import read_task
from vaultplan.views import VIEWS
from vaultplan.views.view import OddOption, Options, Page, View

_VIEW = {view.name: view for view in VIEWS}


@dataclass(frozen=True, slots=True)
class Rendering:
    """The edits to make, by note; what was moved out of blocks; what could not be shown."""

    edits: Mapping[str, tuple[Edit, ...]]
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]


def render(plan: Plan, style: LinkStyle, held: frozenset[str]) -> Rendering:
    """Renew every block and computed property of the vault.

    A task line whose key is `held` stays as the person left it: what it says has not been done,
    and must not be lost.
    """
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    kept: list[Kept] = []
    problems: list[Problem] = []
    waiting = _waiting(plan, held)
    goals = {goal.entry.path: goal for goal in plan.goals}

    def renew(facts: Facts, block: Block, plan: Plan) -> None:
        lines = _lines(block, Page(plan, facts.note.path, style))
        if isinstance(lines, Problem):
            problems.append(lines)
            return
        renewed = _rewritten(facts, block, _with_held(lines, waiting.get((facts.note.path, block))))
        if renewed.edit:
            edits[facts.note.path].append(renewed.edit)
        if renewed.kept:
            kept.append(Kept(facts.note.path, block.line, renewed.kept))

    blocks = [(facts, block) for facts in plan.vault.facts.values() for block in facts.blocks]
    for path, facts in plan.vault.facts.items():
        edits[path] += _properties(facts, plan, goals.get(path), problems.append)
    for facts, block in blocks:
        if block.view != "problems":
            renew(facts, block, plan)
    complete = replace(plan, problems=(*plan.problems, *problems))
    for facts, block in blocks:
        if block.view == "problems":
            renew(facts, block, complete)
    by_path = {path: tuple(found) for path, found in edits.items() if found}
    return Rendering(by_path, tuple(kept), tuple(problems))


def is_renewed(plan: Plan, style: LinkStyle, facts: Facts, block: Block) -> bool:
    """Whether a block can be filled: it names a view that belongs there, and its options fit."""
    return not isinstance(_lines(block, Page(plan, facts.note.path, style)), Problem)


def _lines(block: Block, page: Page) -> list[str] | Problem:
    """What a block is to hold, or why nothing can be put into it."""
    try:
        view = _view_for(block, page)
        return list(view.render(page, _options(block, view)))
    except OddOption as odd:
        fix = "see docs/notes.md; until then the block stays as it is"
        return Problem(page.path, block.line, "block-options", "error", str(odd), fix)


def _waiting(plan: Plan, held: frozenset[str]) -> dict[tuple[str, Block | None], dict[str, str]]:
    """The task lines that are held, by note and block, and by key."""
    found: dict[tuple[str, Block | None], dict[str, str]] = {}
    for path, facts in plan.vault.facts.items() if held else ():
        for placed, block in changed_lines(facts):
            if placed.task.key in held:
                line = facts.note.lines[placed.line - facts.note.lines[0].number].text
                found.setdefault((path, block), {}).setdefault(placed.task.key, line)
    return found


def _with_held(lines: list[str], waiting: Mapping[str, str] | None) -> list[str]:
    """The lines of a block, those that are held in the place of the new ones, else below them."""
    if not waiting:
        return lines
    keys = [task.key if (task := read_task(line)) else "" for line in lines]
    told = [waiting.get(key, line) for key, line in zip(keys, lines, strict=True)]
    others = [line for key, line in waiting.items() if key not in keys]
    return [*told, "", *others] if others else told


def _rewritten(facts: Facts, block: Block, lines: list[str]) -> Rewrite:
    phrases = _VIEW[block.view].phrases
    return rewrite(
        facts.note.text,
        block,
        "\n".join(lines),
        lambda line: bool(phrases.fullmatch(line.strip())),
    )


def _view_for(block: Block, page: Page) -> View:
    view = _VIEW.get(block.view)
    if view is None:
        names = ", ".join(sorted(_VIEW))
        raise OddOption(f"there is no view “{block.view}”; there are {names}")
    wrong = view.wrong_place(page)
    if wrong:
        raise OddOption(wrong)
    return view


def _options(block: Block, view: View) -> Options:
    options: dict[str, tuple[str, ...]] = {}
    for name, value in options_of(block)[0]:
        if name not in view.options:
            known = ", ".join(view.options) or "none"
            raise OddOption(f"{view.name} has no option “{name}”; its options: {known}")
        options[name] = (*options.get(name, ()), value)
    return options


def is_outdated(facts: Facts, plan: Plan, goal: GoalPlan | None) -> bool:
    """Whether a property of a note that is computed is to say something else."""
    return any(_outdated(facts, plan, goal))


def _outdated(
    facts: Facts, plan: Plan, goal: GoalPlan | None
) -> Iterator[tuple[Property, dict[str, str]]]:
    """Computed properties, and a `follow_up` or `snooze` that is used up, that are out of date."""
    wanted = {**_computed(facts, plan, goal), **_spent(facts, plan)}
    for one in facts.note.front.properties if wanted else ():
        if one.key in wanted and _shown(one.value) != wanted[one.key]:
            yield one, wanted


def _properties(
    facts: Facts, plan: Plan, goal: GoalPlan | None, report: Callable[[Problem], None]
) -> Iterator[Edit]:
    """The edits that bring the properties of a note up to date."""
    for one, wanted in _outdated(facts, plan, goal):
        try:
            yield set_property(facts.note.text, facts.note.front, one.key, wanted[one.key])
        except SpliceError as error:
            fix = "write it as one plain value on one line"
            path = facts.note.path
            report(Problem(path, one.line, "not-written", "warning", f"{one.key}: {error}", fix))


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _computed(facts: Facts, plan: Plan, goal: GoalPlan | None) -> dict[str, str]:
    """What each computed property of a note is to say, for those that the settings list."""
    listed = plan.vault.settings.computed
    path = facts.note.path
    if not listed or path not in plan.vault.entries:
        return {}
    values: dict[str, str] = {}
    person = plan.people.get(path)
    if person:
        coming = person.next
        values = {
            "last_contact": str(person.last.day) if person.last else "",
            "next_follow_up": str(coming.step.due or "") if coming else "",
            "follow_up_state": follow_up_state(person),
        }
    if goal and goal.actual is not None and goal.entry.item.target is not None:
        values = {"progress": f"{goal.actual:g} of {goal.entry.item.target:g}"}
    return {name: values[name] for name in COMPUTED if name in listed and name in values}


def follow_up_state(person: Person) -> str:
    """How the follow-ups of a contact stand, in words that midnight does not change."""
    if person.silent:
        return "paused"
    states = {todo.step.state for todo in person.todos if not todo.step.provisional}
    if person.next:
        return "open"
    if State.LAPSED in states:
        return "lapsed"
    return "done" if states else ""


def _spent(facts: Facts, plan: Plan) -> dict[str, str]:
    """The dates to clear: only in a note with a checklist, where vaultplan writes them."""
    person = plan.people.get(facts.note.path)
    if person is None or not any(block.view == "checklist" for block in facts.blocks):
        return {}
    cleared = {}
    case = person.case
    if case.follow_up and is_spent(case.follow_up, case.touches):
        cleared["follow_up"] = ""
    if case.snooze and case.snooze.day <= plan.today:
        day = case.snooze.day
        waiting = any(
            todo.step.open and todo.step.planned_due and todo.step.planned_due < day
            for todo in person.todos
        )
        if not waiting:
            cleared["snooze"] = ""
    return {property_key(facts, field): value for field, value in cleared.items()}
