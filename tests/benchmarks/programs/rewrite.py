"""The floor of a first pass: write what it writes, each old text safe first, each write synced.

`rewrite.py FOLDER WANTED JOURNAL`: each note below WANTED is put over the one in FOLDER.
"""

import os
import sys
from pathlib import Path


def rewrite(folder: Path, wanted: Path, journal: Path) -> int:
    """How many notes were written."""
    journal.mkdir()
    count = 0
    for top, _, names in os.walk(wanted):
        for name in names:
            new = Path(top, name)
            note = folder / new.relative_to(wanted)
            with (journal / str(count)).open("xb") as entry:
                entry.write(note.read_bytes())
                entry.flush()
                os.fsync(entry.fileno())
            with note.open("r+b") as file:
                file.write(new.read_bytes())
                file.truncate()
                file.flush()
                os.fsync(file.fileno())
            count += 1
    return count


if __name__ == "__main__":
    sys.exit(0 if rewrite(*map(Path, sys.argv[1:])) else 1)
