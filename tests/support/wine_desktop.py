"""A Windows desktop of one's own, as Wine shows it: a taskbar with a tray on a virtual screen.

Programs are those of `build/wine`, made by whoever comes first; prefix, screen and files are made for one
`WineDesktop` and go with it.  What runs there are Windows programs, seen and clicked from Linux.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from tests.support.places import ROOT
from tests.support.screen import picture
from tests.support.wine_helper import Helper
from tests.support.xserver import xserver
from tests.wine import __main__ as wine

SIZE = 1024, 700
"""Of the screen, which the desktop fills."""

PATIENCE_S = 60.0
"""For a program to end: a busy machine takes ten seconds over one that takes one."""


class WineDesktop:
    """Exists inside `with`; `helper` is a Windows program that does what only such a one can."""

    def __init__(self) -> None:
        self._ends = ExitStack()
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        try:
            self._begin()
        except BaseException:
            self._ends.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    @property
    def display(self) -> str:
        """The X display, such as `:5`."""
        return self.env["DISPLAY"]

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
        return subprocess.run(
            ["wine", *command],
            cwd=ROOT,
            env={**self.env, **(variables or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
            check=False,
        )

    def picture(self) -> Image.Image:
        """The desktop as it is now."""
        return picture(self.display).crop((0, 0, *SIZE))

    def screenshot(self, path: Path) -> Path:
        """Save the desktop as a PNG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.picture().save(path)
        return path

    def _begin(self) -> None:
        wine.set_up()
        self.folder = Path(tempfile.mkdtemp(prefix="desk-", dir=wine.HOME))
        self._ends.callback(shutil.rmtree, self.folder, ignore_errors=True)
        wine.copy_prefix(self.folder / "prefix")
        server = self._ends.enter_context(xserver("-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"))
        self.env = wine.environment_on(server.display) | {
            "WINEPREFIX": f"{self.folder / 'prefix'}",
            "PULSE_SERVER": "unix:/nonexistent",
        }
        # Where it fixes the zone, there is none to change.
        self.env.pop("TZ", None)
        # Otherwise the first program starts it, and it would hold that program's output open.
        wine.quietly(["wineserver", "--persistent"], self.env)
        self._ends.callback(wine.quietly, ["wineserver", "--kill"], self.env)
        self.helper = self._ends.enter_context(Helper(self.env))


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
    process.wait(10)


def windows_path(path: Path) -> str:
    """The path as Windows programs write it."""
    return f"Z:{path}".replace("/", "\\")
