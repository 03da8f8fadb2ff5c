"""Whether some program keeps the display from sleeping, as players and browsers do while a video runs.

The system sums up what programs asked of it (Microsoft Learn, "CallNtPowerInformation function",
SystemExecutionState); who asked, and why, only an administrator can read.

A program that is meant to keep the display awake all day says yes all day: that holds the estimate only
for the first 20 minutes after the last input.  The agent itself never keeps anything awake.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import byref, c_int, c_long, c_ulong, c_void_p

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.questions import AtOnce
from tray_agent.ports import Loop, Unavailable

assert sys.platform == "win32"

SYSTEM_EXECUTION_STATE = 16
DISPLAY_REQUIRED = 0x2

_powrprof = ctypes.WinDLL("powrprof")
_powrprof.CallNtPowerInformation.argtypes = (c_int, c_void_p, c_ulong, c_void_p, c_ulong)
_powrprof.CallNtPowerInformation.restype = c_long


def execution_state() -> int:
    """All that is asked of the system now, in bits; raises `Unavailable` when it does not say."""
    state = c_ulong()
    refused: int = _powrprof.CallNtPowerInformation(
        SYSTEM_EXECUTION_STATE, None, 0, byref(state), ctypes.sizeof(state)
    )
    if refused:
        raise Unavailable(f"Windows does not say what keeps it awake ({refused & 0xFFFFFFFF:#010x})")
    return state.value


def display_awake(
    loop: Loop, told: Callable[[bool | None], object], state: Callable[[], int] = execution_state
) -> Asked:
    """The sensor; `state` reads what is asked of the system."""
    return Asked(
        AtOnce(loop),
        told,
        name="display_awake",
        signal=Signal.MEDIA,
        source="execution_state",
        asks=lambda: Found(bool(state() & DISPLAY_REQUIRED)),
    )
