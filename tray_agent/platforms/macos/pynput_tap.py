"""pynput's event tap made content-blind: one for keyboard and mouse, switched on while armed.

pynput makes the tap and its thread; its listeners for keyboard and mouse are not used: they look at what was
pressed and where, and ask for the keyboard's layout on a thread where that ends the process.  The tap only
listens, so whatever happens here holds no input up.  An event that it is called with is never looked at, not
even for who sent it: injected input may be a person's only one.

While the tap is off the system calls nobody, and the thread sleeps.  The system turns a tap off by itself
when it was slow ("disabled by timeout"), or "by user input": then it is turned on again.

Apple developer documentation: "CGEventTapCreate", "CGEventTapEnable", "CFRunLoopRunInMode".
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol

from pynput._util import AbstractListener
from pynput._util.darwin import ListenerMixin
from Quartz import (
    CFMachPortCreateRunLoopSource,
    CFMachPortInvalidate,
    CFRunLoopAddSource,
    CFRunLoopGetCurrent,
    CFRunLoopRunInMode,
    CGEventTapEnable,
    kCFRunLoopDefaultMode,
    kCFRunLoopRunFinished,
    kCGEventFlagsChanged,
    kCGEventKeyDown,
    kCGEventLeftMouseDown,
    kCGEventLeftMouseDragged,
    kCGEventMouseMoved,
    kCGEventOtherMouseDown,
    kCGEventOtherMouseDragged,
    kCGEventRightMouseDown,
    kCGEventRightMouseDragged,
    kCGEventScrollWheel,
    kCGEventTapDisabledByTimeout,
    kCGEventTapDisabledByUserInput,
)

TAP_ENDED = "macOS has taken the event tap away"
REFUSED = "macOS makes no event tap for this program"
A_LONG_TIME_S = 3600.0
STOP_AGAIN_S = 0.05

_KINDS = (
    kCGEventKeyDown,
    kCGEventFlagsChanged,
    kCGEventMouseMoved,
    kCGEventLeftMouseDown,
    kCGEventLeftMouseDragged,
    kCGEventRightMouseDown,
    kCGEventRightMouseDragged,
    kCGEventOtherMouseDown,
    kCGEventOtherMouseDragged,
    kCGEventScrollWheel,
)


class Round(Protocol):
    """One time of listening."""

    waits: bool
    """Whether input is still wanted; set and cleared from any thread."""


class BlindTap(ListenerMixin, AbstractListener):  # type: ignore[misc]
    """One thread, one tap.  From the thread, `called(round)` is called at the first input of a round, and
    `ended(reason)` once the thread is over.
    """

    _EVENTS = sum(1 << kind for kind in _KINDS)
    _log = logging.getLogger(__name__)
    _intercept = None

    def __init__(self, called: Callable[[Any], object], ended: Callable[[str], object]) -> None:
        super().__init__()
        self.started = threading.Event()
        self.reason = TAP_ENDED
        self._called = called
        self._ended = ended
        self._wishes = threading.Lock()
        self._round: Round | None = None
        self._tap: Any = None
        self._loop: Any = None

    # The agent's side.

    def listen(self, of: Round | None) -> None:
        """Have this round listened for, or none, instead of the one before."""
        with self._wishes:
            self._round = of
            self._switch()

    def finish(self, patience_s: float) -> None:
        """End the thread, and the tap with it; harmless when it is over."""
        self.stop()
        # A run loop that was just about to run has not heard the first.
        threading.Thread.join(self, STOP_AGAIN_S)
        if self.is_alive():
            self._stop_platform()
            # pynput's own `join` waits for a word that a thread which is over has said already.
            threading.Thread.join(self, patience_s)

    # The thread's side: what pynput calls.

    def _run(self) -> None:
        """Unlike pynput's own, which wakes up once a second, and does not say when its tap is gone."""
        tap = None
        try:
            tap = self._create_event_tap()
            if tap is None:
                self.reason = REFUSED
                self._running = False
                return
            self._loop = CFRunLoopGetCurrent()
            CFRunLoopAddSource(self._loop, CFMachPortCreateRunLoopSource(None, tap, 0), kCFRunLoopDefaultMode)
            with self._wishes:
                self._tap = tap
                self._switch()
            self._mark_ready()
            self.started.set()
            self._serve()
        except Exception as fault:
            self.reason = f"the listener's thread ended with {type(fault).__name__}: {fault}"
            raise
        finally:
            self._running = False
            with self._wishes:
                self._tap = self._loop = None
            if tap is not None:
                CFMachPortInvalidate(tap)
            self.started.set()
            self._ended(self.reason)

    def _serve(self) -> None:
        while self.running:
            if CFRunLoopRunInMode(kCFRunLoopDefaultMode, A_LONG_TIME_S, False) == kCFRunLoopRunFinished:
                return

    def _switch(self) -> None:
        if self._tap is not None:
            CGEventTapEnable(self._tap, self._round is not None and self._round.waits)

    def _handler(self, _proxy: object, kind: int, _event: object, _refcon: object) -> None:
        """There was input: that it was called is all it can tell."""
        with self._wishes:
            of = self._round
            heard = of is not None and of.waits and kind not in _ABOUT_THE_TAP
            if heard and of is not None:
                of.waits = False
            self._switch()
        if heard:
            self._called(of)


_ABOUT_THE_TAP = (kCGEventTapDisabledByTimeout, kCGEventTapDisabledByUserInput)
