"""The report for other eyes: the product's own words, days and numbers, and nothing else."""

import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultplan.plan import Plan
from vaultplan.views.papers.report import report_text

PlanOf = Callable[[str, str], Plan]
DAY = "2026-11-20"
OWN_WORDS = set(
    re.findall(
        r"[a-z]+",
        """
        nothing progress report day of from to without a plan goals and objectives metric target
        actual state pace goal contact key contacts reached by now week go people what number them
        followed up weak ties among mentors checklist steps done follow-ups overdue due today
        giving and receiving in this ever given received asked for self-assessment dimension
        rated not evidence diversity reciprocity maintenance focus comfort industry role
        seniority organisation data points share before per days new within cadence yet
        contacted median thank-you enough say open one log lines kind achieved missed on track
        behind started month quarter year yous no plan yet
        """
        # The measures, and the kinds of log lines that everybody's settings have.
        "conversations events interviews introductions touches value feedback opportunities "
        "articles talks training coffee",
    )
)
TOKEN = re.compile(r"[^\s|]+")
ALLOWED = re.compile(
    r"(?:\d{4}-\d\d-\d\d|\d+(?:\.\d+)?|---|%|[#]{1,2}|[A-Za-z]+(?:[-/][A-Za-z]+)*)?[:;,.()]*"
)


def strange(text: str) -> list[str]:
    """The tokens of a report that are no day, no number and no word of its own."""
    found = []
    for token in TOKEN.findall(text):
        bare = token.lstrip("(")
        words = re.findall(r"[A-Za-z]+", bare)
        if not ALLOWED.fullmatch(bare) or any(word.casefold() not in OWN_WORDS for word in words):
            found.append(token)
    return found


def vault(name: str, word: str) -> str:
    quoted = '"' + name.replace("\\", "").replace('"', "") + '"'
    return f"""
--- vaultplan.toml
[log]
gave = ["{word}"]
--- A.md
---
type: contact
name: {quoted}
organisation: {quoted}
industry: {quoted}
role: {quoted}
strength: weak
category: {quoted}
key: true
goals: "[[G]]"
offer: {quoted}
---
## Log
- 2026-11-02 {word}: {name}
- 2026-11-03 asked: {name}
- 2026-11-04 feedback: {name}
--- B.md
---
type: contact
name: {quoted}
cadence: 1 month
industry: {quoted}
---
## Log
- 2026-10-02 coffee: {name}
--- G.md
---
type: goal
name: {quoted}
kind: {quoted}
specific: {quoted}
measure: people
target: 3
---
--- P.md
---
type: plan
name: {quoted}
start: 2026-10-01
objectives:
  - {{measure: "kind:{word}", target: 2, per: month}}
  - {{measure: "kind:coffee", target: 2, per: plan}}
  - {{measure: new-people, target: 2, per: year}}
strategies: [{quoted}]
---
--- S.md
---
type: assessment
date: 2026-10-02
focus: 3
challenge: {quoted}
strengths: {quoted}
---
--- R.md
---
type: review
plan: "[[P]]"
date: 2026-11-02
stop: {quoted}
---
"""


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
).map(lambda name: f"zzq {name.replace('{', '').replace('<', '')}")  # {{ and <% make a template


@settings(max_examples=200)
@given(name=NAMES, word=st.from_regex(r"zz[a-y]{1,8}", fullmatch=True))
def test_the_report_says_nothing_that_notes_or_settings_say(
    plan_of: PlanOf, name: str, word: str
) -> None:
    plan = plan_of(vault(name, word), DAY)

    text = report_text(plan, titles=False)

    assert strange(text) == []
    assert "Goal 1" in text
    assert "log lines of one kind (2 a month)" in text


def test_a_strange_word_is_told() -> None:
    assert strange("| Goal 1 | Ada | 2026-11-20 | 3.5 |\n- x") == ["Ada", "-", "x"]


def test_titles_are_told_where_they_are_asked_for_and_nothing_else(plan_of: PlanOf) -> None:
    plan = plan_of(vault("zzq | Ada", "zzword"), DAY)

    with_titles = report_text(plan, titles=True)
    without = report_text(plan, titles=False)

    assert with_titles.replace("zzq \\| Ada", "Goal 1") == without
    assert with_titles.count("Ada") == 1


def test_an_empty_vault_has_a_report_too(plan_of: PlanOf) -> None:
    text = report_text(plan_of("--- A.md\n", DAY), titles=False)

    assert strange(text) == []
    assert "Nothing yet." in text
