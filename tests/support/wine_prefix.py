"""A Wine prefix of one's own with a virtual screen; both go with it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.xserver import xserver
from tests.wine import __main__ as wine


class WinePrefix:
    """Exists inside `with`; `kind` begins the name of its folder, `screen` is as X servers take it."""

    def __init__(self, kind: str, screen: str) -> None:
        self._kind, self._screen = kind, screen
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

    def _begin(self) -> None:
        wine.set_up()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self._kind}-", dir=wine.HOME))
        self._ends.callback(shutil.rmtree, self.folder, ignore_errors=True)
        wine.copy_prefix(self.folder / "prefix")
        server = self._ends.enter_context(xserver("-screen", "0", self._screen))
        self.env = self._environment(server.display)
        # Otherwise the first program starts it, and it would hold that program's output open.
        wine.quietly(["wineserver", "--persistent"], self.env)
        self._ends.callback(wine.quietly, ["wineserver", "--kill"], self.env)

    def _environment(self, display: str) -> dict[str, str]:
        return wine.environment_on(display) | {
            "WINEPREFIX": f"{self.folder / 'prefix'}",
            "PULSE_SERVER": "unix:/nonexistent",
        }

    def _run(
        self, command: Sequence[str], cwd: Path, patience_s: float, variables: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["wine", *command],
            cwd=cwd,
            env={**self.env, **(variables or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=patience_s,
            check=False,
        )
