"""Every way to break a feed is seen, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultplan.feedcheck import RULES, Flaw, check_feed

GOOD = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//feed//EN
CALSCALE:GREGORIAN
NAME:Follow-ups\, mine
X-WR-CALNAME:Follow-ups\, mine
REFRESH-INTERVAL;VALUE=DURATION:PT1H
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:20251026T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Thank Ada Lovelace
DTSTART;VALUE=DATE:20261120
DTEND;VALUE=DATE:20261121
DTSTAMP:20261119T000000Z
UID:a8c042ff-cfaf-5926-94f6-a60d538bc51c
CATEGORIES:Follow-up,Person
DESCRIPTION:Offer: a template\; two\, if need be\nC:\\New
 and folded
TRANSP:TRANSPARENT
URL:obsidian://open?vault=v&file=Ada%20Lovelace
X-NOTE;X-WORDS="a:b;c",d:what, ever
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Thank Ada Lovelace
TRIGGER:PT9H
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:A talk
DTSTART;TZID=Europe/Berlin:20261120T180000
DTEND;TZID=Europe/Berlin:20261120T190000
DTSTAMP:20261119T000000Z
UID:b
RRULE:FREQ=MONTHLY;UNTIL=20271120T170000Z;BYDAY=+3FR,-1MO;BYSETPOS=1
END:VEVENT
BEGIN:VEVENT
SUMMARY:Birthday
DTSTART;VALUE=DATE:19960229
DTEND;VALUE=DATE:19960301
DTSTAMP:20261119T000000Z
UID:c
RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:AUDIO
TRIGGER;VALUE=DATE-TIME:20270228T080000Z
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:A call
DTSTART:20261120T180000Z
DURATION:PT45M
DTSTAMP:20261119T000000Z
UID:d
END:VEVENT
END:VCALENDAR
"""
TO_DO = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//feed//EN
BEGIN:VTODO
SUMMARY:Thank Ada Lovelace
DUE;VALUE=DATE:20261120
DTSTAMP:20261119T000000Z
UID:a
STATUS:NEEDS-ACTION
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Thank Ada Lovelace
TRIGGER;RELATED=END:PT9H
END:VALARM
END:VTODO
END:VCALENDAR
"""
EMPTY = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//example//feed//EN\nEND:VCALENDAR\n"
ALARM = "BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\nTRIGGER:PT9H\nEND:VALARM\n"
EVENT = GOOD[GOOD.index("BEGIN:VEVENT") : GOOD.index("END:VEVENT") + len("END:VEVENT\n")]
STAMP = "DTSTAMP:20261119T000000Z\nUID:d\n"


def crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def broken(text: str, old: str, new: str) -> bytes:
    """The feed with the first place that reads `old` reading `new`."""
    assert old in text

    return crlf(text.replace(old, new, 1))


def rules(data: bytes) -> list[str]:
    return [flaw.rule for flaw in check_feed(data)]


@pytest.mark.parametrize("text", [GOOD, TO_DO])
def test_a_good_feed_has_no_flaw(text: str) -> None:
    assert check_feed(crlf(text)) == ()


CASES = [
    # bytes and lines
    ("bom", b"\xef\xbb\xbf" + crlf(GOOD)),
    ("not-utf8", crlf(GOOD).replace(b"A talk", b"Caf\xe9")),
    ("fold-in-character", crlf(GOOD).replace(b"A talk", b"Caf\xc3\r\n \xa9")),
    ("fold-too-long", broken(GOOD, "A talk", "é" * 34)),
    ("line-feed", GOOD.encode()),
    ("line-feed", crlf(GOOD).replace(b"A talk\r\n", b"A talk\n")),
    ("bare-return", broken(GOOD, "A talk", "A\rtalk")),
    ("blank-line", broken(GOOD, "END:VEVENT\n", "END:VEVENT\n\n")),
    ("blank-line", broken(GOOD, " and folded", " \n and folded")),
    ("no-last-break", crlf(GOOD).removesuffix(b"\r\n")),
    ("control-character", broken(GOOD, "A talk", "A \0talk")),
    ("control-character", broken(GOOD, "A talk", "A \x1b[1mtalk")),
    ("separator", broken(GOOD, "A talk", "A\u2028talk")),
    ("separator", broken(GOOD, "A talk", "A\x85talk")),
    ("bad-line", broken(GOOD, "A talk", "A\ntalk")),
    ("bad-line", broken(GOOD, "SUMMARY:A talk", "SUMMARY;A talk")),
    ("bad-line", broken(GOOD, "SUMMARY:A talk", 'SUMMARY;ALTREP="x:A talk')),
    ("large", broken(GOOD, "X-NOTE", ("X-NOTE:" + "x" * 60 + "\n") * 15_000 + "X-NOTE")),
    # structure
    ("no-calendar", b""),
    ("second-calendar", crlf(GOOD + GOOD)),
    ("unbalanced", crlf(GOOD.partition("END:VCALENDAR")[0])),
    ("unbalanced", crlf(GOOD.partition("TRIGGER:PT9H\n")[0] + "TRIGGER:PT9H\n")),
    ("unbalanced", broken(GOOD, "END:VALARM\nEND:VEVENT", "END:VEVENT")),
    ("outside", crlf(GOOD + "X-MORE:1\n")),
    ("misplaced", broken(GOOD, "BEGIN:VEVENT", ALARM + "BEGIN:VEVENT")),
    ("late-property", broken(GOOD, "END:VCALENDAR", "X-MORE:1\nEND:VCALENDAR")),
    ("repeated", broken(GOOD, "SUMMARY:A talk", "SUMMARY:A talk\nSUMMARY:A talk")),
    ("no-version", broken(GOOD, "VERSION:2.0\n", "")),
    ("no-version", broken(GOOD, "VERSION:2.0", "VERSION:1.0")),
    ("no-prodid", broken(GOOD, "PRODID:-//example//feed//EN\n", "")),
    ("method", broken(GOOD, "CALSCALE", "METHOD:PUBLISH\nCALSCALE")),
    ("source", broken(GOOD, "CALSCALE", "SOURCE;VALUE=URI:https://x.org/s3cret.ics\nCALSCALE")),
    ("refresh", broken(GOOD, "REFRESH-INTERVAL;VALUE=DURATION", "REFRESH-INTERVAL")),
    ("refresh", broken(GOOD, "VALUE=DURATION:PT1H", "VALUE=DURATION:1 hour")),
    ("empty", crlf(EMPTY)),
    ("events-and-to-dos", broken(TO_DO, "BEGIN:VTODO", EVENT + "BEGIN:VTODO")),
    # identity
    ("no-uid", broken(GOOD, "UID:d\n", "")),
    ("same-uid", broken(GOOD, "UID:d\n", "UID:b\n")),
    ("telling-uid", broken(GOOD, "UID:d\n", "UID:d@ada-laptop\n")),
    ("twins", broken(GOOD, EVENT, EVENT + EVENT.replace("UID:a8", "UID:b9"))),
    ("no-stamp", broken(GOOD, STAMP, "UID:d\n")),
    ("stamp-not-utc", broken(GOOD, STAMP, "DTSTAMP:20261119T000000\nUID:d\n")),
    ("stamp-not-utc", broken(GOOD, STAMP, f"CREATED;VALUE=DATE:20261119\n{STAMP}")),
    # dates
    ("no-start", broken(GOOD, "DTSTART:20261120T180000Z\n", "")),
    ("date-without-value", broken(GOOD, "DTSTART;VALUE=DATE:20261120", "DTSTART:20261120")),
    ("bad-date", broken(GOOD, "DTSTART;VALUE=DATE:20261120", "DTSTART;VALUE=DATE:2026-11-20")),
    ("bad-date", broken(GOOD, "DATE:20261120", "DATE:20261131")),
    ("bad-date", broken(GOOD, "DATE:20261120", "DATE:20261120T120000")),
    ("bad-date", broken(GOOD, "DTSTART:20261120T180000Z", "DTSTART:20261120T250000Z")),
    ("bad-date", broken(GOOD, "DURATION:PT45M", "DURATION:45 minutes")),
    ("foreign-digits", broken(GOOD, "DATE:20261120", "DATE:٢٠٢٦١١٢٠")),
    ("floating", broken(GOOD, "DTSTART:20261120T180000Z", "DTSTART:20261120T180000")),
    (
        "no-timezone",
        broken(GOOD, "DTSTART:20261120T180000Z", "DTSTART;TZID=Nowhere:20261120T180000"),
    ),
    ("zone-and-utc", broken(GOOD, "DTSTART:20261120T18", "DTSTART;TZID=Europe/Berlin:20261120T18")),
    ("bad-timezone", broken(GOOD, "TZOFFSETTO:+0100\n", "")),
    ("bad-timezone", broken(GOOD, "TZOFFSETTO:+0100", "TZOFFSETTO:+1")),
    ("bad-timezone", broken(GOOD, "DTSTART:20251026T030000", "DTSTART:20251026T030000Z")),
    ("no-end", broken(GOOD, "DURATION:PT45M\n", "")),
    ("no-end", broken(GOOD, "DTEND;VALUE=DATE:20261121\n", "")),
    ("end-and-duration", broken(GOOD, "DURATION:PT45M", "DURATION:PT45M\nDTEND:20261120T190000Z")),
    ("mixed-types", broken(GOOD, "DTEND;VALUE=DATE:20261121", "DTEND:20261121T120000Z")),
    ("zero-length", broken(GOOD, "DTEND;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261120")),
    ("ends-before-start", broken(GOOD, "DTEND;VALUE=DATE:20261121", "DTEND;VALUE=DATE:20261119")),
    ("ends-before-start", broken(TO_DO, "DUE;", "DTSTART;VALUE=DATE:20261121\nDUE;")),
    ("opaque-day", broken(GOOD, "TRANSP:TRANSPARENT\n", "")),
    ("opaque-day", broken(GOOD, "TRANSP:TRANSPARENT\n", "TRANSP:OPAQUE\n")),
    ("leap-day", broken(GOOD, "YEARLY;BYMONTH=2;BYMONTHDAY=-1", "YEARLY")),
    ("leap-day", broken(GOOD, "BYMONTHDAY=-1", "BYMONTHDAY=29")),
    *(
        ("bad-rule", broken(GOOD, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", rule))
        for rule in (
            *("", "YEARLY", "BYMONTH=2", "FREQ=SOMETIMES", "FREQ=YEARLY;", "FREQ=YEARLY;COUNT=0"),
            *("FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTHDAY=0", "FREQ=YEARLY;BYDAY=XX"),
            *("FREQ=YEARLY;FREQ=YEARLY", "FREQ=YEARLY;COUNT=1;UNTIL=20270101"),
            *("FREQ=YEARLY;UNTIL=20270101T000000Z", "FREQ=YEARLY;UNTIL=20270231"),
            *("FREQ=YEARLY;X-MOON=FULL", "FREQ=YEARLY;INTERVAL=٢"),
        )
    ),
    # alarms and texts
    ("alarm-not-last", broken(GOOD, "END:VALARM", "END:VALARM\nX-MORE:1")),
    ("bad-alarm", broken(GOOD, "TRIGGER:PT9H\n", "")),
    ("bad-alarm", broken(GOOD, "ACTION:DISPLAY\n", "")),
    ("bad-trigger", broken(GOOD, "TRIGGER:PT9H", "TRIGGER:9 o'clock")),
    ("bad-trigger", broken(GOOD, "TRIGGER:PT9H", "TRIGGER:PT")),
    ("bad-trigger", broken(GOOD, "DATE-TIME:20270228T080000Z", "DATE-TIME:20270228T080000")),
    ("trigger-by-nothing", broken(TO_DO, "TRIGGER;RELATED=END", "TRIGGER")),
    (
        "alarm-without-description",
        broken(TO_DO, "DISPLAY\nDESCRIPTION:Thank Ada Lovelace", "DISPLAY"),
    ),
    ("unescaped", broken(GOOD, "A talk", "A talk, long")),
    ("unescaped", broken(GOOD, "A talk", "A talk; long")),
    ("unescaped", broken(GOOD, r"NAME:Follow-ups\,", "NAME:Follow-ups,")),
    ("unescaped", broken(GOOD, "Follow-up,Person", "Follow-up;Person")),
    ("bad-escape", broken(GOOD, "A talk", r"A\talk")),
    ("bad-escape", broken(GOOD, "A talk", "A talk\\")),
    ("edge-blank", broken(GOOD, "A talk", "A talk ")),
    ("bad-url", broken(GOOD, "Ada%20Lovelace", "Ada Lovelace")),
    ("bad-url", broken(GOOD, "Ada%20Lovelace", "Adé")),
    ("bad-url", broken(GOOD, "obsidian://open?", "open?")),
    ("local-url", broken(GOOD, "obsidian://open?", "file:///home/ada/")),
]


@pytest.mark.parametrize(("rule", "data"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_a_feed_with_one_flaw_has_that_flaw_only(rule: str, data: bytes) -> None:
    assert rules(data) == [rule]


def test_an_event_and_a_to_do_with_one_uid_are_told() -> None:
    both = broken(TO_DO, "BEGIN:VTODO", EVENT.replace("UID:a8", "UID:a\nX-WAS:a8") + "BEGIN:VTODO")

    assert rules(both) == ["events-and-to-dos", "uid-of-two-kinds"]


def test_every_rule_has_a_feed_that_breaks_it() -> None:
    assert {rule for rule, _ in CASES} | {"uid-of-two-kinds"} == set(RULES)


def test_a_flaw_says_where_what_and_for_whom() -> None:
    data = broken(GOOD, "UID:d\n", "UID:b\n")

    assert check_feed(data) == (
        Flaw(
            line=data[: data.rindex(b"UID:b")].count(b"\n") + 1,
            rule="same-uid",
            severity="error",
            message="an item before has this UID: b",
            hurts="all show one, Full Calendar nothing",
        ),
    )


def test_the_lines_of_flaws_are_those_of_an_editor() -> None:
    data = broken(GOOD, "BEGIN:VALARM", "LOCATION:a;b\nBEGIN:VALARM")

    assert [flaw.line for flaw in check_feed(data)] == [
        GOOD[: GOOD.index("BEGIN:VALARM")].count("\n") + 1
    ]


def test_occurrences_of_one_event_may_share_its_uid() -> None:
    moved = EVENT.replace("TRANSP:", "RECURRENCE-ID;VALUE=DATE:20261120\nTRANSP:")

    assert check_feed(broken(GOOD, EVENT, EVENT + moved)) == ()


def test_what_a_feed_smuggles_into_a_message_cannot_reach_a_terminal() -> None:
    data = crlf(GOOD.replace("UID:b\n", "UID:\x1b[2J\n").replace("UID:d\n", "UID:\x1b[2J\n"))
    flaws = check_feed(data)

    assert "same-uid" in {flaw.rule for flaw in flaws}
    assert all(flaw.message.isprintable() for flaw in flaws)


def test_what_no_checker_can_see_is_not_claimed() -> None:
    smuggled = broken(GOOD, "A talk", "A talk\nLOCATION:smuggled")

    assert check_feed(smuggled) == ()


LINES = st.sampled_from([line.encode() for line in (GOOD + TO_DO).splitlines()])
PIECES = st.one_of(LINES, st.binary(max_size=20), st.sampled_from([b"\r", b" ", b"\n ", b"\xff"]))


@given(st.lists(PIECES, max_size=40), st.sampled_from([b"\r\n", b"\n", b""]))
def test_any_bytes_can_be_checked(pieces: list[bytes], end: bytes) -> None:
    flaws = check_feed(end.join(pieces))

    assert list(flaws) == sorted(flaws)
    assert all(flaw.rule in RULES and flaw.message.isprintable() for flaw in flaws)


@pytest.mark.parametrize(
    "data",
    [
        b"\n" * 100_000,
        b"A:\r\n" + b" x\r\n" * 100_000,
        b"A" + b';b=","' * 100_000,
        b"BEGIN:VEVENT\r\n" * 20_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nRRULE:BYDAY=" + b"1MO," * 100_000,
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:" + b"\\" * 100_001,
    ],
)
def test_huge_and_deep_feeds_are_checked_in_time(data: bytes) -> None:
    assert "no-last-break" in rules(data + b"X")
