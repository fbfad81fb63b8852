"""The Tab key: the scripts for bash, zsh and fish, and what they are answered.

click knows what may stand where. The ways in and out are our own, as its scripts insert a name of
two words as two words. `_VAULTPLAN_COMPLETE=bash_source vaultplan` prints a script; that asks with
`bash_complete`, and is given nothing where anything is wrong: nobody reads errors at the Tab key.
"""

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

from vaultplan.cli.printing import shown
from vaultplan.names import fold

_BASH = """\
%(complete_func)s() {
    local IFS=$'\\t' kind value rest
    COMPREPLY=()
    while read -r kind value rest; do
        case $kind in
            word) COMPREPLY+=("$value") ;;
            none) COMPREPLY+=("") ;;
            path) compopt -o default ;;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:COMP_POINT}" COMP_WORD="${2-}" \
%(complete_var)s=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

_ZSH = """\
#compdef %(prog_name)s
%(complete_func)s() {
    local line kind value about before="$QIPREFIX$IPREFIX$PREFIX"
    local -a values displays
    for line in "${(@f)$(COMP_LINE="${(j: :)words[1,CURRENT-1]} $before" \
%(complete_var)s=zsh_complete ${~words[1]} 2>/dev/null)}"; do
        IFS=$'\\t' read -r kind value about <<< "$line"
        case $kind in
            word) values+=("$value") displays+=("$value${about:+  -- $about}") ;;
            none) compstate[insert]='' compstate[list]='list force' ;;
            path) compset -P '--*='; _files ;;
        esac
    done
    (( $#values )) && compadd -U -l -V people -d displays -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

_FISH = """\
function %(complete_func)s
    set -l words (commandline -opc)
    for line in (env COMP_LINE=(commandline -cp | string collect) \
%(complete_var)s=fish_complete $words[1] 2>/dev/null)
        set -l parts (string split \\t -- $line)
        switch $parts[1]
            case word
                printf '%%s\\t%%s\\n' $parts[2] "$parts[3]"
            case path
                __fish_complete_path (commandline -ct)
        end
    end
end
complete --command %(prog_name)s --no-files --keep-order --arguments '(%(complete_func)s)'
"""

_PIECE = re.compile(
    r"""
      (?P<blank>[ \t\n]+)
    | \\(?P<sign>(?s:.?))
    | '(?P<single>[^']*)'?
    | "(?P<double>(?:\\(?s:.)|[^"\\])*)"?
    | (?P<bare>[^ \t\n\\'"]+)
    """,
    re.VERBOSE,
)
# In fish a backslash escapes between single quotes too.
_FISH_PIECE = re.compile(_PIECE.pattern.replace("[^']*", r"(?:\\(?s:.)|[^'\\])*"), re.VERBOSE)
_ESCAPED = {"single": re.compile(r"\\([\\'])"), "double": re.compile(r'\\([\\"$`])')}
_ASSIGNED = re.compile(r"\w+=")
_SPECIAL = re.compile(r"[^A-Za-z0-9_%+,./\u0080-\U0010ffff-]")
_SPECIAL_IN_QUOTES = re.compile(r'[\\"$`]')


class Typed(NamedTuple):
    """A command line up to the cursor: its words, the last of them still open.

    `raw` is the last word as it was typed, `quote` the quotation mark that is open in it.
    """

    words: tuple[str, ...]
    raw: str
    quote: str


def typed_words(line: str, *, fish: bool = False) -> Typed:
    """Take a command line apart as the shell does."""
    words, start, quote = [""], 0, ""
    for piece in (_FISH_PIECE if fish else _PIECE).finditer(line):
        group = piece.lastgroup or ""
        text, quote = piece[group], ""
        if group == "blank":
            words.append("")
            start = piece.end()
            continue
        if group in _ESCAPED:
            quote = "" if piece.end() > piece.end(group) else piece[0][0]
            if fish or group == "double":
                text = _ESCAPED[group].sub(r"\1", text)
        words[-1] += text
    return Typed(tuple(words), line[start:], quote)


class Shell(ShellComplete):
    """What the shells have in common: they send a line and are given lines, in columns by tabs.

    `word` and what to insert and what it means; `path`, for a file of the shell's own finding;
    `none`, where what all words begin with would take something away that was typed.
    """

    fish: ClassVar[bool] = False

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is typed, and that one."""
        words = list(self.typed().words)
        while _ASSIGNED.match(words[0]):
            del words[0]
        before = [os.path.expandvars(word) for word in words[1:-1]]
        return [os.path.expanduser(word) for word in before], words[-1]  # noqa: PTH111  (any word)

    def typed(self) -> Typed:
        """The line that the shell sent."""
        return typed_words(os.environ["COMP_LINE"].lstrip(), fish=self.fish)

    def complete(self) -> str:
        """The lines for the shell."""
        try:
            before, last = self.get_completion_args()
            items = self.get_completions(list(before), last)
            return "\n".join(self.lines(last, items))
        except Exception:  # noqa: BLE001  (a traceback at the Tab key helps nobody)
            return ""

    def lines(self, last: str, items: Iterable[CompletionItem[Any]]) -> Iterator[str]:
        """A line for each item that can be typed."""
        option = last[: last.find("=") + 1] if last.startswith("-") else ""
        values = []
        for item in items:
            value = f"{option}{item.value}"
            if item.type != "plain":
                yield "path"
            elif shown(value) == value and (value[:1] != "-" or last[:1] == "-"):
                values.append(value)
                yield "\t".join(("word", *self.offer(value, shown(item.help or ""))))
        common = os.path.commonprefix(values)  # noqa: RUF071  (these are no paths)
        if len(values) > 1 and not fold(common).startswith(fold(last)):
            yield "none"

    def offer(self, value: str, about: str) -> tuple[str, str]:
        """What the shell is to insert for a value, and what it says of it."""
        return value, about


@add_completion_class
class Bash(Shell):
    """bash inserts what it is given, in place of the end of the word that it knows as a word."""

    name = "bash"
    source_template = _BASH

    def offer(self, value: str, about: str) -> tuple[str, str]:
        """The value as it must be typed, without what bash leaves standing before it."""
        typed = self.typed()
        known = os.environ.get("COMP_WORD", "")
        stays = typed.raw.removesuffix(known) if typed.raw.endswith(known) else ""
        rest = value[len(typed_words(stays).words[-1]) :]
        if typed.quote == "'":
            return rest.replace("'", "'\\''"), about
        special = _SPECIAL_IN_QUOTES if typed.quote else _SPECIAL
        return special.sub(r"\\\g<0>", rest), about


@add_completion_class
class Zsh(Shell):
    """zsh quotes by itself."""

    name = "zsh"
    source_template = _ZSH


@add_completion_class
class Fish(Shell):
    """fish quotes by itself, and shows only what holds the letters that were typed."""

    name = "fish"
    source_template = _FISH
    fish = True

    def offer(self, value: str, about: str) -> tuple[str, str]:
        """The value, without the accents where they were not typed: so it is found as well."""
        if self.typed().words[-1].casefold() in value.casefold():
            return value, about
        return fold(value), value
