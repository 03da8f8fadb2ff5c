"""Idle time from MIT-SCREEN-SAVER, for X servers whose SYNC has no IDLETIME counter."""

from __future__ import annotations

import math
import struct
import time
from collections.abc import Callable

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.xcb import DEAD, Connection, Extension
from tray_agent.platforms.sampled_idle import SampledIdle
from tray_agent.ports import Loop, Unavailable

QUERY_VERSION, QUERY_INFO = 0, 1
GRAIN_S = 0.01
"""The server counts in ticks of its clock, which are 4 ms, and cuts them to milliseconds."""


class XScreenSaverIdle(SampledIdle):
    """`IdleCounter` by sampling; `lost(reason)` is called once when the server goes away."""

    name = "xscreensaver"

    def __init__(self, loop: Loop, lost: Callable[[str], object], display: str | None = None) -> None:
        super().__init__(loop, lost, DEAD)
        self._saver = Extension(b"MIT-SCREEN-SAVER")
        self._last_at_most = math.inf
        self._x = Connection(display_name(display))
        try:
            self._x.require(self._saver)
            self._x.ask(self._saver, QUERY_VERSION, bytes((1, 1, 0, 0)))
            self._sample()
        except Unavailable:
            self._x.close()
            raise
        loop.watch(self._x.fd, self._read)

    def close(self) -> None:
        """Hang up; safe to call twice."""
        if not self._closed:
            super().close()
            self._loop.unwatch(self._x.fd)
            self._x.close()

    def _sample(self) -> float:
        asked = time.monotonic()
        answer = self._x.ask(self._saver, QUERY_INFO, struct.pack("=I", self._x.root()))
        self._loop.call_soon(self._read)
        idle = int(struct.unpack_from("=I", answer, 16)[0]) / 1000
        # The server counted at some moment between question and answer.
        if asked - idle > self._last_at_most + GRAIN_S:
            self._touched = True
        self._last_at_most = time.monotonic() - idle
        return idle

    def _read(self) -> None:
        for _ in self._x.events():
            pass  # none was asked for, but only reading shows that the server is there
        if self._x.broken:
            self._die(DEAD)
