"""The floor of a pass without work: walk a folder and stat every file. `look.py FOLDER`."""

import os
import sys


def look(top: str) -> int:
    """How many bytes the files have."""
    size, waiting = 0, [top]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    size += entry.stat(follow_symlinks=False).st_size
    return size


if __name__ == "__main__":
    sys.exit(0 if look(sys.argv[1]) else 1)
