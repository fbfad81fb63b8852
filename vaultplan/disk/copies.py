"""The names that file synchronisers give to the copies they make in a conflict."""

import re

_STEM = re.compile(r"(?P<stem>.+)(?P<suffix>\.md)", re.IGNORECASE | re.DOTALL)
# One level of brackets inside: devices are called "iPhone (2)".
_BRACKETED = r"(?:[^()]|\([^()]*\))*"
_SURE = (
    # Syncthing
    re.compile(r"(?P<of>.+)\.sync-conflict-\d{8}-\d{6}(?:-[A-Z2-7]{7})?", re.DOTALL),
    # ownCloud, and Nextcloud of old
    re.compile(r"(?P<of>.+)_conflict-\d{8}-\d{6}", re.DOTALL),
    # Dropbox, Obsidian Sync, Nextcloud
    re.compile(
        rf"(?P<of>.+) \((?:[^()]+ )?conflicted copy(?: {_BRACKETED}\d)?\)(?: \(\d+\))?",
        re.IGNORECASE | re.DOTALL,
    ),
)
_LIKELY = (
    # Dropbox in other languages
    re.compile(r"(?P<of>.+) \([^()]*\d{4}-\d\d-\d\d[^()]*\)(?: \(\d+\))?", re.DOTALL),
    # Google Drive, Windows; iCloud Drive; Google Drive
    re.compile(r"(?P<of>.+) \(\d{1,3}\)", re.DOTALL),
    re.compile(r"(?P<of>.+)[ _]\d{1,2}", re.DOTALL),
    re.compile(r"(?P<of>.+?) ?\[Conflict\]", re.IGNORECASE | re.DOTALL),
    # OneDrive: Windows' own names for computers, then others
    re.compile(r"(?P<of>.+)-(?:DESKTOP|LAPTOP)-[A-Z0-9]{7,8}", re.DOTALL),
    re.compile(r"(?P<of>.+)-[^\s-]+", re.DOTALL),
)


def copy_of(path: str) -> str | None:
    """The path of the note that this path is surely a conflict copy of; None if it is none.

    A copy of a copy leads to the note.
    """
    # Thousands of notes are asked, few are copies.
    if "conflict" not in path.lower():
        return None
    found = _original(path, _SURE)
    while found and (further := _original(found, _SURE)):
        found = further
    return found


def twin_of(path: str) -> str | None:
    """The path of the note that this path may be a conflict copy of, judged by its name alone.

    `Anna 2.md`, `Anna (1).md` and `Anna-LAPTOP.md` are ordinary names too: only a twin that
    exists, with the same id or nearly the same text, makes them copies.
    """
    return _original(path, _LIKELY)


def _original(path: str, patterns: tuple[re.Pattern[str], ...]) -> str | None:
    folder, slash, name = path.rpartition("/")
    named = _STEM.fullmatch(name)
    if not named:
        return None
    for pattern in patterns:
        if match := pattern.fullmatch(named["stem"]):
            return f"{folder}{slash}{match['of']}{named['suffix']}"
    return None
