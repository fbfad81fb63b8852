"""The tables of mentors, organisations, events, opportunities and brand, from notes to Markdown."""

import re
from collections.abc import Callable
from textwrap import dedent
from time import process_time

import pytest
from markdown_it import MarkdownIt

from vaultplan.kinds.contact import MENTOR
from vaultplan.kinds.opportunity import STAGE
from vaultplan.plan import Plan
from vaultplan.plan.organisations import members_of, organisation_of
from vaultplan.text.linkstyle import LinkStyle
from vaultplan.views import VIEWS, mentors, opportunities
from vaultplan.views.brand import BRAND
from vaultplan.views.contacts import CONTACTS
from vaultplan.views.events import EVENTS
from vaultplan.views.listing import OPTIONS
from vaultplan.views.mentors import MENTORS
from vaultplan.views.opportunities import OPPORTUNITIES
from vaultplan.views.organisations import ORGANISATIONS
from vaultplan.views.view import OddOption, Page, View

PlanOf = Callable[[str, str], Plan]
TODAY = "2026-11-20"
TABLES = (MENTORS, ORGANISATIONS, EVENTS, OPPORTUNITIES, BRAND)
NOTHING = "--- Diary.md\nNothing yet.\n"
HOSTILE = "A|B]] `x` <b> [[C"


def notes(*lines: str) -> str:
    """A vault of one note a line: its path, then its properties."""
    parts = [line.partition(" ") for line in lines]
    return "".join(f"--- {path}.md\n---\n{fields}\n---\n" for path, _, fields in parts)


def shown(plan: Plan, view: View, **options: str) -> str:
    page = Page(plan, "Home.md", LinkStyle())
    lines = list(view.render(page, {name: (text,) for name, text in options.items()}))
    for line in lines:
        assert not line or line.startswith("|") or view.phrases.fullmatch(line), line
    return "\n".join(lines)


def column(plan: Plan, view: View, number: int = 0, **options: str) -> str:
    """The words of one column of a view's first table, without the brackets of links."""
    rows = shown(plan, view, **options).split("\n\n")[0].splitlines()[2:]
    return " ".join(re.split(r"(?<!\\)\|", row)[number + 1].strip(" []") for row in rows)


def same(text: str, expected: str) -> bool:
    return text == dedent(expected).strip()


def test_mentors_stand_by_stage_and_fit_above_the_programmes(plan_of: PlanOf) -> None:
    text = notes(
        "Ada {type: contact, mentor: active, mentor_fit: {experience: 4, insight: 5}}",
        "Bob {type: contact, mentor: potential, mentor_fit: {values: 2}}",
        "Cy {type: contact, mentor: potential, mentor_fit: {values: 3}}",
        "Di {type: contact, mentor_fit: {values: 5}}",
        "Ed {type: contact, mentor: former}",
        "Flo {type: contact, mentor: asked, cadence: 3 months}",
        "Gil {type: contact, mentor_fit: {experience: , values: , insight: }}",
        "Hy {type: contact}",
        "Wise {type: organisation, kind: programme, status: a | b, joined: 2026-10-01}",
        "Old {type: organisation, kind: programme, name: Circle}",
        "Shop {type: organisation, kind: company}",
    )
    plan = plan_of(text, TODAY)

    assert same(
        shown(plan, MENTORS),
        r"""
        | Name | Stage | Experience | Values | Insight | Last | Next |
        | --- | --- | --- | --- | --- | --- | --- |
        | [[Ada]] | active | 4 |  | 5 |  |  |
        | [[Flo]] | asked |  |  |  |  | reach-out |
        | [[Cy]] | potential |  | 3 |  |  |  |
        | [[Bob]] | potential |  | 2 |  |  |  |
        | [[Ed]] | former |  |  |  |  |  |
        | [[Di]] |  |  | 5 |  |  |  |

        **Programmes**

        | Name | Status | Joined |
        | --- | --- | --- |
        | [[Old\|Circle]] |  |  |
        | [[Wise]] | a \| b | 2026-10-01 |
        """,
    )
    assert column(plan, MENTORS, where="mentor = potential", limit="1") == "Cy"
    assert column(plan, MENTORS, sort="-name") == "Flo Ed Di Cy Bob Ada"


def test_a_mentor_has_the_last_contact_and_the_next_step(plan_of: PlanOf) -> None:
    text = "--- Ada.md\n---\n{type: contact, mentor: active, cadence: 1 month}\n---\n"
    plan = plan_of(text + "## Log\n- 2026-11-18 email\n", TODAY)

    assert column(plan, MENTORS, 5) == "2026-11-18"
    assert column(plan, MENTORS, 6) == "check-in 2026-12-18"


