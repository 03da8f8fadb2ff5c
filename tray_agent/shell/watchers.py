"""Three ways to watch input: by the idle counter, by the listener, and by both.

Each tells the engine of input through one `Told`.  Spans are agent seconds; the adapters below are
given real ones.  `fine_s` is the shortest pause that matters just now, None when only long ones do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from tray_agent.core.events import Event, Input
from tray_agent.ports import IdleCounter, Listener, Loop, Timer, Unavailable

COARSE_PAUSE_S = 30.0
"""Shorter pauses change nothing as long as no prompt is near."""

LISTEN_EVERY_S = 15.0
LISTEN_FINELY_EVERY_S = 1.0
CONFIRM_EVERY_S = 60.0
CONFIRM_FINELY_EVERY_S = 5.0
"""How often the listener confirms a counter that says that input goes on."""

CHECK_EVERY_S = 60.0
"""Real seconds between two looks at a listener that is alone and hears nothing: it may have died silently."""

CONFIRM_WITHIN_S = 2.0
"""Real seconds: input the counter has seen must reach the listener within these, at any speed."""

LEAST_WAIT_S = 0.05
"""Real seconds: however fast the axis runs, the listener is armed no oftener."""


class Told(Struct):
    """What the engine was told of input, and the ground on which all watchers stand.

    `last` and `heard_at` are moments on the axis of `now`, which runs `speed` times as fast as life.
    """

    loop: Loop
    emit: Callable[[Event], object]
    now: Callable[[], float]
    speed: float = 1.0
    ongoing: bool = False
    last: float | None = None
    heard_at: float | None = None

    def input(self, age: float, *, ongoing: bool = False) -> None:
        """Tell the engine of input `age` seconds ago."""
        self.ongoing = ongoing
        seen = self.now() - age
        self.last = seen if self.last is None else max(self.last, seen)
        self.emit(Input(age, ongoing))

    def forget(self) -> None:
        """Nobody has been watching: what was told is no ground to doubt a counter any more."""
        self.ongoing, self.last = False, None

    def since(self, moment: float | None) -> float | None:
        """How long ago that was; None for never."""
        return None if moment is None else self.now() - moment

    def later(self, seconds: float, call: Callable[[], object]) -> Timer:
        """Make the call after so many seconds of the axis."""
        return self.loop.call_later(max(seconds / self.speed, LEAST_WAIT_S), call)

    def idle_s(self, counter: IdleCounter) -> float | None:
        """The counter's age of the last input, on the axis; None when it does not answer."""
        try:
            return counter.idle_s() * self.speed
        except Unavailable:
            return None


class Watcher(Protocol):
    """One way to watch input, from the first `watch` to `stop`."""

    def watch(self, fine_s: float | None) -> None:
        """Watch this finely from now on, and tell the engine how things stand."""

    def idle_s(self) -> float | None:
        """Age of the last input; None where that is not known."""

    def stop(self) -> None:
        """Tell nothing more."""


class CounterWatcher:
    """The counter's edges, taken at their word."""

    def __init__(self, told: Told, counter: IdleCounter) -> None:
        self._told = told
        self._counter = counter

    def watch(self, fine_s: float | None) -> None:
        """A pause that already began is an edge soon to come; anything shorter is input going on."""
        pause_s = fine_s or COARSE_PAUSE_S
        self._counter.watch(pause_s / self._told.speed, self._edge)
        idle = self.idle_s()
        if idle is not None and idle < pause_s:
            self._told.input(idle, ongoing=True)

    def idle_s(self) -> float | None:
        """As the counter has it."""
        return self._told.idle_s(self._counter)

    def stop(self) -> None:
        """The next watch, or the counter's end, ends this one."""

    def _edge(self, active: bool, idle_s: float) -> None:
        self._told.input(idle_s * self._told.speed, ongoing=active)


