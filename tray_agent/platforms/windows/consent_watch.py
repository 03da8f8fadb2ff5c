"""Tells when a program begins or ends to use microphone or camera, as Windows' privacy settings note it.

Windows wakes one sleeping thread when something below the key changes (Microsoft Learn,
"RegNotifyChangeKeyValue function"); it reads who uses the device and goes back to sleep.
"""

from __future__ import annotations

import ctypes
import sys
import winreg
from collections.abc import Callable
from ctypes import wintypes
from threading import Lock, Thread

from tray_agent.platforms.windows.consent_store import STORE, Use, use
from tray_agent.platforms.windows.registry_watch import signal_change
from tray_agent.ports import Loop

assert sys.platform == "win32"

SETTLES_IN_MS = 200
"""A beginning and an end are several values each: they lead to one look."""

_FOREVER = 0xFFFFFFFF

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.CreateEventW.argtypes = (ctypes.c_void_p, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR)
_kernel32.CreateEventW.restype = wintypes.HANDLE
_kernel32.SetEvent.argtypes = (wintypes.HANDLE,)
_kernel32.SetEvent.restype = wintypes.BOOL
_kernel32.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
_kernel32.WaitForSingleObject.restype = wintypes.DWORD
_kernel32.WaitForMultipleObjects.argtypes = (
    wintypes.DWORD,
    ctypes.POINTER(wintypes.HANDLE),
    wintypes.BOOL,
    wintypes.DWORD,
)
_kernel32.WaitForMultipleObjects.restype = wintypes.DWORD
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.CloseHandle.restype = wintypes.BOOL


def _event() -> int:
    """An event that one wait takes back."""
    event: int | None = _kernel32.CreateEventW(None, False, False, None)
    if not event:
        raise ctypes.WinError(ctypes.get_last_error())
    return event


class ConsentWatch:
    """Calls `heard(use, looked)` on the loop with the first answer, each change, and after each `look`.

    `capability` is `microphone` or `webcam`; `use` is None where Windows does not note it, which it may
    begin to do: each look tries again.
    """

    def __init__(
        self,
        loop: Loop,
        capability: str,
        heard: Callable[[Use | None, bool], object],
        store: str = STORE,
    ) -> None:
        self._loop = loop
        self._path = rf"{store}\{capability}"
        self._heard = heard
        self._wake, self._changed = _event(), _event()
        self._ending = Lock()
        self._looking = self._closed = False
        self._last: Use | None = None
        self._first = True
        self._thread = Thread(target=self._watch, name=f"consent {capability}", daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Read now; `heard` follows."""
        self._looking = True
        if not self._closed:
            _kernel32.SetEvent(self._wake)

    def close(self) -> None:
        """Tell no more, and let the thread go home; safe to call twice."""
        with self._ending:
            if not self._closed:
                self._closed = True
                _kernel32.SetEvent(self._wake)

    def _watch(self) -> None:
        try:
            while not self._closed:
                self._watch_key()
        finally:
            with self._ending:  # or they would be signalled after their end
                for event in (self._wake, self._changed):
                    _kernel32.CloseHandle(event)

    def _watch_key(self) -> None:
        """Tell what is below the key until it is gone; without a key, wait for a look."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, self._path) as key:
                while not self._closed:
                    signal_change(key, self._changed, whole=True)
                    self._tell(use(key))
                    while not self._stirred():
                        self._tell(use(key))
        except OSError:
            self._tell(None)
            _kernel32.WaitForSingleObject(self._wake, _FOREVER)

    def _stirred(self) -> bool:
        """Sleep; whether it was a change, or the end, that woke us, and not a look."""
        events = (wintypes.HANDLE * 2)(self._wake, self._changed)
        if _kernel32.WaitForMultipleObjects(2, events, False, _FOREVER) == 0:
            return self._closed
        _kernel32.WaitForSingleObject(self._wake, SETTLES_IN_MS)
        return True

    def _tell(self, who: Use | None) -> None:
        looked, self._looking = self._looking, False
        if looked or self._first or who is not self._last:
            self._first, self._last = False, who
            self._loop.call_soon(lambda: None if self._closed else self._heard(who, looked))
