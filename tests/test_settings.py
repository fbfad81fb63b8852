import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultplan.plan import Plan
from vaultplan.problems import WrongUseError
from vaultplan.settings import COMPUTED, Settings, read_settings
from vaultplan.settings.follow import DEFAULT_STEPS
from vaultplan.settings.obsidian import Obsidian, read_obsidian

ID = "b7d0c6a2-5f0e-4a53-9c4b-2f1d8e6a7c19"


def read(text: str) -> Settings:
    return read_settings(text.encode())


def refused(text: str) -> str:
    """The message for settings that cannot be."""
    with pytest.raises(WrongUseError) as caught:
        read(text)
    return str(caught.value)


def test_an_empty_file_is_all_defaults() -> None:
    assert read("") == Settings()
    assert read("# only a comment\n") == Settings()
    assert (Settings().home, Settings().settle, Settings().computed) == (".", 10.0, frozenset())
    assert str(Settings().cadence.default) == "3 months"
    assert Settings().next.limit == 5
    assert [step.name for step in Settings().steps] == ["reach-out", "thank", "share", "check-in"]


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (f'vault_id = "{ID}"', "vault_id", UUID(ID)),
        ('vault_name = "Anna’s"', "vault_name", "Anna’s"),
        ('writer = "abc"', "writer", "abc"),
        ("today = 2026-11-20", "today", date(2026, 11, 20)),
        ('today = "2026-11-20"', "today", date(2026, 11, 20)),
        ("today = 2026-11-20T10:00:00Z", "today", date(2026, 11, 20)),
        ('timezone = "Europe/Stockholm"', "timezone", "Europe/Stockholm"),
        ('computed = ["progress"]', "computed", {"progress"}),
        (f"computed = {list(COMPUTED)}", "computed", set(COMPUTED)),
        ('home = "Index/"', "home", "Index"),
        ('home = "/"', "home", "."),
        ('links = "auto"', "links", set()),
        ('links = "markdown full"', "links", {"markdown", "full"}),
        ('ignore = ["Archive/**"]', "ignore", ("Archive/**",)),
        ('ignore = "Archive/**"', "ignore", ("Archive/**",)),
        ("settle = 3", "settle", 3.0),
        ('settle = "2.5s"', "settle", 2.5),
        ("\ufefftoday = 2026-11-20", "today", date(2026, 11, 20)),
    ],
)
def test_a_key_is_read_into_its_type(text: str, name: str, value: Any) -> None:
    assert getattr(read(text), name) == value


def test_every_table_is_read() -> None:
    found = read("""
        [cadence]
        default = "2 months"
        [log]
        headings = "Kontakte"
        contact = ["Fax"]
        connection = ["walk"]
        gave = ["Book lent"]
        [daily_notes]
        folder = "Daily/"
        format = "YYYYMMDD"
        enabled = false
        mentions = true
        [next]
        limit = 3
        goals = 2
        [kinds.contact]
        tags = "human"
        [serve]
        port = 8000
        [publish]
        url = "https://dav.example"
    """)

    assert str(found.cadence.default) == "2 months"
    assert "kontakte" in found.log.headings
    assert {"fax", "walk", "book-lent"} <= found.log.contacts
    assert found.log.connection > {"walk", "coffee"}
    assert found.log.gave > {"book-lent", "gave"}
    assert (found.daily_notes.folder, found.daily_notes.format) == ("Daily", "YYYYMMDD")
    assert (found.daily_notes.enabled, found.daily_notes.mentions) == (False, True)
    assert (found.next.limit, found.next.goals, found.next.key) == (3, 2.0, 1.0)
    assert found.kinds["contact"].tags == ("human",)


