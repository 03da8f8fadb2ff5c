"""The clock that stands still while the machine sleeps, for the agent's timers (clock_gettime(3))."""

from __future__ import annotations

import time


def awake_s() -> float:
    """CLOCK_UPTIME_RAW, in seconds; whether `time.monotonic` counts sleep, Python promises nowhere."""
    return time.clock_gettime(time.CLOCK_UPTIME_RAW)
