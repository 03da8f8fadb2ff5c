"""The screen casts of Mutter 43 and KWin 5.27; what wlroots' portal makes is imitated with its properties,
since that portal gives no pictures of a compositor that draws without a graphics card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.support.compositors import KWin, Mutter
from tests.support.sound_servers import PipeWire
from tests.support.turning import turn_for, turn_until
from tests.support.video_streams import VideoStreams, kwin_screencast, mutter_screencast
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import video_nodes
from tray_agent.platforms.linux.sharing import Sharing
from tray_agent.platforms.linux.video_nodes import VideoNodes
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop


class Sensor:
    """The sensor on its loop, and what it told."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.told: list[bool | None] = []
        self.nodes = VideoNodes(loop)
        self.sharing = Sharing(self.nodes, self.told.append)

    def look(self) -> bool | None:
        """What it tells after a look."""
        before = len(self.told)
        self.sharing.look()
        turn_until(self.loop, lambda: len(self.told) > before, "an answer")
        return self.told[-1]

    def tells(self, on: bool | None) -> None:
        """Wait until it has told this, by itself."""
        turn_until(self.loop, lambda: self.told and self.told[-1] is on, f"{on}")

    def close(self) -> None:
        self.sharing.close()
        self.nodes.close()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is no silent PipeWire."""
    monkeypatch.setattr(video_nodes, "PATIENCE_S", 20.0)


@pytest.fixture
def pipewire(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeWire]:
    with PipeWire(pulse=False) as pipewire:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{pipewire.runtime}")
        yield pipewire


@pytest.fixture
def sensor(loop: SelectorLoop, pipewire: PipeWire) -> Iterator[Sensor]:
    sensor = Sensor(loop)
    sensor.tells(False)
    yield sensor
    sensor.close()


@pytest.mark.parametrize(
    ("compositor", "offered"), [(Mutter, mutter_screencast), (KWin, kwin_screencast)], ids=["mutter", "kwin"]
)
def test_a_screen_that_a_compositor_gives_away(
    compositor: type[Mutter | KWin],
    offered: Callable[[Mapping[str, str]], AbstractContextManager[str]],
    loop: SelectorLoop,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    with compositor() as desktop, PipeWire(desktop.env, pulse=False) as pipewire:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{pipewire.runtime}")
        sensor = Sensor(loop)
        sensor.tells(False)
        with offered(desktop.env) as screen:
            assert sensor.look() is False  # offered, and nobody takes it
            with VideoStreams(pipewire.env, tmp_path).taken(screen):
                sensor.tells(True)
                assert sensor.sharing.health() == Health("sharing", State.OK, "pipewire", value="on")
            sensor.tells(False)
        assert sensor.look() is False
        sensor.close()


def test_a_screen_that_wlroots_portal_gives_away(sensor: Sensor, pipewire: PipeWire, tmp_path: Path) -> None:
    streams = VideoStreams(pipewire.env, tmp_path)
    with streams.source("screen", media_class="Video/Source") as screen, streams.taken(screen):
        sensor.tells(True)
        assert sensor.look() is True
    sensor.tells(False)
    assert sensor.sharing.health() == Health("sharing", State.OK, "pipewire", value="off")


def test_a_camera_is_no_screen(sensor: Sensor, pipewire: PipeWire, tmp_path: Path) -> None:
    streams = VideoStreams(pipewire.env, tmp_path)
    camera = streams.source("cam", media_class="Video/Source", media_role="Camera")
    with camera as source, streams.taken(source):
        turn_until(sensor.loop, lambda: sensor.nodes.running, "the camera to run")
        assert sensor.look() is False
    assert sensor.told.count(True) == 0


def test_a_loss_is_told_and_made_good(sensor: Sensor, pipewire: PipeWire) -> None:
    pipewire.kill()
    sensor.tells(None)
    health = sensor.sharing.health()
    assert (health.state, health.value) == (State.LOST, None)
    assert health.reason is not None
    assert sensor.look() is None
    pipewire.start()
    assert sensor.look() is False
    assert sensor.sharing.health().state is State.OK


def test_without_pipewire_it_cannot_tell(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nowhere/pipewire-0")
    sensor = Sensor(loop)
    sensor.tells(None)
    assert sensor.look() is None
    health = sensor.sharing.health()
    assert health.state is State.ABSENT
    assert health.reason is not None
    assert health.reason.startswith("PipeWire does not listen")
    sensor.close()


def test_every_look_is_answered_once(sensor: Sensor) -> None:
    before = len(sensor.told)
    for _ in range(3):
        sensor.sharing.look()
    turn_until(sensor.loop, lambda: len(sensor.told) == before + 3, "three answers")
    turn_for(sensor.loop, 0.1)
    assert sensor.told[before:] == [False] * 3


def test_closed_it_tells_nothing(sensor: Sensor, pipewire: PipeWire) -> None:
    sensor.sharing.look()
    sensor.sharing.close()
    sensor.sharing.close()
    before = list(sensor.told)
    pipewire.kill()
    turn_until(sensor.loop, lambda: sensor.nodes.problem is not None, "the loss")
    turn_for(sensor.loop, 0.1)
    assert sensor.told == before


def test_what_it_stands_for() -> None:
    assert (Sharing.name, Sharing.signal) == ("sharing", Signal.SHARING)
