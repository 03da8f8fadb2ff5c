"""What every session sensor promises, here of logind and a screen saver in each of their plights."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.ports import News, SessionSensor, State
from tray_agent.shell.loop import SelectorLoop

if sys.platform == "win32":
    from tests.support.taskbar import send
    from tray_agent.platforms.windows import session as wts
    from tray_agent.platforms.windows.clocks import PBT_APMRESUMEAUTOMATIC, WM_POWERBROADCAST
    from tray_agent.platforms.windows.message_window import MessageWindow
else:
    from tests.support.logind_mock import Logind
    from tests.support.private_bus import PrivateBus
    from tests.support.screen_savers import ScreenSaver
    from tray_agent.platforms.linux.bus import Bus
    from tray_agent.platforms.linux.session_news import SessionNews

LOCKS, SLEEP = (News.LOCKED, News.UNLOCKED), (News.SLEEPING, News.WOKE)


@dataclass
class World:
    """A loop, the news that came, what a test can make happen, and what has to be cleared away."""

    loop: SelectorLoop
    stack: ExitStack
    news: list[News] = field(default_factory=list)
    happens: Callable[[], object] = lambda: None

    def sensor(self, address: str, session_address: str = "unix:path=/nowhere") -> SessionNews:
        system, session = Bus(self.loop, address), Bus(self.loop, session_address)
        self.stack.callback(system.close)
        self.stack.callback(session.close)
        return SessionNews(self.loop, system, session, self.news.append, "c1")


def in_a_session(world: World) -> SessionSensor:
    address = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(address))
    path = logind.opens("c1")
    sensor = world.sensor(address)
    turn_until(world.loop, lambda: sensor.health().state is State.OK, "the session")

    def happens() -> None:
        for now in (True, True, False):
            logind.asks_to_lock(path, lock=now)
            logind.hints(path, locked=now)
            logind.prepares_for_sleep(asleep=now)

    world.happens = happens
    return sensor


def whose_session_ends_and_begins(world: World) -> SessionSensor:
    address = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(address))
    path = logind.opens("c1")
    sensor = world.sensor(address)
    turn_until(world.loop, lambda: sensor.health().state is State.OK, "the session")

    def happens() -> None:
        logind.ends("c1", path)
        logind.opens("c1")

    world.happens = happens
    return sensor


def with_a_screen_saver(world: World) -> SessionSensor:
    system = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(system))
    path = logind.opens("c1")
    bus = world.stack.enter_context(PrivateBus()).address
    sensor = world.sensor(system, bus)
    saver = ScreenSaver(world.loop, bus, "gnome")
    world.stack.callback(saver.leave)
    turn_until(world.loop, lambda: saver.name in (sensor.health().source or ""), "the screen saver")

    def happens() -> None:
        for now in (True, True, False):
            saver.turns(active=now)
            logind.hints(path, locked=now)
            logind.puts_in_front(path, active=not now)

    world.happens = happens
    return sensor


def with_only_a_screen_saver(world: World) -> SessionSensor:
    bus = world.stack.enter_context(PrivateBus()).address
    sensor = world.sensor("unix:path=/nowhere", bus)
    saver = ScreenSaver(world.loop, bus, "mate")
    world.stack.callback(saver.leave)
    turn_until(world.loop, lambda: saver.name in (sensor.health().source or ""), "the screen saver")
    world.happens = lambda: saver.turns(active=True)
    return sensor


def without_a_session(world: World) -> SessionSensor:
    address = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(address))
    world.happens = lambda: logind.prepares_for_sleep(asleep=True)
    return world.sensor(address)


def without_logind(world: World) -> SessionSensor:
    daemon = world.stack.enter_context(PrivateBus())
    world.happens = daemon.kill
    return world.sensor(daemon.address)


def without_a_bus(world: World) -> SessionSensor:
    return world.sensor("unix:path=/nowhere")


ON_WINDOWS: list[Callable[[World], SessionSensor]] = []

if sys.platform == "win32":

    def on_windows(world: World) -> SessionSensor:
        window = MessageWindow(world.loop)
        world.stack.callback(window.close)

        def happens() -> None:
            for now in (True, True, False):
                send(window.hwnd, wts.WM_WTSSESSION_CHANGE, wts.LOCK if now else wts.UNLOCK)
                send(window.hwnd, WM_POWERBROADCAST, wts.PBT_APMSUSPEND if now else PBT_APMRESUMEAUTOMATIC)
                send(
                    window.hwnd,
                    wts.WM_WTSSESSION_CHANGE,
                    wts.CONSOLE_DISCONNECT if now else wts.CONSOLE_CONNECT,
                )

        world.happens = happens
        return wts.WtsSession(world.loop, window, world.news.append)

    def on_windows_that_does_not_say(world: World) -> SessionSensor:
        window = MessageWindow(world.loop)
        world.stack.callback(window.close)
        world.happens = lambda: send(window.hwnd, wts.WM_WTSSESSION_CHANGE, wts.LOCK)
        return wts.WtsSession(world.loop, window, world.news.append, lambda: None)

    ON_WINDOWS += [on_windows, on_windows_that_does_not_say]


@pytest.fixture
def world() -> Iterator[World]:
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield World(loop, stack)
    loop.close()


ON_LINUX = [
    in_a_session,
    whose_session_ends_and_begins,
    with_a_screen_saver,
    with_only_a_screen_saver,
    without_a_session,
    without_logind,
    without_a_bus,
]
MAKERS = ON_WINDOWS or ON_LINUX


@pytest.fixture(params=MAKERS)
def sensor(request: pytest.FixtureRequest, world: World) -> SessionSensor:
    make: Callable[[World], SessionSensor] = request.param
    return make(world)


def test_its_health_has_a_reason_and_tells_of_nobody(world: World, sensor: SessionSensor) -> None:
    for _ in range(2):
        health = sensor.health()
        assert health.name == "session"
        assert health.source
        assert health.reason
        assert "c1" not in health.reason
        world.happens()
        turn_for(world.loop, 0.2)
    sensor.close()


def test_nothing_is_told_twice(world: World, sensor: SessionSensor) -> None:
    world.happens()
    turn_for(world.loop, 0.2)
    world.happens()
    turn_for(world.loop, 0.2)
    for kind in (LOCKS, SLEEP):
        told = [news for news in world.news if news in kind]
        assert all(one is not other for one, other in pairwise(told))
    sensor.close()


def test_it_is_silent_once_it_is_closed_even_twice(world: World, sensor: SessionSensor) -> None:
    turn_for(world.loop, 0.1)
    sensor.close()
    sensor.close()
    before = list(world.news)
    world.happens()
    turn_for(world.loop, 0.2)
    assert world.news == before
