"""The sensor on a real desktop with a real program in full screen.

Wine's shell says that notifications are welcome at all times, so its other answers are arranged.
"""

from __future__ import annotations

import sys

import pytest

from tests.support.turning import turn_until
from tests.support.waiting import wait_until
from tests.support.win32_windows import SEEN_THROUGH, TOPMOST, Looks, another_program, shown
from tray_agent.core.model import Signal
from tray_agent.platforms.windows import windows_seen
from tray_agent.platforms.windows.fullscreen import fullscreen
from tray_agent.platforms.windows.notification_state import Notifications
from tray_agent.platforms.windows.windows_seen import active_fills
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"

SMALL = Looks((0, 0, 120, 80), extended=TOPMOST)


class Sensor:
    """Full screen, what the shell says, and all that was told."""

    def __init__(self, loop: SelectorLoop) -> None:
        self.loop = loop
        self.says: Notifications | None = Notifications.ACCEPTED
        self.told: list[bool | None] = []
        self.sensor = fullscreen(loop, self.told.append, self._says)

    def _says(self) -> Notifications:
        if self.says is None:
            raise Unavailable("the shell is gone")
        return self.says

    def looks(self, says: Notifications | None = Notifications.ACCEPTED) -> bool | None:
        self.says = says
        self.told.clear()
        self.sensor.look()
        turn_until(self.loop, lambda: self.told, "an answer to the look", 1.0)
        return self.told[-1]


@pytest.fixture
def sensor(loop: SelectorLoop) -> Sensor:
    return Sensor(loop)


@pytest.fixture
def ours_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_seen, "is_ours", lambda _process: False)


def test_a_program_in_full_screen_is_told_and_its_end(loop: SelectorLoop) -> None:
    told: list[bool | None] = []
    real = fullscreen(loop, told.append)
    assert (real.name, real.signal) == ("fullscreen", Signal.FULLSCREEN)
    assert real.health() == Health("fullscreen", State.OK, "windows")
    with another_program(started_by_us=False):
        wait_until(active_fills, "who started it to be forgotten")
        real.look()
        turn_until(loop, lambda: told, "an answer")
        assert real.health() == Health("fullscreen", State.OK, "windows", None, "on")
    real.look()
    turn_until(loop, lambda: len(told) == 2, "another answer")
    assert told == [True, False]


def test_presentations_and_games_that_have_the_screen_need_no_window(sensor: Sensor) -> None:
    assert sensor.looks(Notifications.PRESENTATION) is True
    assert sensor.looks(Notifications.EXCLUSIVE) is True


@pytest.mark.usefixtures("ours_count")
def test_busy_alone_is_believed_only_with_a_window(sensor: Sensor) -> None:
    assert sensor.looks(Notifications.BUSY) is False
    with shown(Looks(extended=TOPMOST | SEEN_THROUGH), active=False), shown(SMALL):
        assert sensor.looks(Notifications.BUSY) is False
    with shown(Looks()):
        assert sensor.looks(Notifications.BUSY) is True


@pytest.mark.usefixtures("ours_count")
def test_slides_beside_the_notes_that_have_the_keys_count_when_the_shell_says_so(sensor: Sensor) -> None:
    with shown(Looks(), active=False), shown(SMALL):
        assert sensor.looks(Notifications.ACCEPTED) is False
        assert sensor.looks(Notifications.BUSY) is True
        assert sensor.looks(Notifications.APP) is True


@pytest.mark.usefixtures("ours_count")
def test_behind_the_lock_nothing_is_seen(sensor: Sensor) -> None:
    with shown(Looks()):
        assert sensor.looks(Notifications.NOT_PRESENT) is False
        assert sensor.looks(Notifications.QUIET_TIME) is True


@pytest.mark.usefixtures("ours_count")
def test_without_the_shell_windows_alone_are_looked_at(sensor: Sensor) -> None:
    with shown(Looks()):
        assert sensor.looks(None) is True
    assert sensor.looks(None) is False
    assert sensor.sensor.health() == Health(
        "fullscreen", State.DEGRADED, "windows", "the shell is gone", "off"
    )
    assert sensor.looks() is False
    assert sensor.sensor.health().state is State.OK


def test_nothing_is_told_after_the_end(sensor: Sensor) -> None:
    sensor.sensor.look()
    sensor.sensor.close()
    sensor.sensor.close()
    sensor.loop.step(0)
    assert sensor.told == []
