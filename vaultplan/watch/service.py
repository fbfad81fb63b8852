"""The papers by which systemd and launchd run the watcher whenever the person is logged in."""

import plistlib
import re
from collections.abc import Mapping, Sequence

_NAME = re.compile(r"[^A-Za-z0-9]+")


def name_of(folder: str) -> str:
    """What a service for a vault is called."""
    return f"vaultplan-{_NAME.sub('-', folder).strip('-').lower() or 'vault'}"


def systemd_unit(folder: str, command: Sequence[str], environ: Mapping[str, str]) -> str:
    """A user unit (systemd.service(5)), with the commands that put it to use on top.

    `folder` is the name of the vault's folder, `environ` what the watcher needs of the environment.
    """
    name = name_of(folder)
    settings = "".join(
        f"Environment={_quoted(f'{key}={value}', dollars=False)}\n"
        for key, value in sorted(environ.items())
    )
    return f"""\
# Save as ~/.config/systemd/user/{name}.service, then:
#   systemctl --user daemon-reload && systemctl --user enable --now {name}
# What it does is told by: journalctl --user -u {name}

[Unit]
Description=vaultplan: keep {_plain(folder)} up to date

[Service]
{settings}ExecStart={" ".join(map(_quoted, command))}
Restart=on-failure
RestartSec=30
RestartPreventExitStatus=2
Nice=10

[Install]
WantedBy=default.target
"""


def launchd_plist(folder: str, command: Sequence[str], environ: Mapping[str, str]) -> str:
    """A launch agent (launchd.plist(5)), with the commands that put it to use on top."""
    label = f"local.{name_of(folder)}"
    agent = {
        "Label": label,
        "ProgramArguments": list(command),
        "EnvironmentVariables": dict(environ),
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ProcessType": "Background",
    }
    head, rest = plistlib.dumps(agent).decode().split("\n", 1)
    told = f"""\
<!-- Save as ~/Library/LaunchAgents/{label}.plist, then:
     launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/{label}.plist -->
"""
    return f"{head}\n{told}{rest}"


def _quoted(word: str, *, dollars: bool = True) -> str:
    """A word of a unit file: specifiers, quotes and control characters mean themselves."""
    text = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    if dollars:
        text = text.replace("$", "$$")
    return '"' + "".join(one if one.isprintable() else _escape(one) for one in text) + '"'


def _escape(one: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in one.encode("utf-8", "surrogateescape"))


def _plain(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text).replace("%", "%%")