def test_programmes_are_shown_without_a_mentor(plan_of: PlanOf) -> None:
    plan = plan_of(notes("Wise {type: organisation, kind: programme}"), TODAY)

    assert shown(plan, MENTORS).startswith("*No mentors yet.*\n\n**Programmes**\n\n| Name |")


def test_organisations_have_their_people_and_the_last_contact_with_them(plan_of: PlanOf) -> None:
    text = notes(
        "Zoo {type: organisation, name: Acme Labs, kind: company, status: new, joined: 2026-01-02}",
        "Forum {type: organisation, kind: forum}",
        "Bob {type: contact, organisation: ACME  labs, last_contact: 2026-11-02}",
        'Ada {type: contact, organisation: "[[Zoo]]", last_contact: 2026-11-09}',
        "Cy {type: contact, organisation: Elsewhere, last_contact: 2026-11-19}",
        *(f"F{n} {{type: contact, organisation: forum}}" for n in range(7)),
    )
    plan = plan_of(text, TODAY)

    assert same(
        shown(plan, ORGANISATIONS),
        r"""
        | Name | Kind | Status | Joined | People | Last contact |
        | --- | --- | --- | --- | --- | --- |
        | [[Zoo\|Acme Labs]] | company | new | 2026-01-02 | [[Ada]], [[Bob]] | 2026-11-09 |
        | [[Forum]] | forum |  |  | [[F0]], [[F1]], [[F2]], [[F3]], [[F4]] and 2 more |  |
        """,
    )
    assert column(plan, ORGANISATIONS, where="kind = forum") == "Forum"
    assert column(plan, ORGANISATIONS, sort="-people", limit="1") == "Forum"
    assert column(plan, ORGANISATIONS, 1, where="last_contact < today") == "company"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('"[[Zoo]]"', "Orgs/Zoo.md"),
        ("[[Zoo]]", "Orgs/Zoo.md"),
        ('"[[Orgs/Zoo|my old place]]"', "Orgs/Zoo.md"),
        ('"[Zoo](Orgs/Zoo.md)"', "Orgs/Zoo.md"),
        ('["[[Nowhere]]", "[[Zoo]]"]', "Orgs/Zoo.md"),
        ("zoologischer  GÄRTEN", "Orgs/Zoo.md"),
        ("zoologischer garten", "Orgs/Zoo.md"),
        ("ZG", "Orgs/Zoo.md"),
        ("zoo", "Orgs/Zoo.md"),
        ('"[[Somewhere/ZG]]"', "Orgs/Zoo.md"),
        ('"[[Nowhere|ZG]]"', "Orgs/Zoo.md"),
        ("42", "Orgs/42.md"),
        ("Twin", "Orgs/A.md"),
        ("Zoo Berlin", None),
        ('"[[Di]]"', None),
        ("Di", None),
        ("", None),
        ("[]", None),
        ("{name: Zoo}", None),
        ('"\u0301"', None),
    ],
)
def test_an_organisation_is_known_by_link_name_alias_or_file(
    plan_of: PlanOf, written: str, found: str | None
) -> None:
    text = notes(
        "Orgs/Zoo {type: organisation, name: Zoologischer Garten, aliases: [ZG]}",
        "Orgs/A {type: organisation, name: Twin}",
        "Orgs/B {type: organisation, name: Twin}",
        "Orgs/42 {type: organisation}",
        "Di {type: contact}",
        f"Ada type: contact\norganisation: {written}",
    )
    plan = plan_of(text, TODAY)
    note = organisation_of(plan.vault.entries["Ada.md"], plan.vault)

    assert (note.path if note else None) == found
    assert [path for path, people in members_of(plan.vault).items() if people] == (
        [found] if found else []
    )


def test_a_name_goes_before_an_alias_and_an_alias_before_a_file_name(plan_of: PlanOf) -> None:
    text = notes(
        "Acme {type: organisation, name: Other}",
        "B {type: organisation, aliases: [Acme, Zuse]}",
        "C {type: organisation, name: Acme}",
        "Zuse {type: organisation, name: Z}",
        "Ada {type: event, organisation: Acme}",
        "Bob {type: opportunity, organisation: ' ZUSE'}",
        'Cy {type: contact, organisation: "[[Somewhere|Acme]]"}',
    )
    plan = plan_of(text, TODAY)
    found = [
        organisation_of(plan.vault.entries[f"{name}.md"], plan.vault) for name in ("Bob", "Cy")
    ]

    assert [note.path for note in found if note] == ["Zuse.md", "C.md"]


