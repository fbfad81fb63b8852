import pytest

from vaultplan.text.typed import closing_line, typed_lines

PIE = "```mermaid\npie\n\n  title Industry\n```"
TASK = "- [ ] Thank [[Ada]] ^vp-a1b2c3d4e5-00000000-o"


def typed(old: str, new: str) -> str:
    kept = typed_lines(old.split("\n"), new.split("\n"), lambda line: line.startswith("ours"))
    return "\n".join(kept)


@pytest.mark.parametrize(
    ("old", "kept"),
    [
        ("- one\nmine\n- two", "mine"),
        ("mine  \n mine", "mine  \n mine"),
        (f"a\n\n\n- one\n \t\nb\n{TASK}\nc\n", "a\n\nb\nc"),
        (f"\n\t{TASK}\n| x |\n  | y |\nours 3\n{PIE}\n- one  ", ""),
        (f"> {TASK}\n* [-] {TASK[6:]}  ", ""),
        ("- one mine\n - one", "- one mine\n - one"),
        ("- Thank [[Ada]] ^vp-a1b2c3d4e5-00000000-o", "- Thank [[Ada]] ^vp-a1b2c3d4e5-00000000-o"),
    ],
)
def test_what_no_view_says_was_typed(old: str, kept: str) -> None:
    assert typed(old, "- one\n- two") == kept


@pytest.mark.parametrize(
    "code",
    [
        f"```\n| a |\n- one\n\n{TASK}\nours\n```",
        "~~~~sh\nls\n~~~\n```mermaid\n~~~~ ",
        "  ````\n```\n````` ",
        "```\n``` js\n```",
    ],
)
def test_typed_code_stays_in_one_piece(code: str) -> None:
    assert typed(f"- one\n{PIE}\n\n{code}\n{PIE}\n- one", "- one") == code


def test_typed_code_is_no_phrase_of_a_view() -> None:
    assert typed_lines(["```", "a", "```", "b"], [], lambda _: True) == ["```", "a", "```"]


def test_code_that_the_view_says_itself_was_not_typed() -> None:
    said, typed_in = "```text\n| a |\n\nb\n```", "```text\n| a |\n\nc\n```"

    assert typed(f"{said}\nmine\n{typed_in}", said) == f"mine\n{typed_in}"


def test_a_diagram_that_lost_its_end_takes_nothing_typed_with_it() -> None:
    assert typed("```mermaid\npie\nmine\n| a |", "```mermaid\npie\n```") == "mine"
    assert typed("mine\n```\nmore", "```mermaid\npie\n```") == "mine\nmore"


REST = "\n\n    code\n\nWords %% aside %%\n# Log\n$$\ny\n$$\n```\n<!-- aside -->\n"


@pytest.mark.parametrize(
    ("kept", "closing"),
    [
        ("```py\ncode", "```"),
        ("````\n```\n~~~", "````"),
        ("~~~~\n```", "~~~~"),
        ("%%\nsecret", "%%"),
        ("<!-- aside", "-->"),
        ("$$\nx^2", "$$"),
        ("half %% a comment", "%%"),
        ("%%\n```", "%%"),
        ("```\n%%", "```"),
    ],
)
def test_kept_text_that_leaves_something_open_is_closed(kept: str, closing: str) -> None:
    assert closing_line(kept.split("\n"), REST) == [closing]


@pytest.mark.parametrize(
    "kept", ["a 5% rise", "%% whole %%", "- item", "```\ncode\n```", "> ```", "`a", "# ```", "5 $$"]
)
def test_nothing_is_added_to_text_that_leaves_nothing_open(kept: str) -> None:
    assert closing_line(kept.split("\n"), REST) == []


def test_a_sign_that_opens_nothing_without_its_partner_is_left_alone() -> None:
    assert closing_line(["half %% a comment"], "\n\nWords") == []
    assert closing_line(["$$"], "") == []
    assert closing_line(["- item"], "\n\n    code\n\nWords") == []
