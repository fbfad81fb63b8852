"""The house: which room stands on which floor, and that imports only go down the stairs.

The table is the architecture; `docs/architecture.md` shows the same.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "vaultplan"
FLOORS = (
    ("__main__",),
    ("cli",),
    ("watch",),
    ("passes",),
    ("views", "feed", "feedcheck", "disk"),
    ("plan",),
    ("kinds",),
    ("rules",),
    ("text",),
    ("settings", "when"),
    ("problems", "days"),
)
FLOOR = {room: number for number, rooms in enumerate(reversed(FLOORS)) for room in rooms}
PURE = (
    "views",
    "feed",
    "feedcheck",
    "plan",
    "kinds",
    "rules",
    "text",
    "settings",
    "when",
    "problems",
    "days",
)
OUTSIDE = {
    *("os", "pathlib", "shutil", "tempfile", "io", "subprocess", "socket", "time", "random"),
    *("click", "watchdog", "platformdirs", "tzlocal", "rich"),
}
ALONE = {
    "frontmatter": "text",
    "click": "cli",
    "yaml": "text",
    "rich": "cli",
    "watchdog": "watch",
}
FUNCTION_LINES, FILE_LINES = 40, 250

FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, those for types only included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def test_every_room_has_a_floor() -> None:
    assert {room(path) for path in FILES} - {"__init__"} == set(FLOOR)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down_the_stairs(path: Path) -> None:
    for line, name in imports(path):
        if not name.startswith("vaultplan."):
            continue
        below = name.split(".")[1]
        down = below == room(path) or FLOOR[below] < FLOOR[room(path)]
        assert down, f"{path}:{line} imports {name} from the floor of {below}"


def test_no_file_needs_itself_by_a_detour() -> None:
    names = {
        ".".join(("vaultplan", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): path
        for path in FILES
    }
    needs = {
        name: {one for _, one in imports(path) if one in names} for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way, name))
        if name not in done:
            for below in sorted(needs[name] - {name}):
                visit(below, (*way, name))
            done.add(name)

    for name in sorted(names):
        visit(name, ())


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if room(path) in PURE],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_below_the_passes_nothing_knows_a_file_a_clock_or_a_click(path: Path) -> None:
    for line, name in imports(path):
        assert name.split(".")[0] not in OUTSIDE, f"{path}:{line} imports {name}"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("open", "print", "input"), f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("today", "now", "read_text", "write_text") or not (
                isinstance(node.value, ast.Name) and node.value.id in ("date", "datetime", "dt")
            ), f"{path}:{node.lineno}"


@pytest.mark.parametrize(("library", "only"), ALONE.items())
def test_each_library_is_known_to_one_room(library: str, only: str) -> None:
    rooms = {
        room(path) for path in FILES for _, name in imports(path) if name.split(".")[0] == library
    }

    assert rooms - {"__main__"} == {only}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_is_read_in_one_sitting_and_a_function_fits_a_screen(path: Path) -> None:
    text = path.read_text("utf-8")
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    ]

    assert long == []
    assert len(text.splitlines()) <= FILE_LINES


def test_the_paper_shows_this_table() -> None:
    paper = (PROJECT / "docs" / "architecture.md").read_text("utf-8")

    for rooms in FLOORS:
        assert any(all(f"`{name}`" in line for name in rooms) for line in paper.splitlines()), rooms


def test_the_program_speaks_of_nothing_outside_itself() -> None:
    assert sys.version_info >= (3, 11)
    for path in FILES:
        assert "/work/" not in path.read_text("utf-8"), path
