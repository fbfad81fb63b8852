from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.text.links import Link, Targets, find_links, parse_link, unlinked

PATHS = (
    "Ada Lovelace.md",
    "Work/Ada Lovelace.md",
    "Work/Deep/Grace Hopper.md",
    "People/Grace Hopper.md",
    "Other/Grace Hopper.md",
    "People/Zoë.md",
    "a/b/Log.md",
    "c/b/Log.md",
    "a/Note.md",
    "Note.md",
    "No\u00a0break.md",
    "Ext.MD",
)


def targets_in(text: str) -> list[str]:
    return [link.target for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "target", "display"),
    [
        ("[[Note]]", "Note", ""),
        ("[[Note.md]]", "Note", ""),
        ("[[Ext.MD]]", "Ext", ""),
        ("[[ Note ]]", "Note", ""),
        ("[[Folder/Note|text]]", "Folder/Note", "text"),
        (r"[[Note\|text]]", "Note", "text"),
        ("[[Note|a|b]]", "Note", "a|b"),
        ("[[Note#Heading]]", "Note", ""),
        ("[[Note#H1#H2|x]]", "Note", "x"),
        ("[[Note#^block]]", "Note", ""),
        ("[[Note.md#Heading]]", "Note", ""),
        ("[[a]b]]", "a]b", ""),
        ("[[a[b]]", "a[b", ""),
        ("[[Release 1.2]]", "Release 1.2", ""),
        ("[[x.pdf.md]]", "x.pdf", ""),
        ("[[../People/Ada]]", "../People/Ada", ""),
        ("[t](Three%20laws.md)", "Three laws", "t"),
        ("[t](<a b.md>)", "a b", "t"),
        ("[t](x.md#Heading)", "x", "t"),
        ("[t](C%23.md#Heading)", "C#", "t"),
        ("[t](x)", "x", "t"),
        ('[t](x.md "title")', "x", "t"),
        ("[t](../a%2Fb.MD)", "../a/b", "t"),
        ("[t](a(b).md)", "a(b)", "t"),
        (r"[t](a\(b.md)", "a(b", "t"),
        ("[t](Z%C3%B6.md)", "Zö", "t"),
        (r"[a \[b\] c](x.md)", "x", "a [b] c"),
        ("[a [b] c](x.md)", "x", "a [b] c"),
        ("[](x.md)", "x", ""),
    ],
)
def test_a_link_is_read(text: str, target: str, display: str) -> None:
    assert find_links(text) == (Link(target, display),)
    assert find_links(f"- met {text}, x") == (Link(target, display),)
    assert parse_link(f" {text} ") == Link(target, display)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace",
        "",
        "![[Note]]",
        "![t](x.md)",
        "![[pic.png|100]]",
        "[[pic.PNG]]",
        "[t](paper.pdf)",
        "[[#Heading]]",
        "[[]]",
        "[[ |x]]",
        "[t](#heading)",
        "[t]()",
        "[t](https://example.org/x.md)",
        "[t](mailto:ada@example.org)",
        "[t](obsidian://open?vault=x)",
        "[t](//host/x.md)",
        "[[https://example.org]]",
        "[t] (x.md)",
        "[t](x y.md)",
        "[t][x]",
        "`[[Note]]`",
        "``a ` [[Note]] ` b``",
        r"\[[Note]]",
        r"\[t](x.md)",
        "[[a\nb]]",
        "[[a",
        "a]]",
        "[ ] x",
    ],
)
def test_what_is_no_link_to_a_note_is_none(text: str) -> None:
    assert find_links(text) == ()
    assert parse_link(text) is None


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[[A]] and [b](B.md), [[C|c]]", ["A", "B", "C"]),
        ("| [[A\\|a]] | [b](B.md) |", ["A", "B"]),
        ("- [ ] ask [[A]] for [x](https://x.org) [[B]]", ["A", "B"]),
        ("- [x] [[A]] [ada](B.md)", ["A", "B"]),
        ("`[[A]]` [[B]] ``x`` [[C]]", ["B", "C"]),
        ("` [[A]]\n\n` [[B]]", ["A", "B"]),
        ("`` [[A]] ` [[B]]", ["A", "B"]),
        (r"\` [[A]] `[[B]]`", ["A"]),
        ("[[a [[B]]", ["B"]),
        ("![[A]][[B]]", ["B"]),
        ("[![alt](pic.png)](B.md)", ["B"]),
        ("[a [b](B.md) c](C.md)", ["B"]),
        ("[[A]]\n[[B]]\r\n\r\n[[C]]", ["A", "B", "C"]),
        ("[two\nlines](B.md)", ["B"]),
        ("[[A]]](B.md)", ["A"]),
    ],
)
def test_the_links_of_a_text_come_in_order(text: str, targets: list[str]) -> None:
    assert targets_in(text) == targets


@pytest.mark.parametrize("text", ["[[A]] x", "x [[A]]", "[[A]] [[B]]", "a [[b]] c"])
def test_a_value_with_more_than_one_link_is_none(text: str) -> None:
    assert parse_link(text) is None


@given(st.text(st.sampled_from("[]()!`\\|#ab .\n<>%\"'")))
def test_any_text_has_links_or_none(text: str) -> None:
    for link in find_links(text):
        assert link.target
    parse_link(text)


