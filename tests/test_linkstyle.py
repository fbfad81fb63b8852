import re
from unicodedata import normalize
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vaultplan.text.escape import FIELD_SIGNS, clean
from vaultplan.text.links import Targets, find_links
from vaultplan.text.linkstyle import LinkStyle, Place, write_link

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WIKI, FULL, RELATIVE = LinkStyle(), LinkStyle(full=True), LinkStyle(relative=True)
STYLES = [
    LinkStyle(markdown, full, relative)
    for markdown in (False, True)
    for full, relative in ((False, False), (True, False), (False, True))
]
VAULT = Targets.of(
    ["People/Ada Lovelace.md", "a/Grace.md", "b/Grace.md", "Grace.md", "Zoë & co.md", "_Index.md"]
)
ADA = "People/Ada Lovelace.md"

HOSTILE = [
    'A|B]]<b>#^\n;,"',
    "שלום",
    "é" * 126,
    "👩‍💻",
    "`x`",
    "[[x]]",
    "<script>",
    "&amp;",
    *("1. x", "- x", "# x", "+ x", "> x", "---", "x\\", "\\|", "..md", "x.pdf", "a:b", "%%", "%20"),
    *(" x ", "\u202ex", "\u00a0", "x\u2028y", "$x$", "(x", "x)", "📅 2026-01-01", "a^b", "_x_"),
    "https://x.org",
]
LETTERS = st.one_of(
    st.sampled_from("aAbBéÉ .-_()"), st.sampled_from("|[]<>#^:%`\\\n\"'$&;!*~=📅\u00a0\u202e")
)
NAMES = st.one_of(
    st.sampled_from(["Ada", "ada", "Grace Hopper", "Zoe\u0308", "Zoë", *HOSTILE]),
    st.text(LETTERS, min_size=1, max_size=8),
    st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), max_size=8),
)


def is_name(name: str) -> bool:
    return bool(name) and not name.startswith(".") and "\x00" not in name


FOLDERS = st.lists(st.one_of(st.sampled_from("ab"), NAMES.filter(is_name)), max_size=3)
PATHS = st.builds(
    lambda folders, name: "/".join([*folders, f"{name}.md"]), FOLDERS, NAMES.filter(is_name)
)


def compared(path: str) -> str:
    """Two paths that Obsidian cannot tell apart are one."""
    return re.sub("[\u00a0\u202f]", " ", normalize("NFC", path))


VAULTS = st.lists(PATHS, min_size=1, max_size=8, unique_by=compared)


@pytest.mark.parametrize(
    ("style", "path", "name", "link"),
    [
        (WIKI, ADA, "Ada Lovelace", "[[Ada Lovelace]]"),
        (WIKI, ADA, "Ada", "[[Ada Lovelace|Ada]]"),
        (WIKI, ADA, "", "[[Ada Lovelace]]"),
        (WIKI, "a/Grace.md", "Grace", "[[a/Grace|Grace]]"),
        (WIKI, "Grace.md", "Grace", "[[Grace]]"),
        (WIKI, "Zoë & co.md", "Zoe\u0308 & co", "[[Zoë & co]]"),
        (WIKI, "_Index.md", "_Index", "[[_Index]]"),
        (WIKI, "Not/Yet.md", "Yet", "[[Not/Yet|Yet]]"),
        (WIKI, ADA, "Ada *the* first", r"[Ada \*the\* first](Ada%20Lovelace.md)"),
        (WIKI, ADA, "A|B", r"[A\|B](Ada%20Lovelace.md)"),
        (FULL, ADA, "Ada Lovelace", "[[People/Ada Lovelace|Ada Lovelace]]"),
        (FULL, "Grace.md", "Grace", "[[Grace]]"),
        (RELATIVE, ADA, "Ada", "[[../People/Ada Lovelace|Ada]]"),
        (RELATIVE, "a/Grace.md", "Grace", "[[./Grace|Grace]]"),
        (LinkStyle(markdown=True), ADA, "Ada", "[Ada](Ada%20Lovelace.md)"),
        (LinkStyle(markdown=True), "b/Grace.md", "Grace", "[Grace](b/Grace.md)"),
        (LinkStyle(markdown=True, full=True), ADA, "Ada", "[Ada](People/Ada%20Lovelace.md)"),
        (LinkStyle(markdown=True, relative=True), ADA, "x", "[x](../People/Ada%20Lovelace.md)"),
        (LinkStyle(markdown=True), "Zoë & co.md", "Zoë", "[Zoë](Zoë%20%26%20co.md)"),
    ],
)
def test_a_link_is_written_in_the_style_of_the_vault(
    style: LinkStyle, path: str, name: str, link: str
) -> None:
    assert write_link(style, VAULT, path, name, "a/Plan.md", Place.INLINE) == link


