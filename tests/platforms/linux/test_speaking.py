"""The sensor between a real accessibility service and a real sound server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.accessibility_service import Service, accessibility_service
from tests.support.private_bus import PrivateBus
from tests.support.reachable import keeps
from tests.support.sound_clients import SoundClient
from tests.support.sound_servers import PulseAudio
from tests.support.turning import turn_for, turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import pulse as pulse_module
from tray_agent.platforms.linux import speaking as speaking_module
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.pulse import Pulse
from tray_agent.platforms.linux.speaking import Speaking
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

NAME = "Rosebud"


class Sensor:
    """A `Speaking` and all it told."""

    def __init__(self, loop: SelectorLoop, bus: Bus, pulse: Pulse) -> None:
        self.loop, self.bus, self.pulse = loop, bus, pulse
        self.told: list[bool | None] = []
        self.speaking = Speaking(loop, bus, pulse, self.told.append)

    def until(self, last: bool | None, what: str) -> None:
        turn_until(self.loop, lambda: self.told and self.told[-1] is last, what)

    def looks(self) -> bool | None:
        """What it tells when asked."""
        self.told.clear()
        self.speaking.look()
        turn_until(self.loop, lambda: self.told, "an answer to the look")
        return self.told[-1]

    def listens(self) -> None:
        """Wait until it follows the sound server."""
        turn_until(self.loop, lambda: self.pulse.state is State.OK, "it to listen")


@pytest.fixture
def sound(monkeypatch: pytest.MonkeyPatch) -> Iterator[PulseAudio]:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "PULSE_COOKIE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pulse_module, "SETTLE_S", 0.05)
    monkeypatch.setattr(speaking_module, "SPEECH_S", 0.2)
    monkeypatch.setattr(speaking_module, "PAUSE_S", 0.3)
    with PulseAudio() as sound:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{sound.runtime}")
        yield sound


@pytest.fixture
def sensor(loop: SelectorLoop, daemon: PrivateBus, sound: PulseAudio) -> Iterator[Sensor]:
    bus = Bus(loop, daemon.address)
    sensor = Sensor(loop, bus, Pulse(loop))
    turn_until(loop, lambda: bus.connected, "the bus")
    yield sensor
    sensor.speaking.close()
    sensor.speaking.close()
    bus.close()


@pytest.fixture
def service(daemon: PrivateBus) -> Iterator[Service]:
    with accessibility_service(daemon.address) as service:
        yield service


def speech(sensor: Sensor, sound: PulseAudio) -> SoundClient:
    return SoundClient(sensor.loop, sound.door, device="speaker", plays=True)


def test_sound_is_speech_only_while_a_screen_reader_runs(
    sensor: Sensor, sound: PulseAudio, service: Service
) -> None:
    assert (sensor.speaking.name, sensor.speaking.signal) == ("screen_reader", Signal.MEDIA)
    with sound.client("pacat", "--raw", "--device=speaker", "/dev/zero"):
        assert sensor.looks() is False
        assert sensor.speaking.health() == Health("screen_reader", State.OK, "at-spi", None, "off")
        service.reader(runs=True)
        sensor.until(True, "speech")
        assert sensor.speaking.health() == Health("screen_reader", State.OK, "pulse", None, "on")
        assert sensor.looks() is True
        service.reader(runs=False)
        sensor.until(False, "the end of the screen reader")
    assert sensor.speaking.health() == Health("screen_reader", State.OK, "at-spi", None, "off")


def test_without_a_screen_reader_the_sound_server_is_left_alone(
    sensor: Sensor, sound: PulseAudio, service: Service
) -> None:
    def connections() -> int:
        return sound.control("list", "clients").count('application.name = "Tray Agent"')

    assert sensor.looks() is False
    assert connections() == 0
    service.reader(runs=True)
    sensor.listens()
    assert connections() == 1
    service.reader(runs=False)
    turn_until(sensor.loop, lambda: sensor.pulse.state is State.OFF, "it to leave")
    assert connections() == 0


def test_pauses_between_sentences_are_no_silence(
    sensor: Sensor, sound: PulseAudio, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    sensor.speaking.close()
    monkeypatch.setattr(speaking_module, "PAUSE_S", 1000.0)
    patient = Sensor(sensor.loop, sensor.bus, sensor.pulse)
    service.reader(runs=True)
    patient.listens()
    voice = speech(patient, sound)
    patient.until(True, "speech")
    voice.cork(on=True)
    assert patient.looks() is True
    voice.cork(on=False)
    assert patient.looks() is True
    service.reader(runs=False)
    patient.until(False, "the end of the screen reader, which is no pause")
    voice.close()
    patient.speaking.close()


def test_silence_is_told_once_it_has_lasted(sensor: Sensor, sound: PulseAudio, service: Service) -> None:
    service.reader(runs=True)
    sensor.until(False, "the first answer")
    voice = speech(sensor, sound)
    sensor.until(True, "speech")
    voice.close()
    sensor.until(False, "silence")
    assert sensor.told == [False, True, False]


def test_a_message_to_an_empty_room_is_no_speech(
    sensor: Sensor, sound: PulseAudio, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    sensor.speaking.close()
    monkeypatch.setattr(speaking_module, "SPEECH_S", 1000.0)
    patient = Sensor(sensor.loop, sensor.bus, sensor.pulse)
    service.reader(runs=True)
    patient.until(False, "silence")
    voice = speech(patient, sound)
    turn_for(patient.loop, 0.3)
    voice.close()
    turn_for(patient.loop, 0.5)
    assert patient.told == [False]
    patient.speaking.close()


def test_sound_server_and_bus_may_come_and_go(
    sensor: Sensor, sound: PulseAudio, service: Service, daemon: PrivateBus
) -> None:
    service.reader(runs=True)
    sensor.listens()
    voice = speech(sensor, sound)
    sensor.until(True, "speech")
    sound.kill()
    sensor.until(None, "the loss of the sound server")
    assert sensor.speaking.health().state is State.LOST
    voice.close()
    sound.start()
    sensor.until(False, "silence")
    daemon.kill()
    sensor.until(None, "the loss of the bus")
    assert sensor.looks() is None
    assert sensor.speaking.health().state is State.ABSENT
    assert sensor.pulse.state is State.OFF


def test_closed_it_follows_nothing(sensor: Sensor, service: Service) -> None:
    service.reader(runs=True)
    sensor.listens()
    sensor.speaking.look()
    sensor.speaking.close()
    told = len(sensor.told)
    assert sensor.pulse.state is State.OFF
    service.reader(runs=False)
    turn_for(sensor.loop, 0.1)
    assert len(sensor.told) == told


def test_no_name_of_a_program_or_title_is_kept(sensor: Sensor, sound: PulseAudio, service: Service) -> None:
    service.reader(runs=True)
    names = (f"--client-name={NAME}", f"--stream-name={NAME}")
    with sound.client("pacat", "--raw", "--device=speaker", *names, "/dev/zero"):
        sensor.until(True, "speech")
        assert sensor.looks() is True
        assert NAME in sound.control("list", "sink-inputs")
        assert not keeps((sensor.speaking, sensor.pulse), NAME)
