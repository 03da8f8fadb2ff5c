"""A Windows desktop of one's own, as Wine shows it: a taskbar with a tray on a virtual screen.

Programs are those of `build/wine`, made by whoever comes first; prefix, screen and files are made for one
`WineDesktop` and go with it.  What runs there are Windows programs, seen and clicked from Linux.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from tests.support.places import ROOT
from tests.support.screen import picture
from tests.support.wine_helper import Helper
from tests.support.wine_prefix import WinePrefix
from tests.wine import __main__ as wine

SIZE = 1024, 700
"""Of the screen, which the desktop fills."""

PATIENCE_S = 60.0
"""For a program to end: a busy machine takes ten seconds over one that takes one."""


class WineDesktop(WinePrefix):
    """Exists inside `with`; `helper` is a Windows program that does what only such a one can."""

    def __init__(self) -> None:
        super().__init__("desk", f"{SIZE[0]}x{SIZE[1]}x24")

    def start(
        self, *args: str, output: Path, variables: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """python.exe with these arguments; it ends with the desktop at the latest.

        It can write into nothing but a pipe, so somebody else writes the file.
        """
        with output.open("ab") as file:
            copying = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file, stderr=file)
        process = subprocess.Popen(
            ["wine", f"{wine.PYTHON}", *args],
            cwd=ROOT,
            env={**self.env, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=copying.stdin,
            stderr=copying.stdin,
        )
        assert copying.stdin is not None
        copying.stdin.close()
        for each in (copying, process):
            self._ends.callback(_end, each)
        return process

    def run(
        self, *command: str, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """A Windows program to its end."""
        return self._run(command, ROOT, PATIENCE_S, variables)

    def picture(self) -> Image.Image:
        """The desktop as it is now."""
        return picture(self.display).crop((0, 0, *SIZE))

    def screenshot(self, path: Path) -> Path:
        """Save the desktop as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.picture().save(path)
        return path

    def _begin(self) -> None:
        super()._begin()
        self.helper = self._ends.enter_context(Helper(self.env))

    def _environment(self, display: str) -> dict[str, str]:
        environment = super()._environment(display)
        # Where it fixes the zone, there is none to change.
        environment.pop("TZ", None)
        return environment


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait(10)


def windows_path(path: Path) -> str:
    """The path as Windows programs write it."""
    return f"Z:{path}".replace("/", "\\")
