"""A loop whose time stands still until the test lets it pass."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable

Call = Callable[[], object]


class FakeTimer:
    """A call that is due at `due` seconds of the loop's time."""

    def __init__(self, due: float, call: Call) -> None:
        self.due = due
        self.call: Call | None = call

    def cancel(self) -> None:
        """Forget the call."""
        self.call = None


class FakeLoop:
    """Keeps `ports.Loop`.  `time` is in seconds; calls are made only by `advance` and `settle`."""

    def __init__(self) -> None:
        self.time = 0.0
        self.watched: dict[int, Call] = {}
        self._posted: deque[Call] = deque()
        self._timers: list[tuple[float, int, FakeTimer]] = []
        self._order = itertools.count()

    def now(self) -> float:
        """The loop's time."""
        return self.time

    def call_soon(self, call: Call) -> bool:
        """Make the call in the next `settle`."""
        self._posted.append(call)
        return True

    def call_later(self, seconds: float, call: Call) -> FakeTimer:
        """Make the call once that much time was let pass."""
        timer = FakeTimer(self.time + max(0.0, seconds), call)
        heapq.heappush(self._timers, (timer.due, next(self._order), timer))
        return timer

    def watch(self, fd: int, ready: Call) -> None:
        """Remember who wants to read `fd`; a test may call `watched[fd]`."""
        self.watched[fd] = ready

    def unwatch(self, fd: int) -> None:
        """Forget `fd`."""
        self.watched.pop(fd, None)

    def settle(self) -> None:
        """Make every call that is posted, and those they post."""
        while self._posted:
            self._posted.popleft()()

    def advance(self, seconds: float) -> None:
        """Let time pass, making each call at its own moment."""
        self.advance_to(self.time + seconds)

    def advance_to(self, moment: float) -> None:
        """Let time pass up to `moment`."""
        self.settle()
        while self._timers and self._timers[0][0] <= moment:
            due, _, timer = heapq.heappop(self._timers)
            self.time = max(self.time, due)
            if timer.call is not None:
                call, timer.call = timer.call, None
                call()
            self.settle()
        self.time = max(self.time, moment)

    def pending(self) -> list[float]:
        """The moments at which calls are due."""
        return sorted(due for due, _, timer in self._timers if timer.call is not None)
