"""The desktop's own service of notes, played and real, and what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.contract.worlds import NoteWorld
from tests.support.desktop import Desktop
from tests.support.peers import NotificationService
from tests.support.private_bus import PrivateBus
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.notifications import DesktopNotifier
from tray_agent.platforms.notifier_chain import NotifierChain
from tray_agent.platforms.plyer_notifier import PlyerNotifier
from tray_agent.ports import Note, Notifier


def with_a_service(world: NoteWorld) -> Notifier:
    address = world.stack.enter_context(PrivateBus()).address
    NotificationService(_connect(world, address))
    return world.well(_notifier(world, _connect(world, address)))


def with_dunst(world: NoteWorld) -> Notifier:
    desk = world.stack.enter_context(Desktop(without=("panel",)))
    return world.well(_notifier(world, _connect(world, desk.env["DBUS_SESSION_BUS_ADDRESS"])))


def without_a_service(world: NoteWorld) -> Notifier:
    return _notifier(world, _connect(world, world.stack.enter_context(PrivateBus()).address))


def without_a_bus(world: NoteWorld) -> Notifier:
    return _notifier(world, _connect(world, "unix:path=/nowhere"))


def chain(world: NoteWorld) -> Notifier:
    def notify(**_text: Any) -> None:
        pass

    bus = _connect(world, world.stack.enter_context(PrivateBus()).address)
    return NotifierChain(
        lambda refused: _notifier(world, bus, refused), lambda: PlyerNotifier(world.loop, notify)
    )


def _connect(world: NoteWorld, address: str) -> Bus:
    bus = Bus(world.loop, address)
    world.stack.callback(bus.close)
    return bus


def _notifier(
    world: NoteWorld, bus: Bus, refused: Callable[[Note], object] = lambda _note: None
) -> DesktopNotifier:
    return DesktopNotifier(world.loop, bus, world.answered, refused)


MAKERS = [with_a_service, with_dunst, without_a_service, without_a_bus, chain]
