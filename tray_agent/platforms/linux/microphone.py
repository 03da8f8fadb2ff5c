"""A call, as the microphone tells it: some program records from one.

What the sound server counts is left to it and to `pulse_tags.py`: recordings of what a speaker plays,
streams that stand still, level meters and the server's own modules are none.  Nobody's name is read.
A test of the level at a program's start is over within seconds, so a recording counts by itself once
it has lasted for `CALL_S`; a look tells of a shorter one as well, for a call may just have begun.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.lasting import Lasting
from tray_agent.platforms.linux.pulse import Pulse, Sound
from tray_agent.ports import Health, Loop

CALL_S = 5.0
"""Shorter recordings are no call: a level test, an answer to a voice assistant, a try."""


class Microphone:
    """`ContextSensor` on the sound server's recordings."""

    name = "microphone"
    signal = Signal.CALL

    def __init__(self, loop: Loop, pulse: Pulse, told: Callable[[bool | None], object]) -> None:
        self._pulse = pulse
        self._call = Lasting(loop, told, on_after_s=CALL_S)
        self._looking = False
        self._unfollow = pulse.follow(Sound.RECORDED, self._heard)

    def look(self) -> None:
        """Ask the server now."""
        self._looking = True
        self._pulse.look(Sound.RECORDED)

    def health(self) -> Health:
        """How the sound server is doing, and what was said last."""
        return self._pulse.health(self.name, self._call.value)

    def close(self) -> None:
        """Follow no more; safe to call twice."""
        self._unfollow()
        self._call.close()

    def _heard(self, records: bool | None) -> None:
        looked, self._looking = self._looking, False
        self._call.hear(records, looked=looked)
