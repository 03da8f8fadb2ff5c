"""Do-not-disturb as Windows 11 tells it, over the Windows Runtime that the tests play."""

from __future__ import annotations

import sys

import pytest

from tests.support.turning import turn_until
from tests.support.windows_runtime import PlayedRuntime, ToastNotificationMode, played_runtime
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import focus as focus_module
from tray_agent.platforms.windows import runtime_class
from tray_agent.platforms.windows.focus import FIRST_BUILD, FOCUS, focus, is_on
from tray_agent.platforms.windows.worker import Worker
from tray_agent.ports import Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

MODES = ToastNotificationMode


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> PlayedRuntime:
    stage = played_runtime(monkeypatch)
    for module in (runtime_class, focus_module):
        monkeypatch.setattr(module, "registered", lambda _name: True)
    return stage


@pytest.mark.parametrize("mode", [MODES.PRIORITY_ONLY, MODES.ALARMS_ONLY])
def test_do_not_disturb_is_on(windows: PlayedRuntime, mode: ToastNotificationMode) -> None:
    windows.mode = mode
    assert is_on()


def test_a_focus_session_is_no_time_to_disturb(windows: PlayedRuntime) -> None:
    assert not is_on()
    windows.focus = True
    assert is_on()


def test_a_windows_without_focus_sessions_still_tells(
    windows: PlayedRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.supports_focus = False
    assert not is_on()
    monkeypatch.setattr(focus_module, "registered", lambda name: name != FOCUS)
    assert not is_on()


def test_a_look_is_answered_on_the_loop(windows: PlayedRuntime, loop: SelectorLoop) -> None:
    worker, told = Worker(loop), list[bool | None]()
    sensor = focus(worker, told.append, FIRST_BUILD)
    assert (sensor.name, sensor.signal) == ("do_not_disturb", Signal.DND)
    sensor.look()
    turn_until(loop, lambda: told, "an answer")
    assert told == [False]
    sensor.close()
    worker.close()


def test_windows_10_does_not_tell(windows: PlayedRuntime, loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match="does not say whether do-not-disturb is on"):
        focus(Worker(loop), lambda _on: None, FIRST_BUILD - 1)


def test_under_wine_nobody_tells(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match="this Windows has no ToastNotificationManager"):
        focus(Worker(loop), lambda _on: None, FIRST_BUILD)
