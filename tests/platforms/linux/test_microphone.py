"""The sensor on real sound servers with real programs that record."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.reachable import keeps
from tests.support.sound_clients import SoundClient
from tests.support.sound_servers import SERVERS, SoundServer
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import microphone as microphone_module
from tray_agent.platforms.linux import pulse as pulse_module
from tray_agent.platforms.linux.microphone import Microphone
from tray_agent.platforms.linux.pulse import Pulse
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

NEVER_BY_ITSELF_S = 1000.0
NAME = "Rosebud"


class Sensor:
    """A microphone and all it told."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.told: list[bool | None] = []
        self.pulse = Pulse(loop)
        self.microphone = Microphone(loop, self.pulse, self.told.append)

    def until(self, last: bool | None, what: str) -> None:
        turn_until(self.loop, lambda: self.told and self.told[-1] is last, what)

    def looks(self) -> bool | None:
        """What it tells when asked."""
        self.told.clear()
        self.microphone.look()
        turn_until(self.loop, lambda: self.told, "an answer to the look")
        return self.told[-1]

    def close(self) -> None:
        self.microphone.close()


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "PULSE_COOKIE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(microphone_module, "CALL_S", 0.2)
    monkeypatch.setattr(pulse_module, "SETTLE_S", 0.1)
    monkeypatch.setattr(pulse_module, "AGAIN_S", 0.3)
    with SERVERS[request.param]() as server:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{server.runtime}")
        yield server


@pytest.fixture
def sensor(loop: SelectorLoop, server: SoundServer) -> Iterator[Sensor]:
    sensor = Sensor(loop)
    sensor.until(False, "the first answer")
    yield sensor
    sensor.close()


def recordings(server: SoundServer) -> int:
    return len(server.control("list", "short", "source-outputs").splitlines())


def test_a_call_is_told_when_it_lasts_and_its_end_at_once(server: SoundServer, sensor: Sensor) -> None:
    assert (sensor.microphone.name, sensor.microphone.signal) == ("microphone", Signal.CALL)
    assert sensor.microphone.health() == Health("microphone", State.OK, "pulse", None, "off")
    with server.client("parec", "--raw", "--device=mic"):
        sensor.until(True, "the call")
        assert sensor.microphone.health().value == "on"
    sensor.until(False, "its end")
    assert sensor.told == [False, True, False]


def test_a_short_recording_is_told_to_who_looks_and_to_nobody_else(
    loop: SelectorLoop, server: SoundServer, sensor: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microphone_module, "CALL_S", NEVER_BY_ITSELF_S)
    patient = Sensor(loop)
    patient.until(False, "the first answer")
    for looks in (False, True):
        client = SoundClient(loop, server.door)
        sensor.until(True, "the other to tell by itself")
        assert patient.told == [False]
        assert not looks or patient.looks() is True
        client.close()
        sensor.until(False, "its end")
    patient.until(False, "its end")
    assert patient.told == [True, False]
    patient.close()


MODULES = [
    ("module-loopback", "source=mic", "sink=speaker"),
    ("module-echo-cancel", "source_master=mic", "sink_master=speaker"),
    ("module-remap-source", "master=mic", "source_name=other"),
]


def test_the_servers_own_recordings_are_no_call_but_who_records_through_them_is(
    server: SoundServer, sensor: Sensor
) -> None:
    for number, words in enumerate(MODULES, 1):
        server.control("load-module", *words)
        wait_until(lambda number=number: recordings(server) == number, words[0])  # type: ignore[misc]
    assert sensor.looks() is False
    with server.client("parec", "--raw", "--device=other"):
        sensor.until(True, "the call")


@pytest.mark.parametrize("server", ["PipeWire"], indirect=True)
def test_a_program_that_knows_only_pipewire_counts_as_well(server: SoundServer, sensor: Sensor) -> None:
    with server.client("pw-record", "/dev/null"):
        sensor.until(True, "the call")


def test_a_server_that_dies_in_a_call_and_comes_back(server: SoundServer, sensor: Sensor) -> None:
    with server.client("parec", "--raw", "--device=mic"):
        sensor.until(True, "the call")
        server.kill()
        sensor.until(None, "the loss")
    reason = "the sound server closed the connection"
    assert sensor.microphone.health() == Health("microphone", State.LOST, "pulse", reason, None)
    assert sensor.looks() is None
    server.start()
    sensor.until(False, "the server")
    with server.client("parec", "--raw", "--device=mic"):
        sensor.until(True, "the next call")


def test_a_call_that_is_on_already_is_told_at_once(
    loop: SelectorLoop, server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microphone_module, "CALL_S", NEVER_BY_ITSELF_S)
    client = SoundClient(loop, server.door)
    sensor = Sensor(loop)
    sensor.until(True, "the call")
    assert sensor.told == [True]
    sensor.close()
    sensor.close()
    client.close()


def test_no_name_of_a_program_or_title_is_kept(server: SoundServer, sensor: Sensor) -> None:
    names = (f"--client-name={NAME}", f"--stream-name={NAME}")
    with server.client("parec", "--raw", "--device=mic", *names):
        sensor.until(True, "the call")
        assert sensor.looks() is True
        assert NAME in server.control("list", "source-outputs")

        def kept() -> bool:
            return keeps((sensor.microphone, sensor.pulse), NAME)

        assert not kept()
        sensor.pulse.reason = f"{NAME} records"
        assert kept()
