"""Idle time from the X server without polling: two alarms on SYNC's IDLETIME counter.

One alarm rings when the counter reaches the pause, the other when it falls back below.  Both stay
set, so nothing is sent or computed while the person works or while they are away.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from tray_agent.platforms.linux.x11 import display_name
from tray_agent.platforms.linux.xcb import DEAD, Connection, Extension
from tray_agent.ports import Loop, Unavailable

Edge = Callable[[bool, float], object]

INITIALIZE, LIST_SYSTEM_COUNTERS, QUERY_COUNTER, CREATE_ALARM, DESTROY_ALARM = 0, 1, 5, 8, 11
IDLETIME = b"IDLETIME"
ALARM_NOTIFY = 1
POSITIVE_TRANSITION, NEGATIVE_TRANSITION = 0, 1
COUNTER_TO_EVENTS = 0b111111
"""The alarm's attributes we set: counter, value type, value, test type, delta, events."""


class XSyncIdle:
    """`IdleCounter` on IDLETIME; `lost(reason)` is called once when the server goes away."""

    name = "xsync"
    doubt: str | None = None

    def __init__(self, loop: Loop, lost: Callable[[str], object], display: str | None = None) -> None:
        self._loop = loop
        self._lost = lost
        self._sync = Extension(b"SYNC")
        self._alarms: tuple[int, int] | None = None
        self._paused = False
        self._closed = False
        self._x = Connection(display_name(display))
        try:
            self._alarm_notify = self._x.require(self._sync) + ALARM_NOTIFY
            self._x.ask(self._sync, INITIALIZE, bytes((3, 1, 0, 0)))
            self._counter = self._idletime()
        except Unavailable:
            self._x.close()
            raise
        loop.watch(self._x.fd, self._read)

    def idle_s(self) -> float:
        """Seconds since the last input, as the server has it now."""
        answer = self._x.ask(self._sync, QUERY_COUNTER, struct.pack("=I", self._counter))
        self._loop.call_soon(self._read)
        return _milliseconds(answer, 8) / 1000

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on; one that already happened is reported in the next round."""
        pause_ms = max(1, round(pause_s * 1000))
        for alarm in self._alarms or ():
            self._x.send(self._sync, DESTROY_ALARM, struct.pack("=I", alarm))
        self._edge, self._pause_s, self._paused = edge, pause_ms / 1000, False
        # The falling alarm compares with what the counter was last seen at, which may be the pause itself.
        self._alarms = (
            self._alarm(POSITIVE_TRANSITION, pause_ms),
            self._alarm(NEGATIVE_TRANSITION, pause_ms - 1),
        )
        alarms = self._alarms
        self._loop.call_soon(lambda: self._settle(alarms))

    def close(self) -> None:
        """Hang up; safe to call twice."""
        if not self._closed:
            self._closed = True
            self._loop.unwatch(self._x.fd)
            self._x.close()

    def _idletime(self) -> int:
        answer = self._x.ask(self._sync, LIST_SYSTEM_COUNTERS, b"")
        at = 32
        for _ in range(struct.unpack_from("=I", answer, 8)[0]):
            counter, size = struct.unpack_from("=I8xH", answer, at)
            if answer[at + 14 : at + 14 + size] == IDLETIME:
                return int(counter)
            at += (14 + size + 3) // 4 * 4
        raise Unavailable("the X server has no IDLETIME counter")

    def _alarm(self, test: int, value_ms: int) -> int:
        alarm = self._x.new_id()
        absolute, no_delta, tell_us = 0, 0, 1
        high, low = divmod(value_ms, 1 << 32)
        attributes = (self._counter, absolute, high, low, test, no_delta, no_delta, tell_us)
        self._x.send(self._sync, CREATE_ALARM, struct.pack("=10I", alarm, COUNTER_TO_EVENTS, *attributes))
        return alarm

    def _settle(self, alarms: tuple[int, int]) -> None:
        """Report a pause that began before its alarm was set; the alarm will not."""
        if self._closed or alarms is not self._alarms:
            return
        try:
            idle = self.idle_s()
        except Unavailable as why:
            self._die(str(why))
            return
        if idle >= self._pause_s:
            self._turn(alarms[0], idle)

    def _read(self) -> None:
        for event in self._x.events():
            if event[0] == 0:
                self._die("the X server refused an alarm")
                return
            if event[0] & 0x7F == self._alarm_notify:
                self._turn(struct.unpack_from("=I", event, 4)[0], _milliseconds(event, 8) / 1000)
        if self._x.broken:
            self._die(DEAD)  # does nothing when it was us who hung up

    def _turn(self, alarm: int, idle_s: float) -> None:
        if self._alarms is None:
            return
        pauses, resumes = self._alarms
        if alarm == pauses and not self._paused:
            self._paused = True
            self._edge(False, idle_s)
        elif alarm == resumes and self._paused:
            self._paused = False
            self._edge(True, 0.0)

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)


def _milliseconds(message: bytes, at: int) -> int:
    high, low = struct.unpack_from("=iI", message, at)
    return int(high << 32 | low)
