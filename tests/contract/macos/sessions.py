"""What macOS broadcasts of the session, and one of which the window server says nothing."""

from __future__ import annotations

from Foundation import NSDistributedNotificationCenter

from tests.contract.macos.played import mac
from tests.contract.worlds import SessionWorld
from tests.support.macos import quartz
from tests.support.macos.played_main import main
from tray_agent.platforms.macos.session import IS_LOCKED, LOCKED, UNLOCKED, MacSession
from tray_agent.ports import SessionSensor

ON_CONSOLE = quartz.kCGSessionOnConsoleKey


def in_a_session(world: SessionWorld) -> SessionSensor:
    mac(world)

    def happens() -> None:
        for now in (True, True, False):
            quartz.server.session = {ON_CONSOLE: True, **({IS_LOCKED: True} if now else {})}
            _broadcast(LOCKED if now else UNLOCKED)

    world.happens = happens
    return MacSession(world.loop, world.news.append)


def that_does_not_say_whether_it_is_locked(world: SessionWorld) -> SessionSensor:
    mac(world)
    quartz.server.session = None
    world.happens = lambda: _broadcast(LOCKED)
    return MacSession(world.loop, world.news.append)


def _broadcast(name: str) -> None:
    NSDistributedNotificationCenter.defaultCenter().postNotificationName_object_(name, None)
    main.settle()


MAKERS = [in_a_session, that_does_not_say_whether_it_is_locked]
