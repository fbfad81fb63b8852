"""What a view is, and the page it is shown on."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from vaultplan.plan import Plan
from vaultplan.plan.people import Person, T, Todo
from vaultplan.rules.steps import State
from vaultplan.text.escape import cell
from vaultplan.text.linkstyle import LinkStyle, Place, write_link
from vaultplan.text.tasks import write_task

Options = Mapping[str, tuple[str, ...]]


class OddOption(Exception):  # noqa: N818  (it never leaves this room: a problem is made of it)
    """A value that a view's option cannot take; the text says what it can."""


@dataclass(frozen=True, slots=True)
class Page:
    """The plan, and the note in which a view of it is shown."""

    plan: Plan
    path: str
    style: LinkStyle

    def link(self, path: str, name: str, place: Place = Place.CELL) -> str:
        """A link to a note, escaped for where it lands."""
        return write_link(self.style, self.plan.vault.targets, path, name, self.path, place)

    def part(self, person: Person, name: str, make: Callable[[], T]) -> T:
        """Something that this page shows of one contact alone, made once; see `Person.part`."""
        near = self.path.rpartition("/")[0] if self.style.relative else ""
        return person.part(f"{name} {near}", make)

    def task(self, todo: Todo) -> str:
        """The task line of a step."""
        person = self.plan.people[todo.path]
        return self.part(person, f"task {todo.key}", lambda: self._task(todo))

    def _task(self, todo: Todo) -> str:
        person = self.link(todo.path, todo.person, Place.TASK)
        text = todo.step.rule.said(person)
        done = todo.step.state is State.DONE
        done_on = todo.step.done_by.day if todo.step.done_by else None
        return write_task(text, todo.key, todo.step.due, done, done_on if done else None)


def _never(_: Page) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class View:
    """One kind of generated block.

    `render` gives its lines; `phrases` matches every line of them that is neither a task, a table
    row nor a diagram, so that an outdated one is known as ours. `options` are the names it takes.
    `wrong_place` says why the view cannot stand on a page, empty if it can. `shows` gives what it
    shows of a contact, if it shows nothing of anything else.
    """

    name: str
    doc: str
    render: Callable[[Page, Options], Iterable[str]]
    options: tuple[str, ...] = ()
    phrases: re.Pattern[str] = re.compile(r"(?!)")
    wrong_place: Callable[[Page], str] = _never
    shows: Callable[[Person], object] | None = None


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A Markdown table; its cells are escaped already."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows)]


def limit_of(options: Options) -> int | None:
    """The option `limit`, None without one."""
    words = options.get("limit")
    if not words:
        return None
    if not words[-1].isascii() or not words[-1].isdigit():
        raise OddOption(f"limit={words[-1]}: write a whole number, such as limit=10")
    return int(words[-1][:9])


def number(value: float | None) -> str:
    """A number as people write it: whole, or with one decimal."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else f"{value:.1f}"


__all__ = ["OddOption", "Options", "Page", "View", "cell", "limit_of", "number", "table"]
