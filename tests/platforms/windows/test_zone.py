"""The zone of the machine, which Wine takes from its host and cannot change: the messages are real."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

import pytest

from tests.support.taskbar import send
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.windows import zone as windows_zone
from tray_agent.platforms.windows.clocks import WM_TIMECHANGE
from tray_agent.platforms.windows.message_window import MessageWindow
from tray_agent.platforms.windows.zone import WM_SETTINGCHANGE, ZoneWatch, zone
from tray_agent.shell.loop import SelectorLoop

assert sys.platform == "win32"


class Machine:
    """Watched while it is somewhere; `offsets` are those that local time had when it changed."""

    def __init__(self, loop: SelectorLoop, window: MessageWindow) -> None:
        self.loop, self.hwnd = loop, window.hwnd
        self.where = "Berlin"
        self.offsets: list[timedelta | None] = []
        self.watch = ZoneWatch(loop, window, self._moved, lambda: self.where)

    def moves_to(self, where: str, message: int = WM_TIMECHANGE) -> None:
        self.where = where
        send(self.hwnd, message, 0)

    def notices(self) -> timedelta | None:
        turn_until(self.loop, lambda: self.offsets, "the other zone")
        return self.offsets.pop()

    def _moved(self) -> None:
        self.offsets.append(datetime.now().astimezone().utcoffset())


def test_the_zone_is_read_and_stays_the_same_while_nobody_moves() -> None:
    assert zone() == zone()
    assert any(zone())


@pytest.mark.parametrize("message", [WM_TIMECHANGE, WM_SETTINGCHANGE])
def test_each_move_is_noticed_once(loop: SelectorLoop, window: MessageWindow, message: int) -> None:
    machine = Machine(loop, window)
    machine.moves_to("New York", message)
    machine.notices()
    machine.moves_to("Kolkata", message)
    machine.notices()
    send(machine.hwnd, message, 0)
    turn_for(loop, 0.2)
    assert machine.offsets == []
    machine.watch.close()


def test_local_time_is_the_new_one_already(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine = Machine(loop, window)
    # What the library reads on `_tzset` is the system's zone, unless this says otherwise.
    monkeypatch.setenv("TZ", "IST-05:30")
    machine.moves_to("Kolkata")
    assert machine.notices() == timedelta(hours=5, minutes=30)
    monkeypatch.delenv("TZ")
    machine.moves_to("Berlin")
    assert machine.notices() != timedelta(hours=5, minutes=30)
    machine.watch.close()


def test_the_library_looks_again_before_anybody_is_told(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wine's looks at each question; that of Windows only when told."""
    order: list[str] = []

    class Library:
        def _tzset(self) -> None:
            order.append("library")

    monkeypatch.setattr(windows_zone, "_ucrt", Library())
    machine = Machine(loop, window)
    monkeypatch.setattr(machine.watch, "_changed", lambda: order.append("told"))
    machine.moves_to("Kolkata")
    turn_until(loop, lambda: "told" in order, "the other zone")
    assert order == ["library", "told"]
    machine.watch.close()


def test_where_the_environment_fixes_the_zone_nothing_is_watched(
    loop: SelectorLoop, window: MessageWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "CET-1")
    machine = Machine(loop, window)
    machine.moves_to("Kolkata")
    turn_for(loop, 0.2)
    assert machine.offsets == []
    machine.watch.close()


def test_closed_it_tells_nothing(loop: SelectorLoop, window: MessageWindow) -> None:
    machine = Machine(loop, window)
    machine.moves_to("Kolkata")
    machine.watch.close()
    machine.watch.close()
    turn_for(loop, 0.2)
    assert machine.offsets == []
