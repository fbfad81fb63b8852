"""The page of the commands and the schema of records, made from what is declared; run to renew."""

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from vaultplan.cli import COMMANDS, cli
from vaultplan.kinds import KINDS
from vaultplan.kinds.fields import Common, declared
from vaultplan.kinds.values import PERIODS, Shape
from vaultplan.plan.records import DERIVED
from vaultplan.problems import Stop

sys.path.insert(0, str(Path(__file__).parent))
from doc_tables import rows

DOCS = Path(__file__).parent.parent / "docs"
PAPERS = (DOCS / "commands.md", DOCS / "json.md")
SCHEMAS = DOCS / "schema"
RECORD = SCHEMAS / "record.json"
_PART = re.compile(r"<!-- made: ([a-z]+) -->\n.*?<!-- /made -->", re.DOTALL)

ARGUMENTS = {
    "FOLDER": "the folder; else the current one",
    "KEY=VALUE": "a property and its value; several values are parted by commas",
    "KIND": f"a kind of note: {', '.join(kind.name for kind in KINDS)}",
    "NAME": "what the note is called",
    "NUMBER": "a number of `vaultplan undo --list`",
    "PEOPLE": "one or several [names](#names)",
    "PERSON": "a [name](#names)",
    "PLAN": "the name of a plan",
    "STEP": "the step; else what is due first",
    "DATE": "a [date](#dates)",
    "VAULT": "the vault's folder, as `-C`",
}
NAMING = {"PERSON", "PEOPLE", "KEY=VALUE"}  # the words by which notes are found
VALUES = {"DATE": "[DATE](#dates)", "EXPR": "[EXPR](#filters)"}
EXITS = {
    0: "done",
    1: "done, but notes have problems of severity `error`, `--check` found something to write, or "
    "`--fix` was not answered; or the answer could not be written where it was to go",
    2: "wrong use, or no vault; nothing was changed",
    3: "a note changed meanwhile or cannot be written, or a name fits several people; nothing was "
    "written there",
    130: "interrupted, whatever the command",
}


@dataclass(frozen=True)
class Told:
    """A command as one may call it: `path` is `plan next`."""

    path: str
    command: click.Command

    @property
    def help(self) -> list[str]:
        """The paragraphs of its help, each on one line, but those that are to stay as they are."""
        parts = inspect.cleandoc(self.command.help or "").split("\n\n")
        return [part if part.startswith("\b") else " ".join(part.split()) for part in parts]

    @property
    def words(self) -> list[str]:
        return [part for part in self.help if not part.startswith("Example")]

    @property
    def examples(self) -> list[str]:
        """The lines to type; a paragraph `Example: …` for each."""
        found = [part for part in self.help if part.startswith("Example")]
        return [part.partition(":")[2].strip() for part in found]

    @property
    def arguments(self) -> list[click.Argument]:
        return [one for one in self.command.params if isinstance(one, click.Argument)]

    @property
    def options(self) -> list[click.Option]:
        found = [one for one in self.command.params if isinstance(one, click.Option)]
        return [one for one in found if not one.hidden]

    def has(self, option: str) -> bool:
        return any(option in one.opts for one in self.options)


