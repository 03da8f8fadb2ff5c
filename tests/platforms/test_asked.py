"""A sensor that asks at each look, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Asked, Found
from tray_agent.ports import ContextSensor, Health, State, Unavailable


class Patient:
    """Stands in for the thread: answers when the test wants it."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], object]]] = []

    def ask(self, question: Callable[[], Any], answered: Callable[[Any], object]) -> None:
        self.waiting.append((question, answered))

    def answers(self) -> None:
        question, answered = self.waiting.pop()
        try:
            answer: object = question()
        except Unavailable as why:
            answer = why
        answered(answer)


class Sensed:
    def __init__(self) -> None:
        self.found: Found | Unavailable = Found(on=False)
        self.told: list[bool | None] = []
        self.thread = Patient()
        self.sensor = Asked(
            self.thread,  # type: ignore[arg-type]
            self.told.append,
            name="camera",
            signal=Signal.CALL,
            source="somebody",
            asks=self._asks,
        )

    def _asks(self) -> Found:
        if isinstance(self.found, Unavailable):
            raise self.found
        return self.found


def test_it_keeps_the_port() -> None:
    sensor: ContextSensor = Sensed().sensor
    assert (sensor.name, sensor.signal) == ("camera", Signal.CALL)


def test_each_look_is_a_question_and_an_answer() -> None:
    sensed = Sensed()
    assert sensed.sensor.health() == Health("camera", State.OK, "somebody")
    for found in (Found(on=True), Found(on=True), Found(on=False)):
        sensed.found = found
        sensed.sensor.look()
        sensed.thread.answers()
    assert sensed.told == [True, True, False]
    assert sensed.sensor.health() == Health("camera", State.OK, "somebody", None, "off")


def test_a_look_during_a_look_waits_for_the_same_answer() -> None:
    sensed = Sensed()
    sensed.sensor.look()
    sensed.sensor.look()
    assert len(sensed.thread.waiting) == 1


def test_a_doubt_degrades_it() -> None:
    sensed = Sensed()
    sensed.found = Found(on=True, doubt="it may be a loudspeaker")
    sensed.sensor.look()
    sensed.thread.answers()
    health = sensed.sensor.health()
    assert health == Health("camera", State.DEGRADED, "somebody", "it may be a loudspeaker", "on")


def test_what_cannot_be_told_is_a_loss_until_it_can() -> None:
    sensed = Sensed()
    sensed.found = Unavailable("it does not answer")
    sensed.sensor.look()
    sensed.thread.answers()
    assert sensed.told == [None]
    assert sensed.sensor.health() == Health("camera", State.LOST, "somebody", "it does not answer")
    sensed.found = Found(on=True)
    sensed.sensor.look()
    sensed.thread.answers()
    assert sensed.told == [None, True]
    assert sensed.sensor.health().state is State.OK


def test_closed_it_tells_nothing() -> None:
    sensed = Sensed()
    sensed.sensor.look()
    sensed.sensor.close()
    sensed.sensor.close()
    sensed.thread.answers()
    sensed.sensor.look()
    assert sensed.told == []
    assert sensed.thread.waiting == []
