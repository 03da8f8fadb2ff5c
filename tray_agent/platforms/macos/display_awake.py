"""Whether some program keeps the display from sleeping, as players and browsers do while a video runs.

macOS sums up what programs asked of it.  It would also say which ones, and in which words; that is not
asked.  So a tool that keeps the display awake all day, such as caffeinate, says yes all day: that holds the
estimate only for the first 20 minutes after the last input.  The agent itself leaves the display alone.

Apple developer documentation: "IOPMCopyAssertionsStatus", "kIOPMAssertPreventUserIdleDisplaySleep",
"kIOPMAssertionTypeNoDisplaySleep" (the older name of the same; IOKit, pwr_mgt/IOPMLib.h).
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import POINTER, byref, c_int32, c_void_p

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.macos.core_foundation import kept, number_in
from tray_agent.platforms.macos.frameworks import function
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Unavailable

KEPT_AWAKE = (b"PreventUserIdleDisplaySleep", b"NoDisplaySleepAssertion")


def kept_awake() -> Found:
    """Whether the display is kept awake now; raises `Unavailable`."""
    copy = function("IOKit", "IOPMCopyAssertionsStatus", c_int32, POINTER(c_void_p))
    status = c_void_p()
    refused = copy(byref(status))
    if refused or not status.value:
        raise Unavailable(f"macOS does not say what keeps it awake ({refused & 0xFFFFFFFF:#010x})")
    with kept(status) as levels:
        return Found(any((number_in(levels, name) or 0) > 0 for name in KEPT_AWAKE))


def display_awake(
    questions: Questions[Unavailable],
    told: Callable[[bool | None], object],
    asks: Callable[[], Found] = kept_awake,
) -> Asked:
    """The sensor."""
    return Asked(
        questions, told, name="display_awake", signal=Signal.MEDIA, source="iopm_assertions", asks=asks
    )
