"""The program frozen by the Windows Python under Wine, once for all tests, and MSIs made of it.

Everything lies in `build/wine-freeze` and `build/windows`, and is made anew when what goes into it has
changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

from installers.windows import build
from tests.support.places import ROOT
from tests.support.wine_desktop import windows_path
from tests.wine import __main__ as wine

HOME = ROOT / "build" / "wine-freeze"
LOCK = ROOT / "requirements" / "windows_build.txt"
PACKAGES = HOME / "packages"
LIMIT_S = 900
"""Of freezing; it takes one or two minutes."""
INPUTS = [
    *("tray_agent", "config", "icons", "LICENSE"),
    *(f"installers/{name}" for name in ("freeze.py", "licences.toml", "notices.py", "shipped.py")),
    *(f"installers/windows/{name}" for name in ("build.py", "program.manifest", "version_resource.py")),
    *("installers/tray-agent.spec", "requirements/windows.txt", "requirements/windows_build.txt"),
]
"""What goes into the program, as files and folders; a generated file of theirs changes it too."""


@cache
def frozen() -> Path:
    """The folder with the program, the same for a whole run; whoever else comes meanwhile waits."""
    wine.set_up()
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _set_up_freezer()
        stamp, wanted = HOME / "frozen.stamp", _inputs()
        if not (stamp.exists() and stamp.read_text() == wanted):
            stamp.unlink(missing_ok=True)
            _freeze()
            stamp.write_text(wanted)
    return build.PROGRAM


def _set_up_freezer() -> None:
    """PyInstaller for the Python under Wine, which has its packages from elsewhere."""
    stamp, wanted = HOME / "freezer.stamp", wine.digest(LOCK.read_bytes())
    if stamp.exists() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    shutil.rmtree(PACKAGES, ignore_errors=True)
    wine.pip([*wine.EXACTLY, *wine.FOR_WINDOWS, "--target", f"{PACKAGES}", "--requirement", f"{LOCK}"])
    stamp.write_text(wanted)


def _freeze() -> None:
    """Let the Windows Python run the very script that makes releases."""
    print("freezing the program of Windows under Wine", flush=True)
    with wine.surroundings() as environment:
        # What the first program starts would hold the freezer's output open.
        wine.quietly(["wine", "cmd", "/c", "exit"], environment)
        done = subprocess.run(
            ["wine", f"{wine.PYTHON}", "-m", "installers.windows.build"],
            cwd=ROOT,
            env={**environment, "PYTHONPATH": windows_path(PACKAGES)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=LIMIT_S,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"the freezer ended with {done.returncode}: {done.stdout}")


def _inputs() -> str:
    found = hashlib.sha256()
    for top in (ROOT / name for name in INPUTS):
        files = [top] if top.is_file() else sorted(each for each in top.rglob("*") if each.is_file())
        for path in (each for each in files if each.suffix != ".pyc"):
            found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()
