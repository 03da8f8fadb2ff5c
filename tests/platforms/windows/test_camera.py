"""The sensor on notes in the real registry."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_for, turn_until
from tests.support.win32_consents import MIXER, Consents
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import camera as camera_module
from tray_agent.platforms.windows.camera import Camera
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


class Sensor:
    """A camera and all it told."""

    def __init__(self, loop: SelectorLoop, consents: Consents) -> None:
        self.loop = loop
        self.told: list[bool | None] = []
        self.camera = Camera(loop, self.told.append, consents.store)

    def until(self, last: bool | None) -> None:
        turn_until(self.loop, lambda: self.told and self.told[-1] is last, f"the camera to be {last}")

    def looks(self) -> bool | None:
        self.told.clear()
        self.camera.look()
        turn_until(self.loop, lambda: self.told, "an answer to the look", 1.0)
        return self.told[-1]


@pytest.fixture
def sensor(loop: SelectorLoop, consents: Consents, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sensor]:
    monkeypatch.setattr(camera_module, "SETTLE_S", 0.1)
    sensor = Sensor(loop, consents)
    sensor.until(False)
    yield sensor
    sensor.camera.close()


def test_a_camera_in_use_is_told_and_its_end(sensor: Sensor, consents: Consents) -> None:
    assert (sensor.camera.name, sensor.camera.signal) == ("camera", Signal.CALL)
    assert sensor.camera.health() == Health("camera", State.OK, "consent_store", None, "off")
    consents.begins("webcam")
    sensor.until(True)
    assert sensor.camera.health().value == "on"
    consents.ends("webcam")
    sensor.until(False)
    assert sensor.told == [False, True, False]


def test_a_look_is_answered_within_a_second(sensor: Sensor, consents: Consents) -> None:
    assert sensor.looks() is False
    consents.begins("webcam")
    assert sensor.looks() is True


def test_a_program_that_is_always_on_is_no_call(sensor: Sensor, consents: Consents) -> None:
    consents.begins("webcam", MIXER)
    assert sensor.looks() is False


def test_where_windows_notes_nothing_it_cannot_be_told(sensor: Sensor, consents: Consents) -> None:
    consents.remove("webcam")
    sensor.until(None)
    assert sensor.looks() is None
    reason = "Windows does not note who uses the camera"
    assert sensor.camera.health() == Health("camera", State.ABSENT, "consent_store", reason)


def test_nothing_is_told_after_the_end(sensor: Sensor, consents: Consents) -> None:
    sensor.camera.close()
    sensor.camera.close()
    consents.begins("webcam")
    turn_for(sensor.loop, 0.5)
    assert sensor.told == [False]
