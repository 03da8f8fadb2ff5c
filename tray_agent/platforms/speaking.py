"""A speaking screen reader: one runs, and some program plays sound.

Whoever has a page read aloud sits there without touching anything.  Which program plays is not asked;
without a screen reader no sound is asked for at all.  Speech has pauses, so after it a silence counts
once it has lasted for `PAUSE_S`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.platforms.lasting import Lasting
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Health, Timer, Unavailable

PAUSE_S = 5.0

LISTEN_AGAIN_S = 1.0
"""Nobody tells of the next word, so a pause is listened to."""


class Speaking:
    """`ports.ContextSensor`; `runs` says whether a screen reader does, `asks` whether there is sound."""

    name = "screen_reader"
    signal = Signal.MEDIA

    def __init__(
        self,
        questions: Questions[Unavailable] | Questions[OSError],
        told: Callable[[bool | None], object],
        runs: Callable[[], bool],
        asks: Callable[[], Found],
    ) -> None:
        self._loop, self._runs = questions.loop, runs
        self._speech = Lasting(self._loop, told, on_after_s=0.0, off_after_s=PAUSE_S)
        self._sound = Asked(
            questions, self._hear, name=self.name, signal=self.signal, source="core_audio", asks=asks
        )
        self._looking = self._closed = False
        self._again: Timer | None = None

    def look(self) -> None:
        """Ask for sound now, if a screen reader runs."""
        self._looking = True
        self._listen()

    def health(self) -> Health:
        """How the system's audio is doing, as far as it was asked, and what was said last."""
        return replace(self._sound.health(), value=self._speech.value)

    def close(self) -> None:
        """Listen no more; safe to call twice."""
        self._closed = True
        self._sound.close()
        self._speech.close()
        if self._again is not None:
            self._again.cancel()

    def _listen(self) -> None:
        if self._runs():
            self._sound.look()
        else:
            self._speech.stop()
            self._sound.forget()
            self._loop.call_soon(partial(self._hear, False))

    def _hear(self, plays: bool | None) -> None:
        if self._closed:
            return
        looked, self._looking = self._looking, False
        self._speech.hear(plays, looked=looked)
        if self._again is not None:
            self._again.cancel()
        if self._speech.says and not plays:
            self._again = self._loop.call_later(LISTEN_AGAIN_S, self._listen)
