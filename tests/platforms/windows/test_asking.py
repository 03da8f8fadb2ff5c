"""A sensor that asks when it is looked at."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import asking
from tray_agent.platforms.windows.asking import AskingSensor
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Health, State
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


class Scene:
    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.go_on = threading.Event()
        self.go_on.set()
        self.on: bool | Exception = False
        self.asked = 0
        self.told: list[bool | None] = []
        self.worker = Worker(loop)
        self.sensor = AskingSensor(
            loop,
            self.worker,
            self.told.append,
            name="player",
            signal=Signal.MEDIA,
            source="somebody",
            asks=self._answer,
        )

    def _answer(self) -> bool:
        self.asked += 1
        self.go_on.wait(10)
        if isinstance(self.on, Exception):
            raise self.on
        return self.on

    def looks(self) -> bool | None:
        count = len(self.told)
        self.sensor.look()
        turn_until(self.loop, lambda: len(self.told) > count, "an answer")
        return self.told[-1]


@pytest.fixture
def scene(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(asking, "PATIENCE_S", 0.3)
    scene = Scene(loop)
    yield scene
    scene.go_on.set()
    scene.sensor.close()
    scene.worker.close()


def test_each_look_is_answered_also_when_nothing_changed(scene: Scene) -> None:
    assert scene.sensor.health() == Health("player", State.OK, "somebody")
    assert [scene.looks(), scene.looks()] == [False, False]
    scene.on = True
    assert scene.looks() is True
    assert scene.sensor.health() == Health("player", State.OK, "somebody", None, "on")


@pytest.mark.parametrize("fault", [OSError("no such class"), AttributeError("not in this version")])
def test_a_question_that_fails_is_no_answer_and_told(scene: Scene, fault: Exception) -> None:
    scene.on = fault
    assert scene.looks() is None
    health = scene.sensor.health()
    assert health.state is State.LOST
    assert f"{fault}" in (health.reason or "")
    scene.on = True
    assert scene.looks() is True
    assert scene.sensor.health().state is State.OK


def test_who_waits_is_told_in_time_and_the_answer_follows(scene: Scene) -> None:
    scene.on = True
    scene.go_on.clear()
    begun = time.monotonic()
    assert scene.looks() is None
    assert time.monotonic() - begun < 1.0
    assert scene.looks() is None
    assert scene.sensor.health().reason == "Windows takes its time to answer"
    scene.go_on.set()
    turn_until(scene.loop, lambda: scene.told[-1] is True, "the late answer")
    assert scene.asked == 1


def test_after_the_end_nothing_is_told(scene: Scene) -> None:
    scene.go_on.clear()
    scene.sensor.look()
    scene.sensor.look()
    scene.loop.step(0.1)
    scene.sensor.close()
    scene.sensor.look()
    scene.go_on.set()
    turn_for(scene.loop, 0.5)
    assert scene.told == []
