"""Several monitors on one virtual screen, plugged in and out while programs look on."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass
class Monitors:
    """Monitors of an X display by name; each is (x, y, width, height) on its screen."""

    display: str
    _plugged: list[str] = field(default_factory=list)

    def plug(self, name: str, x: int, y: int, width: int, height: int) -> None:
        """Add a monitor.  The first one takes the screen's own output, which then is none by itself."""
        output = "none" if self._plugged else "screen"
        place = f"{width}/{width // 4}x{height}/{height // 4}+{x}+{y}"
        self._xrandr("--setmonitor", name, place, output)
        self._plugged.append(name)

    def unplug(self, name: str) -> None:
        """Take a monitor away."""
        self._xrandr("--delmonitor", name)
        self._plugged.remove(name)

    def close(self) -> None:
        """Leave the screen as it was: one whole monitor."""
        for name in reversed(tuple(self._plugged)):
            self.unplug(name)

    def _xrandr(self, *args: str) -> None:
        subprocess.run(["xrandr", "--display", self.display, *args], check=True, capture_output=True)


def split(display: str, places: Mapping[str, tuple[int, int, int, int]]) -> Monitors:
    """Monitors at these places."""
    made = Monitors(display)
    for name, place in places.items():
        made.plug(name, *place)
    return made
