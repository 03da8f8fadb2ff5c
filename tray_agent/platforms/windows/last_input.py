"""Idle time from GetLastInputInfo, the tick at which this session last had input.

Nothing tells when it moves, so it is asked.  While input goes on that is once for each pause that is
watched for, when it could be complete at the earliest.  During a pause it is as often as a return
may be late, a tenth of the pause: ten times on the way from one minute to two, and later four times a
minute, each a system call of microseconds.  Whoever hears input otherwise may say so: `look`.

The tick is no clock.  It has 32 bits and begins anew after 49.7 days; injected input brings its own, which
may lie ahead of now or before the last one ("GetLastInputInfo function" on Microsoft Learn).  So only
that it *changed* is a sign of input, and its age is believed where it can be true.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from tray_agent.platforms.windows.clocks import ticks_ms
from tray_agent.ports import Loop, Timer, Unavailable

assert sys.platform == "win32"

Edge = Callable[[bool, float], object]

GONE = "Windows does not tell of the last input"
LATE = 0.1
"""A return is noticed late by at most this part of the pause it ends, and these seconds."""
LATE_AT_LEAST_S, LATE_AT_MOST_S = 0.05, 15.0
TICK_ROUND = 1 << 32


class _LastInputInfo(ctypes.Structure):
    _fields_ = (("cbSize", wintypes.UINT), ("dwTime", wintypes.DWORD))


_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.GetLastInputInfo.argtypes = (ctypes.POINTER(_LastInputInfo),)
_user32.GetLastInputInfo.restype = wintypes.BOOL


def last_input_tick() -> int:
    """The tick of the last input, 32 bits of milliseconds; raises `Unavailable`."""
    info = _LastInputInfo(ctypes.sizeof(_LastInputInfo), 0)
    if not _user32.GetLastInputInfo(ctypes.byref(info)):
        raise Unavailable(f"{GONE} ({ctypes.FormatError(ctypes.get_last_error()).strip()})")
    return int(info.dwTime)


class LastInputIdle:
    """`IdleCounter` by sampling; `lost(reason)` is called once when Windows refuses to answer.

    `tick` is the last input's, `now_ms` milliseconds since the boot.
    """

    name = "lastinput"
    doubt: str | None = None

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        tick: Callable[[], int] = last_input_tick,
        now_ms: Callable[[], int] = ticks_ms,
    ) -> None:
        self._loop = loop
        self._lost = lost
        self._read_tick = tick
        self._now_ms = now_ms
        self._edge: Edge | None = None
        self._timer: Timer | None = None
        self._pause_s = 0.0
        self._paused = self._touched = self._closed = False
        self._tick = tick()
        self._last_ms = self._moment(self._tick)

    def idle_s(self) -> float:
        """Seconds since the last input, as Windows has it now."""
        if self._closed:
            raise Unavailable(GONE)
        self._sample()
        return (self._now_ms() - self._last_ms) / 1000

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on."""
        self._edge, self._pause_s = edge, pause_s
        self._paused = self._touched = False
        self._look_in(0.0)

    def look(self) -> None:
        """Somebody has heard input: look at once, which is when the hooks have let it through."""
        if self._paused:
            self._look_in(LATE_AT_LEAST_S)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True
        self._edge = None
        if self._timer:
            self._timer.cancel()

    def _look_in(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        if not self._closed:
            self._timer = self._loop.call_later(seconds, self._look)

    def _look(self) -> None:
        try:
            idle = self.idle_s()
        except Unavailable as why:
            self._die(str(why))
            return
        touched, self._touched = self._touched, False
        left = self._pause_s - idle
        self._look_in(max(left, LATE_AT_LEAST_S) if left > 0 else _patience(idle))
        # A return may already be followed by the next pause.
        if self._paused and touched:
            self._turn(active=True, idle_s=0.0)
        if idle >= self._pause_s and not self._paused:
            self._turn(active=False, idle_s=idle)

    def _turn(self, *, active: bool, idle_s: float) -> None:
        self._paused = not active
        if self._edge is not None:
            self._edge(active, idle_s)

    def _sample(self) -> None:
        tick = self._read_tick()
        if tick != self._tick:
            self._tick, self._touched = tick, True
            self._last_ms = self._moment(tick, self._last_ms)

    def _moment(self, tick: int, not_before_ms: int = 0) -> int:
        """When the input of this new tick was, in milliseconds since the boot."""
        now = self._now_ms()
        age = (now - tick) % TICK_ROUND
        # One that lies ahead seems to be almost a round old.
        believable = age < TICK_ROUND // 2 and now - age >= not_before_ms
        return now - age if believable else now

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)


def _patience(idle_s: float) -> float:
    return min(max(idle_s * LATE, LATE_AT_LEAST_S), LATE_AT_MOST_S)
