"""A call, as the microphone tells it: some program records from one.

Core Audio knows whether one does, and not which, so it is asked first.  Windows' note for its privacy
settings is the hint beside it: its changes say when to ask, it tells a program that is always on from a
call, and it stands in where Core Audio does not answer.  So nothing is asked before it has been read for
the first time.  What it notes alone is no recording: it may be stale.

A test of the level at a program's start is over within seconds, so a recording counts by itself once it
has lasted for `CALL_S`; a look tells of a shorter one as well, for a call may just have begun.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.lasting import Lasting
from tray_agent.platforms.windows.audio_sessions import recorded
from tray_agent.platforms.windows.consent_store import STORE, Use
from tray_agent.platforms.windows.consent_watch import ConsentWatch
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, Loop, State

assert sys.platform == "win32"

CALL_S = 5.0
"""Shorter recordings are no call: a level test, an answer to a voice assistant, a try."""


class Microphone:
    """`ports.ContextSensor` on Core Audio's sessions; `asks` asks them, and may have to wait."""

    name = "microphone"
    signal = Signal.CALL

    def __init__(
        self,
        loop: Loop,
        worker: Worker,
        told: Callable[[bool | None], object],
        *,
        asks: Callable[[], bool] = recorded,
        store: str = STORE,
    ) -> None:
        self._worker, self._asks = worker, asks
        self._call = Lasting(loop, told, on_after_s=CALL_S)
        self._noted: Use | None = None
        self._failed: int | None = None
        self._asking = self._looking = self._stirred = self._read = self._closed = False
        self._watch = ConsentWatch(loop, "microphone", self._hint, store)

    def look(self) -> None:
        """Ask now."""
        self._looking = True
        self._ask()

    def health(self) -> Health:
        """Who tells, and what was said last."""
        value = self._call.value
        if self._failed is None:
            return Health(self.name, State.OK, "core_audio", None, value)
        reason = f"Windows' audio does not say who records ({self._failed & 0xFFFFFFFF:#010x})"
        if self._noted is None:
            return Health(self.name, State.LOST, "core_audio", reason)
        return Health(self.name, State.DEGRADED, "consent_store", reason, value)

    def close(self) -> None:
        """Ask and tell no more; safe to call twice."""
        self._closed = True
        self._watch.close()
        self._call.close()

    def _hint(self, who: Use | None, _looked: bool) -> None:
        self._noted = who
        self._read = self._stirred = True
        self._ask()

    def _ask(self) -> None:
        if self._read and not self._asking and not self._closed:
            self._asking, self._stirred = True, False
            self._worker.ask(self._asks, self._answered)

    def _answered(self, records: bool | OSError) -> None:
        self._asking = False
        if self._closed:
            return
        looked, self._looking = self._looking, False
        self._failed = (records.winerror or 0) if isinstance(records, OSError) else None
        self._call.hear(self._is_call(records), looked=looked)
        if self._stirred:  # what was noted meanwhile may have come after the answer
            self._ask()

    def _is_call(self, records: bool | OSError) -> bool | None:
        if isinstance(records, OSError):
            return None if self._noted is None else self._noted is Use.SOMEBODY
        # Recorded by nobody that Windows has noted: then the note is what is wrong.
        return records and self._noted is not Use.ALWAYS_ON
