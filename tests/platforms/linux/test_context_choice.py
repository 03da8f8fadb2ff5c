from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.fake_loop import FakeLoop
from tests.support.private_bus import PrivateBus
from tests.support.xserver import XServer
from tray_agent.core.model import Signal
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.context_choice import ContextChoice
from tray_agent.shell.schema import Sensing

SIGNALS = {
    "microphone": Signal.CALL,
    "camera": Signal.CALL,
    "display_awake": Signal.MEDIA,
    "player": Signal.MEDIA,
    "screen_reader": Signal.MEDIA,
    "sharing": Signal.SHARING,
    "fullscreen": Signal.FULLSCREEN,
    "do_not_disturb": Signal.DND,
}


@pytest.fixture
def choice(server: XServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[ContextChoice]:
    loop = FakeLoop()
    monkeypatch.setenv("DISPLAY", server.display)
    with PrivateBus() as private:
        session, system = Bus(loop, private.address), Bus(loop, private.address)
        yield ContextChoice(loop, session, system)
        session.close()
        system.close()


@pytest.mark.parametrize("name", Sensing.__struct_fields__)
def test_every_sensor_that_can_be_switched_off_can_be_made(choice: ContextChoice, name: str) -> None:
    sensor = choice.make(name, lambda _on: None)
    assert (sensor.name, sensor.signal) == (name, SIGNALS[name])
    assert sensor.health().name == name
    sensor.close()


def test_sensors_that_hear_of_the_same_things_share_what_they_hear_with(choice: ContextChoice) -> None:
    assert choice._pulse is choice._pulse
    assert choice._video is choice._video
