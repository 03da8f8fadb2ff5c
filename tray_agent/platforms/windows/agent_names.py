"""What a running agent is known by to other programs of its person."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

from tray_agent.platforms.windows import identity

assert sys.platform == "win32"

APP = "org.trayagent.TrayAgent"
OWN_FOLDER = "TrayAgent"


def name(path: Path) -> str:
    """The name of the pipe that stands for this path; homes other than the usual one have their own."""
    return rf"\\.\pipe\{APP}-{identity.own_sid()}-{identity.session()}{_home(path)}"


def mark(path: Path) -> str:
    """The name of what shows in all sessions of this person that an agent of this path lives."""
    return f"{APP}-{identity.own_sid()}{_home(path)}"


def _home(path: Path) -> str:
    home = path.absolute().parents[1]
    usual = Path(os.environ.get("LOCALAPPDATA", ""), OWN_FOLDER)
    return "" if home == usual else f"-{sha256(os.path.normcase(home).encode()).hexdigest()[:16]}"
