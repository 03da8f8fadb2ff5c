"""A sensor that asks Windows when it is looked at, on a thread where that may take a while."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tray_agent.core.model import Signal
from tray_agent.platforms.windows.runtime_class import failing_as_os_error
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, Loop, State, Timer

assert sys.platform == "win32"

PATIENCE_S = 0.9
"""Within a second somebody has to be told."""


class AskingSensor:
    """`ports.ContextSensor`; `asks` is called on the worker's thread, one call at a time.

    Where no answer comes in time, None is told; the answer follows when it comes.
    """

    def __init__(
        self,
        loop: Loop,
        worker: Worker,
        told: Callable[[bool | None], object],
        *,
        name: str,
        signal: Signal,
        source: str,
        asks: Callable[[], bool],
    ) -> None:
        self.name, self.signal, self._source = name, signal, source
        self._loop, self._worker, self._told = loop, worker, told
        self._asks = failing_as_os_error(asks)
        self._on: bool | None = None
        self._reason: str | None = None
        self._asking = self._closed = False
        self._overdue: Timer | None = None

    def look(self) -> None:
        """Ask now."""
        self._loop.call_soon(self._ask)

    def health(self) -> Health:
        """Whether Windows answers, and what it said last."""
        if self._reason is not None:
            return Health(self.name, State.LOST, self._source, self._reason)
        value = None if self._on is None else "on" if self._on else "off"
        return Health(self.name, State.OK, self._source, None, value)

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True
        self._calm()

    def _ask(self) -> None:
        if self._closed:
            return
        self._calm()
        self._overdue = self._loop.call_later(PATIENCE_S, self._late)
        if not self._asking:
            self._asking = True
            self._worker.ask(self._asks, self._answered)

    def _answered(self, answer: bool | OSError) -> None:
        self._asking = False
        if self._closed:
            return
        if isinstance(answer, OSError):
            self._hear(None, f"{answer}".rstrip())
        else:
            self._hear(answer, None)

    def _late(self) -> None:
        self._hear(None, "Windows takes its time to answer")

    def _hear(self, on: bool | None, reason: str | None) -> None:
        self._calm()
        self._on, self._reason = on, reason
        self._told(on)

    def _calm(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
