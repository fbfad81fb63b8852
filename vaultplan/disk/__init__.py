"""The only room that touches files: walk, read, compare, write, journal."""

from vaultplan.disk.copies import twin_of
from vaultplan.disk.entries import Change, change_of, texts_of
from vaultplan.disk.journal import Journal, Run, runs
from vaultplan.disk.read import File, read, read_small
from vaultplan.disk.skips import Skips, is_skipped
from vaultplan.disk.state import Seen, load_seen, save_seen, state_folder
from vaultplan.disk.walk import walk
from vaultplan.disk.within import vault_path
from vaultplan.disk.write import new_file, replace_file

__all__ = [
    "Change",
    "File",
    "Journal",
    "Run",
    "Seen",
    "Skips",
    "change_of",
    "is_skipped",
    "load_seen",
    "new_file",
    "read",
    "read_small",
    "replace_file",
    "runs",
    "save_seen",
    "state_folder",
    "texts_of",
    "twin_of",
    "vault_path",
    "walk",
]
