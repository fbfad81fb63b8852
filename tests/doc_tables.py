"""The tables of the documentation, made from the declarations; run this file to renew them."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from vaultplan.days import Span
from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import Common, declared
from vaultplan.kinds.kind import Kind
from vaultplan.rules.measures import MEASURES
from vaultplan.settings.follow import DEFAULT_STEPS, LogRules, StepRule
from vaultplan.views import VIEWS

NOTES = Path(__file__).parent.parent / "docs" / "notes.md"
_TABLE = re.compile(r"<!-- table: ([a-z]+) -->\n.*?<!-- /table -->", re.DOTALL)


def rows(heads: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    table = [list(heads), *map(list, lines)]
    table.insert(1, ["---"] * len(table[0]))
    return "\n".join("| " + " | ".join(line) + " |" for line in table)


def fields(record: type) -> str:
    lines = []
    for one in declared(record):
        others = ", ".join(f"`{name}`" for name in one.metadata["names"])
        name = f"`{one.name}`" + (f" ({others})" if others else "")
        lines.append((name, one.metadata["shape"].words, one.metadata["doc"]))
    return rows(("field", "value", "means"), lines)


def kind(one: Kind) -> str:
    types = ", ".join(f"`{word}`" for word in one.habits.types)
    marks = [f"type {types}"]
    for name in ("tags", "categories"):
        words = ", ".join(f"`{word}`" for word in getattr(one.habits, name))
        marks += [f"{name} {words}"] if words else []
    return f"### {one.name}\n\n{one.doc} Known by {'; '.join(marks)}.\n\n{fields(one.record)}"


def log() -> str:
    rules = LogRules()
    groups = [
        ("a contact", rules.contact),
        ("a connection: in person or in talk", rules.connection),
        ("giving", rules.gave),
        ("receiving", rules.received),
        ("asking", rules.asked),
        ("no contact", rules.other),
    ]
    lines = [(words, ", ".join(f"`{kind}`" for kind in sorted(kinds))) for words, kinds in groups]
    return rows(("counts as", "kinds"), lines)


def step(rule: StepRule) -> tuple[str, ...]:
    since = {"plan": "the plan's start", "connection": "connection", "last-contact": "last contact"}
    after = str(rule.after) if isinstance(rule.after, Span) else f"`{rule.after}`"
    done_by = ", ".join(f"`{kind}`" for kind in sorted(rule.done_by)).replace(
        "`any`", "any contact"
    )
    return (f"`{rule.name}`", f"{since[rule.since]} + {after}", done_by, f"`{rule.writes}`")


def steps() -> str:
    return rows(("step", "due", "done by", "a tick writes"), map(step, DEFAULT_STEPS))


TABLES: dict[str, Callable[[], str]] = {
    "common": lambda: fields(Common),
    "kinds": lambda: "\n\n".join(map(kind, KINDS)),
    "log": log,
    "steps": steps,
    "measures": lambda: rows(
        ("measure", "counts"), ((f"`{one.name}`", one.doc) for one in MEASURES)
    ),
    "views": lambda: rows(("view", "shows"), ((f"`{one.name}`", one.doc) for one in VIEWS)),
}


def renewed(text: str) -> str:
    def table(match: re.Match[str]) -> str:
        return f"<!-- table: {match[1]} -->\n\n{TABLES[match[1]]()}\n\n<!-- /table -->"

    return _TABLE.sub(table, text)


if __name__ == "__main__":
    NOTES.write_text(renewed(NOTES.read_text("utf-8")), "utf-8")
