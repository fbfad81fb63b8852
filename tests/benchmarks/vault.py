"""A vault to measure with: as many contacts as asked for, and all that stands around them.

For each ten contacts, three are followed up (with a checklist), and there are one goal or event and
five notes of no kind; beside them one plan and six index notes. A note has about 3 KB. The same
numbers give the same bytes and times of change, on every machine.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import NAMESPACE_DNS, uuid5

TODAY = date(2026, 11, 20)
FEED, LISTED = "follow-ups.ics", "People.md"
_FOLDER = 100
_OLDEST = 1_750_000_000_000_000_000
_SECOND = 10**9
_GIVEN = (
    *("Astrid", "Bogdan", "Cécile", "Daiyu", "Esperança", "Farid", "Grétar", "Håkon", "Inés"),
    *("Jürgen", "Kaja", "Ludmila", "Mátyás", "Noor", "Óscar", "Pernille", "Rūta", "Sławomir"),
    *("Thuỳ", "Ulrika", "Vojtěch", "Wen", "Yağmur", "Živa", "Светлана", "Νίκος", "直樹", "ליאור"),
)
_FAMILY = (
    *("Almqvist", "Bârsan", "Castaño", "D'Angelo", "Ekström", "Fuß", "Grönlund", "Hernández"),
    *("Ivaškevič", "Jóhannsson", "Kőszegi", "Löfgren", "Mbeki", "Nygård", "Özdemir", "Pérez-Luna"),
    *(
        "Quist",
        "Růžička",
        "Sørli",
        "Tran",
        "Uribe",
        "Västberg",
        "Wójcik",
        "Соколова",
        "高橋",
        "לוי",
    ),
)
_HOUSES = ("Bluefjord", "Castellan", "Dynavik", "Ferrolab", "Grainworks", "Halden", "Kestrel & Co")
_ROLES = (
    "Analyst",
    "Buyer",
    "Head of IT",
    "Lawyer",
    "Product owner",
    "Surgeon",
    "Writer, freelance",
)
_FIELDS = ("banking", "care", "logistics", "music", "power", "schools", "shipping", "software")
_CITIES = ("Åbo", "Bogotá", "Brno", "Genève", "Kyōto", "Malmö", "Nairobi", "Tórshavn", "Łódź")
_SPANS = ("1 month", "2 months", "quarterly", "45d", "P4M", "10 weeks")
_HAPPENED = (
    *("met", "call", "coffee", "meeting", "interview", "email", "message", "reply", "thank-you"),
    *("check-in", "gave", "shared", "intro", "received", "asked", "feedback", "note"),
)
_TEXT = """
answer bread bridge café choir deadline drawing évening field harbour idea intern jäger lamp
letter library market mentor morning naïve offer office paper pilot promise question river slide
smörgås spring station street talk teacher ticket train travel version winter workshop проект 駅
a and as at but for from in into later never of often on or soon the then to with
"""
_SAYINGS = tuple(_TEXT.split())
_INDEX = (
    ("Start", ("agenda limit=15", "progress")),
    ("Due", ("agenda",)),
    ("People", ("contacts",)),
    ("Aims", ("goals",)),
    ("Figures", ("progress", "activity")),
    ("Circles", ("network",)),
)


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: how many files and bytes.

    `regular` are the notes of contacts whose next follow-up comes from their cadence alone.
    """

    files: int
    size: int
    regular: tuple[str, ...]


def build(folder: Path, contacts: int, seed: int = 7) -> Made:
    """Write a vault into a new folder."""
    maker = _Maker(folder, Random(seed), contacts)
    maker.settings()
    maker.people()
    maker.goals()
    maker.events()
    maker.others()
    return Made(maker.files, maker.size, tuple(maker.regular))


