"""A camera in use, as Windows notes it for its privacy settings: `consent_store.py` tells its limits.

Not asked is the camera itself: to open one is to light its lamp.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.lasting import Lasting
from tray_agent.platforms.windows.consent_store import STORE, Use
from tray_agent.platforms.windows.consent_watch import ConsentWatch
from tray_agent.ports import Health, Loop, State

assert sys.platform == "win32"

SETTLE_S = 1.0
"""Programs that look for cameras begin and end within a moment."""

SOURCE = "consent_store"
UNKNOWN = "Windows does not note who uses the camera"


class Camera:
    """`ports.ContextSensor` that is on while a program of this person uses a camera."""

    name = "camera"
    signal = Signal.CALL

    def __init__(self, loop: Loop, told: Callable[[bool | None], object], store: str = STORE) -> None:
        self._use = Lasting(loop, told, on_after_s=SETTLE_S)
        self._watch = ConsentWatch(loop, "webcam", self._heard, store)

    def look(self) -> None:
        """Read it now."""
        self._watch.look()

    def health(self) -> Health:
        """Whether Windows notes it, and what it noted last."""
        if self._use.says is None:
            return Health(self.name, State.ABSENT, SOURCE, UNKNOWN)
        return Health(self.name, State.OK, SOURCE, None, self._use.value)

    def close(self) -> None:
        """Watch no more; safe to call twice."""
        self._watch.close()
        self._use.close()

    def _heard(self, who: Use | None, looked: bool) -> None:
        self._use.hear(None if who is None else who is Use.SOMEBODY, looked=looked)
