"""A folder that is watched, on a loop that the test turns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.support.turning import turn_for, turn_until
from tray_agent.ports import Loop
from tray_agent.shell.loop import SelectorLoop


class _Watch(Protocol):
    def close(self) -> None: ...


Watching = Callable[[Loop, Path, Callable[[], object]], _Watch]
"""What begins to watch a folder."""


class Watched:
    """`calls` counts what was reported; `file` is one in the folder, for the test to write."""

    def __init__(self, loop: SelectorLoop, watching: Watching, folder: Path) -> None:
        self.folder, self.file = folder, folder / "settings.toml"
        self.calls = 0
        self._loop = loop
        self._watch = watching(loop, folder, self._count)

    def reported(self, what: str) -> None:
        """Wait for a report, then for silence, so that the next report is a new one."""
        turn_until(self._loop, lambda: self.calls, f"a report of {what}")
        turn_for(self._loop, 0.3)
        self.calls = 0

    def stays_silent(self) -> None:
        """Nothing has been reported since, nor is it now."""
        turn_for(self._loop, 0.3)
        assert self.calls == 0

    def close(self) -> None:
        """Twice, which has to be safe."""
        self._watch.close()
        self._watch.close()

    def _count(self) -> None:
        self.calls += 1
