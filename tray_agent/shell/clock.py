"""The agent's axis: seconds that count sleep, never go back, and run `speed` times as fast as life."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from tray_agent.ports import Clocks

NOTICEABLE_S = 2.0
"""Clocks that differ by less have not been set, and a machine has not slept."""


def nine_o_clock() -> float:
    """Nine this morning, where an agent faster than life begins: the same day at whatever hour."""
    return datetime.now().astimezone().replace(hour=9, minute=0, second=0, microsecond=0).timestamp()


class Clock:
    """Maps the system's clocks to the axis, on which the agent started at `start`.

    `wall` gives an agent faster than life a wall clock of its own: what it shows at 0 on the axis.
    """

    def __init__(
        self, clocks: Callable[[], Clocks], speed: float = 1.0, start: float = 0.0, wall: float | None = None
    ) -> None:
        self._read = clocks
        self.speed = speed
        self._first = clocks()
        self._start = start
        self._last = start
        self._wall_of_zero = wall

    def now(self) -> float:
        """Where on the axis it is now."""
        elapsed = self._read().boottime - self._first.boottime
        self._last = max(self._last, self._start + elapsed * self.speed)
        return self._last

    def at_least(self, t: float) -> float:
        """`now`, and from here on never before `t`: an alarm that rang a moment early was on time."""
        self._last = max(self._last, t)
        return self.now()

    def wall(self) -> float:
        """Seconds since the epoch, as they are on the axis."""
        return self._read().wall if self._wall_of_zero is None else self._wall_of_zero + self.now()

    def wall_at(self, t: float) -> float:
        """The wall time of a moment of the axis, by the clock as it is set now."""
        return self.wall() - (self.now() - t)

    def real_s(self, seconds: float) -> float:
        """How long `seconds` of the axis take in life."""
        return seconds / self.speed

    def clocks(self) -> Clocks:
        """The clocks as they are now."""
        return self._read()


class Moved(Struct, frozen=True):
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
