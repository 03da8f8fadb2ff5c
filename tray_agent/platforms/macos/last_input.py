"""Idle time from the event source of the hardware: seconds since the last event of any kind of input.

It needs no permission and says nothing of what the event was, but it is no proof that anybody is there:
within some 80 seconds after a wake of the machine or its display it begins anew by itself, at night as by
day.  So input at such a time is held, and counts only when something else confirms it: a second input apart
from the first, the mouse as AppKit reports it, the session unlocked.  What nobody confirms never was; until
then `doubt` says so, and the count goes on from the last input that was believed.

Input that a program makes counts as well: it may be a person's only one.

Whether the count goes on in sleep is not documented, so it is read against a clock that stands still in
sleep: either way a sleep alone is then no input.

Apple developer documentation: "CGEventSourceSecondsSinceLastEventType", "CGDisplayIsAsleep".
"""

from __future__ import annotations

import math
from collections.abc import Callable

from Quartz import (
    CGDisplayIsAsleep,
    CGEventSourceSecondsSinceLastEventType,
    CGMainDisplayID,
    kCGEventSourceStateHIDSystemState,
)

from tray_agent.platforms.macos.awake import awake_s
from tray_agent.platforms.macos.clocks import continuous_s
from tray_agent.platforms.sampled_idle import SampledIdle
from tray_agent.ports import Listener, Loop, Unavailable

ANY_INPUT = 0xFFFFFFFF
"""kCGAnyInputEventType, in the headers a macro: all bits of 32"""

GONE = "macOS does not tell of the last input"
UNCONFIRMED = "it has begun anew just after a wake, which it does with nobody there as well"

AFTER_A_WAKE_S = 90.0
"""For so long it may begin anew by itself: 4 to 76 seconds were seen, and a wake is noticed late."""
APART_S = 1.0
"""Input that comes so long after the one that is held is a second one."""
LOOK_AGAIN_S = 2.0
"""How often a second one is looked for."""
GRAIN_S = 0.2
"""Two readings of the same moment differ by less."""
SLEPT_S = 1.0
"""The clocks move apart by more than this only in sleep."""


def since_any_input() -> float:
    """Seconds since the last input as macOS has it; thread-safe, a message to the window server."""
    return float(CGEventSourceSecondsSinceLastEventType(kCGEventSourceStateHIDSystemState, ANY_INPUT))


def display_asleep() -> bool:
    """Whether the main display is dark; whoever touches anything wakes it."""
    return bool(CGDisplayIsAsleep(CGMainDisplayID()))


def slept_s() -> float:
    """Seconds since the boot that were sleep."""
    return continuous_s() - awake_s()


class EventSourceIdle(SampledIdle):
    """`IdleCounter` by sampling; `mouse` hears the mouse without a permission, while something is held.

    `confirm` is for whoever learns that somebody is there.  The functions read the system.
    """

    name = "eventsource"

    def __init__(
        self,
        loop: Loop,
        lost: Callable[[str], object],
        mouse: Listener | None = None,
        *,
        since: Callable[[], float] = since_any_input,
        dark: Callable[[], bool] = display_asleep,
        awake: Callable[[], float] = awake_s,
        slept: Callable[[], float] = slept_s,
    ) -> None:
        super().__init__(loop, lost, GONE)
        self._mouse = mouse
        self._since, self._dark, self._awake, self._slept = since, dark, awake, slept
        self._held: float | None = None
        self._distrusted_until = -math.inf
        self._was_dark = False
        self._slept_before = slept()
        self._seen = self._believed = self._reading()
        self._slept_then = self._slept_before

    def confirm(self) -> None:
        """Somebody is there: what is held is input, and what comes is believed."""
        self._distrusted_until = -math.inf
        if self._held is not None and not self._closed:
            self._believe(self._held)
            self._look_in(0.0)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        super().close()
        if self._mouse:
            self._mouse.close()

    def _sample(self) -> float:
        self._notice_a_wake()
        moment = self._reading()
        if moment > self._seen + GRAIN_S:
            self._seen = moment
            self._weigh(moment)
        elif self._held is not None and self._awake() >= self._distrusted_until:
            self._let_go()
        return self._awake() - self._believed + self._slept() - self._slept_then

    def _patience(self, idle_s: float) -> float:
        patience = super()._patience(idle_s)
        return patience if self._held is None else min(patience, LOOK_AGAIN_S)

    def _reading(self) -> float:
        """When the last input was, by the clock that stands still in sleep."""
        now, ago = self._awake(), self._since()
        if math.isnan(ago):
            raise Unavailable(GONE)
        # Without any input yet it is as long as a number can be.
        return now - min(max(ago, 0.0), now)

    def _notice_a_wake(self) -> None:
        slept, dark = self._slept(), self._dark()
        if dark or self._was_dark or slept > self._slept_before + SLEPT_S:
            self._distrusted_until = self._awake() + AFTER_A_WAKE_S
        self._slept_before, self._was_dark = slept, dark

    def _weigh(self, moment: float) -> None:
        if moment >= self._distrusted_until or (self._held is not None and moment > self._held + APART_S):
            self._believe(moment)
        elif self._held is None:
            self._held, self.doubt = moment, UNCONFIRMED
            if self._mouse:
                self._mouse.arm(self.confirm)

    def _believe(self, moment: float) -> None:
        if self._held is not None:
            self._distrusted_until = -math.inf
        self._let_go()
        self._touched = True
        self._believed, self._slept_then = moment, self._slept()

    def _let_go(self) -> None:
        if self._held is not None and self._mouse:
            self._mouse.disarm()
        self._held = self.doubt = None
