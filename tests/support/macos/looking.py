"""A sensor of `ContextChoice` at work on a loop that the test turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from tests.support.turning import turn_until
from tray_agent.platforms.asked import Asked
from tray_agent.platforms.questions import Questions
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

Told = Callable[[bool | None], object]


class Looking:
    """`looks` is what the sensor answers now."""

    def __init__(self, loop: SelectorLoop, sensor: Asked, told: list[bool | None]) -> None:
        self.sensor = sensor
        self._loop, self._told = loop, told

    def looks(self) -> bool | None:
        before = len(self._told)
        self.sensor.look()
        turn_until(self._loop, lambda: len(self._told) > before, "the answer to a look")
        return self._told[-1]


@contextmanager
def looking(make: Callable[[Questions[Unavailable], Told], Asked]) -> Iterator[Looking]:
    """The sensor that `make` builds, with a thread of its own to ask on."""
    told: list[bool | None] = []
    with (
        closing(SelectorLoop()) as loop,
        closing(Questions(loop, Unavailable)) as questions,
        closing(make(questions, told.append)) as sensor,
    ):
        yield Looking(loop, sensor, told)