@dataclass(slots=True)
class _Maker:
    """Writes notes one after the other, and counts them."""

    folder: Path
    random: Random
    contacts: int
    files: int = 0
    size: int = 0
    regular: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        firsts = self.random.choices(_GIVEN, k=self.contacts)
        lasts = self.random.choices(_FAMILY, k=self.contacts)
        seen: set[str] = set()
        for number, name in enumerate(map(" ".join, zip(firsts, lasts, strict=True))):
            # The number keeps every link clear.
            self.names.append(f"{name} {number}" if name in seen else name)
            seen.add(name)

    def settings(self) -> None:
        vault_id = uuid5(NAMESPACE_DNS, f"{self.contacts}.vaultplan.example")
        self.put(
            "vaultplan.toml",
            f'vault_id = "{vault_id}"\nvault_name = "Measured"\ntoday = {TODAY}\n'
            'timezone = "Europe/Helsinki"\ncomputed = ["last_contact", "next_follow_up"]\n',
        )
        plan = f"---\ntype: plan\nid: plan-1\nstart: {TODAY - timedelta(40)}\ndays: 90\n---\n"
        self.put("Plans/This autumn.md", plan + "\n" + self.prose(300))
        for title, views in _INDEX:
            self.put(f"{title}.md", f"# {title}\n\n" + "\n".join(map(_block, views)))

    def people(self) -> None:
        for number, name in enumerate(self.names):
            tracked = self.random.random() < 0.3
            path = f"People/{number // _FOLDER:03}/{name}.md"
            asked = self.random.random() < 0.2
            self.put(path, self.person(number, name, tracked=tracked, asked=asked))
            if tracked and not asked:
                self.regular.append(path)

    def person(self, number: int, name: str, *, tracked: bool, asked: bool) -> str:
        days = sorted((self.day(-700, -1) for _ in range(self.random.randint(0, 20))), reverse=True)
        front = [*self.about(number, days[-1] if days else self.day(-700, -1))]
        front += self.wanted(asked=asked) if tracked else ()
        log = "".join(self.log_line(day) for day in days)
        body = f"# {name}\n\n{self.prose(self.random.randint(300, 2300))}\n"
        body += f"## Next\n\n{_block('checklist')}\n" if tracked else ""
        return "---\n" + "\n".join(front) + f"\n---\n\n{body}## Log\n\n{log}"

    def about(self, number: int, met: date) -> Iterator[str]:
        pick = self.random.choice
        yield from ("type: contact", f"id: person-{number}", "aliases:", f"  - friend {number}")
        yield f'organisation: "[[{pick(_HOUSES)}]]"'
        yield f'role: "{pick(_ROLES)}"'
        yield f"industry: {pick(_FIELDS)}"
        yield f"seniority: {pick(('junior', 'mid', 'senior', 'executive'))}"
        yield f"location: {pick(_CITIES)}"
        yield f"strength: {pick(('strong', 'weak', 'weak'))}"
        yield f"email: [person{number}@example.net, p{number}@example.com]"
        yield f'phone: "+358 {self.random.randint(40, 50)} {self.random.randint(10**6, 10**7 - 1)}"'
        yield f"birthday: {self.day(-25_000, -8_000)}"
        yield f"met: {met}"
        yield from ("tags:", "  - people", f"  - {pick(_FIELDS)}", "last_contact:")
        yield from ("next_follow_up:", f"my own words: {self.words(4)}")

    def wanted(self, *, asked: bool) -> Iterator[str]:
        yield f"cadence: {self.random.choice(_SPANS)}"
        yield f'goals: ["[[Goal {self.random.randrange(self.aims)}]]"]'
        yield f"offer: {self.words(5)}"
        if asked:
            yield f"follow_up: {self.day(-15, 80)}"

    def log_line(self, day: date) -> str:
        other = f", with [[{self.random.choice(self.names)}]]" if self.random.random() < 0.2 else ""
        words = self.words(self.random.randint(4, 14))
        return f"- {day} {self.random.choice(_HAPPENED)}: {words}{other}\n"

    @property
    def aims(self) -> int:
        return max(1, self.contacts // 20)

    def goals(self) -> None:
        for number in range(self.aims):
            measure = self.random.choice(("people", "interviews", "value", "touches"))
            front = (
                f"---\ntype: goal\nid: goal-{number}\nspecific: {self.words(6)}\n"
                f"measure: {measure}\ntarget: {self.random.randint(2, 9)}\n"
                f"start: {self.day(-50, -20)}\ndue: {self.day(5, 60)}\n---\n\n"
            )
            self.put(f"Goals/{number // _FOLDER:03}/Goal {number}.md", front + self.prose(500))

    def events(self) -> None:
        for number in range(self.aims):
            day = self.day(-180, 100)
            people = self.random.choices(self.names, k=self.random.randint(1, 5))
            front = (
                f"---\ntype: event\nid: event-{number}\ndate: {day}\n"
                f"location: {self.random.choice(_CITIES)}\n"
                f"status: {'attended' if day < TODAY else 'planned'}\npeople:\n"
                + "".join(f'  - "[[{name}]]"\n' for name in dict.fromkeys(people))
                + "---\n\n"
            )
            self.put(f"Events/{number // _FOLDER:03}/Event {number}.md", front + self.prose(600))

    def others(self) -> None:
        for number in range(self.contacts // 2):
            front = f"---\ntags: [idea]\nmade: {self.day(-900, -1)}\n---\n\n" if number % 2 else ""
            text = f"{front}# Thought {number}\n\n{self.prose(self.random.randint(500, 3500))}"
            text += f"\nAsk [[{self.random.choice(self.names)}]].\n"
            self.put(f"Thoughts/{number // _FOLDER:03}/Thought {number}.md", text)

    def day(self, first: int, last: int) -> date:
        """Some day, from so many days after today to so many."""
        return TODAY + timedelta(self.random.randint(first, last))

    def words(self, count: int) -> str:
        return " ".join(self.random.choices(_SAYINGS, k=count))

    def prose(self, size: int) -> str:
        """Sentences and paragraphs of at least so many letters."""
        parts, written = [], 0
        while written < size:
            end = ".\n\n" if self.random.random() < 0.2 else ". "
            parts.append(self.words(self.random.randint(6, 16)).capitalize() + end)
            written += len(parts[-1])
        return "".join(parts).strip() + "\n"

    def put(self, path: str, text: str) -> None:
        """Write one file, as old as its number says."""
        place, data = self.folder / path, text.encode()
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        when = _OLDEST + self.files * _SECOND
        os.utime(place, ns=(when, when))
        self.files += 1
        self.size += len(data)


def _block(view: str) -> str:
    return f"<!-- vaultplan:begin {view} -->\n<!-- vaultplan:end -->\n"
