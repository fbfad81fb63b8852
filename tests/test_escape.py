import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vaultplan.text.escape import FIELD_SIGNS, cell, clean, inline, mermaid, shown, task

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

HOSTILE = [
    'A|B]]<b>#^\n;,"',
    "שלום עולם",
    "é" * 127 + "x",
    f"{SCOTLAND} 👩‍💻 👍🏽",
    "``x` ```",
    "[[x]] ![[x|y]] [a](b) ![a](b) [^1]",
    "</script><!-- x --> <https://x>",
    "&amp; &#35; &#x23; &copy; AT&T",
    *("1. x", "1) x", "- x", "-", "+ x", "* x", "# x", "> x", ">x", "---", "- - -", "===", "***"),
    *("|---|", ":-:", ":--|--:", "a | b", "~~~", "```", "    x", "<div>", "[x]: y", "\\", "x\\"),
    "**b** __b__ _i_ *i* ~~s~~ ==h== $x$ %%c%% #tag ^block snake_case",
    "https://x.org/~ada/#me&amp;_x_ www.x.org/*a*",
    "due:: 2026-01-01 (due:: 2026-01-01) [due:: 2026-01-01]",
    "x 📅 2026-01-01 🔁 every day ⏫ 🆔 a ✅ 2026-01-02 ^vp-1",
    "\x00\x1b[31m\x9b\u202ex\u2066\u200b\ufeff\ud800",
]
# Texts made of what means something somewhere find more than texts of any letters.
PARTS = st.sampled_from(
    [*"ab1é א_*`[]()<>&;#^%=$~|!\\-+.:/\n\t\"'{}", "&amp;", "::", "[[", "]]", "<b>", "www.", "📅"]
)
TEXTS = st.one_of(st.text(), st.lists(PARTS).map("".join))
PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


def parsed(markdown: str) -> tuple[str, list[str]]:
    """Markdown's text as shown (anything but text as `<its type>`), and its blocks."""
    tokens = MARKDOWN.parse(markdown)
    parts = [child for token in tokens for child in token.children or []]
    text = "".join(part.content if part.type == "text" else f"<{part.type}>" for part in parts)
    return text, [token.type for token in tokens]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_shows_as_itself(text: str) -> None:
    for escape in (inline, cell, task):
        assert parsed(escape(text)) == (clean(text), PARAGRAPH)


@given(TEXTS)
def test_every_text_shows_as_itself(text: str) -> None:
    for escape in (inline, cell, task):
        assert parsed(escape(text)) == (clean(text), PARAGRAPH if clean(text) else [])


@given(TEXTS, TEXTS)
def test_every_text_leaves_the_rows_of_a_table_whole(text: str, other: str) -> None:
    head = "| a | b | c |\n|---|---|---|\n"
    plain = parsed(f"{head}| a | b | c |\n")[1]
    row = f"| {cell(text)} | {cell(other)} | end |"
    assert parsed(head + row) == (f"abc{clean(text)}{clean(other)}end", plain)


@given(TEXTS.filter(clean))
def test_every_text_stays_within_its_list_item_its_heading_and_its_link(text: str) -> None:
    for frame in ("- @", "> @", "## @", "## @ ##", "- [ ] @ end", "[@](x.md)", "**@**"):
        around, blocks = parsed(frame.replace("@", "x"))
        assert parsed(frame.replace("@", inline(text))) == (
            around.replace("x", clean(text)),
            blocks,
        )


@pytest.mark.parametrize(
    "text",
    [
        "Met Ada (Acme) - she's in; 50% of it, 3.5 or more!",
        "C# and F#, snake_case, a = b, R&D, 10:30, x > y",
        "José Ñáñez-O'Neil, Jr.",
        "https://example.org/a-b?c=d&e=f ada@example.org",
        "שלום 李小龍 👩‍💻",
    ],
)
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert inline(text) == cell(text) == task(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("#tag", r"\#tag"),
        ("met ^block", r"met \^block"),
        ("%%hidden%%", r"\%\%hidden\%\%"),
        ("==marked==", r"\=\=marked\=\="),
        ("[[Ada|x]]", r"\[\[Ada\|x\]\]"),
        ("due:: today", r"due:\: today"),
        ("AT&amp;T", r"AT\&amp;T"),
        ("1. x", r"1\. x"),
        ("$x$ costs $5", r"\$x\$ costs \$5"),
        ("_x_", r"\_x\_"),
        ("=", r"\="),
        (":-", r"\:-"),
        ("https://x.org/~ada", r"https\://x.org/\~ada"),
    ],
)
def test_what_obsidian_and_its_plugins_would_read_is_escaped(text: str, written: str) -> None:
    assert inline(text) == written


