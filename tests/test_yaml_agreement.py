"""Whether vaultplan makes of a text of YAML what Obsidian makes of it.

`yaml_cases.json` holds texts, what npm `yaml` 2.7.0 (the reader in Obsidian) answers, and where
vaultplan is known to differ. With `npm ci --prefix tests/judges` the judge itself is asked too;
`python tests/test_yaml_agreement.py` then asks it anew and writes the answers and the table of
docs/yaml.md.
"""

import json
import math
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from vaultplan.text import yaml12
from vaultplan.text.yaml12 import read_yaml
from vaultplan.text.yaml_errors import YamlError

HERE = Path(__file__).parent
DATA = HERE / "yaml_cases.json"
DOC = HERE.parent / "docs" / "yaml.md"
JUDGE = HERE / "judges" / "yaml.mjs"
TABLE_HEAD = "| Written | Obsidian | vaultplan | Why |\n|---|---|---|---|\n"

ALL = json.loads(DATA.read_text("ascii"))
CASES: list[dict[str, Any]] = ALL["cases"]
REASONS: dict[str, str] = ALL["differences"]


def as_answer(value: Any) -> Any:
    """A value as the judge spells it: JSON has no infinity."""
    if isinstance(value, float) and not math.isfinite(value):
        return {"$number": {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(value)]}
    if isinstance(value, list):
        return [as_answer(item) for item in value]
    if isinstance(value, dict):
        return {key: as_answer(item) for key, item in value.items()}
    return value


def ours(source: str) -> dict[str, Any]:
    try:
        return {"ok": as_answer(read_yaml(source).value)}
    except YamlError as error:
        return {"error": str(error)}


def same(one: Any, other: Any) -> bool:
    """Equal, where true is not 1, and a number is a double."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float(one) == float(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and bool(one == other)


def agree(source: str, answer: dict[str, Any]) -> bool:
    mine = ours(source)
    if "error" in mine or "error" in answer:
        return "error" in mine and "error" in answer
    return same(mine["ok"], answer["ok"])


def judged(sources: list[str]) -> list[dict[str, Any]]:
    run = subprocess.run(
        ["node", str(JUDGE)], input=json.dumps(sources), capture_output=True, text=True, check=True
    )
    answers: list[dict[str, Any]] = json.loads(run.stdout)
    return answers


def code(shown: str) -> str:
    shown = shown.replace("|", "\\|")
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    return f"`` {shown} ``" if "`" in shown else f"`{shown}`"


def table() -> str:
    """The table of differences for the docs."""

    def told(answer: dict[str, Any]) -> str:
        return "refused" if "error" in answer else code(json.dumps(answer["ok"]))

    rows = (
        (
            code(json.dumps(case["source"])[1:-1].replace('\\"', '"')),
            told(case["answer"]),
            told(ours(case["source"])),
            REASONS[reason],
        )
        for reason in REASONS
        for case in CASES
        if case.get("differs") == reason
    )
    return TABLE_HEAD + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def test_every_text_without_a_known_difference_is_read_as_obsidian_reads_it() -> None:
    usual = [case for case in CASES if "differs" not in case]
    assert len(usual) > 800
    assert [case for case in usual if not agree(case["source"], case["answer"])] == []


def test_a_known_difference_that_is_none_any_more_is_taken_off_the_list() -> None:
    known = [case for case in CASES if "differs" in case]
    assert [case for case in known if agree(case["source"], case["answer"])] == []


def test_every_known_difference_has_a_reason_and_every_reason_a_case() -> None:
    assert {case["differs"] for case in CASES if "differs" in case} == set(REASONS)


def test_no_text_is_asked_twice() -> None:
    sources = [case["source"] for case in CASES]
    assert len(sources) == len(set(sources))


def test_the_docs_list_the_known_differences() -> None:
    told = re.search(re.escape(TABLE_HEAD) + r"(?:\|.*\|\n)*", DOC.read_text("utf-8"))
    assert told
    assert told[0] == table()


def test_the_stored_answers_are_what_the_judge_says_today() -> None:
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    if not (HERE / "judges" / "node_modules" / "yaml").is_dir():
        pytest.skip("the judge is not installed: npm ci --prefix tests/judges")
    answers = judged([case["source"] for case in CASES])
    stale = [
        case["source"] for case, new in zip(CASES, answers, strict=True) if case["answer"] != new
    ]
    assert stale == []


def test_without_libyaml_all_but_tabs_and_tags_are_read_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(yaml12, "_LOADER", yaml.SafeLoader)
    plain = [case for case in CASES if not {"\t", "!"} & set(case["source"])]
    usual = [case for case in plain if "differs" not in case]
    assert len(usual) > 750
    assert [case for case in usual if not agree(case["source"], case["answer"])] == []


def main() -> None:
    """Ask the judge again, and write down what it says."""
    for case, answer in zip(CASES, judged([case["source"] for case in CASES]), strict=True):
        case["answer"] = answer
    lines = ",\n".join(f"  {json.dumps(case)}" for case in CASES)
    reasons = json.dumps(REASONS, indent=2)
    DATA.write_text(f'{{"differences": {reasons},\n"cases": [\n{lines}\n]}}\n', "ascii")
    old = DOC.read_text("utf-8")
    new = re.sub(re.escape(TABLE_HEAD) + r"(?:\|.*\|\n)*", lambda _: table(), old)
    DOC.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
