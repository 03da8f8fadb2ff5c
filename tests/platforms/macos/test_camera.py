"""A camera in use."""

from __future__ import annotations

import pytest

from tests.support.macos import coreaudio as known
from tests.support.macos.c_library import provide
from tests.support.macos.coreaudio import SYSTEM, Played, core_media_io
from tests.support.macos.looking import looking
from tray_agent.core.model import Signal
from tray_agent.platforms.macos.camera import camera
from tray_agent.ports import Health, State


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> Played:
    mac = Played()
    provide(monkeypatch, CoreMediaIO=core_media_io(mac))
    mac.puts(SYSTEM, known.CAMERAS, 40, 41)
    for each in (40, 41):
        mac.puts(each, known.RUNNING_SOMEWHERE, 0)
    return mac


def test_any_camera_in_use_is_a_call(mac: Played) -> None:
    with looking(camera) as call:
        assert call.sensor.signal is Signal.CALL
        assert call.looks() is False
        mac.puts(41, known.RUNNING_SOMEWHERE, 1)
        assert call.looks() is True
        assert call.sensor.health() == Health("camera", State.OK, "core_media_io", None, "on")
        mac.puts(41, known.RUNNING_SOMEWHERE, 0)
        assert call.looks() is False
    assert mac.asked == {known.CAMERAS, known.RUNNING_SOMEWHERE}


def test_one_that_is_pulled_out_is_in_use_no_longer(mac: Played) -> None:
    mac.puts(41, known.RUNNING_SOMEWHERE, 1)
    with looking(camera) as call:
        assert call.looks() is True
        del mac.properties[41]
        assert call.looks() is False
        mac.puts(SYSTEM, known.CAMERAS)
        assert call.looks() is False


def test_a_refusal_is_a_loss_until_the_next_answer(mac: Played) -> None:
    with looking(camera) as call:
        mac.refused[known.CAMERAS] = known.UNKNOWN_PROPERTY
        assert call.looks() is None
        health = call.sensor.health()
        assert health.state is State.LOST
        assert health.reason == "CoreMediaIO does not answer (0x77686f3f)"
        mac.refused.clear()
        assert call.looks() is False
        assert call.sensor.health().state is State.OK


def test_without_the_framework_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    provide(monkeypatch)
    with looking(camera) as call:
        assert call.looks() is None
        assert call.sensor.health().reason == "this macOS has no CoreMediaIO"
