"""Which sensors there are on a Mac, why the others are not, and what they share."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.support.macos import quartz
from tests.support.macos.c_library import provide
from tests.support.macos.played_main import main
from tests.support.places import ROOT
from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tray_agent.platforms.macos.context_choice import NOBODY_TELLS, ContextChoice
from tray_agent.ports import ContextSensor, State, Unavailable
from tray_agent.shell.contexts import NAMES
from tray_agent.shell.loop import SelectorLoop

MADE = sorted(set(NAMES) - set(NOBODY_TELLS))


@pytest.fixture
def choice(loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[ContextChoice]:
    quartz.begin()
    provide(monkeypatch)
    choice = ContextChoice(loop)
    yield choice
    choice.close()
    choice.close()
    main.settle()


@pytest.mark.parametrize("name", MADE)
def test_each_is_made_and_answers_a_look(choice: ContextChoice, loop: SelectorLoop, name: str) -> None:
    told: list[bool | None] = []
    sensor: ContextSensor = choice.make(name, told.append)
    assert sensor.name == name
    sensor.look()
    turn_until(loop, lambda: told, "the answer")
    # Without frameworks in C, those who need one say so, and the others know.
    health = sensor.health()
    assert health.state in (State.OK, State.LOST)
    assert health.source
    assert (health.reason is None) == (health.state is State.OK)
    assert health.permission is None
    sensor.close()


@pytest.mark.parametrize("name", sorted(NOBODY_TELLS))
def test_what_nobody_tells_has_a_reason(choice: ContextChoice, name: str) -> None:
    with pytest.raises(Unavailable, match="macOS"):
        choice.make(name, lambda _on: None)


def test_one_thread_asks_for_all_and_ends_with_them(choice: ContextChoice, loop: SelectorLoop) -> None:
    def threads() -> int:
        return sum(each.name == "questions" for each in threading.enumerate())

    told: list[bool | None] = []
    sensors = [choice.make(name, told.append) for name in MADE]
    assert threads() == 0
    for sensor in sensors:
        sensor.look()
    turn_until(loop, lambda: len(told) == len(sensors), "all answers")
    assert threads() == 1
    choice.close()
    wait_until(lambda: threads() == 0, "the thread to end")
    choice.close()


def test_what_is_switched_off_is_not_loaded() -> None:
    program = (
        "import sys; from tests.support.macos.installed import install; install();"
        "import tray_agent.platforms.macos.context_choice;"
        "print([name for name in sys.modules if name.rpartition('.')[2] in"
        " ('microphone', 'camera', 'sound', 'hardware', 'display_awake', 'fullscreen', 'speaking')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
