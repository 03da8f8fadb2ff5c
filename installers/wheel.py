"""Packs the wheel and the source distribution into `build/python`, the same bytes each time.

    python3 -m installers.wheel

Needs hatchling, which requirements/build.txt brings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from installers.freeze import BUILD, EPOCH, ROOT

PYTHON_PACKAGES = BUILD / "python"


def pack() -> Path:
    """Both, in an emptied folder; raises `CalledProcessError`."""
    shutil.rmtree(PYTHON_PACKAGES, ignore_errors=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(PYTHON_PACKAGES)]
    subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=True)
    return PYTHON_PACKAGES


if __name__ == "__main__":
    print(pack())
