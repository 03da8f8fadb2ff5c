"""/dev/full stands for the camera, GStreamer for one in PipeWire.  Not seen with a real camera."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from pathlib import Path

import pytest

from tests.platforms.linux.test_device_holders import FULL, program
from tests.support.sound_servers import PipeWire
from tests.support.turning import turn_for, turn_until
from tests.support.video_streams import VideoStreams
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import camera as module
from tray_agent.platforms.linux import video_nodes
from tray_agent.platforms.linux.camera import Camera
from tray_agent.platforms.linux.device_holders import holds
from tray_agent.platforms.linux.open_watch import OpenWatch
from tray_agent.platforms.linux.video_nodes import VideoNodes
from tray_agent.ports import Health, Loop, State, Unavailable
from tray_agent.shell.loop import SelectorLoop


class Sensor:
    """The sensor with a folder of devices of its own, and what it told."""

    def __init__(self, loop: SelectorLoop, folder: Path) -> None:
        self.loop, self.dev = loop, folder / "dev"
        self.dev.mkdir()
        self.told: list[bool | None] = []
        self.nodes = VideoNodes(loop)
        self.camera = Camera(loop, self.nodes, self.told.append, self.dev, folder)
        turn_until(loop, lambda: self.told, "the first news")

    def plug_in(self) -> None:
        """There is a camera from now on."""
        (self.dev / "video0").symlink_to(FULL)

    def look(self) -> bool | None:
        """What it tells after a look."""
        before = len(self.told)
        self.camera.look()
        assert len(self.told) == before
        turn_until(self.loop, lambda: len(self.told) > before, "an answer")
        return self.told[-1]

    def close(self) -> None:
        self.camera.close()
        self.nodes.close()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine is no silent PipeWire."""
    monkeypatch.setattr(video_nodes, "PATIENCE_S", 20.0)
    monkeypatch.setattr(module, "PATIENCE_S", 20.0)


@pytest.fixture
def alone(loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sensor]:
    """Where there is no PipeWire."""
    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nowhere/pipewire-0")
    sensor = Sensor(loop, tmp_path)
    yield sensor
    sensor.close()


@pytest.fixture
def pipewire(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeWire]:
    with PipeWire(pulse=False) as pipewire:
        monkeypatch.setenv("XDG_RUNTIME_DIR", f"{pipewire.runtime}")
        yield pipewire


@pytest.fixture
def sensor(loop: SelectorLoop, tmp_path: Path, pipewire: PipeWire) -> Iterator[Sensor]:
    sensor = Sensor(loop, tmp_path)
    yield sensor
    sensor.close()


def test_a_program_that_holds_the_camera_is_a_call(alone: Sensor, tmp_path: Path) -> None:
    alone.plug_in()
    assert alone.look() is False
    with program("browser", FULL, tmp_path):
        assert alone.look() is True
        assert alone.camera.health() == Health("camera", State.OK, "open files", value="on")
        assert alone.look() is True
    assert alone.look() is False
    assert alone.camera.health() == Health("camera", State.OK, "open files", value="off")


def test_opening_and_closing_are_told_without_a_look(alone: Sensor, tmp_path: Path) -> None:
    alone.plug_in()
    alone.look()
    with program("browser", FULL, tmp_path):
        turn_until(alone.loop, lambda: alone.told[-1] is True, "the camera to be in use")
    turn_until(alone.loop, lambda: alone.told[-1] is False, "its end")


