"""What could not be read, with links to where it stands."""

import re
from collections.abc import Iterator

from vaultplan.views.view import Options, Page, View, cell, table

_HEADS = ("Where", "What", "What to do")


def _render(page: Page, _: Options) -> Iterator[str]:
    shown = sorted(
        {problem for problem in page.plan.problems if problem.severity != "hint"},
    )
    if not shown:
        yield "*No problems.*"
        return
    rows = []
    for problem in shown:
        name = f"{problem.path}:{problem.line}" if problem.line else problem.path
        is_note = problem.path.endswith(".md")
        where = page.link(problem.path, name) if is_note else cell(name)
        rows.append((where, cell(problem.message), cell(problem.fix)))
    yield from table(_HEADS, rows)


PROBLEMS = View(
    name="problems",
    doc="what could not be read, with links",
    render=_render,
    phrases=re.compile(r"\*No problems\.\*"),
)
