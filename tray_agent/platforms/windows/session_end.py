"""The end of the session, and of this program where somebody asks it to go.

Once the window has answered WM_ENDSESSION, Windows may end the process at any moment, and without an
answer it does so after five seconds.  So the answer waits until the agent has saved what it knows.
WM_QUERYENDSESSION needs none of ours: the system's is yes.  WM_CLOSE comes from `taskkill` and from
installers.  Microsoft Learn: "WM_ENDSESSION message", "Shutting Down".
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from tray_agent.platforms.windows import comeback
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.ports import Loop

assert sys.platform == "win32"

WM_CLOSE, WM_ENDSESSION = 0x0010, 0x0016
PATIENCE_S = 4.0


class SessionEnd:
    """Calls `ended` on the loop once the session ends; `close` says that all is saved."""

    def __init__(self, loop: Loop, window: MessageWindow, ended: Callable[[], object]) -> None:
        self._loop = loop
        self._ended = ended
        self._saved = threading.Event()
        self._stops = [window.on(WM_ENDSESSION, self._ends), window.on(WM_CLOSE, self._asked_to_go)]
        comeback.ask_for_it(sys.argv[1:])

    def close(self) -> None:
        """Tell nothing more, and let the session end; safe to call twice."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        self._saved.set()

    def _ends(self, truly: int, _why: int) -> int:
        """On the window's thread: false means that somebody else has held the end up."""
        if truly:
            self._loop.call_soon(self._tell)
            self._saved.wait(PATIENCE_S)
        return 0

    def _asked_to_go(self, _wparam: int, _lparam: int) -> int:
        self._loop.call_soon(self._tell)
        return 0

    def _tell(self) -> None:
        if self._stops:
            self._ended()
