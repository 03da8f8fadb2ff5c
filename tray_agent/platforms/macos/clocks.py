"""macOS clocks: CLOCK_MONOTONIC_RAW counts sleep, CLOCK_UPTIME_RAW does not; and when either matters.

The names are the other way round from Linux, where CLOCK_MONOTONIC_RAW stands still in sleep.  Sources: the
manual page clock_gettime(3); `kern.bootsessionuuid` in sysctl; Apple developer documentation,
"NSSystemClockDidChangeNotification", "NSWorkspaceDidWakeNotification".
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from typing import Any

from AppKit import NSWorkspaceDidWakeNotification
from Foundation import NSSystemClockDidChangeNotification

from tray_agent.platforms.macos.notices import Notices
from tray_agent.ports import Clocks, Loop

BOOT_SESSION = b"kern.bootsessionuuid"
_UUID_BYTES = 37


def continuous_s() -> float:
    """Seconds since some moment of this boot, sleep counted."""
    return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)


def boot_clocks() -> Callable[[], Clocks]:
    """A function that reads the clocks; which boot this is does not change while it runs."""
    from tray_agent.platforms.macos.awake import awake_s

    boot_id = _boot_id(ctypes.CDLL(None))
    return lambda: Clocks(boot_id, continuous_s(), awake_s(), time.time())


class ClockSetWatch:
    """Calls `moved` on the loop whenever the wall clock was set or the machine has woken."""

    def __init__(self, loop: Loop, moved: Callable[[], object]) -> None:
        self._notices = Notices(
            loop,
            lambda _name: moved(),
            general=(NSSystemClockDidChangeNotification,),
            workspace=(NSWorkspaceDidWakeNotification,),
        )

    def close(self) -> None:
        """Stop watching; safe to call twice."""
        self._notices.close()


def _boot_id(libc: Any) -> str:
    """The system's own name for this boot; without one, an agent that starts anew goes by the wall clock."""
    value = ctypes.create_string_buffer(_UUID_BYTES)
    size = ctypes.c_size_t(_UUID_BYTES)
    if libc.sysctlbyname(BOOT_SESSION, value, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
        return f"before {time.time():.0f}"
    return f"boot {value.value.decode('ascii')}"