@pytest.mark.parametrize(
    "part",
    [
        *("[", "[[", "[[a", "[[a]", "![[", "[[a|", "[[[", "]", "](", "[](", "[](<", "[]( ", "[a]("),
        *('[](a "', "[](a (", "[](a '", "[a](b(", "[a](\\", "(", "\\", "\n ", "`", "` ``"),
        "``` `` [[a]] ",
    ],
)
@pytest.mark.usefixtures("no_hang")
def test_no_line_takes_for_ever(part: str) -> None:
    find_links(part * (65_000 // len(part)))
    find_links("[x](" + part * (65_000 // len(part)))


@pytest.mark.parametrize(
    ("target", "source", "path"),
    [
        ("Ada Lovelace", "Work/x.md", "Ada Lovelace.md"),
        ("Work/Ada Lovelace", "x.md", "Work/Ada Lovelace.md"),
        ("Grace Hopper", "Work/Deep/x.md", "Work/Deep/Grace Hopper.md"),
        ("Grace Hopper", "x.md", "Other/Grace Hopper.md"),
        ("grace hopper", "x.md", "Other/Grace Hopper.md"),
        ("Deep/Grace Hopper", "x.md", "Work/Deep/Grace Hopper.md"),
        ("b/Log", "x.md", "a/b/Log.md"),
        ("b/Log", "c/x.md", "c/b/Log.md"),
        ("Note", "a/x.md", "Note.md"),
        ("ZOE\u0308", "x.md", "People/Zoë.md"),
        ("No break", "x.md", "No\u00a0break.md"),
        ("No\u202fbreak", "x.md", "No\u00a0break.md"),
        ("Ext", "x.md", "Ext.MD"),
        ("./Note", "a/x.md", "a/Note.md"),
        ("../Note", "a/x.md", "Note.md"),
        ("../People/Zoë", "Work/x.md", "People/Zoë.md"),
        ("./Note", "x.md", "Note.md"),
        ("/a/Note", "a/x.md", "a/Note.md"),
        ("./Log", "a/x.md", None),
        ("../Note", "x.md", None),
        ("../../Note", "a/x.md", None),
        ("/Grace Hopper", "x.md", None),
        ("og", "x.md", None),
        ("Nobody", "x.md", None),
        ("", "x.md", None),
        ("/", "x.md", None),
        ("..", "x.md", None),
    ],
)
def test_a_target_means_the_note_that_obsidian_opens(
    target: str, source: str, path: str | None
) -> None:
    assert Targets.of(PATHS).resolve(target, source) == path
    assert Targets.of(reversed(PATHS)).resolve(target, source) == path


def test_of_two_paths_that_differ_in_case_the_same_case_is_meant() -> None:
    targets = Targets.of(["P/ada.md", "P/Ada.md"])
    assert targets.resolve("P/ada", "x.md") == "P/ada.md"
    assert targets.resolve("P/Ada", "x.md") == "P/Ada.md"
    assert targets.resolve("ada", "P/x.md") == "P/ada.md"
    assert targets.resolve("P/ADA", "x.md") == "P/Ada.md"


def test_an_alias_means_its_note_only_if_no_other_has_it() -> None:
    aliases = [
        ("Countess", "Ada Lovelace.md"),
        ("countess", "Ada Lovelace.md"),
        ("Amazing", "Ada Lovelace.md"),
        ("amazing", "People/Grace Hopper.md"),
        ("", "Note.md"),
    ]
    targets = Targets.of(PATHS, aliases)
    assert targets.resolve_alias(" COUNTESS ") == "Ada Lovelace.md"
    assert targets.resolve_alias("Amazing") is None
    assert targets.resolve_alias("") is None
    assert targets.resolve("Countess", "x.md") is None


def test_a_name_is_shared_if_two_notes_have_it_in_any_case() -> None:
    targets = Targets.of(["a/Ada.md", "b/ADA.md", "c/Grace.md"])
    assert targets.is_shared("a/Ada.md")
    assert not targets.is_shared("c/Grace.md")


@given(st.lists(st.sampled_from(PATHS), unique=True), st.text(st.sampled_from("aN./Lo go")))
def test_a_markdown_path_from_the_root_means_that_note(paths: list[str], source: str) -> None:
    targets = Targets.of(paths)
    for path in paths:
        (link,) = find_links(f"[x]({quote(path)})")
        assert targets.resolve(link.target, source) == path


@pytest.mark.usefixtures("no_hang")
def test_thirty_thousand_links_are_resolved_among_sixteen_thousand_notes() -> None:
    paths = [f"People/{n % 40}/Person {n // 2}.md" for n in range(8_000)]
    paths += [f"{n}/index.md" for n in range(8_000)]
    targets = Targets.of(paths)
    for count in range(30_000):
        targets.resolve(f"person {count % 8_000}", "People/3/x.md")
        targets.resolve("index", "People/3/x.md")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("met [[People/Ada Lovelace|Ada]] and [[Bob]].", "met Ada and Bob."),
        ("an [essay](Notes/An%20essay.md) of hers", "an essay of hers"),
        (
            "no link, [x] and [site](https://example.org)",
            "no link, [x] and [site](https://example.org)",
        ),
        ("", ""),
    ],
)
def test_a_text_without_its_links_shows_what_they_showed(text: str, shown: str) -> None:
    assert unlinked(text) == shown
