"""What a person says in generated lines, and what becomes of it in the contact's note."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from unittest import mock

import pytest

from vaultplan.passes.reading import Place
from vaultplan.passes.report import Report
from vaultplan.passes.sync import sync

CHECKLIST = "<!-- vaultplan:begin checklist -->\n<!-- vaultplan:end -->\n"
AGENDA = "<!-- vaultplan:begin agenda -->\n<!-- vaultplan:end -->\n"
ADA = f"---\ntype: contact\nid: ada\n---\n{CHECKLIST}\n## Log\n\n- 2026-11-18 met: at the fair\n"


@pytest.fixture(autouse=True)
def _hurry() -> object:
    with mock.patch("os.fsync"):
        yield


class Vault:
    """A vault on a disk, and a person at it."""

    def __init__(self, folder: Path, **notes: str) -> None:
        self.root, self.state = folder / "vault", folder / "state"
        self.root.mkdir()
        (self.root / "vaultplan.toml").write_text('timezone = "UTC"\n', "utf-8")
        for name, text in notes.items():
            self.write(name, text)
        self.sync()

    def sync(self, day: str = "2026-11-20") -> Report:
        now = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)
        place = Place(self.root, self.state, now, lambda _: None, date.fromisoformat(day))
        report = sync(place)
        assert sync(place).written == ()
        return report

    def read(self, name: str) -> str:
        return (self.root / f"{name}.md").read_bytes().decode()

    def write(self, name: str, text: str) -> None:
        (self.root / f"{name}.md").write_bytes(text.encode())

    def line(self, name: str, words: str) -> str:
        return next(
            line for line in self.read(name).split("\n") if words in line and "^vp-" in line
        )

    def change(self, name: str, words: str, old: str, new: str) -> None:
        line = self.line(name, words)
        assert old in line
        self.write(name, self.read(name).replace(line, line.replace(old, new, 1), 1))

    def tick(self, name: str, words: str, done: str = "") -> None:
        if done:
            self.change(name, words, " ^vp-", f" ✅ {done} ^vp-")
        self.change(name, words, "[ ]", "[x]")

    def log(self, name: str) -> str:
        said = re.findall(r"^[-*+] \d{4}-.*?$", self.read(name), re.MULTILINE)
        return "\n".join(line.rstrip("\r") for line in said)


def told(report: Report, rule: str = "not-done") -> str:
    return "\n".join(
        f"{problem.path}:{problem.line}: {problem.message}"
        for problem in report.problems
        if problem.rule == rule
    )


def test_a_tick_in_the_checklist_becomes_a_line_of_the_log(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)

    vault.tick("Ada", "Thank")
    vault.sync()

    assert vault.log("Ada") == "- 2026-11-18 met: at the fair\n- 2026-11-20 thank-you"
    assert "[x] Thank [[Ada]] 📅 2026-11-19 ✅ 2026-11-20 ^vp-" in vault.read("Ada")


def test_a_tick_in_an_index_note_leaves_it_and_becomes_a_line_of_the_log(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA, Home=f"Due:\n{AGENDA}")

    vault.tick("Home", "Thank", done="2026-11-19")
    vault.sync()

    assert vault.log("Ada").endswith("\n- 2026-11-19 thank-you")
    assert "Thank" not in vault.read("Home")


@pytest.mark.parametrize(
    ("ticked", "day"),
    [
        ("- [X] Thank [[Ada]] 📅 2026-11-19 {}", "2026-11-20"),
        ("- [x] Thank [[Ada]] 📅 2026-11-19 ✅ 2026-11-19 {}", "2026-11-19"),
        ("- [x] Thank [[Ada]] 📅 2026-11-19 ✅ 2026-11-19 ✅ 2026-11-19 {}", "2026-11-19"),
        ("- [x] Thank [[Ada]] [due:: 2026-11-19]  [completion:: 2026-11-19] {}", "2026-11-19"),
        ("\t* [x] Thank her! 📅 2026-11-25 ✅ 2026-11-19 {}  ", "2026-11-19"),
        ("- [x] Thank [[Ada]] 📅 2026-11-19 ✅ 2027-01-01 {}", "2026-11-20"),
        ("- [x] Thank [[Ada]] 📅 2026-11-19 ✅ 2020-01-01 {}", "2026-11-18"),
        ("- [x] Thank [[Ada]] 📅 2026-11-19 ✅ 2026-02-30 {}", "2026-11-20"),
    ],
)
def test_however_it_was_ticked_the_day_is_the_one_it_says_between_connection_and_today(
    tmp_path: Path, ticked: str, day: str
) -> None:
    vault = Vault(tmp_path, Ada=ADA)
    line = vault.line("Ada", "Thank")

    vault.write("Ada", vault.read("Ada").replace(line, ticked.format(line.rpartition(" ")[2])))
    vault.sync()

    assert vault.log("Ada").endswith(f"\n- {day} thank-you")


def test_other_signs_in_the_box_say_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)

    vault.change("Ada", "Thank", "[ ]", "[-]")
    vault.sync()

    assert vault.log("Ada") == "- 2026-11-18 met: at the fair"
    assert "- [ ] Thank [[Ada]]" in vault.read("Ada")


def test_a_step_ticked_in_several_places_is_told_once_for_the_first_day(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA, Home=AGENDA, Later="x\n")
    vault.write("Later", vault.line("Home", "Thank").replace("[ ]", "[x]"))

    vault.tick("Ada", "Thank", done="2026-12-19")
    vault.tick("Home", "Thank", done="2026-12-09")
    vault.sync("2026-12-20")

    assert vault.log("Ada") == "- 2026-11-18 met: at the fair\n- 2026-12-09 thank-you"


def test_a_ticked_copy_says_it_once_and_stays_as_it_is(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA, Home=AGENDA)
    vault.write("2026-11-20", f"Today:\n{vault.line('Home', 'Thank')}\nmore")
    vault.tick("2026-11-20", "Thank")
    copy = vault.read("2026-11-20")

    for day in ("2026-11-20", "2026-11-21", "2027-03-01"):
        vault.sync(day)

    assert vault.log("Ada") == "- 2026-11-18 met: at the fair\n- 2026-11-20 thank-you"
    assert vault.read("2026-11-20") == copy


def test_a_copy_of_an_earlier_cycle_says_nothing(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)
    vault.write("Copies", vault.line("Ada", "Check in"))
    vault.write("Ada", vault.read("Ada") + "- 2026-11-19 coffee: soon after\n")
    vault.tick("Copies", "Check in")

    report = vault.sync()

    assert "check-in" not in vault.log("Ada")
    assert told(report) == ""


@pytest.mark.xfail(strict=True, reason="the key of a check-in does not say which line of a day")
def test_a_ticked_copy_of_a_check_in_on_the_day_of_another_contact_says_it_once(
    tmp_path: Path,
) -> None:
    vault = Vault(tmp_path, Ada=ADA + "- 2026-11-20 message: hello\n")
    vault.write("Copies", vault.line("Ada", "Check in"))
    vault.tick("Copies", "Check in")

    vault.sync("2026-11-20")
    vault.sync("2026-11-21")

    assert vault.log("Ada").count("check-in") == 1


def test_a_tick_counts_although_the_step_lapsed_before_the_next_pass(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)

    vault.tick("Ada", "Thank", done="2026-12-19")
    vault.tick("Ada", "Share")
    vault.sync("2027-01-31")

    assert vault.log("Ada").split("\n")[1:] == ["- 2026-12-19 thank-you", "- 2027-01-31 shared"]


def test_a_step_that_the_log_says_is_done_is_not_told_again(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA, Home=AGENDA)
    vault.tick("Home", "Thank")
    vault.write("Ada", vault.read("Ada") + "- 2026-11-19 email: thanked her\n")

    vault.sync()

    assert vault.log("Ada").endswith("\n- 2026-11-19 email: thanked her")


def test_log_lines_follow_the_order_and_the_style_of_the_log(tmp_path: Path) -> None:
    bo = dedent("""\
        ---
        type: contact
        ---
        ## History

        * [[2026-11-18]] — met: in town
          with his dog
        * [[2026-10-01]] — email
        """)
    vault = Vault(tmp_path, Bo=(bo + CHECKLIST).replace("\n", "\r\n"))

    vault.tick("Bo", "Thank")
    vault.sync()

    assert "## History\r\n\r\n* [[2026-11-20]] — thank-you\r\n* [[2026-11-18]]" in vault.read("Bo")
    assert vault.read("Bo").count("\n") == vault.read("Bo").count("\r\n")


def test_a_note_without_a_log_gets_one_at_its_end(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Cleo="---\ntype: contact\ncadence: 1 month\n---\nWords", Home=AGENDA)

    vault.tick("Home", "Reach out")
    vault.sync()

    assert vault.read("Cleo").endswith("---\nWords\n\n## Log\n\n- 2026-11-20 message")


def test_unticking_takes_the_bare_line_out_again(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)
    before = vault.read("Ada")
    vault.tick("Ada", "Thank")
    vault.sync()

    vault.change("Ada", "Thank", "[x]", "[ ]")
    vault.sync()

    assert vault.read("Ada") == before


def test_unticking_leaves_a_line_with_words_and_says_so(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA + "- 2026-11-19 thank-you: with a card\n")
    before = vault.read("Ada")

    vault.change("Ada", "Thank", "[x]", "[ ]")
    report = vault.sync()

    assert vault.read("Ada") == before
    assert told(report) == (
        "Ada.md:10: thank of Ada stays done: Ada.md:21 says so in your own words"
    )


def test_unticking_is_not_possible_while_a_copy_is_ticked(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)
    vault.write("Copy", vault.line("Ada", "Thank"))
    vault.tick("Copy", "Thank")
    vault.sync()

    vault.change("Ada", "Thank", "[x]", "[ ]")
    report = vault.sync()

    assert vault.log("Ada").endswith("- 2026-11-20 thank-you")
    assert told(report) == "Ada.md:10: thank of Ada stays done: it is ticked in Copy.md:1, too"


def test_another_day_of_a_check_in_becomes_its_follow_up(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)

    vault.change("Ada", "Check in", "📅 2027-02-18", "📅 2026-12-24")
    vault.sync()

    assert "id: ada\nfollow_up: 2026-12-24\n---" in vault.read("Ada")
    assert "[[Ada]] 📅 2026-12-24 ^vp-" in vault.line("Ada", "Check in")


def test_another_day_of_a_thank_you_becomes_a_snooze(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA, Home=AGENDA)

    vault.change("Home", "Thank", "📅 2026-11-19", "📆 2026-12-01")
    vault.sync()

    assert "id: ada\nsnooze: 2026-12-01\n---" in vault.read("Ada")
    assert "[[Ada]] 📅 2026-12-01 ^vp-" in vault.line("Home", "Thank")


@pytest.mark.parametrize(
    ("words", "day", "why"),
    [
        ("Thank", "2026-11-18", "it follows from the connection and can only be later"),
        ("Check in", "2026-11-24", "the contact on 2026-11-18 is less than 8 days before and coun"),
    ],
)
def test_a_day_that_cannot_be_is_said(tmp_path: Path, words: str, day: str, why: str) -> None:
    vault = Vault(tmp_path, Ada=ADA)
    before = vault.read("Ada")

    vault.change("Ada", words, "📅 20", f"📅 {day} 20")
    line = vault.line("Ada", words)
    vault.write("Ada", vault.read("Ada").replace(line, re.sub(r"(📅 \S+) \S+", r"\1", line)))
    report = vault.sync()

    assert vault.read("Ada") == before
    assert f"of Ada cannot be moved to {day}: {why}" in told(report)


def test_a_check_in_is_not_moved_before_a_snooze(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA.replace("id: ada", "id: ada\nsnooze: 2027-03-01"))

    vault.change("Ada", "Check in", "📅 2027-03-01", "📅 2026-12-24")

    assert "cannot be moved to 2026-12-24: Ada.md:4 says not before 2027-03-01" in told(
        vault.sync()
    )


def test_a_tick_and_a_moved_day_of_two_steps_are_both_heard(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA)

    vault.tick("Ada", "Thank")
    vault.change("Ada", "Share", "📅 2026-11-25", "📅 2026-12-01")
    vault.sync()

    assert vault.log("Ada").endswith("- 2026-11-20 thank-you")
    assert "snooze: 2026-12-01" in vault.read("Ada")


def test_a_ticked_step_is_not_moved_as_well(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA.replace("id: ada", "follow_up: 2026-12-01"), Home=AGENDA)

    vault.change("Home", "Check in", "📅 2026-12-01", "📅 2026-12-24")
    vault.tick("Ada", "Check in")
    vault.sync()

    assert vault.log("Ada").endswith("- 2026-11-20 check-in")
    assert "follow_up:\n" in vault.read("Ada")
    assert "[[Ada]] 📅 2027-02-20 ^vp-" in vault.line("Ada", "Check in")


def test_a_block_that_cannot_be_filled_can_be_ticked_like_a_copy(tmp_path: Path) -> None:
    """Its lines stay as they are, so what they say must not be said for ever."""
    ada = ADA.replace("id: ada", "cadence: 1 year") + "- 2026-11-19 thank-you\n"
    vault = Vault(tmp_path, Ada=ada)
    vault.write("Ada", vault.read("Ada").replace("begin checklist", "begin horoscope"))
    vault.change("Ada", "Thank", "[x]", "[ ]")
    vault.tick("Ada", "Share")

    for day in ("2026-11-20", "2026-11-21"):
        report = vault.sync(day)

    assert vault.log("Ada").split("\n")[1:] == ["- 2026-11-19 thank-you", "- 2026-11-20 shared"]
    assert "there is no view “horoscope”" in told(report, "block-options")


def test_a_tick_whose_step_is_gone_is_said(tmp_path: Path) -> None:
    vault = Vault(tmp_path, Ada=ADA, Home=AGENDA)
    vault.tick("Home", "Thank")
    vault.write("Ada", vault.read("Ada").replace("id: ada", "id: ada\nstatus: paused"))

    report = vault.sync()

    assert told(report) == (
        "Home.md:5: a task was changed whose step is not known; nothing was written for it"
    )


@pytest.mark.parametrize(("block", "left"), [(CHECKLIST, ""), ("", " 2026-12-01")])
def test_a_follow_up_that_is_used_up_is_emptied_only_where_there_is_a_checklist(
    tmp_path: Path, block: str, left: str
) -> None:
    ada = f"---\ntype: contact\nfollow_up: 2026-12-01\nsnooze: 2026-11-19\n---\n{block}## Log\n"
    vault = Vault(tmp_path, Ada=ada)

    vault.write("Ada", vault.read("Ada") + "- 2026-11-24 call\n")
    vault.sync("2026-11-24")

    snooze = " 2026-11-19" if left else ""
    assert f"\nfollow_up:{left}\nsnooze:{snooze}\n---" in vault.read("Ada")
