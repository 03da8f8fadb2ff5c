"""From two plain facts, input has been still for a while and input goes on, to idle time and edges.

For counters that are told of short pauses and returns only, and have to count by themselves in
between.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from tray_agent.ports import Loop, Timer, Unavailable

Edge = Callable[[bool, float], object]


class Pauses:
    """Keeps the last input's moment and makes the edges that `IdleCounter.watch` promises.

    Before the first fact, either input counts as going on since now, as it does with a counter that
    can never learn what came before it; or, unless `presumed`, nothing is known.
    """

    def __init__(
        self, loop: Loop, *, presumed: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._loop = loop
        self._now = now
        self._last = now()
        self._timer: Timer | None = None
        self._edge: Edge | None = None
        self._pause_s = 0.0
        self._paused = False
        self._known = presumed
        self.still = False

    def idle_s(self) -> float:
        """Seconds since the last input, 0 while input goes on; raises `Unavailable` before it is known."""
        if not self._known:
            raise Unavailable("nothing is known of input yet")
        return self._now() - self._last if self.still else 0.0

    def fell_still(self, age_s: float) -> None:
        """The last input was `age_s` ago; an older one than is known already changes nothing."""
        last = self._now() - age_s
        self._last = max(self._last, last) if self.still else last
        self.still = True
        if not self._known:
            self._known, self._paused = True, False
        self._expect()

    def went_on(self) -> None:
        """There is input now."""
        self._last, self.still, self._known = self._now(), False, True
        self._cancel()
        if self._paused:
            self._paused = False
            self._post(active=True)

    def watch(self, pause_s: float, edge: Edge) -> None:
        """Report edges from now on, always from the loop and never from inside a call."""
        # Where nothing is known, the first input is a return.
        self._edge, self._pause_s, self._paused = edge, pause_s, not self._known
        self._expect()

    def stop(self) -> None:
        """Report nothing more."""
        self._cancel()
        self._edge = None

    def _expect(self) -> None:
        self._cancel()
        if self.still and self._edge is not None and not self._paused:
            self._timer = self._loop.call_later(self._pause_s - self.idle_s(), self._pause)

    def _pause(self) -> None:
        self._timer = None
        if self._edge is not None:
            self._paused = True
            self._edge(False, max(self.idle_s(), self._pause_s))

    def _post(self, *, active: bool) -> None:
        edge = self._edge

        def tell() -> None:
            if edge is not None and edge is self._edge:
                edge(active, 0.0)

        self._loop.call_soon(tell)

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
