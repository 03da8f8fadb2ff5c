"""A sensor of what goes on that learns of nothing by itself: each look asks the system, on another thread."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from tray_agent.core.model import Signal
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Health, State, Unavailable


class Found(Struct, frozen=True):
    """Whether the thing goes on; `doubt` says in a clause why that may be wrong."""

    on: bool
    doubt: str | None = None


class Asked:
    """`ports.ContextSensor`; `asks` finds out, and raises `Unavailable` where it cannot be told."""

    def __init__(
        self,
        questions: Questions[Unavailable],
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
        self._last: Found | Unavailable | None = None
        self._asking = self._closed = False

    def look(self) -> None:
        """Ask now, unless an answer is on its way."""
        if not self._asking and not self._closed:
            self._asking = True
            self._questions.ask(self._asks, self._answered)

    def health(self) -> Health:
        """Whether the system says it, and what it said last."""
        if isinstance(self._last, Unavailable):
            return Health(self.name, State.LOST, self._source, str(self._last))
        if self._last is None:
            return Health(self.name, State.OK, self._source)
        state = State.DEGRADED if self._last.doubt else State.OK
        return Health(self.name, state, self._source, self._last.doubt, "on" if self._last.on else "off")

    def close(self) -> None:
        """Tell nothing more; safe to call twice."""
        self._closed = True

    def _answered(self, answer: Found | Unavailable) -> None:
        self._asking = False
        if not self._closed:
            self._last = answer
            self._told(None if isinstance(answer, Unavailable) else answer.on)
