"""What breaks a feed, and for whom, as a table."""

from dataclasses import dataclass

from vaultplan.problems import Severity

_LOST = "Thunderbird (shows nothing)"
_CHECKERS = "validators"
_SHOWN = 80  # characters of a feed in a message


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to break a feed: its documented name, what it means, and who reads it wrongly.

    An `error` loses events, or the whole feed, for someone; a `warning` shows them wrongly; a
    `hint` is what some programs only like better.
    """

    name: str
    severity: Severity
    says: str
    hurts: str


@dataclass(frozen=True, slots=True, order=True)
class Flaw:
    """A rule broken at a line (from 1, as an editor counts; 0: the feed as a whole)."""

    line: int
    rule: str
    severity: Severity
    message: str
    hurts: str


_TABLE: tuple[tuple[str, Severity, str, str], ...] = (
    # bytes and lines
    ("bom", "error", "a byte order mark stands first", "ical.js, khal, vdirsyncer, Radicale"),
    ("not-utf8", "error", "this is not UTF-8", "khal, vdirsyncer, ICalGLib (refuse it all)"),
    ("fold-in-character", "error", "a line is folded within a character", "khal, vdirsyncer, all"),
    ("fold-too-long", "warning", "a line has more than 75 bytes", _CHECKERS),
    ("line-feed", "warning", "lines must end with CR LF", _CHECKERS),
    ("bare-return", "error", "a CR stands alone", "ics.py, calcurse; most others garble it"),
    ("blank-line", "warning", "a line is blank", _CHECKERS),
    ("no-last-break", "warning", "the last line does not end; the file may be cut", _CHECKERS),
    ("control-character", "error", "a control character", "Evolution (shows nothing)"),
    ("separator", "error", "a character that Python takes for a line's end", "vdirsyncer, khal"),
    ("bad-line", "error", "this is no `NAME;PARAMETER=value:value`", _LOST),
    ("large", "warning", "more than 1 MB", "Google Calendar (reads about 1 MB)"),
    # structure
    ("no-calendar", "error", "there is no VCALENDAR", "every program"),
    ("second-calendar", "error", "there is a second VCALENDAR", _LOST),
    ("unbalanced", "error", "BEGIN and END do not match", f"{_LOST}, vdirsyncer (refuses it)"),
    ("outside", "error", "this stands outside the calendar", f"{_CHECKERS}, vdirsyncer"),
    ("misplaced", "error", "this component does not belong here", _CHECKERS),
    ("late-property", "warning", "a property of the calendar after its components", _CHECKERS),
    ("repeated", "error", "this may stand only once", f"icalendar, {_CHECKERS}"),
    ("no-version", "error", "there is no VERSION:2.0", _CHECKERS),
    ("no-prodid", "error", "there is no PRODID", _CHECKERS),
    ("method", "error", "METHOD makes it an invitation, not a feed", "CalDAV servers, libical"),
    ("source", "warning", "SOURCE tells every reader the feed's secret address", "the owner"),
    ("refresh", "warning", "REFRESH-INTERVAL needs VALUE=DURATION and a duration", _CHECKERS),
    ("empty", "hint", "there is nothing in it", f"{_CHECKERS} (programs read it)"),
    ("events-and-to-dos", "hint", "events and to-dos in one feed", "Google, Apple, Outlook, khal"),
    # identity
    ("no-uid", "error", "there is no UID", "Thunderbird, Evolution (double it at every poll)"),
    ("same-uid", "error", "an item before has this UID", "all show one, Full Calendar nothing"),
    ("uid-of-two-kinds", "error", "an event and a to-do share a UID", "Thunderbird, Radicale"),
    ("telling-uid", "hint", "the UID may tell a host, a user or a path", "the owner"),
    ("twins", "warning", "only its UID tells it from an item before", "vdirsyncer's `http`"),
    ("no-stamp", "error", "there is no DTSTAMP", _CHECKERS),
    ("stamp-not-utc", "error", "this must be a time in UTC", _CHECKERS),
    # dates
    ("no-start", "error", "an event without DTSTART", "every program"),
    ("date-without-value", "error", "a date needs VALUE=DATE", "calcurse"),
    ("bad-date", "error", "this is no date, time or span", "every program"),
    ("foreign-digits", "error", "the digits of a date are 0 to 9", "every program"),
    ("floating", "error", "a time without a zone", "Outlook (refuses it), Google (shifts it)"),
    ("no-timezone", "error", "there is no VTIMEZONE of this TZID", "ical.js, Outlook (shift it)"),
    ("zone-and-utc", "error", "a time has either a TZID or a Z", _CHECKERS),
    ("bad-timezone", "error", "this VTIMEZONE is incomplete", "ical.js, Outlook (shift times)"),
    ("no-end", "hint", "there is neither DTEND nor DURATION", "iCloud"),
    ("end-and-duration", "error", "both an end and a DURATION", _CHECKERS),
    ("mixed-types", "error", "one end is a date, the other a time", "Radicale (refuses it all)"),
    ("zero-length", "error", "it ends when it starts; ends are exclusive", "calcurse, Outlook"),
    ("ends-before-start", "error", "it ends before it starts", "ics.py, khal"),
    ("opaque-day", "warning", "a whole day is not TRANSP:TRANSPARENT", "colleagues (see: busy)"),
    ("bad-rule", "error", "this is no recurrence rule", _LOST),
    ("leap-day", "warning", "yearly on 29 February needs BYMONTH=2;BYMONTHDAY=-1", "all differ"),
    # alarms and texts
    ("alarm-not-last", "error", "a property after an alarm", "Outlook (refuses it)"),
    ("bad-alarm", "error", "an alarm needs an ACTION and a TRIGGER", "Thunderbird (drops it)"),
    ("bad-trigger", "error", "this is no TRIGGER", "Thunderbird (drops it), icalendar"),
    ("trigger-by-nothing", "error", "the TRIGGER stands by what is not there", _CHECKERS),
    ("alarm-without-description", "error", "a DISPLAY alarm without DESCRIPTION", _CHECKERS),
    ("unescaped", "error", "a comma or semicolon without a backslash", _CHECKERS),
    ("bad-escape", "error", "a backslash before what takes none", "programs read it differently"),
    ("edge-blank", "hint", "blanks at an end of a text", "libical, Evolution (strip them)"),
    ("bad-url", "error", "a URL is percent-encoded ASCII with a scheme", "who wants to open it"),
    ("local-url", "warning", "an address in one machine's file system", "every other machine"),
)

RULES: dict[str, Rule] = {row[0]: Rule(*row) for row in _TABLE}
"""Every rule by its name, in the order of the documentation."""


def flaw(rule: str, line: int, detail: str = "") -> Flaw:
    """The rule broken at this line; `detail`, from the feed itself, says by what."""
    known = RULES[rule]
    shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in detail[:_SHOWN])
    message = f"{known.says}: {shown}" if detail else known.says
    return Flaw(line, known.name, known.severity, message, known.hurts)
