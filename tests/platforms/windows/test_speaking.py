"""The sensor, with a screen reader and sound arranged: `test_audio_sessions.py` says what Wine lacks."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import speaking as speaking_module
from tray_agent.platforms.windows.speaking import Speaking
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


class Sensor:
    """A sensor, whether a reader runs and sound plays, and all that was told."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.runs = self.plays = False
        self.failure: OSError | None = None
        self.asked = 0
        self.told: list[bool | None] = []
        self.worker = Worker(loop)
        self.speaking = Speaking(
            loop, self.worker, self.told.append, runs=lambda: self.runs, asks=self._answer
        )

    def _answer(self) -> bool:
        self.asked += 1
        if self.failure is not None:
            raise self.failure
        return self.plays

    def looks(self) -> bool | None:
        self.told.clear()
        self.speaking.look()
        turn_until(self.loop, lambda: self.told, "an answer to the look", 1.0)
        return self.told[-1]

    def until(self, last: bool | None) -> None:
        turn_until(self.loop, lambda: self.told and self.told[-1] is last, f"speech to be {last}")


@pytest.fixture
def sensor(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sensor]:
    monkeypatch.setattr(speaking_module, "PAUSE_S", 0.4)
    monkeypatch.setattr(speaking_module, "LISTEN_AGAIN_S", 0.1)
    sensor = Sensor(loop)
    yield sensor
    sensor.speaking.close()
    sensor.worker.close()


def test_a_reader_that_speaks_is_told(sensor: Sensor) -> None:
    assert (sensor.speaking.name, sensor.speaking.signal) == ("screen_reader", Signal.MEDIA)
    sensor.runs = sensor.plays = True
    assert sensor.looks() is True
    assert sensor.speaking.health() == Health("screen_reader", State.OK, "core_audio", None, "on")


def test_without_a_reader_nobody_asks_for_sound(sensor: Sensor) -> None:
    sensor.plays = True
    assert sensor.looks() is False
    assert sensor.asked == 0


def test_a_pause_is_listened_to_and_ends_it_when_it_lasts(sensor: Sensor) -> None:
    sensor.runs = sensor.plays = True
    assert sensor.looks() is True
    sensor.plays = False
    assert sensor.looks() is True
    asked = sensor.asked
    turn_until(sensor.loop, lambda: sensor.asked > asked, "the pause to be listened to")
    sensor.plays = True
    turn_for(sensor.loop, 0.6)
    assert sensor.told == [True]
    sensor.plays = False
    assert sensor.looks() is True
    sensor.until(False)
    asked = sensor.asked
    turn_for(sensor.loop, 0.3)
    assert sensor.asked <= asked + 1


def test_a_reader_that_ends_has_ended_at_once(sensor: Sensor) -> None:
    sensor.runs = sensor.plays = True
    assert sensor.looks() is True
    sensor.runs = False
    assert sensor.looks() is False


def test_where_core_audio_fails_it_cannot_be_told(sensor: Sensor) -> None:
    sensor.runs, sensor.failure = True, OSError(22, "Not implemented", None, -0x7FFFBFFF)
    assert sensor.looks() is None
    reason = "Windows' audio does not say who plays (0x80004001)"
    assert sensor.speaking.health() == Health("screen_reader", State.LOST, "core_audio", reason)
    sensor.failure = None
    assert sensor.looks() is False
    assert sensor.speaking.health().state is State.OK


def test_nothing_is_told_after_the_end(sensor: Sensor) -> None:
    sensor.runs = sensor.plays = True
    sensor.speaking.look()
    sensor.speaking.close()
    sensor.speaking.close()
    turn_for(sensor.loop, 0.3)
    assert sensor.told == []
