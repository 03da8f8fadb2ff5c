"""Starting at login by launchd: a property list in the person's LaunchAgents, for an agent without an app.

The file is what counts from the next login on.  Nothing is told to launchd now: it would start a second
agent, or end the one that asks.  What people switch off under Login Items lies in launchd's own database,
which no file or function shows; the key Disabled, which administrators write, is respected.  One for the
whole machine is told of and never touched.
Sources: Apple developer documentation, "Creating Launch Daemons and Agents"; the manual pages
launchd.plist(5) and launchctl(1), which says that what `print-disabled` prints is no interface.
"""

from __future__ import annotations

import os
import plistlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from tray_agent.ports import Startup

LABEL = "org.trayagent.TrayAgent"
MECHANISM = "launch_agent"
FOR_EVERYBODY = Path("/Library/LaunchAgents")

_FILE = f"{LABEL}.plist"
_ENV = "/usr/bin/env"
# launchd passes over a file that others may write.
_MODE = 0o644


class LaunchAgent:
    """Our file in the folder of the person whose home this is, beside the machine's."""

    def __init__(self, home: Path | None = None, machine: Path = FOR_EVERYBODY) -> None:
        self.file = (home or Path.home()) / "Library" / "LaunchAgents" / _FILE
        self._for_everybody = machine / _FILE

    def status(self) -> Startup:
        """How it is now, by the files alone."""
        ours = _found(self.file)
        theirs = _found(self._for_everybody)
        if theirs is not None and theirs.on and not (ours is not None and ours.on):
            return Startup(True, MECHANISM, f"{self._for_everybody} starts it for everybody on this machine")
        return ours or theirs or Startup(on=False, mechanism=None)

    def starts_everybody(self) -> bool:
        """Whether the machine's own file starts whoever logs in."""
        theirs = _found(self._for_everybody)
        return theirs is not None and theirs.on

    def add(self, command: Sequence[str], *, app: bool = False) -> None:
        """Have launchd run the command at login; raises `OSError`.

        `app` says that it is the program of our app, whose name and icon the Login Items then show.
        """
        _write(self.file, plistlib.dumps(job(command, app=app)))

    def remove(self) -> None:
        """Have it run no longer; raises `OSError`."""
        self.file.unlink(missing_ok=True)


def job(command: Sequence[str], *, app: bool = False) -> dict[str, Any]:
    """The property list: in desktop sessions only, and once more after a crash but not after `quit`."""
    variables, words = _taken_apart(command)
    described: dict[str, Any] = {
        "Label": LABEL,
        "ProgramArguments": words,
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "LimitLoadToSessionType": "Aqua",
        # Or launchd slows it down as work that nobody waits for.
        "ProcessType": "Interactive",
    }
    if variables:
        described["EnvironmentVariables"] = variables
    if app:
        described["AssociatedBundleIdentifiers"] = [LABEL]
    return described


def _taken_apart(command: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Variables and program, where `env` sets the ones for the other."""
    words = list(command)
    variables = {}
    if words[:1] == [_ENV]:
        del words[0]
        while words and "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            variables[name] = value
    return variables, words


def _found(file: Path) -> Startup | None:
    """What the file says; None where there is none."""
    try:
        described = plistlib.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        return Startup(False, None, f"{file} cannot be read: {error.strerror}")
    except (ExpatError, ValueError, AttributeError):  # the last where a date is none
        return Startup(False, None, f"{file} is no property list")
    hindrance = _hindrance(described if isinstance(described, dict) else {})
    return Startup(False, None, f"{file}: {hindrance}") if hindrance else Startup(True, MECHANISM)


def _hindrance(described: dict[str, Any]) -> str | None:
    """Why launchd would not start this."""
    words = described.get("ProgramArguments")
    if not isinstance(words, list) or not words:
        return "it names no program"
    if described.get("Disabled") is True:
        return "it is switched off by Disabled"
    program = described.get("Program") or words[0]
    return None if Path(str(program)).is_file() else f"it starts {program}, which is not there"


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all; raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as stream:
            fresh.chmod(_MODE)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
