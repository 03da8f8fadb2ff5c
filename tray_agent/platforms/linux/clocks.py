"""Linux clocks: CLOCK_BOOTTIME counts sleep, CLOCK_MONOTONIC does not; and word when either matters.

A timer on the realtime clock with TFD_TIMER_CANCEL_ON_SET becomes readable when the wall clock is
set and when the machine wakes (timerfd_create(2)), so nobody needs to poll for either.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable
from pathlib import Path

from tray_agent.ports import Clocks, Loop, Unavailable

_CLOCK_REALTIME = 0
_TFD_TIMER_ABSTIME, _TFD_TIMER_CANCEL_ON_SET = 1, 2
_FAR_S = 100 * 365 * 86400


def boot_clocks() -> Callable[[], Clocks]:
    """A function that reads the clocks; which boot this is does not change while it runs."""
    boot_id = Path("/proc/sys/kernel/random/boot_id").read_text().strip()

    def read() -> Clocks:
        return Clocks(
            boot_id,
            time.clock_gettime(time.CLOCK_BOOTTIME),
            time.clock_gettime(time.CLOCK_MONOTONIC),
            time.time(),
        )

    return read


class _TimeSpec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _TimerSpec(ctypes.Structure):
    _fields_ = (("interval", _TimeSpec), ("value", _TimeSpec))


class ClockSetWatch:
    """Calls `moved` on the loop whenever the wall clock was set or the machine has woken."""

    def __init__(self, loop: Loop, moved: Callable[[], object]) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._moved = moved
        self._fd = self._libc.timerfd_create(_CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        if self._fd < 0:
            raise Unavailable(f"no timer for clock changes ({os.strerror(ctypes.get_errno())})")
        self._arm()
        loop.watch(self._fd, self._readable)
        self._loop = loop

    def close(self) -> None:
        """Stop watching."""
        self._loop.unwatch(self._fd)
        os.close(self._fd)

    def _arm(self) -> None:
        far = _TimerSpec(_TimeSpec(0, 0), _TimeSpec(int(time.time()) + _FAR_S, 0))
        flags = _TFD_TIMER_ABSTIME | _TFD_TIMER_CANCEL_ON_SET
        self._libc.timerfd_settime(self._fd, flags, ctypes.byref(far), None)

    def _readable(self) -> None:
        try:
            os.read(self._fd, 8)
        except OSError:
            pass  # ECANCELED is the message: the clock was set
        self._arm()
        self._moved()