@given(st.lists(st.sampled_from([*FIELD_SIGNS, "\ufe0f", " ", "2026-01-01", "every day", "^a"])))
def test_a_task_text_holds_no_field_and_no_block_id(parts: list[str]) -> None:
    text = "".join(parts)
    line = f"- [ ] {task(text)}"
    assert not re.search(f"[{FIELD_SIGNS}]", line)
    assert not re.search(r"(^|\s)\^[A-Za-z0-9-]+$", line)
    assert parsed(task(text))[0] == clean(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("  Ada \t\r\n Lovelace\u2028x\u2029y\x85z\xa0 ", "Ada Lovelace x y z"),
        ("a\x00b\x1b[31mc\x9bd\x7f", "ab[31mcd"),
        ("\u202ea\u202c\u2066b\u2069\u200fc\u200b\xad\u2060\ufeff", "abc"),
        ("\ud83d half", "\ufffd half"),
        ("👩‍💻 👍🏽 ❤️ 🇩🇪 می‌خواهم", "👩‍💻 👍🏽 ❤️ 🇩🇪 می‌خواهم"),
        (SCOTLAND, SCOTLAND),
        ("a\U000e0067\U000e007f", "a"),
        ("\u200d\u200c \u200b", ""),
    ],
)
def test_what_cannot_be_seen_goes(text: str, left: str) -> None:
    assert clean(text) == left


@given(TEXTS)
def test_a_clean_text_is_one_line_and_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned == cleaned.strip()
    assert len(cleaned.splitlines()) <= 1
    cleaned.encode()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("\x9b\x07\x00", r"\x9b\x07\x00"),
        ("a\tb\r\nc", r"a\tb\r\nc"),
        ("\u202eevil\u2066\ufeff", r"\u202eevil\u2066\ufeff"),
        ("\ud800 \u2028", r"\ud800 \u2028"),
        ("\U000e0041", r"\U000e0041"),
        (SCOTLAND, SCOTLAND),
        ("שלום 👩‍💻 é C:\\notes", "שלום 👩‍💻 é C:\\notes"),
    ],
)
def test_a_terminal_gets_to_see_what_would_act_on_it(text: str, written: str) -> None:
    assert shown(text) == written


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_shown_acts_on_a_terminal(text: str) -> None:
    assert not re.search(
        r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown(text)
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ('"Goal": C#; 50%', "'Goal'∶ C＃, 50％"),
        ("%%{init: {}}%%", "％％(init∶ ())％％"),
        ("</b>", "‹/b›"),
        ("Section lead", "“Section lead”"),
        ("click", "“click”"),
        ("constructor", "“constructor”"),
        ("__proto__", "“__proto__”"),
        ("Constructor works", "Constructor works"),
        ("2026-11-20 talk", "“2026-11-20 talk”"),
        ("a\nb", "a b"),
        ("", "–"),
        ("\u200b", "–"),
    ],
)
def test_a_mermaid_label_has_no_sign_of_its_grammar(text: str, label: str) -> None:
    assert mermaid(text) == label


@given(TEXTS)
def test_no_mermaid_label_ends_its_line_its_quotes_or_its_field(text: str) -> None:
    assert re.fullmatch(r'[^"`:;#%<>{}\[\]\\\n]+', mermaid(text))


@pytest.mark.parametrize(
    "part", ["_", "`", "[[", "&", "%", "http://~", "1", " ", "\u200b", "🏴", ":"]
)
@pytest.mark.usefixtures("no_hang")
def test_no_text_takes_for_ever(part: str) -> None:
    text = part * (65_000 // len(part))
    for escape in (inline, cell, task, mermaid, shown):
        escape(text)
