"""Every sensor of the settings is made, or says why there is none; and none answers late."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.windows.context_choice import NOBODY_TELLS, ContextChoice
from tray_agent.ports import State, Unavailable
from tray_agent.shell.contexts import LOOK_S, NAMES
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

ABSENT = {*NOBODY_TELLS, "do_not_disturb", "player"}
"""The last two are absent under Wine alone."""


@pytest.fixture
def choice(loop: SelectorLoop) -> Iterator[ContextChoice]:
    choice = ContextChoice(loop)
    yield choice
    choice.close()
    choice.close()


@pytest.mark.parametrize("name", sorted(set(NAMES) - ABSENT))
def test_a_sensor_is_made_and_answers_a_look_in_time(
    loop: SelectorLoop, choice: ContextChoice, name: str
) -> None:
    told: list[bool | None] = []
    sensor = choice.make(name, told.append)
    assert sensor.name == name
    begun = time.monotonic()
    sensor.look()
    assert time.monotonic() - begun < 0.2
    turn_until(loop, lambda: told, "an answer", LOOK_S)
    health = sensor.health()
    assert health.name == name
    assert health.state is State.OK or health.reason
    sensor.close()
    sensor.close()


@pytest.mark.parametrize("name", sorted(ABSENT))
def test_one_that_cannot_exist_says_why(choice: ContextChoice, name: str) -> None:
    with pytest.raises(Unavailable) as why:
        choice.make(name, lambda _on: None)
    assert len(f"{why.value}") > 20


def test_every_setting_is_known(choice: ContextChoice) -> None:
    assert set(NAMES) == choice._makers.keys() | NOBODY_TELLS.keys()


def test_no_thread_outlives_the_sensors(loop: SelectorLoop, choice: ContextChoice) -> None:
    before = set(threading.enumerate())
    told: list[bool | None] = []
    sensors = [choice.make(name, told.append) for name in ("microphone", "camera", "screen_reader")]
    for sensor in sensors:
        sensor.look()
    turn_until(loop, lambda: len(told) >= 3, "three answers")
    for sensor in sensors:
        sensor.close()
    choice.close()
    wait_until(lambda: set(threading.enumerate()) <= before, "the threads to go home")
