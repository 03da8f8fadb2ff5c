"""The mouse as AppKit reports it: once, blind, and on the main thread alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

import pytest
from AppKit import NSEvent

from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos.mouse_monitor import MouseMonitor
from tray_agent.ports import Listener
from tray_agent.shell.loop import SelectorLoop

KEYS = 1 << 10 | 1 << 11 | 1 << 12


class Unseen:
    """An event that must not be looked at."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AssertionError(f"{name} was read")


def moves(times: int = 1) -> None:
    """The person moves the mouse."""

    def sent() -> None:
        for _mask, handler in tuple(NSEvent.monitors.values()):
            for _ in range(times):
                handler(Unseen())

    main.post(sent)
    main.settle()


@pytest.fixture
def mouse(loop: SelectorLoop) -> Iterator[MouseMonitor]:
    mouse = MouseMonitor(loop)
    yield mouse
    mouse.close()
    main.settle()
    assert NSEvent.monitors == {}


def heard(times: list[int]) -> Callable[[], None]:
    return lambda: times.append(1)


def test_it_is_a_listener_that_admits_it_hears_no_keys(mouse: MouseMonitor) -> None:
    listener: Listener = mouse
    assert listener.alive()
    assert listener.doubt == "it hears the mouse alone"


def test_it_asks_for_no_key(mouse: MouseMonitor) -> None:
    mouse.arm(lambda: None)
    main.settle()
    ((mask, _handler),) = NSEvent.monitors.values()
    assert mask & KEYS == 0
    assert mask & 1 << 5


def test_one_arming_hears_one_movement_without_looking(mouse: MouseMonitor, loop: SelectorLoop) -> None:
    times: list[int] = []
    assert NSEvent.monitors == {}, "unarmed it costs nothing"
    mouse.arm(heard(times))
    main.settle()
    moves(3)
    turn_until(loop, lambda: times, "the movement")
    moves()
    turn_for(loop, 0.02)
    assert times == [1]
    assert NSEvent.monitors == {}


def test_a_storm_of_movements_reaches_the_loop_once(
    mouse: MouseMonitor, loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[object] = []
    monkeypatch.setattr(loop, "call_soon", posted.append)
    mouse.arm(lambda: None)
    main.settle()
    moves(1000)
    assert len(posted) == 1


def test_it_can_be_armed_by_what_it_calls(mouse: MouseMonitor, loop: SelectorLoop) -> None:
    times: list[int] = []

    def again() -> None:
        times.append(1)
        mouse.arm(again)

    mouse.arm(again)
    for n in range(1, 4):
        main.settle()
        moves()
        turn_until(loop, lambda n=n: len(times) == n, f"movement {n}")  # type: ignore[misc]


def test_armed_anew_it_tells_the_new_one(mouse: MouseMonitor, loop: SelectorLoop) -> None:
    old: list[int] = []
    new: list[int] = []
    mouse.arm(heard(old))
    mouse.arm(heard(new))
    main.settle()
    assert len(NSEvent.monitors) == 1
    moves()
    turn_until(loop, lambda: new, "the movement")
    assert old == []


def test_disarmed_it_hears_nothing(mouse: MouseMonitor, loop: SelectorLoop) -> None:
    times: list[int] = []
    mouse.arm(heard(times))
    main.settle()
    mouse.disarm()
    mouse.disarm()
    moves()
    turn_for(loop, 0.02)
    assert times == []
    assert NSEvent.monitors == {}


def test_disarmed_before_the_main_thread_came_to_it(mouse: MouseMonitor, loop: SelectorLoop) -> None:
    times: list[int] = []
    mouse.arm(heard(times))
    mouse.disarm()
    mouse.arm(heard(times))
    main.settle()
    assert len(NSEvent.monitors) == 1
    moves()
    turn_until(loop, lambda: times, "the movement")
    assert times == [1]


def test_a_movement_on_its_way_when_it_is_disarmed_is_not_told(
    mouse: MouseMonitor, loop: SelectorLoop
) -> None:
    times: list[int] = []
    mouse.arm(heard(times))
    main.settle()
    moves()
    mouse.disarm()
    turn_for(loop, 0.02)
    assert times == []


def test_closed_it_cannot_be_armed(mouse: MouseMonitor, loop: SelectorLoop) -> None:
    times: list[int] = []
    mouse.arm(heard(times))
    mouse.close()
    mouse.close()
    mouse.arm(heard(times))
    moves()
    turn_for(loop, 0.02)
    assert times == []
    assert not mouse.alive()
