"""Adapters, one file per mechanism; `select` is the only place that asks which system this is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from tray_agent.ports import Clocks, Face, IdleCounter, Listener, Loop, Notifier, Tray, Unavailable

Lost = Callable[[str], object]


class Desktop(Protocol):
    """What a system offers; whatever cannot work here raises `Unavailable` or shows it as health."""

    def clocks(self) -> Callable[[], Clocks]:
        """A function that reads the system's clocks."""

    def watch_clock(self, moved: Callable[[], object]) -> None:
        """Call `moved` when the wall clock was set or the machine woke."""

    def watch_folder(self, folder: Path, changed: Callable[[], object]) -> None:
        """Call `changed` when a file in the folder was written, added or removed."""

    def idle_counter(self, lost: Lost) -> IdleCounter:
        """The first idle counter that works here."""

    def listener(self, lost: Lost) -> Listener:
        """The content-blind input listener."""

    def tray(
        self, menu: Callable[[], Any], draw: Callable[[Face, int], Any], activated: Callable[[], object]
    ) -> Tray:
        """The icon; one that waits where no panel is there yet."""

    def notifier(self, answered: Callable[[int, str], object], icon: Path) -> Notifier:
        """Notes with this icon, by the desktop's own service or the last resort."""

    def close(self) -> None:
        """Let go of what the parts shared."""


def select(loop: Loop) -> Desktop:
    """This system's adapters; raises `Unavailable` where there are none yet."""
    if sys.platform == "linux":
        from tray_agent.platforms.linux.desktop import LinuxDesktop

        return LinuxDesktop(loop)
    raise Unavailable(f"{sys.platform} is not supported yet")
