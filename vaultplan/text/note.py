"""A note exactly as written, and where things stand in it."""

from dataclasses import dataclass
from functools import cached_property

from vaultplan.problems import Problem
from vaultplan.text.front import Front, FrontError, read_front
from vaultplan.text.lines import Line, lines_of


@dataclass(frozen=True)
class Note:
    """A note that could be read: `path` relative to the vault, its text to the last character."""

    path: str
    text: str
    front: Front

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the body; found when first asked for, since most notes are never asked."""
        return lines_of(self.text, self.front.body)

    @property
    def name(self) -> str:
        """The file name without folder and ending."""
        return self.path.rpartition("/")[2][: -len(".md")]


def read_note(path: str, data: bytes) -> Note | Problem:
    """Read the bytes of a note; what cannot be read is a problem, and the note is left alone."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(
            path, line, "encoding", "error", "the note is not UTF-8", "save it again as UTF-8"
        )
    try:
        front = read_front(text)
    except FrontError as error:
        inner = text.partition("---")[2].partition("\n---")[0]
        if _is_template(inner):
            return _template(path)
        return Problem(
            path, error.line, "front-matter", "error", str(error), "mend the lines between ---"
        )
    if _is_template(text[front.start : front.end]):
        return _template(path)
    return Note(path, text, front)


def _is_template(front: str) -> bool:
    return "{{" in front or "<%" in front


def _template(path: str) -> Problem:
    return Problem(
        path,
        1,
        "template",
        "hint",
        "a template, by the {{…}} or <%…%> in its front matter; it is left out",
        "put it in the templates folder of Obsidian's settings, or fill it in",
    )
