"""Lock, sleep and who sits where, as Windows tells the message window.

A session that is not connected counts as locked: somebody else's is in front, or the sign-in screen, or
nobody has connected from afar.  What the messages say is checked against WTSQuerySessionInformation at the
beginning, on return and whenever input comes to a session that seems to be locked.  Microsoft
Learn: "WM_WTSSESSION_CHANGE message", "WTSINFOEX_LEVEL1_W structure", "WM_POWERBROADCAST message".
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from functools import partial

from msgspec import Struct

from tray_agent.platforms.windows.clocks import RESUMES, WM_POWERBROADCAST
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.ports import Health, Loop, News, State, Timer

assert sys.platform == "win32"

WM_WTSSESSION_CHANGE = 0x02B1
CONSOLE_CONNECT, CONSOLE_DISCONNECT, REMOTE_CONNECT, REMOTE_DISCONNECT, LOCK, UNLOCK = 1, 2, 3, 4, 7, 8
PBT_APMSUSPEND = 0x04
REGISTER_AGAIN_AFTER_S = (1.0, 5.0, 15.0, 30.0)
"""While people sign in, the service that tells of sessions may not be there yet."""

_NOTIFY_FOR_THIS_SESSION = 0
_DEVICE_NOTIFY_WINDOW_HANDLE = 0
_SM_REMOTESESSION = 0x1000
_CURRENT_SESSION, _INFO_EX = 0xFFFFFFFF, 25
_DISCONNECTED = 4
_LOCKED = {0: True, 1: False}


class _InfoEx(ctypes.Structure):
    """The beginning of WTSINFOEXW; the names that follow are never read."""

    _fields_ = (
        ("level", wintypes.ULONG),
        ("gap", wintypes.ULONG),
        ("session", wintypes.ULONG),
        ("state", ctypes.c_int),
        ("flags", wintypes.LONG),
    )


_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.GetSystemMetrics.argtypes = (ctypes.c_int,)
_user32.GetSystemMetrics.restype = ctypes.c_int
_user32.RegisterSuspendResumeNotification.argtypes = (wintypes.HANDLE, wintypes.DWORD)
_user32.RegisterSuspendResumeNotification.restype = wintypes.HANDLE
_user32.UnregisterSuspendResumeNotification.argtypes = (wintypes.HANDLE,)
_user32.UnregisterSuspendResumeNotification.restype = wintypes.BOOL
_wtsapi32 = ctypes.WinDLL("wtsapi32", use_last_error=True)
_wtsapi32.WTSRegisterSessionNotification.argtypes = (wintypes.HWND, wintypes.DWORD)
_wtsapi32.WTSRegisterSessionNotification.restype = wintypes.BOOL
_wtsapi32.WTSUnRegisterSessionNotification.argtypes = (wintypes.HWND,)
_wtsapi32.WTSUnRegisterSessionNotification.restype = wintypes.BOOL
_wtsapi32.WTSQuerySessionInformationW.argtypes = (
    wintypes.HANDLE,
    wintypes.DWORD,
    ctypes.c_int,
    ctypes.POINTER(ctypes.POINTER(_InfoEx)),
    ctypes.POINTER(wintypes.DWORD),
)
_wtsapi32.WTSQuerySessionInformationW.restype = wintypes.BOOL
_wtsapi32.WTSFreeMemory.argtypes = (ctypes.c_void_p,)
_wtsapi32.WTSFreeMemory.restype = None


class Seen(Struct, frozen=True):
    """What Windows answers when it is asked about this session; `locked` is None where it does not know."""

    locked: bool | None
    connected: bool


def ask() -> Seen | None:
    """How this session is now; None where Windows does not say."""
    info, size = ctypes.POINTER(_InfoEx)(), wintypes.DWORD()
    if not _wtsapi32.WTSQuerySessionInformationW(
        None, _CURRENT_SESSION, _INFO_EX, ctypes.byref(info), ctypes.byref(size)
    ):
        return None
    try:
        if size.value < ctypes.sizeof(_InfoEx) or info.contents.level != 1:
            return None
        return Seen(_LOCKED.get(info.contents.flags), info.contents.state != _DISCONNECTED)
    finally:
        _wtsapi32.WTSFreeMemory(info)


class WtsSession:
    """Keeps `ports.SessionSensor`; `asks` finds out how the session is now."""

    def __init__(
        self,
        loop: Loop,
        window: MessageWindow,
        told: Callable[[News], object],
        asks: Callable[[], Seen | None] = ask,
    ) -> None:
        self._loop = loop
        self._hwnd = window.hwnd
        self._told = told
        self._ask = asks
        self._locked: bool | None = None
        self._connected = True
        self._told_locked: bool | None = None
        self._asleep = self._closed = self._registered = False
        self._refusal = ""
        self._again: Timer | None = None
        self._stops = [
            window.on(WM_WTSSESSION_CHANGE, self._session_message),
            window.on(WM_POWERBROADCAST, self._power_message),
        ]
        # Without this, machines with Modern Standby say nothing.
        self._power = _user32.RegisterSuspendResumeNotification(self._hwnd, _DEVICE_NOTIFY_WINDOW_HANDLE)
        self._register()
        loop.call_soon(self._look)

    def input_seen(self, age_s: float) -> None:
        """Somebody touched keyboard or mouse so long ago: a lock may be over whose end nobody told."""
        if self._locked is None:
            # Nobody can start an agent behind a lock.
            self._locked = False
            self._tell()
        elif self._told_locked:
            self._look()

    def health(self) -> Health:
        """Whether the session is locked, and `local` or `remote`."""
        value = "remote" if _user32.GetSystemMetrics(_SM_REMOTESESSION) else "local"
        if not self._registered:
            return Health("session", State.DEGRADED, "wts", self._refusal, value)
        reason = {True: "locked", False: "not locked", None: "not known to be locked"}[self._locked]
        reason = reason if self._connected else "another session is in front"
        return Health("session", State.OK, "wts", reason, value)

    def close(self) -> None:
        """Hear no more; safe to call twice."""
        if self._closed:
            return
        self._closed = True
        for stop in self._stops:
            stop()
        if self._again:
            self._again.cancel()
        if self._registered:
            _wtsapi32.WTSUnRegisterSessionNotification(self._hwnd)
        if self._power:
            _user32.UnregisterSuspendResumeNotification(self._power)

    # On the window's thread.

    def _session_message(self, what: int, _session: int) -> None:
        self._loop.call_soon(partial(self._changed, what))

    def _power_message(self, what: int, _more: int) -> None:
        if what == PBT_APMSUSPEND or what in RESUMES:
            self._loop.call_soon(partial(self._sleep, asleep=what == PBT_APMSUSPEND))

    # On the loop.

    def _register(self, tries: int = 0) -> None:
        self._again = None
        self._registered = bool(
            _wtsapi32.WTSRegisterSessionNotification(self._hwnd, _NOTIFY_FOR_THIS_SESSION)
        )
        if not self._registered:
            why = ctypes.FormatError(ctypes.get_last_error()).strip()
            self._refusal = f"Windows does not tell of the lock: {why}"
            wait_s = REGISTER_AGAIN_AFTER_S[min(tries, len(REGISTER_AGAIN_AFTER_S) - 1)]
            self._again = self._loop.call_later(wait_s, partial(self._register, tries + 1))
        elif tries:
            self._look()

    def _changed(self, what: int) -> None:
        if what in (LOCK, UNLOCK):
            self._locked = what == LOCK
        elif what in (CONSOLE_CONNECT, REMOTE_CONNECT):
            self._connected = True
        elif what in (CONSOLE_DISCONNECT, REMOTE_DISCONNECT):
            self._connected = False
        self._tell()

    def _look(self) -> None:
        seen = None if self._closed else self._ask()
        if seen is not None:
            self._locked = self._locked if seen.locked is None else seen.locked
            self._connected = seen.connected
            self._tell()

    def _tell(self) -> None:
        locked = self._locked or not self._connected
        unknown = self._locked is None and self._told_locked is None and self._connected
        if self._closed or unknown or locked == self._told_locked:
            return
        self._told_locked = locked
        self._told(News.LOCKED if locked else News.UNLOCKED)

    def _sleep(self, *, asleep: bool) -> None:
        if self._closed or asleep == self._asleep:
            return
        self._asleep = asleep
        self._told(News.SLEEPING if asleep else News.WOKE)
        if not asleep:
            self._look()
