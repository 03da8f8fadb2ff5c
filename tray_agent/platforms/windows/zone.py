"""Notices that the machine was given another time zone, as by a person who travels.

The C library reads the zone once; only `_tzset` makes it look again.  Microsoft Learn:
"GetDynamicTimeZoneInformation function", "WM_TIMECHANGE message", "_tzset".
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from ctypes import wintypes

from tray_agent.platforms.windows.clocks import WM_TIMECHANGE
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.ports import Loop

assert sys.platform == "win32"

WM_SETTINGCHANGE = 0x001A

_NAME, _KEY = wintypes.WCHAR * 32, wintypes.WCHAR * 128
_RULE = ctypes.c_byte * 16


class _Zone(ctypes.Structure):
    """DYNAMIC_TIME_ZONE_INFORMATION: the zone and the rules by which its clocks change."""

    _fields_ = (
        ("bias", wintypes.LONG),
        ("standard_name", _NAME),
        ("standard_begins", _RULE),
        ("standard_bias", wintypes.LONG),
        ("summer_name", _NAME),
        ("summer_begins", _RULE),
        ("summer_bias", wintypes.LONG),
        ("key", _KEY),
        ("no_summer", ctypes.c_ubyte),
    )


_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GetDynamicTimeZoneInformation.argtypes = (ctypes.POINTER(_Zone),)
_kernel32.GetDynamicTimeZoneInformation.restype = wintypes.DWORD
_ucrt = ctypes.CDLL("ucrtbase")
_ucrt._tzset.argtypes = ()  # noqa: SLF001  its name
_ucrt._tzset.restype = None  # noqa: SLF001


class ZoneWatch:
    """Calls `changed` once local time is another; nothing is watched where `TZ` fixes the zone.

    `read` gives whatever tells one zone from another.
    """

    def __init__(
        self,
        loop: Loop,
        window: MessageWindow,
        changed: Callable[[], object],
        read: Callable[[], object] | None = None,
    ) -> None:
        self._loop = loop
        self._changed = changed
        self._read = read or zone
        self._zone = self._read()
        # The settings tell of it too, and of much else; a look costs microseconds.
        messages = () if "TZ" in os.environ else (WM_TIMECHANGE, WM_SETTINGCHANGE)
        self._stops = [window.on(message, self._perhaps) for message in messages]

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        for stop in self._stops:
            stop()
        self._stops.clear()

    def _perhaps(self, _wparam: int, _lparam: int) -> None:
        self._loop.call_soon(self._look)

    def _look(self) -> None:
        if not self._stops:
            return
        before, self._zone = self._zone, self._read()
        if self._zone != before:
            _ucrt._tzset()  # noqa: SLF001
            self._changed()


def zone() -> bytes:
    """The zone with its rules; that summer time begins or ends by them is no change."""
    now = _Zone()
    _kernel32.GetDynamicTimeZoneInformation(ctypes.byref(now))
    return bytes(now)
