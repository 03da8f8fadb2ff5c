r"""Whether a screen reader runs.

They set SPI_SETSCREENREADER, all but Windows' own Narrator, which keeps a value in the registry
(Microsoft Learn, "SystemParametersInfoW", says so of the flag).
"""

from __future__ import annotations

import ctypes
import sys
import winreg
from ctypes import wintypes

assert sys.platform == "win32"

SPI_GETSCREENREADER = 0x0046
NARRATOR = r"Software\Microsoft\Narrator\NoRoam"
RUNNING = "RunningState"

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.SystemParametersInfoW.argtypes = (wintypes.UINT, wintypes.UINT, wintypes.LPVOID, wintypes.UINT)
_user32.SystemParametersInfoW.restype = wintypes.BOOL


def screen_reader_runs() -> bool:
    """Ask now; costs microseconds."""
    return _flag() or _narrator()


def _flag() -> bool:
    on = wintypes.BOOL()
    asked = _user32.SystemParametersInfoW(SPI_GETSCREENREADER, 0, ctypes.byref(on), 0)
    return bool(asked and on.value)


def _narrator() -> bool:
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, NARRATOR) as key:
            return bool(winreg.QueryValueEx(key, RUNNING)[0] == 1)
    except OSError:
        return False
