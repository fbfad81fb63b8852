"""Generated task lines: writing them, and reading back what a person did to them.

A line ends in a block id that says what was written, so that the line itself tells a tick, an
untick and a moved date: `- [ ] Thank [[Ada]] 📅 2026-11-19 ^vp-KEY-20261119-o`. The fields and
their order are those of the Obsidian Tasks plugin, which reads them from the end of the line.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import date

from vaultplan.days import parse_day

_ID = re.compile(r"\^vp-([a-z0-9]{10})-([0-9]{8})-([od])")
_ID_LENGTH = len("^vp-KEYKEYKEYK-20261119-o")
_UNDATED = "00000000"
_TASK = re.compile(r"[\s>]*(?:[-*+]|[0-9]+[.)])[ \t]+\[(.)\]")
_LINE_BREAKS = re.compile("[\r\n\u2028\u2029]+")

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# The fields of the Tasks plugin in both its formats; `stays` are those a step's text may end in.
_FIELD = re.compile(
    rf"""
      [📅📆🗓]\ufe0f?[ ]*(?P<due>{_DAY})
    | ✅\ufe0f?[ ]*(?P<done>{_DAY})
    | [🛫➕⏳⌛❌⏰]\ufe0f?[ ]*{_DAY}(?:[ ][0-9]{{2}}:[0-9]{{2}})?
    | 🔁\ufe0f?[a-zA-Z0-9, !]*
    | 🏁\ufe0f?[ ]*[a-zA-Z]+
    | 🆔\ufe0f?[ ]*[a-zA-Z0-9_-]+
    | ⛔\ufe0f?[ ]*[a-zA-Z0-9_-]+(?:[ ]*,[ ]*[a-zA-Z0-9_-]+)*
    | (?P<stays>[🔺⏫🔼🔽⏬]\ufe0f? | (?<!\S)\#[^\s!@\#$%^&*(),.?":{{}}|<>]+)
    | [\[(][ ]*(?:
          due::[ ]*(?P<due_too>{_DAY})[ ]*
        | completion::[ ]*(?P<done_too>{_DAY})[ ]*
        | (?:scheduled|start|created|cancelled|repeat|onCompletion|id|dependsOn)::[^\[\]()]*
      )[\])],?
    """,
    re.VERBOSE,
)
# What they begin with: looking for these first is much sooner done than trying all at each place.
_SIGN = re.compile("[📅📆🗓✅🛫➕⏳⌛❌⏰🔁🏁🆔⛔🔺⏫🔼🔽⏬#]")
_SIGN_TOO = re.compile("[📅📆🗓✅🛫➕⏳⌛❌⏰🔁🏁🆔⛔🔺⏫🔼🔽⏬#\\[(]")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A generated task line as it stands in a note now.

    `key`, `written_due` and `written_done` are what its id says was written. `box` is the character
    in the box; `text` is what stands before the fields; `due` is the day it is due now (a day other
    than the written one, if any stands there), `done_on` the day it says it was done on.
    """

    key: str
    written_due: date | None
    written_done: bool
    box: str
    text: str
    due: date | None
    done_on: date | None

    @property
    def checked(self) -> bool:
        """The box is ticked; other signs (`-`, `/`) say nothing."""
        return self.box in ("x", "X")

    @property
    def ticked(self) -> bool:
        """It was written open, and a person ticked it."""
        return self.checked and not self.written_done

    @property
    def unticked(self) -> bool:
        """It was written done, and a person opened it again."""
        return self.box == " " and self.written_done

    @property
    def moved(self) -> bool:
        """It is open, and a person gave it another day; a removed day says nothing."""
        still_open = not self.written_done and not self.checked
        return still_open and self.due not in (None, self.written_due)


def write_task(text: str, key: str, due: date | None, done: bool, done_on: date | None) -> str:  # noqa: FBT001  (as it is read: an open or a done line)
    """A task line: text, 📅 `due`, ✅ `done_on` (of a done one), and the id made of `key`.

    Line breaks in the text become spaces. Dates and other fields at the text's end are dropped, as
    they would be taken for the line's own; if nothing else is left, the text is an ellipsis.
    """
    words = [f"- [{'x' if done else ' '}]", _split(text)[0] or "…"]
    if due:
        words.append(f"📅 {due.isoformat()}")
    if done and done_on:
        words.append(f"✅ {done_on.isoformat()}")
    day = due.isoformat().replace("-", "") if due else _UNDATED
    words.append(f"^vp-{key}-{day}-{'d' if done else 'o'}")
    return " ".join(words)


def is_task(line: str) -> bool:
    """Whether a line is a generated task line, however indented, marked and boxed."""
    return _parts(line.rstrip()) is not None


def read_task(line: str) -> TaskLine | None:
    """Read a generated task line; None if it is none."""
    line = line.rstrip()
    parts = _parts(line)
    if parts is None:
        return None
    task, made, written_due = parts
    key, _, state = made.groups()
    text, dues, dones = _split(line[task.end() : made.start()])
    return TaskLine(
        key=key,
        written_due=written_due,
        written_done=state == "d",
        box=task[1],
        text=text,
        due=next((due for due in dues if due != written_due), dues[0] if dues else None),
        done_on=dones[0] if dones else None,
    )


def _parts(line: str) -> tuple[re.Match[str], re.Match[str], date | None] | None:
    """The box of a generated task line, its id and the day that was written."""
    at = max(len(line) - _ID_LENGTH, 0)
    made, task = _ID.fullmatch(line, at), _TASK.match(line)
    if not made or not task or task.end() >= at or line[at - 1] not in " \t":
        return None
    day = made[2]
    written_due = parse_day(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return (task, made, written_due) if written_due or day == _UNDATED else None


def as_written(line: str) -> str:
    """The line as it was generated: a tick and a moved date undone; any other line as it is.

    What a person changed in the text stays, and a ✅ day that they took out is known no more.
    """
    task = read_task(line)
    if task is None:
        return line
    return write_task(task.text, task.key, task.written_due, task.written_done, task.done_on)


def open_again(line: str) -> str:
    """A line that a person ticked, without the tick and its day; any other line as it is."""
    task, at = read_task(line), _TASK.match(line)
    if task is None or at is None or not task.ticked:
        return line
    end = len(line.rstrip()) - _ID_LENGTH
    said = line[at.end() : end]
    for field in _fields(said):
        if field["done"] or field["done_too"]:
            start = field.start()
            said = said[:start].removesuffix(" ") + said[field.end() :]
    return f"{line[: at.end() - 2]} ]{said}{line[end:]}"


def task_key(*parts: str) -> str:
    """The key of a task line: ten characters that hash the vault, the contact, the step and a day.

    The parts are told apart by their lengths: ("ab", "c") is not ("a", "bc").
    """
    text = "".join(f"{len(part)}:{part}" for part in parts)
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
    return base64.b32encode(digest[:10]).decode().lower()[:10]  # no more is asked for


def _split(text: str) -> tuple[str, list[date], list[date]]:
    """Part a task's text from the fields at its end: the text, the due days and the done days.

    Fields end where the first other text stands, seen from the end, as the Tasks plugin has it; a
    day in the midst of a name is none.
    """
    text = _LINE_BREAKS.sub(" ", text).strip()
    fields = _fields(text)
    if not fields:
        return text, [], []
    stays: list[str] = []
    days: dict[str, list[date]] = {"due": [], "done": []}
    for field in reversed(fields):
        kind = field.lastgroup  # each field holds at most one of the groups
        if kind == "stays":
            stays.append(field[kind])
        elif kind and (day := parse_day(field[kind])):
            days[kind.removesuffix("_too")].append(day)
    left = " ".join([text[: fields[-1].start()].rstrip(), *stays]).strip()
    return left, days["due"], days["done"]


def _fields(text: str) -> list[re.Match[str]]:
    """The fields at a task's end, the last one first; they begin where the last other text ends."""
    first = (_SIGN_TOO if "::" in text else _SIGN).search(text)
    if not first:
        return []
    start = len(text)
    fields: list[re.Match[str]] = []
    for field in reversed(list(_FIELD.finditer(text, first.start()))):
        if text[field.end() : start].strip():
            break
        start = field.start()
        fields.append(field)
    return fields
