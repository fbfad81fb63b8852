"""Programs by other hands read a feed as it was meant: khal, vdirsyncer and ical.js."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from vaultplan.feed import build_feed, build_todo_feed
from vaultplan.feedcheck import check_feed
from vaultplan.rules.appointments import Appointment, Category
from vaultplan.rules.uids import uid_of
from vaultplan.settings.feeds import FeedSettings

TODAY = date(2026, 11, 20)
VAULT = UUID("6f1d3c3e-52c5-4d0e-9a53-0c1f6a5d3b21")
JUDGES = Path(__file__).parent / "judges"
PROGRAMS = str(Path(sys.executable).parent)
ENDS_OF_THE_EARTH = ["Pacific/Kiritimati", "Etc/GMT+12"]
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
]
KHAL = """
[calendars]
[[feed]]
path = {calendar}
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
[default]
default_calendar = feed
"""
VDIRSYNCER = """
[general]
status_path = "{home}/status"
[pair feed]
a = "web"
b = "disk"
collections = null
[storage web]
type = "http"
url = "{url}"
[storage disk]
type = "filesystem"
path = "{calendar}"
fileext = ".ics"
"""


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


def zone(key: str) -> ZoneInfo:
    """A zone as the tzdata package has it; a machine's own may be older."""
    with resources.files("tzdata").joinpath("zoneinfo", *key.split("/")).open("rb") as rules:
        return ZoneInfo.from_file(rules, key=key)


WEEK = [
    thank(notes=("Offer: a template; two, if need be", r"in C:\mine")),
    thank(identity=("goal",), category=Category.GOAL, title="Three talks", end=date(2026, 11, 23)),
    thank(
        identity=("talk",),
        category=Category.EVENT,
        title="A talk",
        start=datetime(2026, 11, 20, 18, tzinfo=zone("Europe/Berlin")),
        location="Berlin, Alex",
    ),
    thank(
        identity=("leap",),
        category=Category.BIRTHDAY,
        title="{person}'s birthday",
        start=date(1996, 2, 29),
        yearly=True,
    ),
]
HOSTILE = {
    'A|B]]<b>#^\n;,"': 'A|B]]<b>#^ ;,"',
    "x\r\nEND:VEVENT\rUID:1\u2028UID:2\x85UID:3": "x END:VEVENT UID:1 UID:2 UID:3",
    "\u202eשלום עולם\u202c": "שלום עולם",
    "é" * 127 + "x": "é" * 127 + "x",
    "nul\0, bell\x07, escape\x1b[31m": "nul, bell, escape[31m",
    "👩🏽‍🚀🏳️‍🌈": "👩🏽‍🚀🏳️‍🌈",
    "half \ud83d": "half \ufffd",
    " \ufeff edges\t": "edges",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "BEGIN:VALARM": "BEGIN:VALARM",
}


def feed_of(items: list[Appointment], **changes: Any) -> bytes:
    settings = FeedSettings(vault_name="My vault", vault_id=VAULT, **changes)
    data, problems = build_feed(items, settings, TODAY)

    assert problems == ()
    assert check_feed(data) == ()
    return data


def uids(items: list[Appointment]) -> list[str]:
    return sorted(uid_of(VAULT, "VEVENT", item.identity) for item in items)


def environment(home: Path, time_zone: str = "UTC") -> dict[str, str]:
    """Nothing of this machine's or person's own."""
    folders = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    return {"PATH": PROGRAMS, "HOME": str(home), "TZ": time_zone, "LC_ALL": "C.UTF-8", **folders}


def run(program: str, *arguments: str, env: dict[str, str]) -> str:
    path = shutil.which(program, path=PROGRAMS)
    if not path:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([path, *arguments], env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    return done.stdout


def ical_js(folder: Path, data: bytes, *days: str) -> list[dict[str, Any]]:
    """What ical.js reads in a feed; see judges/ical.mjs."""
    node = shutil.which("node")
    if not node or not (JUDGES / "node_modules" / "ical.js").exists():
        pytest.skip("needs node, and `npm ci --prefix tests/judges`")
    (folder / "feed.ics").write_bytes(data)
    command = [node, str(JUDGES / "ical.mjs"), str(folder / "feed.ics"), *days]
    done = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "TZ": "UTC"}
    )

    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


