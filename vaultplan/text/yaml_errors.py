"""What is wrong with a text of YAML, in words that help to mend it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml

_QUOTE = "put the value in quotes"
# What libyaml says (PyYAML's own parser nearly the same), and what that means to a person.
_MEANING = (
    ("tab character", "a tab indents it; use spaces"),
    ("cannot start any token", f"it begins with a tab, @, % or `; use spaces, or {_QUOTE}"),
    ("mapping values", f"a second `: ` stands in it, or it is indented too far; {_QUOTE}"),
    ("escape", "a backslash stands in double quotes; write it twice, or use single quotes"),
    ("end of stream", "a quote is opened and never closed; close it"),
    ("block sequence", f"a value begins with a dash; begin the list on the next line, or {_QUOTE}"),
    ("expected ',' or", f"a bracket is not closed, or text with brackets is in it; {_QUOTE}"),
    ("node content", f"a bracket or comma stands where a value should, or a # in a list; {_QUOTE}"),
    ("expected ':'", "a line has no colon; write `key: value`"),
    ("expected key", f"text follows a quote or bracket, or the line is indented oddly; {_QUOTE}"),
    ("numeric character", f"a value begins with * or &; {_QUOTE}"),
    ("comment or line break", f"a value begins with | or >; {_QUOTE}"),
    ("document start", "a line `...` ends it early; remove it"),
    ("directive", f"a line begins with %; {_QUOTE}"),
    ("alphabetical", f"a line begins with %; {_QUOTE}"),
    ("tag", f"a value begins with !; {_QUOTE}"),
    ("whitespace or line break", f"a value begins with !; {_QUOTE}"),
    ("expected '>'", f"a value begins with !; {_QUOTE}"),
)


class YamlError(Exception):
    """The text is no YAML that Obsidian could read; `line` counts from 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def explained(error: "yaml.MarkedYAMLError") -> YamlError:
    """Say in plain words what the parser found, and where it begins to be wrong."""
    problem = error.problem or "it is not valid YAML"
    # What is never closed is wrong where it opens, not where the text ends.
    unclosed = "end of stream" in problem or "expected ',' or" in problem
    mark = (error.context_mark if unclosed else None) or error.problem_mark
    meaning = next((words for sign, words in _MEANING if sign in problem), problem)
    return YamlError(meaning, mark.line if mark else 0)
