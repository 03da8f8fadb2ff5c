"""Whether the X server is still there: when it is gone, the session is over.

One connection that asks for nothing, so that it costs nothing until it ends.  Its end alone says
little, since any client can be cut off while its server lives on; so another one is tried, and only
a server that lets nobody in for `COMES_BACK_WITHIN_S` counts as dead.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.xcb import Connection
from tray_agent.ports import Loop, Timer, Unavailable

COMES_BACK_WITHIN_S = 2.0
RETRY_S = 0.25


class DisplayWatch:
    """Calls `ended()` once when the X server is gone; raises `Unavailable` where none answers at first."""

    def __init__(self, loop: Loop, ended: Callable[[], object], display: str | None = None) -> None:
        self._loop = loop
        self._ended = ended
        self._display = display_name(display)
        self._give_up = 0.0
        self._retry: Timer | None = None
        self._x: Connection | None = None
        self._connect()

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        if self._retry is not None:
            self._retry.cancel()
        self._hang_up()

    def _connect(self) -> None:
        self._x = Connection(self._display)
        self._loop.watch(self._x.fd, self._read)

    def _read(self) -> None:
        if self._x is None:
            return
        for _ in self._x.events():
            pass  # none was asked for, but only reading shows that the server is there
        if self._x.broken:
            self._hang_up()
            self._give_up = time.monotonic() + COMES_BACK_WITHIN_S
            self._try()

    def _try(self) -> None:
        self._retry = None
        try:
            self._connect()
        except Unavailable:
            if time.monotonic() >= self._give_up:
                self._ended()
            else:
                self._retry = self._loop.call_later(RETRY_S, self._try)

    def _hang_up(self) -> None:
        if self._x is not None:
            self._loop.unwatch(self._x.fd)
            self._x.close()
            self._x = None