def test_there_is_a_feed_only_with_an_id() -> None:
    more = '[feed]\nname = "Mine"\n[[feeds]]\npath = "busy.ics"\nvariant = "busy"\n'

    assert read(more).feeds == ()
    assert [
        (feed.path, feed.name, feed.variant) for feed in read(f'vault_id = "{ID}"\n{more}').feeds
    ] == [
        ("follow-ups.ics", "Mine", "full"),
        ("busy.ics", "Follow-ups", "busy"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("today = ", "vaultplan.toml is not valid TOML: Invalid value"),
        ("a = 1\na = 2", "vaultplan.toml is not valid TOML: Cannot overwrite a value"),
        ("today = 2026-02-30", "vaultplan.toml is not valid TOML"),
        ("settle = " + "9" * 5000, "vaultplan.toml is not valid TOML"),
        ("x = " + "[" * 5000, "vaultplan.toml is not valid TOML"),
        ("tody = 2026-11-20", "unknown key tody; did you mean 'today'?"),
        ("xyz = 1", "unknown key xyz"),
        ("[fed]", "unknown key fed; did you mean 'feed'?"),
        ("[next]\nlimits = 5", "unknown key next.limits; did you mean 'limit'?"),
        ("[log]\nheading = 'Log'", "unknown key log.heading; did you mean 'headings'?"),
        ("[daily_notes]\nfolders = 'x'", "unknown key daily_notes.folders; did you mean 'folder'?"),
        ("[cadence]\nstrongly = '1m'", "unknown key cadence.strongly; did you mean 'strong'?"),
        ("[cadence.mentor]\nold = '1m'", "unknown key cadence.mentor.old"),
        ("[kinds.contact]\ntype = 'x'", "unknown key kinds.contact.type; did you mean 'types'?"),
        ("[[steps]]\nname = 'thank'\naftr = '1d'", "unknown key steps.aftr; did you mean 'after'?"),
        ("[feed]\nalarm = true", "unknown key feed.alarm; did you mean 'alarms'?"),
        ("vault_id = 'mine'", "vault_id = 'mine': expected a UUID"),
        ("vault_id = 5", "vault_id = 5: expected a text in quotes"),
        ("vault_name = true", "vault_name = True: expected a text in quotes"),
        ("writer = []", "writer = []: expected a text in quotes"),
        ("today = 'soon'", "today = 'soon': expected a day such as 2026-11-20"),
        ("today = 5", "today = 5: expected a day"),
        ("today = 10:00:00", "expected a day"),
        ("timezone = 'Mars/Base'", 'expected a time zone such as "Europe/Stockholm"'),
        ("timezone = '../../etc/passwd'", "expected a time zone"),
        ("timezone = 'Europe'", "expected a time zone"),
        ("computed = ['last']", "expected words among last_contact, next_follow_up"),
        ("computed = true", "computed = True: expected a list of texts"),
        ("computed = [1]", "computed = [1]: expected a list of texts"),
        ("home = '../up'", "expected a folder inside the vault"),
        ("home = 'a\\b'", "expected a folder inside the vault"),
        ("links = 'html'", 'expected "auto", or "wiki" or "markdown"'),
        ("ignore = {a = 1}", "ignore = {'a': 1}: expected a list of texts"),
        ("settle = 'soon'", 'expected seconds such as "10s"'),
        ("settle = -1", "expected a number from 0 to 999999"),
        ("settle = true", "expected a number"),
        ("settle = 0x" + "f" * 5000, "settle = a huge number: expected a number"),
        ("kinds = 5", "kinds = 5: expected a table: [kinds]"),
        ("kinds.contact = 5", "kinds.contact = 5: expected a table: [kinds.contact]"),
        ("[kinds.contact.keys]\nrole = 5", "kinds.contact.keys.role = 5: expected a list of texts"),
        ("[cadence]\nweak = 'often'", "cadence.weak = 'often': expected a span such as"),
        ("[cadence]\ndefault = true", "expected a span"),
        ("[cadence]\ntags = 5", "expected a table: [cadence.tags]"),
        ("[next]\nlimit = -1", "next.limit = -1: expected a number"),
        ("[next]\nkey = nan", "next.key = nan: expected a number"),
        ("[next]\nkey = '1'", "next.key = '1': expected a number"),
        ("[daily_notes]\nmentions = 'yes'", "daily_notes.mentions = 'yes': expected true or false"),
        ("steps = 'thank'", "expected an array of tables: [[steps]]"),
        ("[steps]\nname = 'thank'", "expected an array of tables: [[steps]]"),
        ("[[steps]]\ntext = 'Hm'", "steps.name = None: expected the name of a step"),
        ("[[steps]]\nname = 'a'\nfrom = 'birth'", "expected one of plan, connection, last-contact"),
        ("[[steps]]\nname = 'a'\nafter = 'soon'", "expected a span"),
        ("[[steps]]\nname = 'a'\nafter = 'cadence'", "steps.after = 'cadence': expected a span"),
        ("[[steps]]\nname = 'thank'\nafter = 'reach_out_days'", "for a step from 'connection'"),
        ("[[steps]]\nname = 'check-in'\nfrom = 'connection'", "for a step from 'connection'"),
        ("[[steps]]\nname = 'reach-out'\nafter = 'cadence'", "for a step from 'plan'"),
        ("[[steps]]\nname = 'a'\nwrites = 'note'", "expected a kind of log line that is a contact"),
        ("[[steps]]\nname = 'a'\nwrites = ''", "expected a kind of log line that is a contact"),
        ("[feed]\npath = '../out.ics'", "expected the path of an .ics file inside the vault"),
        ("[[feeds]]\nname = 'Two'", "two calendars want the same file"),
    ],
)  # fmt: skip
def test_a_slip_is_one_message_that_names_the_key(text: str, message: str) -> None:
    found = refused(text)

    assert found.startswith("vaultplan.toml")
    assert message in found


