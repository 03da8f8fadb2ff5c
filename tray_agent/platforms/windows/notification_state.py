"""What Windows itself holds of notifications now (Microsoft Learn, "QUERY_USER_NOTIFICATION_STATE").

It is the shell's guess from the windows it sees: layers that graphics drivers lay over the screen make it
say `BUSY` all day, and of Focus Assist it has known nothing since Windows 10 of 2018.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, c_int
from enum import IntEnum

from tray_agent.ports import Unavailable

assert sys.platform == "win32"

_shell32 = ctypes.WinDLL("shell32")
_shell32.SHQueryUserNotificationState.argtypes = (POINTER(c_int),)
_shell32.SHQueryUserNotificationState.restype = ctypes.HRESULT


class Notifications(IntEnum):
    """Why notifications are held back, or that they are not."""

    NOT_PRESENT = 1
    BUSY = 2
    EXCLUSIVE = 3
    PRESENTATION = 4
    ACCEPTED = 5
    QUIET_TIME = 6
    APP = 7


def notification_state() -> Notifications:
    """How it is now; raises `Unavailable` when the shell does not say."""
    state = c_int()
    try:
        _shell32.SHQueryUserNotificationState(ctypes.byref(state))
        return Notifications(state.value)
    except (OSError, ValueError) as error:
        raise Unavailable("Windows does not say whether notifications are welcome") from error
