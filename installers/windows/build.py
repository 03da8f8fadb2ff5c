r"""Freezes the program on Windows into `build\windows\tray-agent`.

    py -m installers.windows.build [--release]

Needs the packages of requirements/run.txt and requirements/build.txt.  `installers.windows.msi` packs the
folder, on Linux.  With `--release` it ends with exit code 2 where it could only make a test build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installers.freeze import BUILD, EPOCH, ROOT
from installers.windows.version_resource import no_release

HOME = BUILD / "windows"
PROGRAM = HOME / "tray-agent"


def main(args: Sequence[str]) -> int:
    """The exit code."""
    because = no_release()
    if "--release" in args and because:
        print(f"This is no release: {because}.", file=sys.stderr)
        return 2
    print(f"a test build: {because}" if because else "a release", flush=True)
    print(freeze(), flush=True)
    return 0


def freeze() -> Path:
    """Build the folder anew; raises `CalledProcessError`."""
    shutil.rmtree(PROGRAM, ignore_errors=True)
    # The order of sets, and what is compiled from it, follows the seed of the hashes.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": EPOCH}
    places = ["--distpath", f"{HOME}", "--workpath", f"{HOME / 'work'}"]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", *places]
    spec = ROOT / "installers" / "tray-agent.spec"
    subprocess.run([*command, f"{spec}"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
    return PROGRAM


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
