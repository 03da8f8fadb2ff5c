"""VoiceOver speaking: it runs, and sound is played, with pauses between the words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.fake_loop import FakeLoop
from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Found
from tray_agent.platforms.macos.speaking import Speaking
from tray_agent.ports import ContextSensor, Health, State, Unavailable


class AtOnce:
    """Stands in for the thread: answers in the loop's next round."""

    def __init__(self, loop: FakeLoop) -> None:
        self._loop = loop

    def ask(self, question: Callable[[], Any], answered: Callable[[Any], object]) -> None:
        try:
            answer: object = question()
        except Unavailable as why:
            answer = why
        self._loop.call_soon(lambda: answered(answer))


class Mac:
    def __init__(self, *, runs: bool = True) -> None:
        self.loop = FakeLoop()
        self.runs, self.plays, self.broken = runs, False, False
        self.asked = 0
        self.told: list[tuple[float, bool | None]] = []
        self.sensor = Speaking(
            self.loop,
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
            raise Unavailable("CoreAudio does not answer")
        return Found(on=self.plays)


def test_it_takes_both() -> None:
    mac = Mac(runs=False)
    sensor: ContextSensor = mac.sensor
    assert (sensor.name, sensor.signal) == ("screen_reader", Signal.MEDIA)
    mac.plays = True
    assert mac.looks() is False
    assert mac.asked == 0, "music of somebody without a screen reader is nobody's business"
    mac.runs = True
    assert mac.looks() is True
    assert sensor.health() == Health("screen_reader", State.OK, "core_audio", None, "on")


def test_a_pause_between_two_sentences_is_speech() -> None:
    mac = Mac()
    mac.plays = True
    assert mac.looks() is True
    mac.loop.advance(20)
    mac.plays = False
    assert mac.looks() is True, "it has only just fallen silent"
    mac.loop.advance(3)
    mac.plays = True
    mac.loop.advance(30)
    assert [on for _, on in mac.told] == [True, True]


def test_a_silence_that_lasts_is_the_end_told_by_itself() -> None:
    mac = Mac()
    mac.plays = True
    mac.looks()
    mac.plays = False
    mac.looks()
    mac.loop.advance(60)
    assert mac.told[-1] == (5.0, False)
    asked = mac.asked
    mac.loop.advance(60)
    assert mac.asked == asked, "then nobody listens any more"


def test_voice_over_switched_off_is_the_end_at_once() -> None:
    mac = Mac()
    mac.plays = True
    mac.looks()
    mac.runs = False
    assert mac.looks() is False


def test_sound_that_nobody_tells_of_is_a_loss() -> None:
    mac = Mac()
    mac.broken = True
    assert mac.looks() is None
    assert mac.sensor.health() == Health(
        "screen_reader", State.LOST, "core_audio", "CoreAudio does not answer"
    )
    mac.broken = False
    assert mac.looks() is False
    assert mac.sensor.health().state is State.OK


def test_closed_it_tells_nothing() -> None:
    mac = Mac()
    mac.plays = True
    mac.looks()
    mac.plays = False
    mac.sensor.look()
    mac.sensor.close()
    mac.sensor.close()
    mac.loop.advance(60)
    assert len(mac.told) == 1