def test_the_pipe_of_a_link_in_a_table_is_escaped() -> None:
    written = write_link(WIKI, VAULT, ADA, "Ada", "x.md", Place.CELL)
    assert written == r"[[Ada Lovelace\|Ada]]"


def test_a_relative_link_that_could_mean_a_note_at_the_root_says_where_it_starts() -> None:
    targets = Targets.of(["b/Ada.md", "a/b/Ada.md"])
    written = write_link(RELATIVE, targets, "a/b/Ada.md", "Ada", "a/x.md", Place.INLINE)
    assert written == "[[./b/Ada|Ada]]"


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("A#B.md", r"[A#B](A%23B.md)"),
        ("A | B.md", r"[A \| B](A%20%7C%20B.md)"),
        ("12:30.md", "[12:30](12%3A30.md)"),
        ("a ^b.md", r"[a \^b](a%20%5Eb.md)"),
        ("a]]b.md", r"[a\]\]b](a%5D%5Db.md)"),
        ("%%.md", r"[\%\%](%25%25.md)"),
        ("a\\b.md", r"[a\\b](a%5Cb.md)"),
        ("<b>.md", r"[\<b>](%3Cb%3E.md)"),
        ("a\nb.md", "[a b](a%0Ab.md)"),
        ("x.pdf.md", "[[x.pdf.md|x.pdf]]"),
        ("x.md.md", "[[x.md.md|x.md]]"),
        ("\u200b.md", "[–](%E2%80%8B.md)"),
    ],
)
def test_a_path_no_wikilink_can_carry_is_linked_the_markdown_way(path: str, link: str) -> None:
    assert write_link(WIKI, Targets.of([path]), path, "", "x.md", Place.INLINE) == link


def test_a_link_in_a_task_holds_no_sign_of_a_field() -> None:
    path = f"{FIELD_SIGNS}2026-01-01.md"
    written = write_link(WIKI, Targets.of([path]), path, "", "x.md", Place.TASK)
    assert not set(FIELD_SIGNS) & set(written)
    assert find_links(written)[0].target == path.removesuffix(".md")


@given(VAULTS, st.data())
def test_every_link_leads_back_to_its_note(paths: list[str], data: st.DataObject) -> None:
    targets = Targets.of(paths)
    path, source = data.draw(st.sampled_from(paths)), data.draw(st.sampled_from([*paths, "x.md"]))
    name = data.draw(NAMES)
    for style in STYLES:
        for where in Place:
            written = write_link(style, targets, path, name, source, where)
            (link,) = find_links(f"- [ ] a {written} b")
            assert targets.resolve(link.target, source) == path, written


def shown_in_row(written: str) -> tuple[int, list[str], str]:
    """A table row of a link: its cells, where its Markdown links lead, what its first one shows."""
    tokens = MARKDOWN.parse(f"| a | b |\n|---|---|\n| {written} | end |\n")
    cells = [
        tokens[place + 1]
        for place, token in enumerate(tokens)
        if token.type in {"th_open", "td_open"}
    ]
    parts = cells[2].children or []
    assert tokens[-1].type == "table_close"
    assert cells[3].content == "end"
    hrefs = [str(part.attrs["href"]) for part in parts if part.type == "link_open"]
    return len(cells), hrefs, "".join(part.content for part in parts)


@given(PATHS, NAMES, st.sampled_from(STYLES))
def test_no_name_breaks_a_row_or_a_link(path: str, name: str, style: LinkStyle) -> None:
    written = write_link(style, Targets.of([path]), path, name, "x.md", Place.CELL)
    count, hrefs, shown = shown_in_row(written)
    assert count == 4
    assert "\n" not in written
    if written.startswith("[["):
        assert not hrefs
        assert shown.endswith("]]")
    else:
        ending = unquote(hrefs[0])
        assert normalize("NFC", path).endswith(ending if style.full else ending.rpartition("/")[2])
        own = clean(normalize("NFC", path).rpartition("/")[2][:-3])
        assert shown == (clean(name) or own or "–")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_shows_as_itself(name: str) -> None:
    for style in (WIKI, LinkStyle(markdown=True)):
        written = write_link(style, VAULT, ADA, name, "x.md", Place.CELL)
        shown = shown_in_row(written)[2]
        if not written.startswith("[["):
            assert shown == (clean(name) or "Ada Lovelace")
        else:
            assert shown in {"[[Ada Lovelace]]", f"[[Ada Lovelace|{clean(name)}]]"}
