"""What goes on around the person, from many small sensors to a few signals for the engine.

A signal is on while any of its sensors says so.  Sensors that learn of a change at no cost tell it at
once; the others, and those that cannot be sure, are asked by `look`, which the engine wants before it
shows a prompt, when input pauses, and now and then while something is on.  At other times nobody is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from msgspec import Struct

from tray_agent.core.events import Context, LookedAround
from tray_agent.core.model import Signal
from tray_agent.ports import ContextSensor, Health, Loop, State, Timer, Unavailable
from tray_agent.shell.schema import Sensing

LOOK_S = 1.0
"""A sensor that has not answered by then is gone on without; what it said last stands."""

AGAIN_S = 30.0
"""Real seconds before one that could not be made is tried again, at the next look after them."""

NAMES = Sensing.__struct_fields__
"""Every sensor there is, as the settings name them."""

Told = Callable[[bool | None], object]
Make = Callable[[str, Told], ContextSensor]


def chosen(sensing: Sensing) -> frozenset[str]:
    """The names of those that may be used."""
    return frozenset(name for name in NAMES if getattr(sensing, name))


class _Sense(Struct):
    """One sensor by its name, or why there is none."""

    adapter: ContextSensor | None = None
    reason: str | None = None
    tried_at: float = 0.0
    on: bool = False
    silent: bool = False


class Contexts:
    """Emits `Context` and `LookedAround` from `start` on.

    `make(name, told)` builds a sensor and raises `Unavailable` where it cannot work; `names` are all
    there are, in the order in which they are shown; `now` is real seconds.
    """

    def __init__(
        self,
        loop: Loop,
        make: Make,
        names: Collection[str],
        emit: Callable[[Context | LookedAround], object],
        *,
        now: Callable[[], float],
    ) -> None:
        self._loop = loop
        self._make = make
        self._names = tuple(names)
        self._emit = emit
        self._now = now
        self._senses: dict[str, _Sense] = {}
        self._on: set[Signal] = set()
        self._awaited: set[str] = set()
        self._patience: Timer | None = None

    def start(self, enabled: Collection[str], believed: Collection[Signal] = ()) -> None:
        """Begin with these sensors; the engine believes some signals to be on since an earlier life."""
        self._on = set(believed)
        self.use(enabled)

    def use(self, enabled: Collection[str]) -> None:
        """Go on with these sensors, and find out at once what the new ones know."""
        for name in self._senses.keys() - set(enabled):
            self._let_go(name)
        for name in self._names:
            if name in enabled and name not in self._senses:
                self._senses[name] = _Sense()
                self._try(name)
        self.look()

    def look(self) -> None:
        """Ask every sensor; `LookedAround` is emitted when all have answered, or after `LOOK_S`."""
        if self._patience is None:
            self._patience = self._loop.call_later(LOOK_S, self._enough)
            self._loop.call_soon(self._ask)

    def health(self) -> list[Health]:
        """How each sensor is doing, and what it said last."""
        return [self._health(name) for name in self._names]

    def close(self) -> None:
        """Tell nothing more and let go of everything."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        for name in tuple(self._senses):
            self._let_go(name)

    def _ask(self) -> None:
        if self._patience is None:
            return
        for name, sense in self._senses.items():
            if sense.adapter is None and self._now() >= sense.tried_at + AGAIN_S:
                self._try(name)
        asked = {name: sense.adapter for name, sense in self._senses.items() if sense.adapter}
        # Before the first is asked, since one may answer at once.
        self._awaited = set(asked)
        for adapter in asked.values():
            adapter.look()
        if not asked:
            self._done()

    def _told(self, name: str, on: bool | None) -> None:
        sense = self._senses.get(name)
        if sense is None or sense.adapter is None:
            return
        sense.on, sense.silent = bool(on), False
        # While others may still say that it is on, it is not yet off.
        if sense.on or self._patience is None:
            self._settle(sense.adapter.signal)
        if name in self._awaited:
            self._awaited.discard(name)
            if not self._awaited:
                self._done()

    def _enough(self) -> None:
        for name in self._awaited:
            self._senses[name].silent = True
        self._done()

    def _done(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        self._awaited.clear()
        for signal in Signal:
            self._settle(signal)
        self._emit(LookedAround())

    def _settle(self, signal: Signal) -> None:
        on = any(
            sense.on and sense.adapter is not None and sense.adapter.signal is signal
            for sense in self._senses.values()
        )
        if on != (signal in self._on):
            self._on ^= {signal}
            self._emit(Context(signal, on))

    def _try(self, name: str) -> None:
        sense = self._senses[name]
        sense.tried_at = self._now()
        try:
            sense.adapter = self._make(name, lambda on: self._told(name, on))
        except Unavailable as why:
            sense.reason = str(why)

    def _let_go(self, name: str) -> None:
        sense = self._senses.pop(name)
        self._awaited.discard(name)
        if sense.adapter is not None:
            sense.adapter.close()

    def _health(self, name: str) -> Health:
        sense = self._senses.get(name)
        if sense is None:
            return Health(name, State.OFF)
        if sense.adapter is None:
            return Health(name, State.ABSENT, None, sense.reason)
        health = sense.adapter.health()
        if sense.silent and health.state is State.OK:
            return Health(name, State.DEGRADED, health.source, "it did not answer in time", health.value)
        return health