def test_what_is_not_utf_8_is_said_so() -> None:
    with pytest.raises(WrongUseError, match=r"vaultplan\.toml is not UTF-8; save it as UTF-8"):
        read_settings("vault_name = 'Zoë'".encode("cp1252"))


PlanOf = Callable[[str, str], Plan]
StepsOf = Callable[[Plan, str], str]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[kinds.human]", "kinds.human: there is no such kind; write contact, goal,"),
        ("[kinds.contact.keys]\nrol = 'job'", "a contact has no such field; did you mean 'role'?"),
        ("[kinds.goal.keys]\nxyz = 'job'", "keys.xyz: a goal has no such field; write kind,"),
    ],
)  # fmt: skip
def test_kinds_and_fields_of_the_settings_must_exist(
    plan_of: PlanOf, text: str, message: str
) -> None:
    with pytest.raises(WrongUseError) as caught:
        plan_of(f"--- vaultplan.toml\n{text}\n", "2026-11-20")

    assert message in str(caught.value)


ADA = """
--- Ada.md
---
type: contact
cadence: 1 month
---
## Log
- 2026-11-18 coffee
LOG
--- vaultplan.toml
STEPS
"""


CHAIN = {
    "reach-out": "done -",
    "thank": "upcoming 2026-11-19",
    "share": "upcoming 2026-11-25",
    "check-in": "upcoming 2026-12-18",
}


@pytest.mark.parametrize(
    ("step", "log", "changed"),
    [
        ("", "", {}),
        ("name = 'share'\nafter = 'none'", "", {"share": ""}),
        ("name = 'thank'\nafter = '3 days'", "", {"thank": "upcoming 2026-11-21"}),
        ("name = 'check-in'\nafter = '2 weeks'", "", {"check-in": "upcoming 2026-12-02"}),
        ("name = 'thank'\ndone_by = 'Postcard'", "postcard", {"thank": "done 2026-11-19"}),
        ("name = 'thank'\ndone_by = 'postcard'", "thank-you", {"thank": "done 2026-11-19"}),
        ("name = 'thank'\ndone_by = 'postcard'", "email", {}),
        ("name = 'thank'\nwrites = 'Long Letter'", "long letter: x", {"thank": "done 2026-11-19"}),
        ("name = 'thank'\nwrites = 'letter'", "email", {"thank": "done 2026-11-19"}),
        ("name = 'thank'\ndone_by = 'any'", "asked", {"thank": "done 2026-11-19"}),
        ("name = 'invite'", "", {"invite": "upcoming 2026-11-25"}),
        ("name = 'invite'\nafter = 14", "invite", {"invite": "done 2026-12-02"}),
        ("name = 'invite'\nwrites = 'call'", "call", {"invite": "done 2026-11-25"}),
        (
            "name = 'news'\nfrom = 'last-contact'\nafter = 'cadence'",
            "",
            {"news": "upcoming 2026-12-18"},
        ),
        ("name = 'share'\nfrom = 'plan'\nafter = '1 month'", "", {"share": "undated -"}),
    ],
)
def test_a_step_is_changed_taken_away_or_added(
    plan_of: PlanOf, steps_of: StepsOf, step: str, log: str, changed: dict[str, str]
) -> None:
    line = f"- 2026-11-18 {log}" if log else ""
    text = f"[[steps]]\n{step}" if step else ""
    plan = plan_of(ADA.replace("LOG", line).replace("STEPS", text), "2026-11-18")
    chain = {name: state for name, state in (CHAIN | changed).items() if state}

    assert steps_of(plan, "Ada") == "\n".join(f"{name} {state}" for name, state in chain.items())


