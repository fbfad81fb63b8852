"""The floor of a cold pass: only read every note, with python-frontmatter. `read.py FOLDER`."""

import os
import sys

import frontmatter


def read(top: str) -> int:
    """How many notes have front matter."""
    found, waiting = 0, [top]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name.endswith(".md"):
                    found += bool(frontmatter.load(entry.path).metadata)
    return found


if __name__ == "__main__":
    sys.exit(0 if read(sys.argv[1]) else 1)