def test_events_to_come_stand_before_the_newest_past_ones(plan_of: PlanOf) -> None:
    text = notes(
        'Later {type: event, start: 2026-12-05T18:00, location: "Hall | B", people: ["[[Ada]]", '
        '"[[Zed|Zed Q]]", "[[Ada]]"], goals: "[[Learn Go]]"}',
        "Today {type: event, date: 2026-11-20}",
        "Past {type: event, start: 2026-11-01}",
        "Newer {type: event, start: 2026-11-19, status: attended}",
        "Long {type: event, start: 2026-11-18, end: 2026-11-21}",
        "Off {type: event, start: 2026-11-30, status: cancelled}",
        "Someday {type: event}",
        "Ada {type: contact}",
        "Learn {type: goal, name: Learn Go}",
    )
    plan = plan_of(text, TODAY)

    assert same(
        shown(plan, EVENTS),
        r"""
        | Date | Event | Place | Status | People | Goals |
        | --- | --- | --- | --- | --- | --- |
        | 2026-11-18 | [[Long]] |  | planned |  |  |
        | 2026-11-20 | [[Today]] |  | planned |  |  |
        | 2026-11-30 | [[Off]] |  | cancelled |  |  |
        | 2026-12-05 | [[Later]] | Hall \| B | planned | [[Ada]], Zed Q | Learn Go |
        |  | [[Someday]] |  | planned |  |  |
        | 2026-11-19 | [[Newer]] |  | attended |  |  |
        | 2026-11-01 | [[Past]] |  | attended? |  |  |
        """,
    )
    assert column(plan, EVENTS, 1, where="status = attended?") == "Past"
    assert column(plan, EVENTS, 1, where="start >= +1w", sort="-start") == "Later Off"
    assert column(plan, EVENTS, 1, limit="1") == "Long"


def test_opportunities_stand_by_how_far_they_have_come(plan_of: PlanOf) -> None:
    text = notes(
        "Lost {type: opportunity, stage: lost}",
        "Won {type: opportunity, stage: won}",
        "Hint {type: opportunity, organisation: Elsewhere | Co}",
        "Late {type: opportunity, stage: applied, due: 2027-01-01}",
        "Job {type: opportunity, stage: applied, organisation: acme, role: a | b, "
        'date: 2026-11-01, due: 2026-12-01, people: "[[Bob]]"}',
        "Gig {type: opportunity, stage: interviewing}",
        "New {type: opportunity, stage: spotted}",
        "Acme {type: organisation, name: Acme Labs}",
        "Bob {type: contact, name: Bo}",
    )
    plan = plan_of(text, TODAY)

    assert same(
        shown(plan, OPPORTUNITIES),
        r"""
        | Opportunity | Organisation | Role | Stage | Since | Deadline | People |
        | --- | --- | --- | --- | --- | --- | --- |
        | [[Gig]] |  |  | interviewing |  |  |  |
        | [[Job]] | [[Acme\|Acme Labs]] | a \| b | applied | 2026-11-01 | 2026-12-01 | [[Bob\|Bo]] |
        | [[Late]] |  |  | applied |  | 2027-01-01 |  |
        | [[New]] |  |  | spotted |  |  |  |
        | [[Hint]] | Elsewhere \| Co |  |  |  |  |  |
        | [[Won]] |  |  | won |  |  |  |
        | [[Lost]] |  |  | lost |  |  |  |
        """,
    )
    assert column(plan, OPPORTUNITIES, where="open = false") == "Won Lost"
    assert column(plan, OPPORTUNITIES, where="open = yes", sort="due", limit="2") == "Job Late"


def test_brand_notes_stand_by_due_day_and_what_is_out_below(plan_of: PlanOf) -> None:
    text = notes(
        "Pitch {type: brand, kind: pitch, status: draft}",
        'Talk {type: brand, kind: talk, status: idea, due: 2026-12-01, url: "https://x.example/a"}',
        "Post {type: brand, kind: article, due: 2026-11-01}",
        "Older {type: brand, kind: article, status: published, due: 2026-10-09, date: 2026-10-01}",
        "Newer {type: brand, kind: training, status: done, due: 2026-10-02}",
        "Undated {type: brand, status: done}",
    )
    plan = plan_of(text, TODAY)

    assert same(
        shown(plan, BRAND),
        r"""
        | What | Kind | Status | Due | Address |
        | --- | --- | --- | --- | --- |
        | [[Post]] | article |  | 2026-11-01 |  |
        | [[Talk]] | talk | idea | 2026-12-01 | https://x.example/a |
        | [[Pitch]] | pitch | draft |  |  |
        | [[Newer]] | training | done | 2026-10-02 |  |
        | [[Older]] | article | published | 2026-10-09 |  |
        | [[Undated]] |  | done |  |  |
        """,
    )
    assert column(plan, BRAND, where="kind = article") == "Post Older"
    assert column(plan, BRAND, where="open = true", sort="-due") == "Talk Post Pitch"


