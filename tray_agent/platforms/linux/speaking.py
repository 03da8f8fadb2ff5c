"""A speaking screen reader: one runs, and some program plays sound.

Whoever has a page read aloud sits there without touching anything.  Which program plays is not
asked, since that would need its name; without a screen reader no sound is followed at all.  Speech
has pauses, so silence counts once it has lasted for `PAUSE_S`.
"""

from __future__ import annotations

from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.lasting import Lasting
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.pulse import Pulse, Sound, Stop
from tray_agent.platforms.linux.screen_reader import ScreenReader
from tray_agent.ports import Health, Loop, State

SPEECH_S = 5.0
"""Less than this may be a message read out to an empty room."""

PAUSE_S = 5.0


class Speaking:
    """`ContextSensor` on the accessibility service and the sound server."""

    name = "screen_reader"
    signal = Signal.MEDIA

    def __init__(self, loop: Loop, bus: Bus, pulse: Pulse, told: Callable[[bool | None], object]) -> None:
        self._loop = loop
        self._bus = bus
        self._pulse = pulse
        self._speech = Lasting(loop, told, on_after_s=SPEECH_S, off_after_s=PAUSE_S)
        self._looking = False
        self._unfollow: Stop | None = None
        self._reader: ScreenReader | None = ScreenReader(bus, self._runs)

    def look(self) -> None:
        """Ask the sound server now, if a screen reader runs."""
        self._looking = True
        if self._unfollow is not None:
            self._pulse.look(Sound.PLAYED)
        else:
            self._loop.call_soon(self._no_reader)

    def health(self) -> Health:
        """How the sound server is doing, or the bus while no screen reader runs, and what was said last."""
        if self._unfollow is not None:
            return self._pulse.health(self.name, self._speech.value)
        state = State.OK if self._bus.connected else State.ABSENT
        return Health(self.name, state, "at-spi", self._bus.reason, self._speech.value)

    def close(self) -> None:
        """Follow no more; safe to call twice."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
            self._deafen()
            self._speech.close()

    def _runs(self, runs: bool) -> None:
        if runs:
            self._unfollow = self._pulse.follow(Sound.PLAYED, self._heard)
        else:
            self._deafen()
            self._no_reader()

    def _deafen(self) -> None:
        if self._unfollow is not None:
            self._unfollow()
            self._unfollow = None

    def _no_reader(self) -> None:
        if self._reader is not None and self._unfollow is None:
            self._speech.stop()
            self._heard(False if self._bus.connected else None)

    def _heard(self, plays: bool | None) -> None:
        looked, self._looking = self._looking, False
        self._speech.hear(plays, looked=looked)
