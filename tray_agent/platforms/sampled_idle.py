"""What the idle counters share that are told of nothing: when they ask.

While input goes on that is once for each pause that is watched for, when it could be complete at the
earliest.  During a pause it is as often as a return may be late, a tenth of the pause: ten times on the
way from one minute to two, and later four times a minute.  Whoever hears input otherwise may say so: `look`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from tray_agent.ports import Loop, Timer, Unavailable

Edge = Callable[[bool, float], object]

LATE = 0.1
"""A return is noticed late by at most this part of the pause it ends, and these seconds."""
LATE_AT_LEAST_S, LATE_AT_MOST_S = 0.05, 15.0


class SampledIdle(ABC):
    """`ports.IdleCounter` but for its name; `lost(reason)` is called once when the system refuses to answer.

    Whoever inherits asks the system in `_sample`; `gone` is what is said of a counter that is closed.
    """

    doubt: str | None = None

    def __init__(self, loop: Loop, lost: Callable[[str], object], gone: str) -> None:
        self._loop = loop
        self._lost = lost
        self._gone = gone
        self._edge: Edge | None = None
        self._timer: Timer | None = None
        self._pause_s = 0.0
        self._paused = self._touched = self._closed = False

    @abstractmethod
    def _sample(self) -> float:
        """Seconds since the last input; sets `_touched` when that is another than before.

        Raises `Unavailable`.
        """

    def idle_s(self) -> float:
        """Seconds since the last input, as the system has it now."""
        if self._closed:
            raise Unavailable(self._gone)
        return self._sample()

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on."""
        self._edge, self._pause_s = edge, pause_s
        self._paused = self._touched = False
        self._look_in(0.0)

    def look(self) -> None:
        """Somebody has heard input: look at once, as soon as the system may know of it."""
        if self._paused:
            self._look_in(LATE_AT_LEAST_S)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True
        self._edge = None
        if self._timer:
            self._timer.cancel()

    def _patience(self, idle_s: float) -> float:
        """After how long the next look during a pause is due."""
        return min(max(idle_s * LATE, LATE_AT_LEAST_S), LATE_AT_MOST_S)

    def _look_in(self, seconds: float) -> None:
        if self._timer:
            self._timer.cancel()
        if not self._closed:
            self._timer = self._loop.call_later(seconds, self._look)

    def _look(self) -> None:
        try:
            idle = self.idle_s()
        except Unavailable as why:
            self._die(str(why))
            return
        touched, self._touched = self._touched, False
        left = self._pause_s - idle
        self._look_in(max(left, LATE_AT_LEAST_S) if left > 0 else self._patience(idle))
        # A return may already be followed by the next pause.
        if self._paused and touched:
            self._turn(active=True, idle_s=0.0)
        if idle >= self._pause_s and not self._paused:
            self._turn(active=False, idle_s=idle)

    def _turn(self, *, active: bool, idle_s: float) -> None:
        self._paused = not active
        if self._edge is not None:
            self._edge(active, idle_s)

    def _die(self, reason: str) -> None:
        if not self._closed:
            self.close()
            self._lost(reason)
