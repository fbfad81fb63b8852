"""The Tab key in bash, zsh and fish, with names that are hard to type."""

import os
import pty
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.__main__ import run
from vaultplan.cli import cli, person
from vaultplan.cli.completion import Bash, Fish, Shell, Zsh, typed_words
from vaultplan.passes.memory import recall_names

sys.path.insert(0, str(Path(__file__).parent))
from benchmarks.vault import build

VaultAt = Callable[[Path, str], Path]

VAULT = r"""
--- vaultplan.toml
[kinds.contact.keys]
name = ["Rufname"]

[[steps]]
name = "send-card"
writes = "card"

--- Contacts/Ada Lovelace.md
---
type: contact
aliases:
  - Countess
organisation: Engines
---
# Ada
--- Contacts/Zoë Straße.md
---
type: contact
---
--- Contacts/b.md
---
type: contact
Rufname: Bo (Acme) [x] "Bee" $HOME & `id`; 'q' 100% é\
---
--- Contacts/c.md
---
{type: contact, name: Cleo of Flow}
---
--- Contacts/d.md
---
"type": "contact"
"name": "Chlo\u00e9"
---
--- Contacts/Acme/Sam Berg.md
---
type: contact
organisation: Acme
---
--- Contacts/Nord/Sam Berg.md
---
type: contact
role: Head
---
--- Contacts/Samira.md
---
type: contact
name: Samira Bergström
---
--- Contacts/broken.md
---
type: contact
name: Sammy: Broken
---
--- Contacts/hidden.md
---
type: contact
name: "Sam\e[31m"
---
--- Contacts/dash.md
---
type: contact
name: --quiet
---
--- Contacts/at.md
---
type: contact
name: Col:on Eq=ual@home
---
--- Goals/Sam the goal.md
---
type: goal
---
--- Templates/contact.md
---
type: contact
name: Sam of the template
---
"""
HARD = "Bo (Acme) [x] \"Bee\" $HOME & `id`; 'q' 100% é\\"
PROGRAMS = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

zsh = pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
fish = pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")


@pytest.fixture
def vault(tmp_path: Path, vault_at: VaultAt, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("VAULTPLAN_VAULT", raising=False)
    monkeypatch.setenv("PATH", PROGRAMS)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    root = vault_at(tmp_path, VAULT)
    monkeypatch.chdir(root)
    return root


Answers = Callable[..., list[list[str]]]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """The columns of every line that a shell is answered."""

    def ask(line: str, shell: type[Shell] = Zsh, word: str = "") -> list[list[str]]:
        monkeypatch.setenv("COMP_LINE", line)
        monkeypatch.setenv("COMP_WORD", word)
        said = shell(cli, {}, "vaultplan", "_VAULTPLAN_COMPLETE").complete()
        return [part.split("\t") for part in said.split("\n") if part]

    return ask


def words(lines: Sequence[Sequence[str]]) -> list[str]:
    return [line[1] for line in lines if line[0] == "word"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("log ada", ["Ada Lovelace"]),
        ("log LOVE", ["Ada Lovelace"]),
        ("log a.\\ love", ["Ada Lovelace"]),
        ("log count", ["Countess"]),
        ("log zoe", ["Zoë Straße"]),
        ("log strass", ["Zoë Straße"]),
        ("log bo", [HARD]),
        ("log cleo", ["Cleo of Flow"]),
        ("log chloe", ["Chloé"]),
        ("log sam", ["Sam Berg", "Samira Bergström"]),
        ("log 'sam b", ["Sam Berg"]),
        ("log 'sam berg", ["Contacts/Acme/Sam Berg.md", "Contacts/Nord/Sam Berg.md"]),
        ("log contacts/n", ["Contacts/Nord/Sam Berg.md"]),
        ("log ada 'sam b", ["Sam Berg"]),
        ("log ada -k coffee zo", ["Zoë Straße"]),
        ("log nobody", []),
        ("done ada ", ["reach-out", "thank", "share", "check-in", "send-card"]),
        ("done ada s", ["share", "send-card"]),
        ("done --on=yesterday ada th", ["thank"]),
        ("log ada -k c", ["call", "card", "check-in", "coffee"]),
        ("log ada --kind co", ["coffee"]),
        ("log ada --kind=co", ["--kind=coffee"]),
        ("new go", ["goal"]),
        ("new c", ["contact", "career-goal"]),
        ("sn", ["snooze"]),
        ("log --dr", ["--dry-run"]),
        ("snooze sami", ["Samira Bergström"]),
        ("pause sami", ["Samira Bergström"]),
        ("nonsense sami", []),
    ],
)
def test_what_may_follow(vault: Path, answers: Answers, line: str, expected: list[str]) -> None:
    assert vault.is_dir()
    assert words(answers(f"vaultplan {line}")) == expected


