"""A sensor that asks at each look, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.fake_loop import FakeLoop
from tray_agent.core.model import Signal
from tray_agent.platforms.asked import PATIENCE_S, Asked, Found
from tray_agent.ports import ContextSensor, Health, State, Unavailable


class Patient:
    """Stands in for the thread: answers when the test wants it."""

    def __init__(self) -> None:
        self.loop = FakeLoop()
        self.waiting: list[tuple[Callable[[], Any], Callable[[Any], object]]] = []

    def ask(self, question: Callable[[], Any], answered: Callable[[Any], object]) -> None:
        self.waiting.append((question, answered))

    def answers(self) -> None:
        question, answered = self.waiting.pop()
        try:
            answer: object = question()
        except (Unavailable, OSError) as why:
            answer = why
        answered(answer)


class Sensed:
    def __init__(self) -> None:
        self.found: Found | Exception = Found(on=False)
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
        if isinstance(self.found, Exception):
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


def test_who_waits_is_told_in_time_and_the_answer_follows() -> None:
    sensed = Sensed()
    sensed.found = Found(on=True)
    for looks in (1, 2):
        sensed.sensor.look()
        sensed.thread.loop.advance(PATIENCE_S / 2)
        sensed.sensor.look()
        sensed.thread.loop.advance(PATIENCE_S / 2)
        assert sensed.told == [None] * looks, "within the second of the first of two looks"
    reason = "the system takes its time to answer"
    assert sensed.sensor.health() == Health("camera", State.LOST, "somebody", reason)
    assert len(sensed.thread.waiting) == 1
    sensed.thread.answers()
    assert sensed.told == [None, None, True]
    assert sensed.sensor.health().state is State.OK
    sensed.thread.loop.advance(2 * PATIENCE_S)
    assert len(sensed.told) == 3


def test_a_doubt_degrades_it() -> None:
    sensed = Sensed()
    sensed.found = Found(on=True, doubt="it may be a loudspeaker")
    sensed.sensor.look()
    sensed.thread.answers()
    health = sensed.sensor.health()
    assert health == Health("camera", State.DEGRADED, "somebody", "it may be a loudspeaker", "on")


@pytest.mark.parametrize("failure", [Unavailable("it does not answer"), OSError("it does not answer\r\n")])
def test_what_cannot_be_told_is_a_loss_until_it_can(failure: Exception) -> None:
    sensed = Sensed()
    sensed.found = failure
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
    sensed.thread.loop.advance(2 * PATIENCE_S)
    assert sensed.told == []
    assert sensed.thread.waiting == []
