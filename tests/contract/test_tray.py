"""What every tray promises: null, fake, and the real ones with and without a panel, a bus, an X server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.support.fake_world import FakeTray
from tests.support.peers import Watcher
from tests.support.private_bus import PrivateBus
from tests.support.tray_hosts import PlayedPanel
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import xserver
from tray_agent.platforms.linux import tray_choice
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.sni import SniTray
from tray_agent.platforms.linux.tray_choice import TrayChoice
from tray_agent.platforms.linux.xembed import XEmbedTray
from tray_agent.platforms.null import NullTray
from tray_agent.ports import Entry, Face, State, Tray
from tray_agent.shell.icon import draw
from tray_agent.shell.loop import SelectorLoop

FACES = [
    Face(look, 0.5, f"face “{look}”")
    for look in ("sitting", "prompt", "paused", "standing", "quiet", "unknown", "a look of next year")
]


class World:
    """A loop and what has to be cleared away after a test."""

    def __init__(self, loop: SelectorLoop, stack: ExitStack) -> None:
        self.loop, self.stack = loop, stack

    def connect(self, address: str) -> Bus:
        bus = Bus(self.loop, address)
        self.stack.callback(bus.close)
        return bus

    def display(self) -> str:
        return self.stack.enter_context(xserver()).display

    def panel(self, display: str) -> None:
        self.stack.callback(PlayedPanel(self.loop, display).leave)

    def xembed(self, display: str) -> XEmbedTray:
        tray = XEmbedTray(self.loop, draw, activated=lambda: None, popup=lambda _x, _y: None, display=display)
        self.stack.callback(tray.close)
        return tray

    def choice(self, display: str, bus: PrivateBus | None = None) -> TrayChoice:
        bus = bus or self.stack.enter_context(PrivateBus())
        tray = TrayChoice(
            self.loop,
            self.connect(bus.address),
            lambda: [Entry("Quit", lambda: None)],
            draw,
            activated=lambda: None,
            popup=lambda _x, _y: None,
            desktop="XFCE",
            display=display,
        )
        self.stack.callback(tray.close)
        return tray

    def await_ok(self, tray: Tray) -> Tray:
        turn_until(self.loop, lambda: tray.health().state is State.OK, "the panel")
        return tray

    def sni(self, bus: Bus) -> SniTray:
        return SniTray(self.loop, bus, lambda: [Entry("Quit", lambda: None)], draw, desktop="XFCE")


def null(_world: World) -> Tray:
    return NullTray("nobody wants one")


def fake(_world: World) -> Tray:
    return FakeTray()


def in_a_panel(world: World) -> Tray:
    address = world.stack.enter_context(PrivateBus()).address
    Watcher(world.connect(address))
    tray = world.sni(world.connect(address))
    turn_until(world.loop, lambda: tray.health().state is State.OK, "the panel")
    return tray


def without_a_panel(world: World) -> Tray:
    bus = world.connect(world.stack.enter_context(PrivateBus()).address)
    tray = world.sni(bus)
    turn_until(world.loop, lambda: bus.connected, "the bus")
    return tray


def without_a_bus(world: World) -> Tray:
    return world.sni(world.connect("unix:path=/nowhere"))


def in_an_x11_panel(world: World) -> Tray:
    display = world.display()
    world.panel(display)
    return world.await_ok(world.xembed(display))


def without_an_x11_panel(world: World) -> Tray:
    return world.xembed(world.display())


def without_an_x_server(world: World) -> Tray:
    server = world.stack.enter_context(xserver())
    tray = world.xembed(server.display)
    server.kill()
    turn_until(world.loop, lambda: tray.health().state is State.LOST, "the loss")
    return tray


def chosen_by_status_notifier(world: World) -> Tray:
    bus = world.stack.enter_context(PrivateBus())
    Watcher(world.connect(bus.address))
    return world.await_ok(world.choice(world.display(), bus))


def chosen_by_xembed(world: World) -> Tray:
    display = world.display()
    world.panel(display)
    return world.await_ok(world.choice(display))


def chosen_by_none(world: World) -> Tray:
    tray = world.choice(world.display())
    turn_until(world.loop, lambda: tray.health().state is State.ABSENT, "the end of looking")
    return tray


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(tray_choice, "SETTLE_S", 0.1)
    loop = SelectorLoop()
    with ExitStack() as stack:
        yield World(loop, stack)
    loop.close()


@pytest.fixture(
    params=[
        null,
        fake,
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
)
def tray(request: pytest.FixtureRequest, world: World) -> Tray:
    make: Callable[[World], Tray] = request.param
    return make(world)


def test_it_takes_every_face_and_the_same_one_twice(world: World, tray: Tray) -> None:
    for face in FACES:
        tray.show(face)
        tray.show(face)
        turn_for(world.loop, 0.02)


def test_its_health_has_a_reason_unless_all_is_well(tray: Tray) -> None:
    health = tray.health()
    assert health.name == "tray"
    assert (health.state is State.OK) or health.reason


def test_health_stays_as_it_is_while_nothing_happens_in_the_world(world: World, tray: Tray) -> None:
    turn_for(world.loop, 0.1)
    before = tray.health()
    for face in FACES:
        tray.show(face)
    turn_for(world.loop, 0.05)
    assert tray.health() == before


def test_it_may_be_closed_twice_and_shown_a_face_too_late(world: World, tray: Tray) -> None:
    tray.show(FACES[0])
    tray.close()
    tray.close()
    tray.show(FACES[1])
    turn_for(world.loop, 0.05)