def told() -> Iterator[Told]:
    """Every command and the commands in a group, in the order of the table."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None, name
        yield from _told(name, command)


def _told(path: str, command: click.Command) -> Iterator[Told]:
    yield Told(path, command)
    for name, one in getattr(command, "commands", {}).items():
        yield from _told(f"{path} {name}", one)


def schemas() -> dict[str, list[Path]]:
    """The schemas of each command, as each schema says whose answer it describes.

    `undo --list` is an answer of `undo`.
    """
    found: dict[str, list[Path]] = {}
    for path in sorted(SCHEMAS.glob("*.json")):
        for command in json.loads(path.read_text("utf-8")).get("x-commands", ()):
            found.setdefault(command.partition(" --")[0], []).append(path)
    return found


def named(one: click.Argument) -> str:
    """What an argument is called: the word of its help."""
    return (one.metavar or one.name or "").strip("[].…").upper()


def synopsis(one: Told) -> str:
    words = [f"vaultplan {one.path}"]
    words += ["[OPTIONS]"] if one.options else []
    for argument in one.arguments:
        word = named(argument) + ("..." if argument.nargs == -1 else "")
        words.append(word if argument.required else f"[{word}]")
    return " ".join([*words, *(["COMMAND"] if isinstance(one.command, click.Group) else [])])


def value(one: click.Option) -> str:
    """What stands behind an option."""
    if one.is_flag or one.count:
        return ""
    if isinstance(one.type, click.Choice):
        return " · ".join(f"`{choice}`" for choice in one.type.choices)
    if isinstance(one.type, click.IntRange):
        least, most = one.type.min, one.type.max
        return f"{least} to {most}" if most is not None else f"a number from {least}"
    word = one.metavar or one.type.name
    return VALUES.get(word, word) + (", repeatable" if one.multiple else "")


def default(one: click.Option) -> str:
    """What holds without an option, if it is a value."""
    found = one.default
    return f"`{found}`" if isinstance(found, str | int) and found not in ("", 0) else ""


def spelling(one: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in one.opts)
    others = ", ".join(f"`{name}`" for name in one.secondary_opts)
    return f"{names} / {others}" if others else names


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def option_table(options: list[click.Option]) -> str:
    lines = [
        tuple(map(_cell, (spelling(one), value(one), default(one), one.help or "")))
        for one in options
    ]
    return rows(("option", "value", "default", "means"), lines)


def exits(one: Told) -> list[int]:
    """The exit codes a command may end with, beside 130: from what its file is made of."""
    if isinstance(one.command, click.Group):
        return []
    made_of = vars(import_module(getattr(one.command.callback, "__module__", "")))
    names_notes = bool(NAMING & set(map(named, one.arguments)))
    declines = any(name.isupper() and said == 3 for name, said in made_of.items())
    calls = (inspect.getdoc(each) or "" for each in made_of.values() if inspect.isfunction(each))
    raises = any("NotWrittenError" in doc for doc in calls)
    may = {0: True, 1: "exit_code" in made_of, 2: True, 3: names_notes or declines or raises}
    return [code for code, said in may.items() if said]


def section(one: Told) -> str:
    # Two levels of headings, so that the group stands above its commands.
    level = "##" if " " not in one.path else "###"
    parts = [f"{level} vaultplan {one.path}", f"```text\n{synopsis(one)}\n```"]
    parts += [_cell(text).removeprefix("\b\n") for text in one.words]
    lines = [
        (f"`{named(each)}`", ARGUMENTS.get(named(each), "see above")) for each in one.arguments
    ]
    parts += [rows(("argument", "means"), lines)] if lines else []
    parts += [option_table(one.options)] if one.options else []
    parts += ["```sh\n" + "\n".join(one.examples) + "\n```"] if one.examples else []
    if one.has("--json"):
        links = [f"[{path.stem}](schema/{path.name})" for path in schemas().get(one.path, ())]
        parts += [f"JSON: {', '.join(links)}."]
    codes = exits(one)
    parts += [f"[Exit codes](#exit-codes): {', '.join(map(str, codes))}."] if codes else []
    return "\n\n".join(parts)


def overview() -> str:
    lines = []
    for one in told():
        anchor = f"vaultplan-{one.path.replace(' ', '-')}"
        words = one.command.get_short_help_str(200).rstrip(".") + "."
        words = COMMANDS.get(one.path, words)
        json_too = "yes" if one.has("--json") else ""
        dry_too = "yes" if one.has("--dry-run") else ""
        lines.append((f"[`{one.path}`](#{anchor})", _cell(words), json_too, dry_too))
    return rows(("command", "does", "`--json`", "`--dry-run`"), lines)


def stops() -> list[type[Stop]]:
    """Every way in which a run ends early, by name."""
    for path in sorted((DOCS.parent / "vaultplan").rglob("*.py")):
        if path.stem != "__main__":
            parts = path.relative_to(DOCS.parent).with_suffix("").parts
            import_module(".".join(part for part in parts if part != "__init__"))
    found, waiting = [], [Stop]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += below
        waiting += below
    return sorted(found, key=lambda one: one.__name__)


def stop_row(one: type[Stop]) -> tuple[str, ...]:
    when, _, what = inspect.cleandoc(one.__doc__ or "").partition("\n\n")
    words = (_cell(" ".join(text.split())) for text in (when, what))
    return (f"`{one.__name__}`", str(one.exit_code), *words)


def derived() -> str:
    lines = [(f"`{kind}`", ", ".join(f"`{name}`" for name in DERIVED[kind])) for kind in DERIVED]
    return rows(("kind", "derived values"), lines)


def _keys(schema: dict[str, Any]) -> str:
    return ", ".join(f"`{key}`" for key in schema["properties"] if key not in ("schema", "today"))


def answers() -> str:
    """The schemas of whole answers."""
    lines = []
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        if commands := schema.get("x-commands"):
            of = ", ".join(f"`{command}`" for command in commands)
            lines.append((f"[{path.stem}](schema/{path.name})", of, _keys(schema)))
    return rows(("schema", "of", "keys beside `schema` and `today`"), lines)


def shapes() -> str:
    """The objects that answers have in common."""
    shared = json.loads((SCHEMAS / "common.json").read_text("utf-8"))["$defs"]
    closed = {name: one for name, one in shared.items() if "properties" in one}
    lines = [(f"`{name}`", one["description"], _keys(one)) for name, one in closed.items()]
    return rows(("part", "is", "keys"), lines)


PARTS: dict[str, Callable[[], str]] = {
    "overview": overview,
    "derived": derived,
    "answers": answers,
    "shapes": shapes,
    "options": lambda: option_table([one for one in cli.params if isinstance(one, click.Option)]),
    "commands": lambda: "\n\n".join(map(section, told())),
    "exits": lambda: rows(
        ("exit code", "means"), ((str(code), words) for code, words in EXITS.items())
    ),
    "errors": lambda: rows(("error", "exit code", "when", "what to do"), map(stop_row, stops())),
}


def renewed(text: str) -> str:
    def made(match: re.Match[str]) -> str:
        return f"<!-- made: {match[1]} -->\n\n{PARTS[match[1]]()}\n\n<!-- /made -->"

    return _PART.sub(made, text)


_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?([+-][0-9]{2}:[0-9]{2})?"
_RATING = {"type": ["integer", "null"], "minimum": 1, "maximum": 5}
_LIST = {"type": "array", "items": {"type": "string"}}


def _record(**properties: Any) -> dict[str, Any]:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _text(pattern: str = "") -> dict[str, Any]:
    return {"type": ["string", "null"], **({"pattern": pattern} if pattern else {"minLength": 1})}


_SHAPES: dict[str, dict[str, Any]] = {
    "text": _text(),
    "link": _text(),
    "list of texts": _LIST,
    "list of words": _LIST,
    "list of links": _LIST,
    "date": {"$ref": "common.json#/$defs/day_or_null"},
    "date, with or without a time": _text(f"^{_DAY}(T{_CLOCK})?$"),
    "date, with or without a time; or a time": _text(f"^({_DAY}(T{_CLOCK})?|{_CLOCK})$"),
    "number": {"type": ["number", "null"], "minimum": 0},
    "whole number": {"type": ["integer", "null"], "minimum": 0},
    "true or false": {"type": "boolean"},
    "span": _text(),
    "date, year optional": _text("^([0-9]{4}|-)-[0-9]{2}-[0-9]{2}$"),
    "rating from 1 to 5": _RATING,
    "ratings 1–5 of experience, values, insight": {
        **_record(experience=_RATING, values=_RATING, insight=_RATING),
        "type": ["object", "null"],
    },
    "list of `measure`, `target`, `per`": {
        "type": "array",
        "items": _record(
            measure={"type": "string", "minLength": 1},
            target={"type": "number", "minimum": 0},
            per={"enum": list(PERIODS)},
        ),
    },
}


def value_schema(shape: Shape) -> dict[str, Any]:
    """The schema of a field's value, as its shape reads and a record shows it."""
    words = shape.words.partition(" (")[0]
    if words not in _SHAPES and " · " in words:
        return {"enum": [*words.split(" · "), None]}
    return _SHAPES[words]


def record_schema() -> str:
    """The fields of every kind, and which derived values go with them."""
    kinds: dict[str, Any] = {}
    for kind in KINDS:
        fields = (*declared(Common), *declared(kind.record))
        properties = {one.name: value_schema(one.metadata["shape"]) for one in fields}
        kinds[kind.name] = {"description": kind.doc, **_record(**properties)}
    nothing = {"type": "object", "maxProperties": 0}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The fields of a note by its kind; what is not written is null",
        "$defs": {
            "type": {"enum": [kind.name for kind in KINDS]},
            **kinds,
            "of_its_kind": {
                "allOf": [
                    {
                        "if": {"properties": {"type": {"const": kind.name}}},
                        "then": {
                            "properties": {
                                "fields": {"$ref": f"#/$defs/{kind.name}"},
                                "derived": {"$ref": f"common.json#/$defs/{kind.name}"}
                                if kind.name in DERIVED
                                else nothing,
                            }
                        },
                    }
                    for kind in KINDS
                ]
            },
        },
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    RECORD.write_text(record_schema(), "utf-8")
    for paper in PAPERS:
        paper.write_text(renewed(paper.read_text("utf-8")), "utf-8")
