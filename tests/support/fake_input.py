"""A person, an idle counter and a listener that exist only on a fake loop."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.fake_loop import FakeLoop, FakeTimer
from tray_agent.ports import Unavailable

Edge = Callable[[bool, float], object]


class FakeCounter:
    """Keeps `ports.IdleCounter`; `touched` is input as the counter sees it, meant or not."""

    name = "fake counter"
    doubt: str | None = None

    def __init__(self, loop: FakeLoop, lost: Callable[[str], object]) -> None:
        self.loop, self.lost = loop, lost
        self.pauses: list[float] = []
        self.closed = False
        self._last = loop.time
        self._edge: Edge | None = None
        self._timer: FakeTimer | None = None
        self._paused = False

    def idle_s(self) -> float:
        if self.closed:
            raise Unavailable("the fake counter is gone")
        return self.loop.time - self._last

    def watch(self, pause_s: float, edge: Edge) -> None:
        self.pauses.append(pause_s)
        self._edge, self._paused = edge, False
        self._expect_pause()

    def touched(self) -> None:
        self._last = self.loop.time
        if self._edge is not None and not self.closed:
            self._expect_pause()
            if self._paused:
                self._paused = False
                self._edge(True, 0.0)

    def die(self, reason: str = "the fake counter died") -> None:
        self.close()
        self.lost(reason)

    def close(self) -> None:
        self.closed = True
        if self._timer:
            self._timer.cancel()

    def _expect_pause(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = self.loop.call_later(self.pauses[-1] - self.idle_s(), self._pause)

    def _pause(self) -> None:
        if self._edge is not None:
            self._paused = True
            self._edge(False, max(self.idle_s(), self.pauses[-1]))


class FakeListener:
    """Keeps `ports.Listener`; with `deaf`, it hears nothing and admits it when asked."""

    name = "fake listener"
    doubt: str | None = None

    def __init__(self, loop: FakeLoop, lost: Callable[[str], object]) -> None:
        self.loop, self.lost = loop, lost
        self.armed_at: list[float] = []
        self.deaf = False
        self.closed = False
        self._heard: Callable[[], object] | None = None

    @property
    def armed(self) -> bool:
        return self._heard is not None

    def arm(self, heard: Callable[[], object]) -> None:
        if not self.closed:
            if not self.armed:
                self.armed_at.append(self.loop.time)
            self._heard = heard

    def disarm(self) -> None:
        self._heard = None

    def alive(self) -> bool:
        return not (self.deaf or self.closed)

    def touched(self) -> None:
        heard = None if self.deaf else self._heard
        if heard is not None:
            self._heard = None
            heard()

    def die(self, reason: str = "the fake listener died") -> None:
        self.close()
        self.lost(reason)

    def close(self) -> None:
        self.closed = True
        self._heard = None
