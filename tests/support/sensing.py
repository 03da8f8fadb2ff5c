"""A context sensor at work on a loop that the test turns, and all it told."""

from __future__ import annotations

from collections.abc import Callable

from jeepney import message_bus

from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.ports import ContextSensor, Health, State
from tray_agent.shell.loop import SelectorLoop

Told = Callable[[bool | None], object]


class Sensing:
    """`told` is all the sensor has told so far."""

    def __init__(self, loop: SelectorLoop, make: Callable[[Told], ContextSensor]) -> None:
        self.told: list[bool | None] = []
        self._loop = loop
        self.sensor = make(self.told.append)

    def until(self, on: bool | None) -> None:
        """Wait until this is what it told last, of its own accord."""
        turn_until(self._loop, lambda: self.told[-1:] == [on], f"{on}, not {self.told}")

    def until_health(self, state: State, source: str | None, reason: str | None) -> None:
        """Wait until its health, without a value, is so."""
        due = Health(self.sensor.name, state, source, reason)
        turn_until(self._loop, lambda: self.sensor.health() == due, f"{due}, not {self.sensor.health()}")

    def looks(self) -> bool | None:
        """Look, and what it tells then."""
        before = len(self.told)
        self.sensor.look()
        turn_until(self._loop, lambda: len(self.told) > before, "the answer to a look")
        return self.told[-1]

    def until_looked(self, on: bool | None) -> None:
        """Look until this is what it tells: a service may have its name before it can answer."""
        turn_until(self._loop, lambda: self.looks() is on, f"{on} after a look")

    def stays(self, *told: bool | None) -> None:
        """It has told just this, and goes on telling nothing else."""
        turn_for(self._loop, 0.1)
        assert self.told == list(told)


def heeded(loop: SelectorLoop, bus: Bus) -> None:
    """Wait until the bus has done all that was asked of it so far, such as to hand signals on."""
    answers: list[object] = []
    turn_until(loop, lambda: bus.connected, "the bus")
    bus.call(message_bus.GetId(), answers.append, signature="s")
    turn_until(loop, lambda: answers, "the bus's answer")
