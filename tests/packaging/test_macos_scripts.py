"""The scripts for macOS, as far as a linter can judge them here; `tests/installers` has their dry run."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.places import ROOT

MACOS = ROOT / "installers" / "macos"
SCRIPTS = [
    MACOS / "build.sh",
    MACOS / "tray-agent",
    MACOS / "uninstall.sh",
    MACOS / "scripts" / "preinstall",
    MACOS / "scripts" / "postinstall",
    MACOS / "autostart" / "postinstall",
]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_linter_finds_nothing_in_the_scripts(script: Path) -> None:
    done = subprocess.run(
        ["shellcheck", str(script)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert os.access(script, os.X_OK)


def test_none_is_left_out() -> None:
    starts = {path for path in MACOS.rglob("*") if path.is_file() and path.read_bytes().startswith(b"#!")}
    assert starts == set(SCRIPTS)
