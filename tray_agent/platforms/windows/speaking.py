"""A speaking screen reader: one runs, and some program plays sound.

Whoever has a page read aloud sits there without touching anything.  Which program plays is not asked;
without a screen reader no sound is asked for at all.  Speech has pauses, so after it a silence counts
once it has lasted for `PAUSE_S`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.lasting import Lasting
from tray_agent.platforms.windows.audio_sessions import played
from tray_agent.platforms.windows.screen_reader import screen_reader_runs
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, Loop, State, Timer

assert sys.platform == "win32"

PAUSE_S = 5.0

LISTEN_AGAIN_S = 1.0
"""Nobody tells of the next word, so a pause is listened to."""


class Speaking:
    """`ports.ContextSensor`; `asks` asks Core Audio, and may have to wait."""

    name = "screen_reader"
    signal = Signal.MEDIA

    def __init__(
        self,
        loop: Loop,
        worker: Worker,
        told: Callable[[bool | None], object],
        *,
        runs: Callable[[], bool] = screen_reader_runs,
        asks: Callable[[], bool] = played,
    ) -> None:
        self._loop, self._worker = loop, worker
        self._runs, self._asks = runs, asks
        self._speech = Lasting(loop, told, on_after_s=0.0, off_after_s=PAUSE_S)
        self._asking = self._looking = self._closed = False
        self._failed: int | None = None
        self._again: Timer | None = None

    def look(self) -> None:
        """Ask for sound now, if a screen reader runs."""
        self._looking = True
        self._loop.call_soon(self._listen)

    def health(self) -> Health:
        """How Core Audio is doing, as far as it was asked, and what was said last."""
        if self._failed is not None:
            reason = f"Windows' audio does not say who plays ({self._failed & 0xFFFFFFFF:#010x})"
            return Health(self.name, State.LOST, "core_audio", reason)
        return Health(self.name, State.OK, "core_audio", None, self._speech.value)

    def close(self) -> None:
        """Listen no more; safe to call twice."""
        self._closed = True
        self._speech.close()
        if self._again is not None:
            self._again.cancel()

    def _listen(self) -> None:
        if self._closed or self._asking:
            return
        if self._runs():
            self._asking = True
            self._worker.ask(self._asks, self._answered)
        else:
            self._speech.stop()
            self._hear(False)

    def _answered(self, plays: bool | OSError) -> None:
        self._asking = False
        if not self._closed:
            self._hear(plays)

    def _hear(self, plays: bool | OSError) -> None:
        looked, self._looking = self._looking, False
        self._failed = (plays.winerror or 0) if isinstance(plays, OSError) else None
        self._speech.hear(None if isinstance(plays, OSError) else plays, looked=looked)
        if self._again is not None:
            self._again.cancel()
        if self._speech.says and not plays:
            self._again = self._loop.call_later(LISTEN_AGAIN_S, self._listen)
