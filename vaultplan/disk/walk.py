"""The notes of a vault, and what stands among them that is none."""

import os
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from vaultplan.disk.copies import copy_of
from vaultplan.disk.read import File
from vaultplan.disk.refusals import refusal
from vaultplan.disk.skips import Skips, Trail, trail
from vaultplan.disk.within import vault_path
from vaultplan.problems import Problem, Severity

_NOTE = b".md"


def walk(root: Path, skips: Skips) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Find every note below the root, sorted by path, whatever order folders are listed in.

    Folders are listed by name and links are never followed; a file that turns into a link later is
    refused when it is read.
    """
    found = _Found(os.fsencode(root))
    waiting = [("", trail(skips))]
    while waiting:
        waiting += found.look_into(*waiting.pop())
    found.leave_out_copies()
    found.leave_out_doubles()
    return tuple(found.files), tuple(sorted(found.problems))


@dataclass(slots=True)
class _Found:
    """What a walk has found so far."""

    top: bytes
    files: list[File] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def look_into(self, folder: str, way: Trail) -> list[tuple[str, Trail]]:
        """Take in one folder (raw, with a slash at its end); the folders to go on with."""
        below = []
        try:
            with os.scandir(self.top + b"/" + folder.encode()) as entries:
                for entry in entries:
                    if entry.name.startswith(b"."):
                        continue
                    if entry.is_file(follow_symlinks=False):
                        if entry.name.lower().endswith(_NOTE):
                            self._take(entry, folder, way)
                    elif further := self._go_on(entry, folder, way):
                        below.append(further)
        except FileNotFoundError as error:
            if not folder:
                self.problems.append(refusal(".", error))
        except OSError as error:
            self.problems.append(refusal(vault_path(folder[:-1]) or ".", error))
        return below

    def _take(self, entry: os.DirEntry[bytes], folder: str, way: Trail) -> None:
        """Keep a note."""
        name = self._name(entry, folder)
        if name is None or way.enter(vault_path(name), folder=False) is None:
            return
        raw = folder + name
        try:
            about = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            return
        except OSError as error:
            self.problems.append(refusal(vault_path(raw), error))
            return
        self.files.append(File(vault_path(raw), raw, about.st_size, about.st_mtime_ns))

    def _go_on(
        self, entry: os.DirEntry[bytes], folder: str, way: Trail
    ) -> tuple[str, Trail] | None:
        """Go on with a folder, or say what is neither folder nor file."""
        is_folder = entry.is_dir(follow_symlinks=False)
        is_link = entry.is_symlink()
        if not is_folder and not is_link and not entry.name.lower().endswith(_NOTE):
            return None
        name = self._name(entry, folder)
        further = name and way.enter(vault_path(name), folder=is_folder)
        if not name or not further:
            return None
        raw = folder + name
        if is_folder:
            return f"{raw}/", further
        if is_link:
            message = "is a symbolic link; links are never followed"
            fix = "put the file or folder itself into the vault, or add the link to `ignore`"
            self._report(vault_path(raw), "symlink", "hint", message, fix)
        else:
            message = "is a pipe, a socket or a device, not a note; it was not opened"
            fix = "move it out of the vault"
            self._report(vault_path(raw), "not-a-file", "warning", message, fix)
        return None

    def _name(self, entry: os.DirEntry[bytes], folder: str) -> str | None:
        """A name as text, whatever the locale says."""
        try:
            return entry.name.decode()
        except UnicodeDecodeError:
            path = vault_path(folder) + entry.name.decode(errors="replace")
            self._report(path, "bad-name", "error", "its name is not UTF-8", "rename it")
            return None

    def leave_out_copies(self) -> None:
        """Report the copies that synchronisers made in a conflict; they are no notes."""
        paths = {file.path for file in self.files}
        notes = []
        for file in self.files:
            note = copy_of(file.path)
            if note is None:
                notes.append(file)
                continue
            there = note in paths
            fix = f"merge what differs into {note} and delete this" if there else f"name it {note}"
            message = f"is a copy of {note} that a file synchroniser made in a conflict; not read"
            self._report(file.path, "conflict-copy", "warning", message, fix)
        self.files = notes

    def leave_out_doubles(self) -> None:
        """Sort, and keep one of the names that differ in their Unicode spelling only."""
        ordered = sorted(self.files, key=attrgetter("path"))
        kept: dict[str, File] = {}
        for file in ordered:
            other = kept.setdefault(file.path, file)
            if other is file:
                continue
            kept[file.path] = min(file, other, key=lambda file: (file.raw != file.path, file.raw))
            message = "two notes have this name, spelled with different Unicode; one is read"
            self._report(file.path, "same-name", "error", message, "rename one of them")
        self.files = list(kept.values())

    def _report(self, path: str, rule: str, severity: Severity, message: str, fix: str) -> None:
        self.problems.append(Problem(path, 0, rule, severity, message, fix))
