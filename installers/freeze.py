"""Freezes the program of this system into `build/dist/tray-agent`, the same bytes each time.

    python3 -m installers.freeze

Needs the packages of requirements/run.txt and requirements/build.txt.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
PROGRAM = BUILD / "dist" / "tray-agent"
EPOCH = "1767225600"
"""The time written into what is built: the first second of 2026."""


def freeze() -> Path:
    """Build the folder anew; raises `CalledProcessError`."""
    shutil.rmtree(PROGRAM, ignore_errors=True)
    # The order of sets, and what is compiled from it, follows the seed of the hashes.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": EPOCH}
    # pynput and pystray can be imported, and so are looked through, only where a display answers.
    environment.pop("DISPLAY", None)
    # PyInstaller empties its cache first, and nobody else's may be in it just then.
    environment["PYINSTALLER_CONFIG_DIR"] = str(BUILD / "freeze-cache")
    places = ["--distpath", str(PROGRAM.parent), "--workpath", str(BUILD / "freeze")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *places]
    spec = ROOT / "installers" / "tray-agent.spec"
    subprocess.run([*command, str(spec)], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
    return PROGRAM


if __name__ == "__main__":
    print(freeze())
