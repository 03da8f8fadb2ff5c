"""Windows clocks: GetTickCount64 counts sleep, QueryUnbiasedInterruptTime does not; and when either matters.

Both step once a clock tick, every 16 ms or sooner.  Microsoft Learn: "Windows Time",
"QueryUnbiasedInterruptTime function", "WM_TIMECHANGE message", "WM_POWERBROADCAST message".
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from ctypes import wintypes

from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.ports import Clocks, Loop

assert sys.platform == "win32"

WM_TIMECHANGE, WM_POWERBROADCAST = 0x001E, 0x0218
PBT_APMRESUMECRITICAL, PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC = 0x06, 0x07, 0x12
RESUMES = frozenset({PBT_APMRESUMECRITICAL, PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC})

TIME_OF_DAY = 3
"""The class of NtQuerySystemInformation that holds the moment of the boot."""

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GetTickCount64.argtypes = ()
_kernel32.GetTickCount64.restype = ctypes.c_uint64
_kernel32.QueryUnbiasedInterruptTime.argtypes = (ctypes.POINTER(ctypes.c_uint64),)
_kernel32.QueryUnbiasedInterruptTime.restype = wintypes.BOOL
_ntdll = ctypes.WinDLL("ntdll")
_ntdll.NtQuerySystemInformation.argtypes = (
    ctypes.c_int,
    ctypes.c_void_p,
    wintypes.ULONG,
    ctypes.POINTER(wintypes.ULONG),
)
_ntdll.NtQuerySystemInformation.restype = ctypes.c_long


class _TimeOfDay(ctypes.Structure):
    """SYSTEM_TIMEOFDAY_INFORMATION, in units of 100 ns; winternl.h leaves its members without names."""

    _fields_ = (
        ("boot", ctypes.c_int64),
        ("now", ctypes.c_int64),
        ("zone_bias", ctypes.c_int64),
        ("zone", wintypes.ULONG),
        ("reserved", wintypes.ULONG),
        ("boot_bias", ctypes.c_int64),
        ("sleep_bias", ctypes.c_int64),
    )


def ticks_ms() -> int:
    """Milliseconds since the boot, sleep counted."""
    return int(_kernel32.GetTickCount64())


def awake_s() -> float:
    """Seconds since the boot in which the machine was awake.

    What timers should count: `time.monotonic` goes on while a Windows machine sleeps.
    """
    units = ctypes.c_uint64()
    _kernel32.QueryUnbiasedInterruptTime(ctypes.byref(units))
    return units.value / 1e7


def boot_clocks() -> Callable[[], Clocks]:
    """A function that reads the clocks; which boot this is does not change while it runs."""
    boot_id = _boot_id()
    return lambda: Clocks(boot_id, ticks_ms() / 1000, awake_s(), time.time())


class ClockSetWatch:
    """Calls `moved` on the loop whenever the wall clock was set or the machine has woken."""

    def __init__(self, loop: Loop, window: MessageWindow, moved: Callable[[], object]) -> None:
        self._loop = loop
        self._moved = moved
        self._stops = [
            window.on(WM_TIMECHANGE, self._clock_set),
            window.on(WM_POWERBROADCAST, self._power),
        ]

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _clock_set(self, _wparam: int, _lparam: int) -> None:
        self._loop.call_soon(self._tell)

    def _power(self, what: int, _lparam: int) -> None:
        if what in RESUMES:
            self._loop.call_soon(self._tell)

    def _tell(self) -> None:
        if self._stops:
            self._moved()


def _boot_id() -> str:
    """The moment of this boot as it was first written down.

    Whoever sets the clock moves that moment, and its bias by as much.  Windows has no better name for a
    boot; where this one fails, an agent that starts anew takes the boot for another one, and goes by the
    wall clock.
    """
    times = _TimeOfDay()
    status = _ntdll.NtQuerySystemInformation(TIME_OF_DAY, ctypes.byref(times), ctypes.sizeof(times), None)
    if status != 0:
        return f"before {time.time():.0f}"
    return f"boot {times.boot - times.boot_bias}"