class ListenerWatcher:
    """No counter: the listener is armed again and again, and each input it hears is told.

    One found dead is given up by `listener_dead`.
    """

    def __init__(self, told: Told, listener: Listener, listener_dead: Callable[[str], object]) -> None:
        self._told = told
        self._listener = listener
        self._listener_dead = listener_dead
        self._every_s = LISTEN_EVERY_S
        self._timer: Timer | None = None

    def watch(self, fine_s: float | None) -> None:
        """Listen at once; input that went on is so no longer for all we know."""
        self._every_s = LISTEN_FINELY_EVERY_S if fine_s else LISTEN_EVERY_S
        if self._told.ongoing:
            self._told.input(0.0)
        self._arm()

    def idle_s(self) -> float | None:
        """By what was heard, late by at most the time between two rounds of listening."""
        return self._told.since(self._told.last)

    def stop(self) -> None:
        """Fall silent."""
        self._cancel()
        self._listener.disarm()

    def _arm(self) -> None:
        self._cancel()
        self._listener.arm(self._heard)
        self._check_later()

    def _check_later(self) -> None:
        self._timer = self._told.loop.call_later(CHECK_EVERY_S, self._check)

    def _check(self) -> None:
        if self._listener.alive():
            self._check_later()
        else:
            self._listener_dead("it would not hear the next input")

    def _heard(self) -> None:
        self._cancel()
        self._told.heard_at = self._told.now()
        self._told.input(0.0)
        self._timer = self._told.later(self._every_s, self._arm)

    def _cancel(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


class FusedWatcher:
    """The counter says how long, the listener whether that was a person.

    A program that resets the screen saver, as some video players do, resets the counter too.  So
    once input was told to have paused, it goes on again only when the listener hears some; until
    then the person is idle since the time told, whatever the counter says.  A listener found dead
    is given up by `listener_dead`, and the counter's word counts.
    """

    def __init__(
        self, told: Told, counter: IdleCounter, listener: Listener, listener_dead: Callable[[str], object]
    ) -> None:
        self._told = told
        self._counter = counter
        self._listener = listener
        self._listener_dead = listener_dead
        self._pause_s = COARSE_PAUSE_S
        self._fine = False
        self._active = True
        self._armed_at = 0.0
        self._next: Timer | None = None

    def watch(self, fine_s: float | None) -> None:
        """As the counter alone would, unless it knows of input that nobody heard."""
        self._fine, self._pause_s = fine_s is not None, fine_s or COARSE_PAUSE_S
        self._active = True
        self._counter.watch(self._pause_s / self._told.speed, self._edge)
        idle = self._told.idle_s(self._counter)
        if idle is not None and idle < self._pause_s and not self._unheard(idle):
            self._told.input(idle, ongoing=True)
        if self._told.ongoing:
            self._rest()
        else:
            self._arm()

    def idle_s(self) -> float | None:
        """As the counter has it while input goes on, else since the time told."""
        if self._told.ongoing or self._told.last is None:
            return self._told.idle_s(self._counter)
        return self._told.since(self._told.last)

    def stop(self) -> None:
        """Fall silent."""
        self._cancel()
        self._listener.disarm()

    def _edge(self, active: bool, idle_s: float) -> None:
        self._active = active
        if not active:
            if self._told.ongoing or self._told.last is None:
                self._told.input(idle_s * self._told.speed)
            self._arm()
        elif self._heard_lately():
            self._believe()
        else:
            self._arm()
            self._next = self._told.loop.call_later(CONFIRM_WITHIN_S, self._judge)

    def _heard(self) -> None:
        self._told.heard_at = self._told.now()
        if self._active:
            self._believe()
        else:
            self._told.input(0.0)
            self._rest()

    def _heard_lately(self) -> bool:
        ago = self._told.since(self._told.heard_at)
        return ago is not None and ago <= CONFIRM_WITHIN_S * self._told.speed

    def _unheard(self, idle: float) -> bool:
        """Whether the counter's last input came after the pause that was told."""
        ago = self._told.since(self._told.last)
        slack = CONFIRM_WITHIN_S * self._told.speed
        return not self._told.ongoing and ago is not None and idle < ago - slack

    def _believe(self) -> None:
        if not self._told.ongoing:
            self._told.input(0.0, ongoing=True)
        self._rest()

    def _rest(self) -> None:
        self._cancel()
        self._listener.disarm()
        coarse_s, fine_s = (
            (CONFIRM_EVERY_S, CONFIRM_FINELY_EVERY_S)
            if self._told.ongoing
            else (LISTEN_EVERY_S, LISTEN_FINELY_EVERY_S)
        )
        self._next = self._told.later(fine_s if self._fine else coarse_s, self._listen)

    def _listen(self) -> None:
        self._arm()
        if self._told.ongoing:
            # A true pause is the counter's to report, and it does so before this runs out.
            silence_s = self._pause_s / self._told.speed + CONFIRM_WITHIN_S
            self._next = self._told.loop.call_later(silence_s, self._judge)

    def _judge(self) -> None:
        """The counter says that input goes on, the listener has heard none: one of them is wrong."""
        if not self._listener.alive():
            self._listener_dead("it did not hear input that the idle counter saw")
        elif self._told.ongoing:
            self._told.input(self._told.now() - self._armed_at)

    def _arm(self) -> None:
        self._cancel()
        self._armed_at = self._told.now()
        self._listener.arm(self._heard)

    def _cancel(self) -> None:
        if self._next:
            self._next.cancel()
            self._next = None