def test_where_there_is_no_watch_left_looks_do(
    loop: SelectorLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(_loop: Loop, _touched: Callable[[], object]) -> OpenWatch:
        raise Unavailable("inotify: Too many open files")

    monkeypatch.setenv("PIPEWIRE_REMOTE", "/nowhere/pipewire-0")
    monkeypatch.setattr(module, "OpenWatch", none_left)
    sensor = Sensor(loop, tmp_path)
    sensor.plug_in()
    with program("browser", FULL, tmp_path):
        assert sensor.look() is True
    sensor.close()


def test_while_in_use_the_last_holder_is_tried_before_all_others(
    alone: Sensor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone.plug_in()
    tried: list[str] = []

    def watched(process: str, devices: Container[int]) -> bool:
        tried.append(process)
        return holds(process, devices)

    with program("browser", FULL, tmp_path) as first, program("other", FULL, tmp_path) as second:
        alone.look()
        monkeypatch.setattr(module, "holds", watched)
        assert alone.look() is True
        assert len(tried) == 1
        assert tried[0] in (first, second)


def test_another_program_takes_over(alone: Sensor, tmp_path: Path) -> None:
    alone.plug_in()
    with program("browser", FULL, tmp_path):
        assert alone.look() is True
    with program("other", FULL, tmp_path):
        assert alone.look() is True
    assert alone.look() is False


def test_without_a_camera_no_process_is_looked_at(
    alone: Sensor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "processes", lambda: pytest.fail("looked"))
    with program("browser", FULL, tmp_path):
        assert alone.look() is False
    health = alone.camera.health()
    assert health == Health("camera", State.OK, "open files", "there is no camera", "off")


def test_many_processes_keep_the_loop_a_little_at_a_time(
    alone: Sensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone.plug_in()
    monkeypatch.setattr(module, "processes", lambda: iter(["none"] * 50))
    monkeypatch.setattr(module, "STEP_S", 0.0)
    rounds = [0]

    def count() -> None:
        rounds[0] += 1
        if len(alone.told) == before:
            alone.loop.call_soon(count)

    before = len(alone.told)
    alone.loop.call_soon(count)
    assert alone.look() is False
    assert rounds[0] >= 50


def test_it_gives_up_in_time(alone: Sensor, monkeypatch: pytest.MonkeyPatch) -> None:
    alone.plug_in()
    monkeypatch.setattr(module, "processes", lambda: iter(["none"] * 50))
    monkeypatch.setattr(module, "STEP_S", 0.0)
    monkeypatch.setattr(module, "PATIENCE_S", -1.0)
    assert alone.look() is None
    health = alone.camera.health()
    assert (health.state, health.reason, health.value) == (
        State.DEGRADED,
        "there are too many open files",
        None,
    )
    monkeypatch.setattr(module, "PATIENCE_S", 20.0)
    assert alone.look() is False


def test_a_camera_that_runs_in_pipewire_is_told_at_once(
    sensor: Sensor, pipewire: PipeWire, tmp_path: Path
) -> None:
    streams = VideoStreams(pipewire.env, tmp_path)
    with streams.source("cam", media_class="Video/Source", media_role="Camera") as camera:
        assert sensor.look() is False
        with streams.taken(camera):
            turn_until(sensor.loop, lambda: sensor.told[-1] is True, "the camera")
            assert sensor.look() is True
            health = sensor.camera.health()
            assert health == Health("camera", State.OK, "open files, pipewire", value="on")
        turn_until(sensor.loop, lambda: sensor.told[-1] is False, "its end")


def test_a_shared_screen_is_no_camera(sensor: Sensor, pipewire: PipeWire, tmp_path: Path) -> None:
    streams = VideoStreams(pipewire.env, tmp_path)
    with streams.source("screen", media_class="Video/Source") as screen, streams.taken(screen):
        turn_until(sensor.loop, lambda: sensor.nodes.running, "the screen to be shared")
        assert sensor.look() is False


def test_a_pipewire_that_froze_leaves_it_open(
    sensor: Sensor, pipewire: PipeWire, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sensor.plug_in()
    assert sensor.look() is False
    monkeypatch.setattr(video_nodes, "PATIENCE_S", 0.2)
    with pipewire.frozen():
        assert sensor.look() is None
        assert sensor.camera.health().reason == "PipeWire does not answer"
        with program("browser", FULL, tmp_path):
            assert sensor.look() is True
    turn_until(sensor.loop, lambda: sensor.nodes.problem is None, "PipeWire to thaw")
    monkeypatch.setattr(video_nodes, "PATIENCE_S", 20.0)
    assert sensor.look() is False


def test_looks_that_fall_together_are_answered_once(alone: Sensor) -> None:
    alone.plug_in()
    before = len(alone.told)
    alone.camera.look()
    alone.camera.look()
    turn_until(alone.loop, lambda: len(alone.told) > before, "an answer")
    turn_for(alone.loop, 0.1)
    assert len(alone.told) == before + 1


def test_closed_it_tells_nothing(alone: Sensor) -> None:
    alone.plug_in()
    before = list(alone.told)
    alone.camera.look()
    alone.camera.close()
    alone.camera.close()
    turn_for(alone.loop, 0.2)
    assert alone.told == before


def test_what_it_stands_for() -> None:
    assert (Camera.name, Camera.signal) == ("camera", Signal.CALL)