def test_every_name_is_offered_that_can_be_typed(vault: Path, answers: Answers) -> None:
    assert vault.is_dir()
    assert answers("vaultplan log ") == [
        ["word", "Ada Lovelace", "Engines"],
        ["word", HARD, ""],
        ["word", "Chloé", ""],
        ["word", "Cleo of Flow", ""],
        ["word", "Col:on Eq=ual@home", ""],
        ["word", "Sam Berg", "2 people"],
        ["word", "Samira Bergström", ""],
        ["word", "Zoë Straße", ""],
    ]


def test_the_vault_is_the_one_of_the_command_line(
    vault: Path, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "elsewhere"
    here.mkdir()
    monkeypatch.chdir(here)
    asked = f"vaultplan -C {shlex.quote(str(vault))} log ada"

    assert words(answers("vaultplan log ada")) == []
    assert words(answers(asked)) == ["Ada Lovelace"]
    assert words(answers("vaultplan -C ~/vault log ada")) == ["Ada Lovelace"]
    assert words(answers('vaultplan --vault="$HOME/vault" log ada')) == ["Ada Lovelace"]
    monkeypatch.setenv("VAULTPLAN_VAULT", str(vault))
    assert words(answers("vaultplan log ada")) == ["Ada Lovelace"]
    monkeypatch.delenv("VAULTPLAN_VAULT")
    monkeypatch.chdir(vault / "Contacts" / "Acme")
    assert words(answers("vaultplan log ada")) == ["Ada Lovelace"]


SAMPLE = Path(__file__).parent.parent / "sample-vault"
ODD = Path(__file__).parent / "odd-vault"
ID = "9d9c2f0e-5b43-4c31-a8ce-0d4d9a0f5d11"
TYPED = ("", "a", "sam", "ber", "s.\\ b", "an", "lin", "contacts/", "people/", "countess", "xyz")


@pytest.fixture(params=["here", "sample", "odd", "made"])
def synced(
    request: pytest.FixtureRequest, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A vault after a pass, in the current folder."""
    root = tmp_path / "synced"
    if request.param == "made":
        build(root, 60)
    else:
        shutil.copytree({"here": vault, "sample": SAMPLE, "odd": ODD}[request.param], root)
    if request.param == "here":
        settings = (root / "vaultplan.toml").read_text("utf-8")
        (root / "vaultplan.toml").write_text(f'vault_id = "{ID}"\n{settings}', "utf-8")
        (root / "Contacts" / "half.md").write_text(
            "---\ntype: contact\nname: Samson\nkey: [\n---\n"
        )
    run(["-q", "-C", str(root), "sync"])
    monkeypatch.chdir(root)
    return root


def changed(root: Path) -> None:
    """A contact more, one less, one moved, one by another name, and one that is none any more."""
    first, second, third, fourth, *_ = sorted(
        path
        for path in root.rglob("*.md")
        if b"\ntype: contact\n" in path.read_bytes() and "Templates" not in path.parts
    )
    (root / "New.md").write_text("---\ntype: contact\nname: Samantha New\n---\n", "utf-8")
    first.unlink()
    second.rename(root / second.name)
    third.write_text("---\ntype: contact\nname: Annabel Changed\n---\n", "utf-8")
    fourth.write_text("no contact\n", "utf-8")


def one_less(root: Path) -> None:
    next(path for path in root.rglob("*.md") if b"type: contact" in path.read_bytes()).unlink()


@pytest.mark.parametrize("change", [lambda _: None, changed, one_less])
def test_names_are_offered_from_memory_as_from_the_notes(
    change: Callable[[Path], None],
    synced: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(synced)
    assert recall_names(synced, os.environ) is not None
    remembered = [answers(f"vaultplan log {typed}") for typed in TYPED]
    monkeypatch.setattr(person, "recall_names", lambda *_: None)

    assert [answers(f"vaultplan log {typed}") for typed in TYPED] == remembered
    assert len({str(lines) for lines in remembered}) > 3


def test_names_of_an_unchanged_vault_open_no_note_and_load_nothing_of_a_pass(
    synced: Path,
) -> None:
    code = (
        "import sys\n"
        "opened = []\n"
        "def heard(event, args):\n"
        "    if event == 'open' and str(args[0]).endswith(('.md', '.md\\'')): opened.append(args)\n"
        "sys.addaudithook(heard)\n"
        "import vaultplan.cli.completion\n"
        "from vaultplan.__main__ import run\n"
        "run([])\n"
        "heavy = [one for one in sys.modules if one.startswith(('vaultplan.plan', 'yaml'))]\n"
        "print(f'{len(opened)} {heavy}', file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=synced,
        env=os.environ | {"_VAULTPLAN_COMPLETE": "zsh_complete", "COMP_LINE": "vaultplan snooze a"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("word\t")
    assert done.stderr == "0 []\n"


@pytest.mark.parametrize("settings", [b"kinds = 3\n", b"= no toml", b"\xff\xfe"])
def test_a_broken_vault_is_silence(vault: Path, answers: Answers, settings: bytes) -> None:
    (vault / "vaultplan.toml").write_bytes(settings)

    for line in ("log ada", "done ada t", "log ada -k "):
        assert answers(f"vaultplan {line}") == []
    assert words(answers("vaultplan new go")) == ["goal"]


@pytest.mark.parametrize("line", ["vaultplan log ada", "vaultplan -C /nowhere done ada ", None])
def test_no_vault_is_silence(tmp_path: Path, line: str | None) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vaultplan"],
        cwd=tmp_path,
        env=os.environ
        | {"_VAULTPLAN_COMPLETE": "bash_complete"}
        | ({"COMP_LINE": line} if line else {}),
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, b"", b"")


def test_what_was_typed_is_not_taken_away(vault: Path, answers: Answers) -> None:
    assert vault.is_dir()
    assert answers("vaultplan log berg")[-1] == ["none"]
    assert answers("vaultplan log sam")[-1] != ["none"]
    assert answers("vaultplan log ada") == [["word", "Ada Lovelace", "Engines"]]


@pytest.mark.parametrize(
    ("line", "word", "inserted"),
    [
        ("ada", "ada", "Ada\\ Lovelace"),
        ('"ada l', "ada l", "Ada Lovelace"),
        ("'ada l", "ada l", "Ada Lovelace"),
        ("bo", "bo", r"Bo\ \(Acme\)\ \[x\]\ \"Bee\"\ \$HOME\ \&\ \`id\`\;\ \'q\'\ 100%\ é\\"),
        ('"bo', "bo", r"Bo (Acme) [x] \"Bee\" \$HOME & \`id\`; 'q' 100% é\\"),
        ("'bo", "bo", "Bo (Acme) [x] \"Bee\" $HOME & `id`; '\\''q'\\'' 100% é\\"),
        ("col", "col", r"Col\:on\ Eq\=ual\@home"),
        ("col:o", "o", r"on\ Eq\=ual\@home"),
        ("--kind=co", "co", "coffee"),
    ],
)
def test_bash_is_given_what_stands_for_the_name_where_the_cursor_is(
    vault: Path, answers: Answers, line: str, word: str, inserted: str
) -> None:
    assert vault.is_dir()
    assert words(answers(f"vaultplan log {line}", Bash, word)) == [inserted]


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_every_name_can_be_read_back_from_what_bash_is_given(name: str) -> None:
    for quote in ("", '"', "'"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COMP_LINE", f"vaultplan log {quote}")
            patch.setenv("COMP_WORD", "")
            inserted, _ = Bash(cli, {}, "vaultplan", "").offer(name, "")
        assert typed_words(f"log {quote}{inserted}{quote}").words == ("log", name)


def test_a_line_is_taken_apart_as_the_shell_does() -> None:
    typed = typed_words('a  b\\ c \'d "e\' "f\\"g\\h"i j\'k')

    assert typed.words == ("a", "b c", 'd "e', 'f"g\\hi', "jk")
    assert (typed.raw, typed.quote) == ("j'k", "'")
    assert typed_words("a 'b\\'c d'", fish=True).words == ("a", "b'c d")
    assert typed_words("").words == ("",)


def test_fish_is_given_names_that_it_will_show(vault: Path, answers: Answers) -> None:
    assert vault.is_dir()
    assert answers("vaultplan log zoe", Fish) == [["word", "zoe strasse", "Zoë Straße"]]
    assert answers("vaultplan log Zoë", Fish) == [["word", "Zoë Straße", ""]]


def script(shell: str) -> str:
    done = subprocess.run(
        ["vaultplan"],
        env={**os.environ, "_VAULTPLAN_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@bash
def test_bash_reads_what_is_inserted_as_the_name(vault: Path) -> None:
    asking = """
        COMP_LINE="vaultplan log bo and more" COMP_POINT=16
        COMP_WORDS=(vaultplan log bo and more) COMP_CWORD=2
        _vaultplan_completion vaultplan bo log
        eval "printf '%s\\n' ${#COMPREPLY[@]} ${COMPREPLY[0]}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script("bash") + asking],
        cwd=vault,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert (done.stdout, done.stderr) == (f"1\n{HARD}\n", "")


def typing(shell: list[str], exchange: Iterable[tuple[str, str]]) -> str:
    """All that an interactive shell says: each thing is typed, then what it leads to waited for."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(shell[0], shell)
    said = ""
    try:
        for typed, sign in exchange:
            os.write(terminal, typed.encode())
            heard, end = b"", time.monotonic() + 30
            while sign.encode() not in heard and time.monotonic() < end:
                if select.select([terminal], [], [], 0.1)[0]:
                    heard += os.read(terminal, 65536)
            said += heard.decode("utf-8", "replace")
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)
    return said


@pytest.mark.parametrize(
    ("shell", "before"),
    [
        pytest.param(["bash", "--norc", "--noprofile", "-i"], "", marks=bash, id="bash"),
        pytest.param(
            ["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u -D;", marks=zsh, id="zsh"
        ),
    ],
)
@pytest.mark.usefixtures("vault")
def test_a_name_is_typed_with_a_tab(shell: list[str], before: str) -> None:
    log = "vaultplan log --dry-run -k card"
    script = f'eval "$(_VAULTPLAN_COMPLETE={shell[0]}_source vaultplan)"'

    said = typing(
        shell,
        [
            (f"{before} {script}; echo rea''dy\n", "ready"),
            (f"{log} zoe\t; echo en''d\n", "end"),
            (f"{log} \"bo\t; echo en''d\n", "end"),
            (f"{log} sam\\ b\t; echo en''d\n", "Who is meant"),
            ("2\n", "end"),
        ],
    )

    assert "+++ b/Contacts/Zoë Straße.md" in said
    assert "+++ b/Contacts/b.md" in said
    assert "1. Sam Berg (Acme)" in said
    assert "+++ b/Contacts/Nord/Sam Berg.md" in said


@fish
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("log zoe", "zoe strasse\tZoë Straße\n"),
        ("log 'bo", f"{HARD}\n"),
        ("log sam\\ b", "Sam Berg\t2 people\n"),
        ("done ada th", "thank\tThank …\n"),
        ("log ada --kind=cof", "--kind=coffee\n"),
    ],
)
def test_fish_offers_the_same(vault: Path, line: str, expected: str) -> None:
    asking = f"{script('fish')}\ncomplete -C $argv[1]"

    done = subprocess.run(
        ["fish", "--no-config", "-c", asking, "--", f"vaultplan {line}"],
        cwd=vault,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert (done.stdout, done.stderr) == (expected, "")
