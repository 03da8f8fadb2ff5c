"""The status notifier, XEmbed and the choice between them, with and without panel, bus and X server."""

from __future__ import annotations

import pytest

from tests.contract.worlds import World
from tests.support.peers import Watcher
from tests.support.private_bus import PrivateBus
from tests.support.tray_hosts import PlayedPanel
from tests.support.xserver import xserver
from tray_agent.platforms.linux import tray_choice
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.sni import SniTray
from tray_agent.platforms.linux.tray_choice import TrayChoice
from tray_agent.platforms.linux.xembed import XEmbedTray
from tray_agent.ports import Entry, State, Tray
from tray_agent.shell.icon import draw


def in_a_panel(world: World) -> Tray:
    address = world.stack.enter_context(PrivateBus()).address
    Watcher(_connect(world, address))
    return world.well(_sni(world, _connect(world, address)))


def without_a_panel(world: World) -> Tray:
    bus = _connect(world, world.stack.enter_context(PrivateBus()).address)
    tray = _sni(world, bus)
    world.until(lambda: bus.connected, "the bus")
    return tray


def without_a_bus(world: World) -> Tray:
    return _sni(world, _connect(world, "unix:path=/nowhere"))


def in_an_x11_panel(world: World) -> Tray:
    display = _display(world)
    _panel(world, display)
    return world.well(_xembed(world, display))


def without_an_x11_panel(world: World) -> Tray:
    return _xembed(world, _display(world))


def without_an_x_server(world: World) -> Tray:
    server = world.stack.enter_context(xserver())
    tray = _xembed(world, server.display)
    server.kill()
    world.until(lambda: tray.health().state is State.LOST, "the loss")
    return tray


def chosen_by_status_notifier(world: World) -> Tray:
    bus = world.stack.enter_context(PrivateBus())
    Watcher(_connect(world, bus.address))
    return world.well(_choice(world, _display(world), bus))


def chosen_by_xembed(world: World) -> Tray:
    display = _display(world)
    _panel(world, display)
    return world.well(_choice(world, display))


def chosen_by_none(world: World) -> Tray:
    tray = _choice(world, _display(world))
    world.until(lambda: tray.health().state is State.ABSENT, "the end of looking")
    return tray


def _connect(world: World, address: str) -> Bus:
    bus = Bus(world.loop, address)
    world.stack.callback(bus.close)
    return bus


def _display(world: World) -> str:
    return world.stack.enter_context(xserver()).display


def _panel(world: World, display: str) -> None:
    world.stack.callback(PlayedPanel(world.loop, display).leave)


def _menu() -> list[Entry]:
    return [Entry("Quit", lambda: None)]


def _sni(world: World, bus: Bus) -> SniTray:
    return SniTray(world.loop, bus, _menu, draw, desktop="XFCE")


def _xembed(world: World, display: str) -> XEmbedTray:
    tray = XEmbedTray(world.loop, draw, activated=lambda: None, popup=lambda _x, _y: None, display=display)
    world.stack.callback(tray.close)
    return tray


def _choice(world: World, display: str, bus: PrivateBus | None = None) -> TrayChoice:
    patch = world.stack.enter_context(pytest.MonkeyPatch.context())
    patch.setattr(tray_choice, "SETTLE_S", 0.1)
    bus = bus or world.stack.enter_context(PrivateBus())
    tray = TrayChoice(
        world.loop,
        _connect(world, bus.address),
        _menu,
        draw,
        activated=lambda: None,
        popup=lambda _x, _y: None,
        desktop="XFCE",
        display=display,
    )
    world.stack.callback(tray.close)
    return tray


MAKERS = [
    in_a_panel,
    without_a_panel,
    without_a_bus,
    in_an_x11_panel,
    without_an_x11_panel,
    without_an_x_server,
    chosen_by_status_notifier,
    chosen_by_xembed,
    chosen_by_none,
]
