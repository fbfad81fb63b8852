"""What never happens to a feed, whatever the notes say and wherever it is made."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultplan.feed import (
    EVENTS,
    TO_DOS,
    build_feed,
    build_todo_feed,
    component,
    join_parts,
    next_turn,
    parts_of,
)
from vaultplan.feedcheck import check_feed
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings, Variant

TODAY = date(2026, 11, 20)
VAULT = UUID("6f1d3c3e-52c5-4d0e-9a53-0c1f6a5d3b21")
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
]


def feed_settings(**changes: Any) -> FeedSettings:
    return FeedSettings(**{"vault_name": "My vault", "vault_id": VAULT, **changes})


def thank(**changes: Any) -> Appointment:
    fields = {
        "identity": ("ada-1", "thank", "2026-11-19"),
        "category": Category.FOLLOW_UP,
        "start": TODAY,
        "title": "Thank {person}",
        "path": "People/Ada Lovelace.md",
        "stamp": date(2026, 11, 19),
        "person": "Ada Lovelace",
    }
    return Appointment(**{**fields, **changes})


def uids(data: bytes) -> list[str]:
    lines = data.decode().split("\r\n")
    return [line.removeprefix("UID:") for line in lines if line.startswith("UID:")]


def test_a_component_is_made_of_its_appointment_alone() -> None:
    kept, _ = parts_of([thank()], feed_settings(), TODAY, EVENTS)
    made = component(thank(), feed_settings(), TODAY - timedelta(days=300))

    assert [part.data for part in kept] == [made]
    data, _ = join_parts(kept, feed_settings(), feed_settings().path)
    assert data == build_feed([thank()], feed_settings(), TODAY)[0]


@given(st.integers(0, 800), st.integers(0, 1), st.integers(1, 1000))
def test_items_read_the_same_until_their_next_turn(away: int, is_done: int, later: int) -> None:
    start = TODAY + timedelta(days=away - 400)
    item = thank(start=start, done=start if is_done else None)
    turn = next_turn([item], TODAY) or date.max
    day = min(TODAY + timedelta(days=later), turn - timedelta(days=1))

    for sort in (EVENTS, TO_DOS):
        settings = feed_settings(todo="to-dos.ics")
        assert parts_of([item], settings, day, sort) == parts_of([item], settings, TODAY, sort)


HOSTILE = [
    'A|B]]<b>#^\n;,"',
    "x\r\nEND:VEVENT",
    "\u202eשלום",
    "é" * 127,
    "\0",
    "🎉",
    "{person}",
    "\ud800",
]
TEXTS = st.one_of(st.text(st.characters(exclude_categories=())), st.sampled_from(HOSTILE))
DAYS = st.one_of(st.dates(), st.dates(date(2026, 8, 1), date(2028, 12, 1)))
TZ = st.one_of(
    st.sampled_from(ZONES).map(ZoneInfo),
    st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone),
)


def moments(zone: tzinfo) -> st.SearchStrategy[datetime]:
    near = datetime(2026, 8, 1), datetime(2028, 12, 1)  # noqa: DTZ001  (the zone comes below)
    folds = st.booleans()
    days = st.one_of(st.datetimes(), st.datetimes(*near))
    return st.builds(lambda day, fold: day.replace(tzinfo=zone, fold=fold), days, folds)


MOMENTS = TZ.flatmap(moments)
APPOINTMENTS = st.builds(
    Appointment,
    identity=st.lists(TEXTS, max_size=2).map(tuple),
    category=st.sampled_from(Category),
    start=st.one_of(DAYS, MOMENTS),
    title=TEXTS,
    path=TEXTS,
    stamp=DAYS,
    end=st.one_of(st.none(), DAYS, MOMENTS),
    person=TEXTS,
    notes=st.lists(TEXTS, max_size=3).map(tuple),
    location=TEXTS,
    yearly=st.booleans(),
    done=st.one_of(st.none(), DAYS),
)


@settings(deadline=None)
@given(
    items=st.lists(APPOINTMENTS, max_size=6),
    order=st.randoms(use_true_random=False),
    variant=st.sampled_from(["full", "initials", "busy"]),
    name=TEXTS,
    completed=st.booleans(),
)
def test_any_appointments_give_a_feed_without_flaw_and_the_same_in_any_order(
    items: list[Appointment], order: Random, variant: Variant, name: str, *, completed: bool
) -> None:
    chosen = feed_settings(variant=variant, vault_name=name, name=name, completed=completed)
    shuffled = order.sample(items, len(items))

    for build, kind in ((build_feed, "VEVENT"), (build_todo_feed, "VTODO")):
        data, problems = build(items, chosen, TODAY)

        assert {flaw.rule for flaw in check_feed(data)} <= {"empty"}
        assert set(uids(data)) <= {uid_of(VAULT, kind, item.identity) for item in items}
        assert build(shuffled, chosen, TODAY) == (data, problems)


SCRIPT = """
import hashlib, sys
sys.path[:0] = [{root!r}, {tests!r}]
from test_feed_always import TODAY, feed_settings, many
from vaultplan.feed import build_feed
print(hashlib.sha256(build_feed(many(), feed_settings(), TODAY)[0]).hexdigest())
"""


def many() -> list[Appointment]:
    days = [TODAY + timedelta(days=n % 9) for n in range(40)]
    whole = [thank(identity=(str(n),), start=day) for n, day in enumerate(days)]
    start = datetime(2026, 11, 20, 18, tzinfo=UTC)
    return whole + [thank(start=start.astimezone(ZoneInfo(key)), identity=(key,)) for key in ZONES]


def test_hash_seed_time_zone_and_locale_change_nothing() -> None:
    tests = Path(__file__).parent
    script = SCRIPT.format(root=str(tests.parent), tests=str(tests))
    runs = [("0", "UTC", "C"), ("1", "Pacific/Kiritimati", "C.UTF-8"), ("2", "Etc/GMT+12", "POSIX")]
    found = set()
    for seed, zone, locale in runs:
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
        )
        found.add(done.stdout.strip())

    assert found == {hashlib.sha256(build_feed(many(), feed_settings(), TODAY)[0]).hexdigest()}