def test_the_key_people_can_be_shown_by_rank(plan_of: PlanOf) -> None:
    text = notes(
        "A {type: contact, key: true}",
        "B {type: contact, key: true, mentor: asked}",
        "C {type: contact, cadence: 1d, mentor: active}",
    )
    plan = plan_of(text, TODAY)

    assert column(plan, CONTACTS, where="key = true", sort="rank") == "B A"
    assert column(plan, CONTACTS, where="rank = 1") == "B"
    assert column(plan, CONTACTS, sort="-rank") == "A B C"


@pytest.mark.parametrize("view", TABLES, ids=lambda view: view.name)
def test_nothing_to_show_is_said(plan_of: PlanOf, view: View) -> None:
    empty, one = plan_of(NOTHING, TODAY), plan_of(_one_of_each("Plain"), TODAY)
    many = {"brand": "brand notes"}.get(view.name, view.name)
    single = {"opportunities": "opportunity"}.get(view.name, many.removesuffix("s"))

    assert shown(empty, view) == f"*No {many} yet.*"
    assert shown(one, view, where="path = x") == f"*No {single} of 1 fits.*"
    assert shown(one, view, limit="0") == f"*No {single} of 1 fits.*"
    assert view in VIEWS
    assert view.options == OPTIONS


def test_nobody_tracked_is_said_of_all_contacts(plan_of: PlanOf) -> None:
    assert shown(plan_of(NOTHING, TODAY), CONTACTS) == "*No contacts yet.*"
    plan = plan_of(notes("Ada {type: contact}", "Bob {type: contact}"), TODAY)
    assert shown(plan, CONTACTS) == "*No contact of 2 fits.*"
    assert column(plan, CONTACTS, where="tracked = false") == "Ada Bob"


@pytest.mark.parametrize("view", [*TABLES, CONTACTS], ids=lambda view: view.name)
@pytest.mark.parametrize(
    ("option", "text", "message"),
    [
        ("where", "shoe = 42", "has no field shoe"),
        ("where", "path", "is no filter"),
        ("where", "path => 1", "there is no =>"),
        ("sort", "shoe", "has no field shoe"),
        ("limit", "few", "write a whole number"),
    ],
)
def test_an_odd_option_is_said_even_where_there_is_nothing(
    plan_of: PlanOf, view: View, option: str, text: str, message: str
) -> None:
    with pytest.raises(OddOption, match=message):
        shown(plan_of(NOTHING, TODAY), view, **{option: text})


def _one_of_each(name: str) -> str:
    own = f"name: '{name}', status: '', organisation: '{name}', role: '{name}', location: '{name}'"
    link = f'people: ["[[{name}|{name}]]"], goals: ["[[{name}]]", "{name}"]'
    return notes(
        f"C {{type: contact, mentor: active, {own}, cadence: 1d}}",
        f"O {{type: organisation, name: '{name}', status: '{name}', kind: company}}",
        f"E {{type: event, {own}, {link}}}",
        f"P {{type: opportunity, {own}, {link}}}",
        f"B {{type: brand, {own}, url: '{name}'}}",
    )


@pytest.mark.parametrize("view", TABLES, ids=lambda view: view.name)
@pytest.mark.parametrize(
    "name",
    [
        HOSTILE,
        "|",
        "a | b || c",
        "<!-- x -->",
        "[x](javascript:y)",
        "![[a]]",
        "a^b #c %%d%%",
        "$x$",
    ],
)
def test_no_name_breaks_a_row_or_becomes_a_link(plan_of: PlanOf, view: View, name: str) -> None:
    plan = plan_of(_one_of_each(name), TODAY)
    heads, _, *rows = shown(plan, view).splitlines()
    page = MarkdownIt("commonmark", {"html": True}).enable("table").parse(shown(plan, view))
    inside = [token for block in page for token in block.children or ()]
    addresses = {str(token.attrs["href"]) for token in inside if token.type == "link_open"}

    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [heads.count("|")]
    assert addresses <= {"C.md", "O.md", "E.md", "P.md", "B.md"}
    assert {token.type for token in inside} <= {"text", "link_open", "link_close", "text_special"}


def test_every_stage_has_its_place() -> None:
    assert sorted(filter(None, mentors.STAGES)) == sorted(MENTOR.words.split(" · "))
    assert sorted(filter(None, opportunities.STAGES)) == sorted(STAGE.words.split(" · "))


def test_many_notes_take_no_time(plan_of: PlanOf) -> None:
    text = notes(
        *(f"C{n} {{type: contact, key: true, organisation: o{n % 400}}}" for n in range(800)),
        *(f"O{n} {{type: organisation}}" for n in range(400)),
        *(f"P{n} {{type: opportunity, organisation: o{n}}}" for n in range(400)),
    )
    plan = plan_of(text, TODAY)
    start = process_time()

    for view in (*TABLES, CONTACTS):
        shown(plan, view, where="path != x", sort="path")

    assert process_time() - start < 5
