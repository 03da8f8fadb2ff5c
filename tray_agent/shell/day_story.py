"""What the engine hears and does not keep, remembered for a day to be shown: when calls were on."""

from __future__ import annotations

from tray_agent.core import events as ev
from tray_agent.core.model import Signal
from tray_agent.core.rules import KEEP_S

Span = tuple[float, float]


class DayStory:
    """Hears every event the engine hears; it lives in memory alone, and for at most a day back."""

    def __init__(self) -> None:
        self._calls: list[Span] = []
        self._on_since: float | None = None

    def hear(self, event: ev.Event, now: float) -> None:
        """Take the event at `now` on the agent's axis."""
        match event:
            case ev.Context(Signal.CALL, on=True) if self._on_since is None:
                self._on_since = now
            case ev.Context(Signal.CALL, on=False) if self._on_since is not None:
                self._calls.append((self._on_since, now))
                self._on_since = None
            case ev.Forget():
                self._calls.clear()
                self._on_since = None if self._on_since is None else now
            case _:
                pass
        self._calls = [span for span in self._calls if span[1] > now - KEEP_S]

    def calls(self, since: float, now: float) -> tuple[Span, ...]:
        """From when to when calls were on after `since`; one that is on ends at `now`."""
        running = [] if self._on_since is None else [(self._on_since, now)]
        every = [*self._calls, *running]
        return tuple((max(start, since), end) for start, end in every if end > max(start, since))
