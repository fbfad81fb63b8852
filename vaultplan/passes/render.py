"""From the plan to the notes: the edits that renew blocks and computed properties."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from vaultplan.passes.properties import properties_of
from vaultplan.passes.report import Kept
from vaultplan.passes.ticks import changed_lines
from vaultplan.plan import Plan
from vaultplan.plan.facts import Facts
from vaultplan.problems import Problem
from vaultplan.text.blocks import Block, Rewrite, options_of, rewrite
from vaultplan.text.edits import Edit
from vaultplan.text.linkstyle import LinkStyle
from vaultplan.text.tasks import read_task
from vaultplan.views import VIEW_NAMED
from vaultplan.views.problems import PROBLEMS
from vaultplan.views.view import OddOption, Options, Page, View


@dataclass(frozen=True, slots=True)
class Rendering:
    """The edits to make, by note; what was moved out of blocks; what could not be shown."""

    edits: Mapping[str, tuple[Edit, ...]]
    kept: tuple[Kept, ...]
    problems: tuple[Problem, ...]


def render(
    plan: Plan,
    style: LinkStyle,
    held: frozenset[str] = frozenset(),
    still: Callable[[Facts, Block], bool] = lambda *_: False,
) -> Rendering:
    """Renew every block and computed property of the vault.

    A task line whose key is `held` stays as the person left it: what it says has not been done,
    and must not be lost. `still` tells whether a block in a note is known to be right.
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
        told = _with_held(lines, waiting.get((facts.note.path, block)))
        renewed = _rewritten(facts, block, told)
        edits[facts.note.path] += filter(None, [renewed.edit])
        if renewed.kept:
            kept.append(Kept(facts.note.path, block.line, renewed.kept))

    blocks = [(facts, block) for facts in plan.vault.facts.values() for block in facts.blocks]
    for path, facts in plan.vault.facts.items():
        edits[path] += properties_of(facts, plan, goals.get(path), problems.append)
    for facts, block in blocks:
        if block.view != PROBLEMS.name and not still(facts, block):
            renew(facts, block, plan)
    complete = replace(plan, problems=(*plan.problems, *problems))
    for facts, block in blocks:
        if block.view == PROBLEMS.name:
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
    phrases = VIEW_NAMED[block.view].phrases
    return rewrite(
        facts.note.text,
        block,
        "\n".join(lines),
        lambda line: bool(phrases.fullmatch(line.strip())),
    )


def _view_for(block: Block, page: Page) -> View:
    view = VIEW_NAMED.get(block.view)
    if view is None:
        names = ", ".join(sorted(VIEW_NAMED))
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
