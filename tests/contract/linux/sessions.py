"""logind and a screen saver, in each of their plights."""

from __future__ import annotations

from tests.contract.worlds import SESSION_ID, SessionWorld
from tests.support.logind_mock import Logind
from tests.support.private_bus import PrivateBus
from tests.support.screen_savers import ScreenSaver
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.session_news import SessionNews
from tray_agent.ports import SessionSensor

NOWHERE = "unix:path=/nowhere"


def over(world: SessionWorld, address: str, session_address: str = NOWHERE) -> SessionNews:
    """Over the system's bus and that of the session."""
    system, session = Bus(world.loop, address), Bus(world.loop, session_address)
    world.stack.callback(system.close)
    world.stack.callback(session.close)
    return SessionNews(world.loop, system, session, world.news.append, SESSION_ID)


def in_a_session(world: SessionWorld) -> SessionSensor:
    address = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(address))
    path = logind.opens(SESSION_ID)
    sensor = world.well(over(world, address))

    def happens() -> None:
        for now in (True, True, False):
            logind.asks_to_lock(path, lock=now)
            logind.hints(path, locked=now)
            logind.prepares_for_sleep(asleep=now)

    world.happens = happens
    return sensor


def whose_session_ends_and_begins(world: SessionWorld) -> SessionSensor:
    address = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(address))
    path = logind.opens(SESSION_ID)
    sensor = world.well(over(world, address))

    def happens() -> None:
        logind.ends(SESSION_ID, path)
        logind.opens(SESSION_ID)

    world.happens = happens
    return sensor


def with_a_screen_saver(world: SessionWorld) -> SessionSensor:
    system = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(system))
    path = logind.opens(SESSION_ID)
    bus = world.stack.enter_context(PrivateBus()).address
    sensor = over(world, system, bus)
    saver = ScreenSaver(world.loop, bus, "gnome")
    world.stack.callback(saver.leave)
    world.until(lambda: saver.name in (sensor.health().source or ""), "the screen saver")

    def happens() -> None:
        for now in (True, True, False):
            saver.turns(active=now)
            logind.hints(path, locked=now)
            logind.puts_in_front(path, active=not now)

    world.happens = happens
    return sensor


def with_only_a_screen_saver(world: SessionWorld) -> SessionSensor:
    bus = world.stack.enter_context(PrivateBus()).address
    sensor = over(world, NOWHERE, bus)
    saver = ScreenSaver(world.loop, bus, "mate")
    world.stack.callback(saver.leave)
    world.until(lambda: saver.name in (sensor.health().source or ""), "the screen saver")
    world.happens = lambda: saver.turns(active=True)
    return sensor


def without_a_session(world: SessionWorld) -> SessionSensor:
    address = world.stack.enter_context(PrivateBus()).address
    logind = world.stack.enter_context(Logind(address))
    world.happens = lambda: logind.prepares_for_sleep(asleep=True)
    return over(world, address)


def without_logind(world: SessionWorld) -> SessionSensor:
    daemon = world.stack.enter_context(PrivateBus())
    world.happens = daemon.kill
    return over(world, daemon.address)


def without_a_bus(world: SessionWorld) -> SessionSensor:
    return over(world, NOWHERE)


MAKERS = [
    in_a_session,
    whose_session_ends_and_begins,
    with_a_screen_saver,
    with_only_a_screen_saver,
    without_a_session,
    without_logind,
    without_a_bus,
]
