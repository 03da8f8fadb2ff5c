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
from tray_agent.ports import Health, Loop, State, Unavailable

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


class DisplayAwake:
    """`ports.ContextSensor`; `state` reads what is asked of the system."""

    name = "display_awake"
    signal = Signal.MEDIA

    def __init__(
        self,
        loop: Loop,
        told: Callable[[bool | None], object],
        state: Callable[[], int] = execution_state,
    ) -> None:
        self._loop, self._told, self._state = loop, told, state
        self._on: bool | None = None
        self._problem: str | None = None
        self._closed = False

    def look(self) -> None:
        """Read it now; `told` follows in the loop's next round."""
        self._loop.call_soon(self._find)

    def health(self) -> Health:
        """Whether Windows says it, and what it said last."""
        if self._problem:
            return Health(self.name, State.LOST, "execution_state", self._problem)
        value = None if self._on is None else "on" if self._on else "off"
        return Health(self.name, State.OK, "execution_state", None, value)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True

    def _find(self) -> None:
        if self._closed:
            return
        self._problem = None
        try:
            self._on = bool(self._state() & DISPLAY_REQUIRED)
        except Unavailable as why:
            self._on, self._problem = None, str(why)
        self._told(self._on)