class Khal:
    """khal with a calendar folder of its own."""

    def __init__(self, home: Path, time_zone: str = "UTC") -> None:
        self.calendar = home / "calendar"
        self.calendar.mkdir(parents=True, exist_ok=True)
        self.env = environment(home, time_zone)
        self.config = str(home / "khal.conf")
        Path(self.config).write_text(KHAL.format(calendar=self.calendar, home=home), "utf-8")

    def take(self, data: bytes) -> "Khal":
        """Import a feed."""
        path = self.calendar.parent / "feed.ics"
        path.write_bytes(data)
        run("khal", "-c", self.config, "import", "--batch", "-a", "feed", str(path), env=self.env)
        return self

    def list(self, *days: str) -> list[dict[str, str]]:
        """Every event that starts in these days, once a day on which it starts."""
        fields = ("title", "uid", "start-long", "end-long", "description", "location")
        asked = [word for field in fields for word in ("--json", field)]
        arguments = ("list", "--notstarted", "--day-format", "", *asked, *days)
        lines = run("khal", "-c", self.config, *arguments, env=self.env).splitlines()
        return [event for line in lines for event in json.loads(line)]


class Feed:
    """A feed on a server of this machine; what is served may change."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.url = ""

    @contextmanager
    def served(self) -> Iterator["Feed"]:
        feed = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/calendar; charset=utf-8")
                self.send_header("Content-Length", str(len(feed.data)))
                self.end_headers()
                self.wfile.write(feed.data)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
            thread = Thread(target=server.serve_forever)
            thread.start()
            self.url = f"http://127.0.0.1:{server.server_port}/follow-ups.ics"
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()


class Vdirsyncer:
    """vdirsyncer between a served feed and khal's folder; it drops the feed's UIDs."""

    def __init__(self, feed: Feed, khal: Khal) -> None:
        home = khal.calendar.parent
        self.khal = khal
        self.config = str(home / "vdirsyncer.conf")
        text = VDIRSYNCER.format(home=home, url=feed.url, calendar=khal.calendar)
        Path(self.config).write_text(text, "utf-8")
        self.call("discover")

    def call(self, command: str) -> None:
        run("vdirsyncer", "-c", self.config, command, env=self.khal.env)

    def sync(self) -> dict[str, bytes]:
        """Synchronise; every item by its file name."""
        self.call("sync")
        return {path.name: path.read_bytes() for path in self.khal.calendar.glob("*.ics")}


def test_ical_js_reads_every_item_as_it_was_meant(tmp_path: Path) -> None:
    data = feed_of(WEEK)
    found = {item["summary"]: item for item in ical_js(tmp_path, data, "2026-01-01", "2028-12-31")}
    thanks, goal, event, birthday = (
        found[title]
        for title in ("Thank Ada Lovelace", "Three talks", "A talk", "Ada Lovelace's birthday")
    )

    assert sorted(item["uid"] for item in found.values()) == uids(WEEK)
    assert (thanks["start"], thanks["end"], thanks["alarms"]) == (
        "2026-11-20",
        "2026-11-21",
        [32400],
    )
    assert (goal["start"], goal["end"]) == ("2026-11-20", "2026-11-23")
    assert thanks["categories"] == ["Follow-up"]
    assert thanks["description"].splitlines() == [
        "Offer: a template; two, if need be",
        r"in C:\mine",
        "obsidian://open?vault=My%20vault&file=People%2FAda%20Lovelace",
    ]
    assert thanks["url"] == thanks["description"].splitlines()[-1]
    assert event["location"] == "Berlin, Alex"
    assert event["utc"] == [
        datetime(2026, 11, 20, hour, tzinfo=UTC).timestamp() for hour in (17, 18)
    ]
    assert birthday["days"] == ["2026-02-28", "2027-02-28", "2028-02-29"]


def test_ical_js_reads_to_dos(tmp_path: Path) -> None:
    items = [thank(), thank(identity=("done",), title="Done", done=date(2026, 11, 18))]
    settings = FeedSettings(vault_name="v", vault_id=VAULT, todo="t.ics", completed=True)
    data, _ = build_todo_feed(items, settings, TODAY)
    found = sorted((i["kind"], i["end"], i["status"]) for i in ical_js(tmp_path, data))

    assert found == [("vtodo", "2026-11-20", status) for status in ("COMPLETED", "NEEDS-ACTION")]


@pytest.mark.parametrize("time_zone", ENDS_OF_THE_EARTH)
def test_khal_shows_the_same_days_at_both_ends_of_the_earth(tmp_path: Path, time_zone: str) -> None:
    khal = Khal(tmp_path, time_zone).take(feed_of(WEEK))
    shown = khal.list("2026-11-01", "2028-03-01")
    days = {(item["title"], item["start-long"], item["end-long"]) for item in shown}
    start = datetime(2026, 11, 20, 17, tzinfo=UTC).astimezone(ZoneInfo(time_zone))

    assert sorted({item["uid"] for item in shown}) == uids(WEEK)
    assert days == {
        ("Thank Ada Lovelace", "2026-11-20", "2026-11-20"),
        ("Three talks", "2026-11-20", "2026-11-22"),
        ("A talk", f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(hours=1):%Y-%m-%d %H:%M}"),
        ("Ada Lovelace's birthday", "2027-02-28", "2027-02-28"),
        ("Ada Lovelace's birthday", "2028-02-29", "2028-02-29"),
    }


def test_vdirsyncer_brings_a_feed_to_khal_and_takes_away_what_left_it(tmp_path: Path) -> None:
    with Feed(feed_of(WEEK)).served() as feed:
        khal = Khal(tmp_path)
        vdirsyncer = Vdirsyncer(feed, khal)
        first = vdirsyncer.sync()
        titles = {item["title"] for item in khal.list("2026-11-01", "2027-03-01")}

        assert len(first) == len(WEEK)
        assert titles == {"Thank Ada Lovelace", "Three talks", "A talk", "Ada Lovelace's birthday"}
        assert vdirsyncer.sync() == first

        feed.data = feed_of(WEEK[1:])

        assert len(vdirsyncer.sync()) == len(WEEK) - 1


def test_twins_stay_two_where_uids_are_thrown_away(tmp_path: Path) -> None:
    twins = [thank(identity=(name,)) for name in ("one", "other")]
    data = feed_of(twins, variant="busy")
    with Feed(data).served() as feed:
        vdirsyncer = Vdirsyncer(feed, Khal(tmp_path))

        assert len(vdirsyncer.sync()) == 2

        feed.data = re.sub(rb"X-VAULTPLAN-KEY:.*\r\n", b"", data)

        assert len(vdirsyncer.sync()) == 1


def test_whatever_texts_hold_every_program_sees_the_same_items(tmp_path: Path) -> None:
    items = [
        thank(identity=(text,), person=text, title="{person}", path=text, notes=(text,) * 2)
        for text in HOSTILE
    ]
    items = [replace(item, location=item.person, category=Category.EVENT) for item in items]
    data = feed_of(items, name="\r\n".join(HOSTILE))
    in_ical_js = ical_js(tmp_path, data)
    khal = Khal(tmp_path / "import").take(data)
    in_khal = khal.list("2026-11-20")
    with Feed(data).served() as feed:
        copies = Vdirsyncer(feed, Khal(tmp_path / "sync")).sync()

    assert sorted(item["uid"] for item in in_ical_js) == uids(items)
    assert sorted(item["uid"] for item in in_khal) == uids(items)
    assert sorted(path.stem for path in khal.calendar.glob("*.ics")) == uids(items)
    assert len(copies) == len(items)
    for found, title in ((in_ical_js, "summary"), (in_khal, "title")):
        assert sorted(item[title] for item in found) == sorted(HOSTILE.values())
        assert sorted(item["location"] for item in found) == sorted(HOSTILE.values())


def moments(key: str) -> list[datetime]:
    """Hours around the first changes of the clocks in the window, and some others."""
    there = zone(key)
    days = [datetime(2026, 8, 25, tzinfo=UTC) + timedelta(days=n) for n in range(800)]
    offsets = [day.astimezone(there).utcoffset() for day in days]
    changes = [day for n, day in enumerate(days[:-1]) if offsets[n] != offsets[n + 1]]
    hours = [day + timedelta(hours=n) for day in changes[:2] for n in range(28)]
    return [moment.astimezone(there) for moment in [*hours, *days[::50]]]


def test_every_program_reads_the_same_moments_in_every_zone(tmp_path: Path) -> None:
    meant = sorted(moment for key in ZONES for moment in moments(key))
    items = [thank(identity=(f"{n}",), start=start) for n, start in enumerate(meant)]
    in_ical_js = sorted(item["utc"] for item in ical_js(tmp_path, feed_of(items)))
    some = items[::12]
    in_khal = Khal(tmp_path).take(feed_of(some)).list("2026-08-01", "2028-12-31")

    assert in_ical_js == [[start.timestamp(), start.timestamp() + 3600] for start in meant]
    assert sorted(item["start-long"] for item in in_khal) == [
        f"{item.start.astimezone(UTC):%Y-%m-%d %H:%M}"
        for item in some
        if isinstance(item.start, datetime)
    ]
