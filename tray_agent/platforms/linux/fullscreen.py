"""Whether a program fills a monitor, by X11 or by the Wayland compositor, whichever the session is.

A film, slides or a game is no moment for a prompt.  Asked is how windows are shown: never what
they are called, nor whose they are, beyond "is it our own".
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from tray_agent.core.model import Signal
from tray_agent.platforms.linux.wayland_place import in_wayland
from tray_agent.ports import Health, Loop, State

CARED_FOR_S = 30.0
"""Real seconds after a look in which somebody cares for news: as long as a prompt shows, looks come more
often.  At other times each change would wake the agent four times, for what no prompt waits for."""

Told = Callable[[bool | None], object]


class Mechanism(Protocol):
    """One way to know, built with `changed()`, which is called when `fills` may have a new answer, and that
    is cared for.
    """

    source: str
    trouble: tuple[State, str] | None

    def fills(self) -> bool | None:
        """Whether a program fills a monitor now; None, and why in `trouble`, when that cannot be known."""

    def close(self) -> None:
        """Let go of the display; safe to call twice."""


class FullScreen:
    """`ContextSensor` of full screen; raises `Unavailable` where there is no display."""

    name = "fullscreen"
    signal = Signal.FULLSCREEN

    def __init__(self, loop: Loop, told: Told) -> None:
        self._loop, self._told = loop, told
        self._on: bool | None = None
        self._closed = False
        self._asked_at = time.monotonic()
        self._way = _way(loop, self._changed, self._cares)
        loop.call_soon(self._changed)

    def look(self) -> None:
        """Find out now; `told` follows in the loop's next round."""
        self._asked_at = time.monotonic()
        self._loop.call_soon(lambda: self._find(asked=True))

    def health(self) -> Health:
        """Whether X11 or Wayland tells, and whether something fills a monitor."""
        state, reason = self._way.trouble or (State.OK, None)
        value = None if self._on is None else "on" if self._on else "off"
        return Health(self.name, state, self._way.source, reason, value)

    def close(self) -> None:
        """Let go of the display; safe to call twice."""
        self._closed = True
        self._way.close()

    def _changed(self) -> None:
        self._find(asked=False)

    def _cares(self) -> bool:
        """Whether news matters: what fills the screen may end, or somebody has asked and will act on it."""
        return bool(self._on) or time.monotonic() < self._asked_at + CARED_FOR_S

    def _find(self, *, asked: bool) -> None:
        if self._closed:
            return
        on = self._way.fills()
        if asked or on != self._on:
            self._on = on
            self._told(on)


def _way(loop: Loop, changed: Callable[[], object], wanted: Callable[[], bool]) -> Mechanism:
    """The session's own way.  Under Wayland that is never X: its X server knows only its own windows."""
    if in_wayland():
        from tray_agent.platforms.linux.foreign_toplevel import ForeignToplevels

        return ForeignToplevels(loop, changed)
    from tray_agent.platforms.linux.x_fullscreen import XFullScreen

    return XFullScreen(loop, changed, wanted)
