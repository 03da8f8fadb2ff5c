"""Idle time from GetLastInputInfo, the tick at which this session last had input; each question is a system
call of microseconds.

The tick is no clock.  It has 32 bits and begins anew after 49.7 days; injected input brings its own, which
may lie ahead of now or before the last one ("GetLastInputInfo function" on Microsoft Learn).  So only
that it *changed* is a sign of input, and its age is believed where it can be true.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from tray_agent.platforms.sampled_idle import SampledIdle
from tray_agent.platforms.windows.clocks import ticks_ms
from tray_agent.ports import Loop, Unavailable

assert sys.platform == "win32"

GONE = "Windows does not tell of the last input"
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


class LastInputIdle(SampledIdle):
    """`IdleCounter` by sampling; `lost(reason)` is called once when Windows refuses to answer.

    `tick` is the last input's, `now_ms` milliseconds since the boot.
    """

    name = "lastinput"

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        tick: Callable[[], int] = last_input_tick,
        now_ms: Callable[[], int] = ticks_ms,
    ) -> None:
        super().__init__(loop, lost, GONE)
        self._read_tick = tick
        self._now_ms = now_ms
        self._tick = tick()
        self._last_ms = self._moment(self._tick)

    def _sample(self) -> float:
        tick = self._read_tick()
        if tick != self._tick:
            self._tick, self._touched = tick, True
            self._last_ms = self._moment(tick, self._last_ms)
        return (self._now_ms() - self._last_ms) / 1000

    def _moment(self, tick: int, not_before_ms: int = 0) -> int:
        """When the input of this new tick was, in milliseconds since the boot."""
        now = self._now_ms()
        age = (now - tick) % TICK_ROUND
        # One that lies ahead seems to be almost a round old.
        believable = age < TICK_ROUND // 2 and now - age >= not_before_ms
        return now - age if believable else now
