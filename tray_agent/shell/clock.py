"""The agent's axis: seconds that count sleep, never go back, and run `speed` times as fast as life.

Wall time runs along with it, so that an agent at 60 times life's speed sees a whole day pass.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

NOTICEABLE_S = 2.0
"""Clocks that differ by less have not been set, and a machine has not slept."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the system's clocks say: `boottime` counts sleep and
    `monotonic` does not, both comparable only within one `boot_id`; `wall` is seconds since the epoch."""

    boot_id: str
    boottime: float
    monotonic: float
    wall: float


class Clock:
    """Maps the system's clocks to the axis, on which the agent started at `start`."""

    def __init__(self, readings: Callable[[], Clocks], speed: float = 1.0, start: float = 0.0) -> None:
        self._read = readings
        self.speed = speed
        self._first = readings()
        self._start = start
        self._last = start

    def now(self) -> float:
        """Where on the axis it is now."""
        elapsed = self._read().boottime - self._first.boottime
        self._last = max(self._last, self._start + elapsed * self.speed)
        return self._last

    def wall(self) -> float:
        """Seconds since the epoch, as they are on the axis."""
        at = self._read()
        ahead = (at.boottime - self._first.boottime) * (self.speed - 1.0)
        return at.wall + ahead

    def wall_at(self, t: float) -> float:
        """The wall time of a moment of the axis, by the clock as it is set now."""
        return self.wall() - (self.now() - t)

    def real_s(self, seconds: float) -> float:
        """How long `seconds` of the axis take in life."""
        return seconds / self.speed

    def readings(self) -> Clocks:
        """The clocks as they are now."""
        return self._read()


@dataclass(frozen=True, slots=True)
class Moved:
    """What the clocks did since the last look, in real seconds."""

    slept_s: float
    stepped_s: float


class ClockWatch:
    """Notices sleep and clock steps by comparing clocks that should run alike."""

    def __init__(self, readings: Callable[[], Clocks]) -> None:
        self._read = readings
        self._last = readings()

    def look(self) -> Moved | None:
        """What moved since the last look; None when nothing noticeable did."""
        before, after = self._last, self._read()
        self._last = after
        elapsed = after.boottime - before.boottime
        slept = elapsed - (after.monotonic - before.monotonic)
        stepped = after.wall - before.wall - elapsed
        if slept < NOTICEABLE_S and abs(stepped) < NOTICEABLE_S:
            return None
        return Moved(slept if slept >= NOTICEABLE_S else 0.0, stepped)


