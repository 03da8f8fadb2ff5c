"""The mouse as AppKit reports it to whoever asks, without any permission: that it was touched, no more.

It hears no key, so it is no ground to believe that nobody is there: `EventSourceIdle` takes it as a
witness that somebody is.  What is done in our own menu is not reported to us.  What AppKit hands over is
never looked at.  Apple developer documentation: "addGlobalMonitorForEventsMatchingMask:handler:".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from AppKit import (
    NSEvent,
    NSEventMaskLeftMouseDown,
    NSEventMaskLeftMouseDragged,
    NSEventMaskMouseMoved,
    NSEventMaskOtherMouseDown,
    NSEventMaskOtherMouseDragged,
    NSEventMaskRightMouseDown,
    NSEventMaskRightMouseDragged,
    NSEventMaskScrollWheel,
)
from msgspec import Struct

from tray_agent.platforms.macos.main_thread import do
from tray_agent.ports import Loop

MOUSE = (
    NSEventMaskLeftMouseDown
    | NSEventMaskLeftMouseDragged
    | NSEventMaskMouseMoved
    | NSEventMaskOtherMouseDown
    | NSEventMaskOtherMouseDragged
    | NSEventMaskRightMouseDown
    | NSEventMaskRightMouseDragged
    | NSEventMaskScrollWheel
)


class Round(Struct, eq=False):
    """One time of listening, from `arm` to the first event or `disarm`."""

    heard: Callable[[], object]
    monitor: object | None = None
    waits: bool = True


class MouseMonitor:
    """`ports.Listener` for the mouse alone; there is a monitor only while it is armed."""

    name = "nsevent"
    doubt: str | None = "it hears the mouse alone"

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._round: Round | None = None
        self._closed = False

    def arm(self, heard: Callable[[], object]) -> None:
        """Call `heard` once, at the next event of the mouse."""
        if self._round:
            self._round.heard = heard
        elif not self._closed:
            self._round = Round(heard)
            do(partial(_begin, self._round, self._called))

    def disarm(self) -> None:
        """Fall silent now."""
        ending, self._round = self._round, None
        if ending:
            ending.waits = False
            do(partial(_end, ending))

    def alive(self) -> bool:
        """Whether it would hear the mouse; AppKit never takes a monitor away."""
        return not self._closed

    def close(self) -> None:
        """Fall silent for good; safe to call twice."""
        self._closed = True
        self.disarm()

    def _called(self, of: Round) -> None:
        """On the main thread."""
        self._loop.call_soon(partial(self._count, of))

    def _count(self, of: Round) -> None:
        if of is self._round:
            self._round = None
            of.heard()


# On the main thread, in the order in which they were wished for.


def _begin(of: Round, called: Callable[[Round], object]) -> None:
    def touched(_event: object) -> None:
        if of.waits:
            of.waits = False
            # Not from in here, where AppKit goes through its monitors.
            do(partial(_end, of))
            called(of)

    of.monitor = NSEvent.addGlobalMonitorForEventsMatchingMask_handler_(MOUSE, touched)


def _end(of: Round) -> None:
    monitor, of.monitor = of.monitor, None
    if monitor is not None:
        NSEvent.removeMonitor_(monitor)
