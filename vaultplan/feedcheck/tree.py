"""Content lines to components: what BEGIN and END say, and where they do not match."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from vaultplan.feedcheck.lines import Line
from vaultplan.feedcheck.rules import Flaw, flaw

_ITEMS = {"VEVENT", "VTODO"}
_WITHIN = {
    "VCALENDAR": None,
    "VEVENT": "VCALENDAR",
    "VTODO": "VCALENDAR",
    "VJOURNAL": "VCALENDAR",
    "VFREEBUSY": "VCALENDAR",
    "VTIMEZONE": "VCALENDAR",
    "STANDARD": "VTIMEZONE",
    "DAYLIGHT": "VTIMEZONE",
}


@dataclass(slots=True)
class Part:
    """A component: its own lines, the components in it, and the line of its BEGIN."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        """Every property of this name."""
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        """The first property of this name."""
        return next((line for line in self.lines if line.name == name), None)

    def each(self, *names: str) -> Iterator["Part"]:
        """The components of these names directly in it."""
        return (part for part in self.parts if part.name in names)


def grow(lines: list[Line]) -> tuple[list[Part], list[Flaw]]:
    """The outermost components; what is not closed is taken to end where its outer one ends."""
    roots: list[Part] = []
    stack: list[Part] = []
    flaws: list[Flaw] = []
    for line in lines:
        if line.name == "BEGIN":
            _begin(line, stack, roots, flaws)
        elif line.name == "END":
            _end(line, stack, flaws)
        elif not stack:
            flaws.append(flaw("outside", line.number, line.name))
        else:
            _belong(line, stack[-1], flaws)
    if stack:
        open_ones = ", ".join(f"END:{part.name}" for part in reversed(stack[-5:]))
        flaws.append(flaw("unbalanced", stack[-1].number, f"{open_ones} missing, the file is cut"))
    return roots, flaws


def _begin(line: Line, stack: list[Part], roots: list[Part], flaws: list[Flaw]) -> None:
    part = Part(line.value.strip().upper(), line.number)
    outer = stack[-1].name if stack else None
    if part.name == "VALARM":
        fits = outer in _ITEMS
    else:  # unknown components (X-…) may stand where a calendar's own may
        fits = outer == _WITHIN.get(part.name, "VCALENDAR")
    if not fits:
        flaws.append(flaw("misplaced", line.number, part.name))
    (stack[-1].parts if stack else roots).append(part)
    stack.append(part)


def _end(line: Line, stack: list[Part], flaws: list[Flaw]) -> None:
    name = line.value.strip().upper()
    if stack and stack[-1].name == name:
        stack.pop()
        return
    flaws.append(flaw("unbalanced", line.number, f"END:{name} closes nothing that is open here"))
    if any(part.name == name for part in stack):
        while stack.pop().name != name:
            pass


def _belong(line: Line, part: Part, flaws: list[Flaw]) -> None:
    part.lines.append(line)
    if part.parts and part.name in _ITEMS:
        flaws.append(flaw("alarm-not-last", line.number, line.name))
    elif part.parts and part.name == "VCALENDAR":
        flaws.append(flaw("late-property", line.number, line.name))