def test_a_step_from_the_plan_counts_calendar_months(plan_of: PlanOf, steps_of: StepsOf) -> None:
    vault = """
--- Ada.md
---
type: contact
key: true
---
--- Plan.md
---
type: plan
start: 2026-01-31
---
--- vaultplan.toml
[[steps]]
name = "reach-out"
after = "1 month"
"""
    assert steps_of(plan_of(vault, "2026-02-01"), "Ada") == "reach-out upcoming 2026-02-28"


def test_every_default_step_is_done_by_the_line_that_ticking_it_writes() -> None:
    for step in DEFAULT_STEPS:
        assert step.done_by & {"any", step.writes}
        assert "{person}" in step.text


WORDS = ["", "x", "none", "1 month", "plan", "any", "thank", "cadence", "Europe", "a.ics", ID]
SCALARS = st.one_of(
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from(WORDS),
    st.text(max_size=5),
)
ANY = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=3),
    st.lists(st.lists(SCALARS, max_size=2), max_size=2),
    st.dictionaries(st.text(max_size=3), SCALARS, max_size=2),
)


PLACES = """
vault_id vault_name writer today timezone computed home links ignore settle serve publish odd kinds
kinds.contact kinds.contact.types kinds.contact.folders kinds.contact.keys kinds.contact.keys.role
cadence cadence.default cadence.weak cadence.mentor cadence.mentor.active cadence.tags
cadence.tags.x steps steps.name steps.text steps.from steps.after steps.done_by steps.writes
log log.headings log.contact daily_notes daily_notes.folder daily_notes.format daily_notes.mentions
next next.limit next.key feed feed.path feed.name feed.include feed.alarms feed.completed feed.todo
feed.variant feed.links feeds feeds.path feeds.todo
"""


def toml(values: dict[str, Any]) -> dict[str, Any]:
    """The parsed settings with some values in their places."""
    data: dict[str, Any] = {}
    for place, value in sorted(values.items()):
        table = data
        *above, key = place.split(".")
        for name in above:
            first = {"name": "thank"} if name == "steps" else {}
            inner = table.setdefault(name, [first] if name in ("steps", "feeds") else first)
            table = inner[0] if isinstance(inner, list) and inner else inner
            if not isinstance(table, dict):
                return data
        table[key] = value
    return data


@settings(max_examples=500)
@given(st.dictionaries(st.sampled_from(PLACES.split()), ANY, max_size=2))
def test_no_value_of_any_key_ends_in_anything_but_a_message(values: dict[str, Any]) -> None:
    with pytest.MonkeyPatch.context() as patch, suppress(WrongUseError):
        patch.setattr(tomllib, "loads", lambda _: toml(values))
        read("")


@given(st.text() | st.binary())
def test_no_file_ends_in_anything_but_a_message(data: str | bytes) -> None:
    with suppress(WrongUseError):
        read_settings(data if isinstance(data, bytes) else data.encode())


def test_obsidians_own_settings_are_read() -> None:
    files = {
        ".obsidian/app.json": b'{"useMarkdownLinks": true, "newLinkFormat": "relative"}',
        ".obsidian/daily-notes.json": b'{"folder": "/Daily/", "format": "DD.MM.YYYY"}',
        ".obsidian/templates.json": b'{"folder": "Meta/Templates/"}',
        ".obsidian/plugins/templater-obsidian/data.json": b'{"templates_folder": "T"}',
    }

    assert read_obsidian(files.get) == Obsidian(
        markdown_links=True,
        link_format="relative",
        daily_folder="Daily",
        daily_format="DD.MM.YYYY",
        templates=("Meta/Templates", "T"),
    )
    files[".obsidian/plugins/periodic-notes/data.json"] = (
        b'{"daily": {"enabled": true, "folder": "Journal", "format": ""}}'
    )
    assert read_obsidian(files.get).daily_folder == "Journal"
    assert read_obsidian(files.get).daily_format == "YYYY-MM-DD"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b'{"folder": 5, "daily": [1]}', b"\xff", b"[" * 100_000]
)
def test_whatever_is_odd_in_them_means_the_default(data: bytes) -> None:
    assert read_obsidian(lambda _: data) == Obsidian()
