r"""A mark that an agent lives, which shows in all sessions of its person: they share its files, not its pipe.

It is a named event that nobody waits for; Windows takes it away with the process.  Anybody may make objects
under `Global\`, so it is believed for a sentence and for nothing else.  Microsoft Learn: "CreateEventW
function", "Kernel object namespaces".
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from tray_agent.platforms.windows import identity

assert sys.platform == "win32"

_READ_CONTROL = 0x0002_0000

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.CreateEventW.argtypes = (
    ctypes.POINTER(identity.SecurityAttributes),
    wintypes.BOOL,
    wintypes.BOOL,
    wintypes.LPCWSTR,
)
_kernel32.CreateEventW.restype = wintypes.HANDLE
_kernel32.OpenEventW.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.LPCWSTR)
_kernel32.OpenEventW.restype = wintypes.HANDLE
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.CloseHandle.restype = wintypes.BOOL


class Presence:
    """The mark of this name, until `close`; where somebody else took the name, there is none."""

    def __init__(self, name: str) -> None:
        with identity.ours_alone() as security:
            self._handle = _kernel32.CreateEventW(ctypes.byref(security), True, False, _whole(name))

    def close(self) -> None:
        """Take it away; safe to call twice."""
        handle, self._handle = self._handle, None
        if handle:
            _kernel32.CloseHandle(handle)


def seen(name: str) -> bool:
    """Whether there is a mark of this name that this person may see."""
    handle = _kernel32.OpenEventW(_READ_CONTROL, False, _whole(name))
    if handle:
        _kernel32.CloseHandle(handle)
    return bool(handle)


def _whole(name: str) -> str:
    return f"Global\\{name}"
