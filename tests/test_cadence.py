import pytest

from vaultplan.days import Span
from vaultplan.rules.cadence import cadence_of
from vaultplan.settings import read_settings
from vaultplan.settings.follow import Cadences

RULES = """
[cadence]
default = "4 months"
strong = "6 weeks"
weak = "none"
[cadence.mentor]
active = "monthly"
[cadence.tags]
"#Board" = "2 months"
press = "1 year"
quiet = "none"
"""


def rules(text: str = RULES) -> Cadences:
    return read_settings(text.encode()).cadence


@pytest.mark.parametrize(
    ("own", "mentor", "strength", "tags", "span", "rule"),
    [
        ("2 weeks", "active", "strong", ["press"], "2 weeks", "cadence"),
        ("none", "active", "strong", ["press"], "None", "cadence"),
        ("", "active", "strong", ["press"], "1 month", "cadence.mentor.active"),
        ("", "former", "strong", ["press"], "6 weeks", "cadence.strong"),
        ("", "", "weak", ["press"], "None", "cadence.weak"),
        ("", "", "", ["press"], "1 year", "cadence.tags.press"),
        ("", "", "", ["Press", "BOARD", "other"], "2 months", "cadence.tags.board"),
        ("", "", "", ["press", "quiet"], "None", "cadence.tags.quiet"),
        ("", "", "", ["other"], "4 months", "cadence.default"),
    ],
)
def test_the_nearest_rule_says_how_often(
    own: str, mentor: str, strength: str, tags: list[str], span: str, rule: str
) -> None:
    words = {"2 weeks": Span(days=14), "": None}
    cadence = cadence_of(words.get(own, own), mentor, strength, tags, rules())

    assert (str(cadence.span), cadence.rule) == (span, rule)


def test_it_is_three_months_where_nobody_says_anything() -> None:
    cadence = cadence_of(None, "active", "strong", ["press"], rules(""))

    assert (str(cadence.span), cadence.rule) == ("3 months", "cadence.default")
