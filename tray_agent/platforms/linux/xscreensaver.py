"""Idle time from MIT-SCREEN-SAVER, for X servers whose SYNC has no IDLETIME counter.

This one has to be asked, so it is asked no oftener than its edges can move: while input goes on,
when a pause could be complete at the earliest; during a pause, often enough to see it end.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.xcb import DEAD, Connection, Extension
from tray_agent.ports import Loop, Timer, Unavailable

Edge = Callable[[bool, float], object]

QUERY_VERSION, QUERY_INFO = 0, 1
SAMPLE_AT_MOST_EVERY_S = 0.05
SAMPLE_AT_LEAST_EVERY_S = 15.0


class XScreenSaverIdle:
    """`IdleCounter` by sampling; `lost(reason)` is called once when the server goes away."""

    name = "xscreensaver"
    doubt: str | None = None

    def __init__(self, loop: Loop, lost: Callable[[str], object], display: str | None = None) -> None:
        self._loop = loop
        self._lost = lost
        self._saver = Extension(b"MIT-SCREEN-SAVER")
        self._timer: Timer | None = None
        self._paused = False
        self._idle_before = 0.0
        self._closed = False
        self._x = Connection(display_name(display))
        try:
            self._x.require(self._saver)
            self._x.ask(self._saver, QUERY_VERSION, bytes((1, 1, 0, 0)))
        except Unavailable:
            self._x.close()
            raise
        loop.watch(self._x.fd, self._read)

    def idle_s(self) -> float:
        """Seconds since the last input, as the server has it now."""
        answer = self._x.ask(self._saver, QUERY_INFO, struct.pack("=I", self._x.root()))
        self._loop.call_soon(self._read)
        return int(struct.unpack_from("=I", answer, 16)[0]) / 1000

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on, each late by at most a sample."""
        self._edge, self._pause_s, self._paused = edge, pause_s, False
        self._sample_in(0.0)

    def close(self) -> None:
        """Hang up; safe to call twice."""
        self._closed = True
        if self._timer:
            self._timer.cancel()
        self._loop.unwatch(self._x.fd)
        self._x.close()

    def _sample_in(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._sample)

    def _sample(self) -> None:
        try:
            idle = self.idle_s()
        except Unavailable as why:
            self._die(str(why))
            return
        left = self._pause_s if idle >= self._pause_s else self._pause_s - idle
        self._sample_in(min(max(left, SAMPLE_AT_MOST_EVERY_S), SAMPLE_AT_LEAST_EVERY_S))
        # A return may already be followed by the next pause: only a smaller count gives it away.
        touched, self._idle_before = idle < self._idle_before, idle
        if self._paused and touched:
            self._paused = False
            self._edge(True, 0.0)
        if idle >= self._pause_s and not self._paused:
            self._paused = True
            self._edge(False, idle)

    def _read(self) -> None:
        for _ in self._x.events():
            pass  # none was asked for, but only reading shows that the server is there
        if self._x.broken:
            self._die(DEAD)

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)
