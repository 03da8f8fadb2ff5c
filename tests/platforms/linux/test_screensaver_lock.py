"""Screen savers on a real bus: MATE's own, and stand-ins for GNOME's, KDE's, Xfce's and Cinnamon's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.private_bus import PrivateBus
from tests.support.screen_savers import ScreenSaver, mate_screensaver
from tests.support.sensing import heeded
from tests.support.stand_in import StandIn
from tests.support.turning import turn_until
from tests.support.xserver import XServer
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.screensaver_lock import DESKTOPS, ScreenSaverLock
from tray_agent.shell.loop import SelectorLoop


class Scene:
    """A sensor on a bus of its own, and all it told."""

    def __init__(self, loop: SelectorLoop, address: str) -> None:
        self.loop, self.address = loop, address
        self.told: list[bool] = []
        self.bus = Bus(loop, address)
        self.sensor = ScreenSaverLock(self.bus, self.told.append)
        heeded(loop, self.bus)

    def saver(self, desktop: str = "gnome", *, active: bool = False) -> ScreenSaver:
        saver = ScreenSaver(self.loop, self.address, desktop, active=active)
        turn_until(self.loop, lambda: saver.name in self.sensor.tellers, "its answer")
        return saver

    def hears(self, *told: bool) -> None:
        turn_until(self.loop, lambda: len(self.told) >= len(told), f"{told}, not {self.told}")
        heeded(self.loop, self.bus)
        assert self.told == list(told)
        self.told.clear()


@pytest.fixture
def scene(loop: SelectorLoop, daemon: PrivateBus) -> Iterator[Scene]:
    scene = Scene(loop, daemon.address)
    yield scene
    scene.sensor.close()
    scene.bus.close()


def test_mates_own_locks_and_unlocks(scene: Scene, server: XServer) -> None:
    with mate_screensaver(server.display, scene.address) as saver:
        scene.hears(False)
        assert scene.sensor.tellers == ("org.mate.ScreenSaver",)
        saver.lock()
        scene.hears(True)
        saver.deactivate()
        scene.hears(False)
        saver.lock()
        scene.hears(True)
    scene.hears(False)
    assert not scene.sensor.tellers, "a locker that died locks nobody out"


@pytest.mark.parametrize("desktop", DESKTOPS)
def test_every_desktop_is_understood(scene: Scene, desktop: str) -> None:
    with closing(scene.saver(desktop).bus) as bus:
        assert bus.connected
    turn_until(scene.loop, lambda: not scene.sensor.tellers, "it to be gone")
    saver = scene.saver(desktop)
    saver.turns(active=True)
    scene.hears(False, True)
    saver.turns(active=False)
    scene.hears(False)
    saver.leave()


def test_one_that_is_active_already_is_known(scene: Scene) -> None:
    assert scene.sensor.locked is None
    saver = scene.saver(active=True)
    scene.hears(True)
    saver.leave()
    scene.hears(False)


def test_nothing_is_told_twice_and_any_one_suffices(scene: Scene) -> None:
    one, other = scene.saver("gnome"), scene.saver("freedesktop")
    scene.hears(False)
    for saver in (one, one, other):
        saver.turns(active=True)
    scene.hears(True)
    one.turns(active=False)
    scene.hears()
    other.turns(active=False)
    scene.hears(False)
    one.leave()
    other.leave()


def test_one_that_speaks_for_another_desktop_is_heard(scene: Scene) -> None:
    """light-locker owns org.freedesktop.ScreenSaver and speaks as GNOME's does."""
    saver = scene.saver("freedesktop")
    saver.turns(active=True, interface="org.gnome.ScreenSaver")
    scene.hears(False, True)
    saver.leave()


def test_one_that_tells_nothing_is_no_teller(scene: Scene) -> None:
    """xscreensaver's helper has the name, but only lets others inhibit."""
    helper = StandIn(
        scene.loop, scene.address, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", {}
    )
    turn_until(scene.loop, lambda: "GetActive" in helper.asked, "the question")
    scene.hears()
    assert not scene.sensor.tellers
    helper.leave()


def test_nobody_else_is_believed(scene: Scene) -> None:
    stranger = StandIn(scene.loop, scene.address, "org.example.Stranger", "/org/gnome/ScreenSaver", {})
    heeded(scene.loop, stranger.bus)
    stranger.tell("org.gnome.ScreenSaver", "ActiveChanged", "b", True)
    heeded(scene.loop, stranger.bus)
    scene.hears()
    stranger.leave()


def test_a_body_of_another_kind_is_passed_over(scene: Scene) -> None:
    saver = scene.saver()
    saver.tell(saver.name, "ActiveChanged", "s", "yes")
    heeded(scene.loop, saver.bus)
    scene.hears(False)
    saver.leave()


def test_closed_it_hears_nothing(scene: Scene) -> None:
    saver = scene.saver()
    scene.hears(False)
    scene.sensor.close()
    scene.sensor.close()
    saver.turns(active=True)
    heeded(scene.loop, saver.bus)
    scene.hears()
    saver.leave()
