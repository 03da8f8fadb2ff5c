"""Whether a program fills a monitor, by where its window is and by what the shell says.

A film, slides or a game is no moment for a prompt.  A window with the keys that fills its monitor counts.
What the shell says is taken alone only where no window could show it: presentation mode, and games that
have the screen to themselves.  Its `BUSY` may come from nothing but a graphics driver's layer, so then
some window has to fill a monitor as well, the active one or another that one sees.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.windows.notification_state import Notifications, notification_state
from tray_agent.platforms.windows.windows_seen import active_fills, some_fills
from tray_agent.ports import Health, Loop, State, Unavailable

assert sys.platform == "win32"

BY_ITSELF = (Notifications.EXCLUSIVE, Notifications.PRESENTATION)
BY_A_WINDOW = (Notifications.BUSY, Notifications.APP)


class FullScreen:
    """`ports.ContextSensor`; `state` asks the shell."""

    name = "fullscreen"
    signal = Signal.FULLSCREEN

    def __init__(
        self,
        loop: Loop,
        told: Callable[[bool | None], object],
        state: Callable[[], Notifications] = notification_state,
    ) -> None:
        self._loop, self._told, self._state = loop, told, state
        self._on: bool | None = None
        self._problem: str | None = None
        self._closed = False

    def look(self) -> None:
        """Find out now; `told` follows in the loop's next round."""
        self._loop.call_soon(self._find)

    def health(self) -> Health:
        """Whether a window fills a monitor, and whether the shell says what it sees."""
        value = None if self._on is None else "on" if self._on else "off"
        state = State.DEGRADED if self._problem else State.OK
        return Health(self.name, state, "windows", self._problem, value)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True

    def _find(self) -> None:
        if not self._closed:
            self._on = self._fills()
            self._told(self._on)

    def _fills(self) -> bool:
        self._problem = None
        try:
            state = self._state()
        except Unavailable as why:
            self._problem = str(why)
            return active_fills()
        if state is Notifications.NOT_PRESENT:  # locked: nobody sees what lies behind
            return False
        if state in BY_ITSELF:
            return True
        return active_fills() or (state in BY_A_WINDOW and some_fills())
