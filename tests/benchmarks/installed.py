"""The agent as people install it: its wheel, in an environment of its own, from locked packages.

    python -m tests.benchmarks.installed [PYTHON]

PYTHON is the one that is to run the agent, by default the system's own.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.programs import Program
from tests.support.live_agent import ALWAYS
from tests.support.places import ROOT

PLACE = ROOT / "build" / "benchmarks"
VENV = PLACE / "venv"
COMMAND = VENV / "bin" / "tray-agent"
NAME = "Tray Agent"


def program(source: str = "auto") -> Program:
    """The agent that `install` has installed, noticing activity by this source."""
    (packages,) = VENV.glob("lib/python3.*/site-packages")
    return Program(
        NAME if source == "auto" else f"{NAME}, {source}",
        (f"{COMMAND}", "run"),
        ("python3",),
        "Python",
        folders=(packages / "tray_agent", VENV),
        files=settings(source),
    )


def settings(source: str) -> dict[str, str]:
    """What is in its home: any hour is fit for it, and it does not begin with a welcome."""
    return {".config/tray-agent/settings.toml": f'{ALWAYS}activity.source = "{source}"\n'}


def install(python: Path) -> None:
    """The checkout as it is now; the packages it needs only if others are there."""
    lock = ROOT / "requirements" / "run.txt"
    wanted = hashlib.sha256(lock.read_bytes() + bytes(python)).hexdigest()
    stamp = VENV / "made.stamp"
    if not stamp.exists() or stamp.read_text() != wanted:
        _run(python, "-m", "venv", "--clear", "--without-pip", VENV)
        _pip("--require-hashes", "--only-binary", ":all:", "--requirement", lock)
        stamp.write_text(wanted)
    _run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", PLACE / "wheel")
    _pip("--force-reinstall", *(PLACE / "wheel").glob("*.whl"))


def system_python() -> Path:
    """The system's own Python, as its other programs use it; this one where that is too old or absent."""
    usual = Path("/usr/bin/python3")
    recent = "import sys; sys.exit(sys.version_info < (3, 11))"
    well = usual.exists() and subprocess.run([usual, "-c", recent], check=False).returncode == 0
    return usual if well else Path(sys.executable)


def _pip(*what: str | Path) -> None:
    quiet = ["--disable-pip-version-check", "--no-input", "--quiet", "--root-user-action", "ignore"]
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", VENV / "bin" / "python"]
    _run(*pip, "install", *quiet, "--no-deps", *what)


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


if __name__ == "__main__":
    install(Path(sys.argv[1]) if sys.argv[1:] else system_python())
