"""A note exactly as written, and where things stand in it."""

from dataclasses import dataclass
from functools import cached_property

from vaultplan.problems import Problem
from vaultplan.text.front import Front, FrontError, read_front
from vaultplan.text.lines import Line, lines_of
from vaultplan.text.lines_plain import plain_block, plain_lines


@dataclass(frozen=True)
class Note:
    """A note that could be read: `path` relative to the vault, its text to the last character."""

    path: str
    text: str
    front: Front

    @cached_property
    def plain(self) -> range | None:
        """Where the only block of a plain body stands; None if its lines need a close look."""
        return plain_block(self.text, self.front.body)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the body; found when first asked for, since most notes are never asked."""
        if self.plain is None:
            return lines_of(self.text, self.front.body)
        return plain_lines(self.text, self.plain, self.front.body, len(self.text))

    @property
    def marked_lines(self) -> tuple[Line, ...]:
        """The lines among which all blocks and generated tasks are, be it those of the block."""
        text, block = self.text, self.plain
        if block is None or "^vp-" in text[: block.start] or "^vp-" in text[block.stop :]:
            return self.lines
        return plain_lines(text, block, block.start, block.stop)

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
