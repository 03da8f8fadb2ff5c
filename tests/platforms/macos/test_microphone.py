"""A call by the microphone."""

from __future__ import annotations

import pytest

from tests.support.macos import coreaudio as known
from tests.support.macos.c_library import provide
from tests.support.macos.coreaudio import SYSTEM, Played, core_audio
from tests.support.macos.looking import looking
from tray_agent.core.model import Signal
from tray_agent.platforms.asked import Found
from tray_agent.platforms.macos.microphone import microphone
from tray_agent.platforms.macos.sound import PLAYED_OR_RECORDED
from tray_agent.ports import Health, State


def test_a_recording_is_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    mac = Played()
    provide(monkeypatch, CoreAudio=core_audio(mac), CoreFoundation=mac.things.core_foundation())
    mac.puts(SYSTEM, known.PROCESS_LIST, 31)
    mac.puts(31, known.PROCESS_PID, 1)
    with looking(microphone) as call:
        assert call.sensor.signal is Signal.CALL
        for now in (0, 1, 0):
            mac.puts(31, known.RUNNING_INPUT, now)
            assert call.looks() is bool(now)
        assert call.sensor.health() == Health("microphone", State.OK, "core_audio", None, "off")


def test_before_macos_14_it_is_degraded() -> None:
    found = Found(on=True, doubt=PLAYED_OR_RECORDED)
    with looking(lambda questions, told: microphone(questions, told, lambda: found)) as call:
        assert call.looks() is True
        health = call.sensor.health()
        assert health == Health("microphone", State.DEGRADED, "core_audio", PLAYED_OR_RECORDED, "on")
        assert health.permission is None


def test_an_audio_server_that_refuses_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    mac = Played()
    provide(monkeypatch, CoreAudio=core_audio(mac))
    mac.puts(SYSTEM, known.PROCESS_LIST, 31)
    with looking(microphone) as call:
        assert call.looks() is False
        mac.refused[known.PROCESS_LIST] = known.BAD_OBJECT
        assert call.looks() is None
        assert call.sensor.health().state is State.LOST
