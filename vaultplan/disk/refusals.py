"""What a disk refuses, as problems that say what to do."""

import errno

from vaultplan.problems import Problem, Severity

LARGEST = 32 * 2**20
"""No note is larger than this many bytes (Obsidian Sync's own limit is 5 MB)."""

_REFUSALS: dict[int, tuple[str, Severity, str, str]] = {
    errno.ENOENT: ("gone", "warning", "is not there any more", "try again"),
    errno.EXDEV: ("outside", "error", "does not lead into the vault", "name a path inside it"),
    errno.ENXIO: (
        "not-a-file",
        "warning",
        "is a pipe, a socket, a device or a folder, not a file; it was not opened",
        "move it out of the vault",
    ),
    errno.ELOOP: (
        "symlink",
        "warning",
        "is a symbolic link; links are never followed",
        "put the file itself into the vault",
    ),
    errno.ENOTDIR: (
        "symlink",
        "warning",
        "a link or a file stands where a folder of this path should be; links are never followed",
        "put the folder itself into the vault",
    ),
    errno.EOVERFLOW: (
        "too-large",
        "error",
        f"is larger than {LARGEST // 2**20} MB and was left alone",
        "split the note, or add it to `ignore`",
    ),
    errno.EAGAIN: (
        "note-busy",
        "warning",
        "is open in another program and was left alone",
        "close it there, then try again",
    ),
}


def refusal(path: str, error: OSError, rule: str = "unreadable") -> Problem:
    """Say an error of the system as a problem; `rule` names the ones without a name of their own.

    `rule` is `unreadable` or `unwritable`.
    """
    known = _REFUSALS.get(error.errno or 0)
    if known is not None:
        return Problem(path, 0, *known)
    verb = "read" if rule == "unreadable" else "written"
    reason = error.strerror or type(error).__name__
    fix = "look at its permissions and at the disk"
    return Problem(path, 0, rule, "error", f"cannot be {verb}: {reason}", fix)


def changed(path: str) -> Problem:
    """The note is not what the pass has read."""
    message = "changed since it was read; nothing was written over it"
    return Problem(path, 0, "note-changed", "warning", message, "try again")


def busy(path: str) -> Problem:
    """Another program has the note open."""
    return Problem(path, 0, *_REFUSALS[errno.EAGAIN])
