"""A sensor of what goes on that learns of nothing by itself: each look asks the system."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tray_agent.core.model import Signal
from tray_agent.platforms.questions import AtOnce, Questions
from tray_agent.ports import Health, State, Timer, Unavailable

PATIENCE_S = 0.9
"""Within a second somebody has to be told."""


class Found(Struct, frozen=True):
    """Whether the thing goes on; `doubt` says in a clause why that may be wrong."""

    on: bool
    doubt: str | None = None


class Asked:
    """`ports.ContextSensor`; `asks` finds out, and fails as the questions know it where it cannot be told.

    Where no answer comes in time, None is told; the answer follows when it comes.
    """

    def __init__(
        self,
        questions: AtOnce | Questions[Unavailable] | Questions[OSError],
        told: Callable[[bool | None], object],
        *,
        name: str,
        signal: Signal,
        source: str,
        asks: Callable[[], Found],
    ) -> None:
        self.name, self.signal = name, signal
        self._questions, self._told = questions, told
        self._source, self._asks = source, asks
        self._found: Found | None = None
        self._trouble: str | None = None
        self._asking = self._closed = False
        self._overdue: Timer | None = None

    def look(self) -> None:
        """Ask now, unless an answer is on its way."""
        if self._closed:
            return
        if self._overdue is None:
            self._overdue = self._questions.loop.call_later(PATIENCE_S, self._late)
        if not self._asking:
            self._asking = True
            self._questions.ask(self._asks, self._answered)

    def health(self) -> Health:
        """Whether the system says it, and what it said last."""
        if self._trouble is not None:
            return Health(self.name, State.LOST, self._source, self._trouble)
        if self._found is None:
            return Health(self.name, State.OK, self._source)
        state = State.DEGRADED if self._found.doubt else State.OK
        return Health(self.name, state, self._source, self._found.doubt, "on" if self._found.on else "off")

    def forget(self) -> None:
        """What was said last matters no more, and nobody waits for an answer."""
        self._calm()
        self._found = self._trouble = None

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True
        self._calm()

    def _answered(self, answer: Found | Exception) -> None:
        self._asking = False
        if self._closed:
            return
        if isinstance(answer, Found):
            self._hear(answer, None)
        else:
            self._hear(None, str(answer).rstrip())

    def _late(self) -> None:
        self._hear(None, "the system takes its time to answer")

    def _hear(self, found: Found | None, trouble: str | None) -> None:
        self._calm()
        self._found, self._trouble = found, trouble
        self._told(None if found is None else found.on)

    def _calm(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
