"""The one contact that a command is about, found by name, at the prompt and at the Tab key."""

import re
import sys
from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from typing import Any

import click
from click.shell_completion import CompletionItem

from vaultplan.cli.completion import root_at
from vaultplan.cli.printing import echo
from vaultplan.disk.read import read
from vaultplan.disk.skips import Skips
from vaultplan.disk.walk import walk
from vaultplan.kinds.contact import Contact
from vaultplan.kinds.fields import Common, Entry, spell, spelled
from vaultplan.passes.reading import TEMPLATES, obsidian_of, open_settings
from vaultplan.plan import Plan
from vaultplan.plan.facts import lexicon_of
from vaultplan.plan.naming import (
    called,
    fold,
    nearest,
    not_one,
    offered,
    spellings,
    spoken,
    told_apart,
)
from vaultplan.plan.people import Person
from vaultplan.problems import Problem, Stop, WrongUseError
from vaultplan.settings import Habits, Settings
from vaultplan.text.note import Note, read_note

_MOST = 20
_DIGITS = 9
_ANSWERS = f"{__name__}.answers"

_MARKS = ("type", "tags", "tag", "categories", "category")
_NAMES = ("name", "aliases", "organisation")
_KEY = re.compile(r"""["']?([\w -]+)["']?[ \t]*:(?:\s|\Z)""")
# Fewer letters stand in nearly every note.
_TELLING = 3
_INNER = tuple(" \t\r#-")
_spelled = lru_cache(maxsize=1000)(spell)


class PersonName(click.ParamType):  # type: ignore[type-arg]  # before 8.5 it takes none
    """The name of a contact, an alias or the start of one; the shell completes it."""

    name = "person"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Every name that goes on so, without regard to case and accents."""
        del param
        contacts = _contacts(ctx, incomplete)
        return [CompletionItem(name, help=who) for name, who in offered(incomplete, contacts)]


PERSON = PersonName()


def pick(name: str, plan: Plan) -> Person:
    """The contact of a name; of several the person at the terminal chooses, once in a run.

    Raises:
        Stop: nobody is called so, or several are and there is no terminal to ask at.
    """
    found = called(name, plan.people)
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unread(name, plan) or not_one(name, (), nearest(name, plan.people))
    answers = _answers()
    answered = [person for person in found if person.path == answers.get(fold(name))]
    if answered:
        return answered[0]
    if len(found) > _MOST or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise not_one(name, found)
    echo(f"“{name}” may be one of these:")
    for number, label in enumerate(told_apart(found), 1):
        echo(f"{number:3}. {label}")
    chosen = found[click.prompt("Who is meant", value_proc=partial(_number, most=len(found))) - 1]
    answers[fold(name)] = chosen.path
    return chosen


def _unread(name: str, plan: Plan) -> Stop | None:
    """Say so if somebody's note is there and cannot be read, lest a second one is made."""
    for problem in plan.problems:
        path = problem.path.removesuffix(".md")
        known = problem.path in plan.vault.entries or problem.severity != "error"
        if not known and path != problem.path and fold(name) in fold(path.rpartition("/")[2]):
            where = f"{problem.path}:{problem.line}" if problem.line else problem.path
            return WrongUseError(f"{where} cannot be read: {problem.message}; {problem.fix}")
    return None


def _number(typed: str, most: int) -> int:
    number = typed.strip()
    if number.isdecimal() and len(number) < _DIGITS and 1 <= int(number) <= most:
        return int(number)
    raise click.BadParameter(f"write a number from 1 to {most}, or press Ctrl-C")


def _answers() -> dict[str, str]:
    """The paths that were chosen in this run, by the name that was asked about."""
    running = click.get_current_context(silent=True)
    known: dict[str, Any] = running.meta if running else {}
    answers: dict[str, str] = known.setdefault(_ANSWERS, {})
    return answers


def _contacts(ctx: click.Context, typed: str) -> Iterator[Entry[Contact]]:
    """The contacts that a text may call, read from as little of the notes as will do."""
    root = root_at(ctx)
    settings, obsidian = open_settings(root), obsidian_of(root)
    lexicon, wanted = lexicon_of(settings, obsidian), _wanted(settings)
    for file in walk(root, Skips((TEMPLATES, *obsidian.templates), settings.ignore))[0]:
        data = read(root, file)
        note = None if isinstance(data, Problem) else _glance(file.path, data, wanted, typed)
        entry = lexicon.kinds.read(note, lexicon.daily)[0] if note else None
        if entry and isinstance(entry.item, Contact):
            # Its type says nothing of the item, which has just been looked at.
            yield entry  # type: ignore[misc]


def _wanted(settings: Settings) -> frozenset[str]:
    """The keys, as compared, that say whether a note is a contact, and what it is called."""
    habits = settings.kinds.get("contact", Habits())
    fields = (*spelled(Common, habits), *spelled(Contact, habits))
    return frozenset(_MARKS).union(*(one.spellings for one in fields if one.name in _NAMES))


def _glance(path: str, data: bytes, wanted: Collection[str], typed: str) -> Note | None:
    """A note by a few of its properties; none if nothing of what was typed stands in them.

    To read all of its YAML takes three times as long.
    """
    front, fence, _ = data.partition(b"\n---")
    few = _few(front.decode("utf-8", "replace"), wanted) if fence else ""
    if few is not None:
        if "\\" not in few and not _may_call(typed, f"{path} {few}"):
            return None
        note = read_note(path, few.encode())
        if isinstance(note, Note):
            return note
    whole = read_note(path, data)
    return whole if isinstance(whole, Note) else None


def _few(front: str, wanted: Collection[str]) -> str | None:
    """The lines of the wanted keys, as front matter; None if it takes more to tell them."""
    opening, *lines = front.split("\n")
    if opening.strip("\ufeff \t\r") != "---":
        return ""
    kept, keep = ["---"], None
    for line in lines:
        key = _KEY.match(line)
        if key:
            keep = _spelled(key[1]) in wanted
        elif line.strip() and (keep is None or not line.startswith(_INNER)):
            return None
        if keep:
            kept.append(line)
    return None if "{{" in front or "<%" in front else "\n".join((*kept, "---", ""))


def _may_call(typed: str, text: str) -> bool:
    if len(typed) < _TELLING:
        return True
    words = spoken(typed).replace("/", " ").split()
    return any(all(word in form for word in words) for form in spellings(text))
