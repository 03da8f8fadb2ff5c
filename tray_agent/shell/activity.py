"""Keyboard and mouse activity as events for the engine, from whatever can see it.

A `Part` holds each of the two senses, the idle counter and pynput's listener; a `Watcher` makes
the most of those that work at the time.  Which are wanted is the setting `activity.source`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from tray_agent.core.events import Event, SensorFound, SensorLost
from tray_agent.ports import Health, IdleCounter, Listener, Loop, Timer
from tray_agent.shell.part import Lost, Part
from tray_agent.shell.watchers import CounterWatcher, FusedWatcher, ListenerWatcher, Told, Watcher

FORGIVEN_S = 3.0
"""Real seconds without any sense that are no gap: one that was cut off is mostly back sooner."""


class Source(StrEnum):
    """What may be used to notice input."""

    AUTO = "auto"
    PYNPUT = "pynput"
    COUNTER = "counter"


class Activity:
    """Emits `SensorFound`, `SensorLost` and `Input`, ages in agent seconds, from `start` on.

    `counter` and `listener` make the adapters; each gets the function that says it was lost, and
    raises `Unavailable` where it cannot work.  `now` is the axis, running `speed` times as fast as
    life.
    """

    def __init__(
        self,
        loop: Loop,
        source: Source,
        counter: Callable[[Lost], IdleCounter],
        listener: Callable[[Lost], Listener],
        emit: Callable[[Event], object],
        *,
        now: Callable[[], float],
        speed: float = 1.0,
    ) -> None:
        self._loop = loop
        self._emit = emit
        self._told = Told(loop, emit, now, speed)
        wants_counter, wants_listener = source is not Source.PYNPUT, source is not Source.COUNTER
        self._counter = Part(loop, "counter", counter if wants_counter else None, self._choose)
        self._listener = Part(loop, "pynput", listener if wants_listener else None, self._choose)
        self._watcher: Watcher | None = None
        self._fine_s: float | None = None
        self._blind: Timer | None = None

    def start(self) -> None:
        """Find out what works here, and begin."""
        self._counter.start()
        self._listener.start()
        self._choose()

    def watch(self, fine_s: float | None) -> None:
        """Watch pauses as short as `fine_s`, or with None only long ones, as `WatchInput` asks."""
        self._fine_s = fine_s
        if self._watcher:
            self._watcher.watch(fine_s)

    def idle_s(self) -> float | None:
        """Age of the last input in agent seconds; None where nothing can tell."""
        return self._watcher.idle_s() if self._watcher else None

    def health(self) -> list[Health]:
        """How `counter` and `pynput` are doing."""
        return [self._counter.health(), self._listener.health()]

    def compare(self) -> dict[str, float | None]:
        """How long ago each of the two saw input, in agent seconds; None where it cannot tell."""
        counter = self._counter.adapter
        return {
            "counter": self._told.idle_s(counter) if counter else None,
            "pynput": self._told.since(self._told.heard_at),
        }

    def close(self) -> None:
        """Tell nothing more and let go of everything."""
        if self._watcher:
            self._watcher.stop()
            self._watcher = None
        if self._blind:
            self._blind.cancel()
        self._counter.close()
        self._listener.close()

    def _choose(self) -> None:
        """Watch with what works now."""
        before, self._watcher = self._watcher, self._best_watcher()
        if before:
            before.stop()
        if self._watcher is None:
            self._told.forget()
            if before:
                self._blind = self._loop.call_later(FORGIVEN_S, self._say_lost)
            else:
                self._emit(SensorLost())
            return
        if self._blind:
            self._blind.cancel()
            self._blind = None
        elif before is None:
            self._emit(SensorFound())
        self._watcher.watch(self._fine_s)

    def _say_lost(self) -> None:
        self._blind = None
        self._emit(SensorLost())

    def _best_watcher(self) -> Watcher | None:
        counter, listener = self._counter.adapter, self._listener.adapter
        if counter and listener:
            return FusedWatcher(self._told, counter, listener, self._listener.replace)
        if counter:
            return CounterWatcher(self._told, counter)
        return ListenerWatcher(self._told, listener, self._listener.replace) if listener else None
