"""A screen reader that speaks: it runs, and sound is played, with pauses between the words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.fake_loop import FakeLoop
from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Found
from tray_agent.platforms.speaking import Speaking
from tray_agent.ports import ContextSensor, Health, State, Unavailable


class AtOnce:
    """Stands in for the thread: answers in the loop's next round."""

    def __init__(self, loop: FakeLoop) -> None:
        self.loop = loop

    def ask(self, question: Callable[[], Any], answered: Callable[[Any], object]) -> None:
        try:
            answer: object = question()
        except Unavailable as why:
            answer = why
        self.loop.call_soon(lambda: answered(answer))


class Desk:
    def __init__(self, *, runs: bool = True) -> None:
        self.loop = FakeLoop()
        self.runs, self.plays, self.broken = runs, False, False
        self.asked = 0
        self.told: list[tuple[float, bool | None]] = []
        self.sensor = Speaking(
            AtOnce(self.loop),  # type: ignore[arg-type]
            lambda on: self.told.append((self.loop.time, on)),
            lambda: self.runs,
            self._asks,
        )

    def looks(self) -> bool | None:
        before = len(self.told)
        self.sensor.look()
        self.loop.settle()
        assert len(self.told) == before + 1
        return self.told[-1][1]

    def _asks(self) -> Found:
        self.asked += 1
        if self.broken:
            raise Unavailable("nobody answers")
        return Found(on=self.plays)


def test_it_takes_both() -> None:
    desk = Desk(runs=False)
    sensor: ContextSensor = desk.sensor
    assert (sensor.name, sensor.signal) == ("screen_reader", Signal.MEDIA)
    desk.plays = True
    assert desk.looks() is False
    assert desk.asked == 0, "music of somebody without a screen reader is nobody's business"
    desk.runs = True
    assert desk.looks() is True
    assert sensor.health() == Health("screen_reader", State.OK, "core_audio", None, "on")


def test_a_pause_between_two_sentences_is_speech() -> None:
    desk = Desk()
    desk.plays = True
    assert desk.looks() is True
    desk.loop.advance(20)
    desk.plays = False
    assert desk.looks() is True, "it has only just fallen silent"
    desk.loop.advance(3)
    desk.plays = True
    desk.loop.advance(30)
    assert [on for _, on in desk.told] == [True, True]


def test_a_silence_that_lasts_is_the_end_told_by_itself() -> None:
    desk = Desk()
    desk.plays = True
    desk.looks()
    desk.plays = False
    desk.looks()
    desk.loop.advance(60)
    assert desk.told[-1] == (5.0, False)
    asked = desk.asked
    desk.loop.advance(60)
    assert desk.asked == asked, "then nobody listens any more"


def test_a_reader_that_is_switched_off_is_the_end_at_once() -> None:
    desk = Desk()
    desk.plays = True
    desk.looks()
    desk.runs = False
    assert desk.looks() is False


def test_sound_that_nobody_tells_of_is_a_loss() -> None:
    desk = Desk()
    desk.broken = True
    assert desk.looks() is None
    assert desk.sensor.health() == Health("screen_reader", State.LOST, "core_audio", "nobody answers")
    desk.broken = False
    assert desk.looks() is False
    assert desk.sensor.health().state is State.OK


def test_a_loss_matters_no_more_once_no_reader_runs() -> None:
    desk = Desk()
    desk.broken = True
    assert desk.looks() is None
    desk.runs = False
    assert desk.looks() is False
    assert desk.sensor.health() == Health("screen_reader", State.OK, "core_audio", None, "off")


def test_closed_it_tells_nothing() -> None:
    desk = Desk()
    desk.plays = True
    desk.looks()
    desk.plays = False
    desk.sensor.look()
    desk.sensor.close()
    desk.sensor.close()
    desk.loop.advance(60)
    assert len(desk.told) == 1
