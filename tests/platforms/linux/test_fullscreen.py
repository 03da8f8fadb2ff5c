"""The sensor as the agent has it, on a real X screen and before a compositor of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.support.sensing import Sensing
from tests.support.shown_windows import Screen, window_manager
from tests.support.turning import turn_for, turn_until
from tests.support.wayland_server import WaylandServer
from tests.support.xserver import XServer
from tray_agent.core.model import Signal
from tray_agent.platforms.linux import fullscreen
from tray_agent.platforms.linux.foreign_toplevel import MANAGER
from tray_agent.platforms.linux.fullscreen import FullScreen
from tray_agent.platforms.linux.x_fullscreen import SETTLES_IN_S
from tray_agent.ports import Health, State, Unavailable
from tray_agent.shell.loop import SelectorLoop

SETTLED_S = 2 * SETTLES_IN_S


@pytest.fixture(autouse=True)
def no_session(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def screen(server: XServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setenv("DISPLAY", server.display)
    with window_manager(server.display), Screen(server.display) as screen:
        yield screen


@pytest.fixture
def sensing(loop: SelectorLoop, screen: Screen) -> Iterator[Sensing]:
    sensing = Sensing(loop, lambda told: FullScreen(loop, told))
    with closing(sensing.sensor):
        sensing.until(on=False)
        yield sensing


def test_it_says_what_it_is_for(sensing: Sensing) -> None:
    assert (sensing.sensor.name, sensing.sensor.signal) == ("fullscreen", Signal.FULLSCREEN)
    assert sensing.sensor.health() == Health("fullscreen", State.OK, "x11", None, "off")


def test_it_tells_of_changes_by_itself_and_of_nothing_else(sensing: Sensing, screen: Screen) -> None:
    window = screen.open()
    screen.activate(window)
    screen.turn(window, "FULLSCREEN")
    sensing.until(on=True)
    assert sensing.sensor.health().value == "on"
    screen.turn(window, "FULLSCREEN", on=False)
    sensing.until(on=False)
    sensing.stays(False, True, False)


def test_nobody_asked_for_a_while_and_only_its_end_is_told(
    loop: SelectorLoop, sensing: Sensing, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = screen.open()
    screen.activate(window)
    assert sensing.looks() is False
    monkeypatch.setattr(fullscreen, "CARED_FOR_S", 0.0)
    turn_for(loop, SETTLED_S)
    screen.turn(window, "FULLSCREEN")
    turn_for(loop, SETTLED_S)
    sensing.stays(False, False)
    assert sensing.looks() is True
    turn_for(loop, SETTLED_S)
    screen.turn(window, "FULLSCREEN", on=False)
    sensing.until(on=False)


def test_each_look_is_answered_also_when_nothing_has_changed(sensing: Sensing, screen: Screen) -> None:
    assert sensing.looks() is False
    assert sensing.looks() is False
    screen.activate(screen.open("FULLSCREEN"))
    assert sensing.looks() is True, "a look need not wait for a burst to settle"


def test_closed_it_tells_nothing_more(loop: SelectorLoop, sensing: Sensing) -> None:
    sensing.sensor.look()
    sensing.sensor.close()
    sensing.sensor.close()
    sensing.sensor.look()
    sensing.stays(False)


def test_xwayland_is_not_asked(loop: SelectorLoop, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there and would answer, but of its own windows alone."""
    with WaylandServer(((MANAGER, 3),)) as compositor:
        for name, value in compositor.env.items():
            monkeypatch.setenv(name, value)
        sensing = Sensing(loop, lambda told: FullScreen(loop, told))
        screen.activate(screen.open("FULLSCREEN"))
        assert sensing.looks() is False
        assert sensing.sensor.health().source == "wlr_foreign_toplevel"
        sensing.sensor.close()


def test_a_compositor_that_lists_nothing_cannot_tell(
    loop: SelectorLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with WaylandServer() as compositor:
        for name, value in compositor.env.items():
            monkeypatch.setenv(name, value)
        sensing = Sensing(loop, lambda told: FullScreen(loop, told))
        assert sensing.looks() is None
        reason = "the Wayland compositor does not list windows"
        assert sensing.sensor.health() == Health(
            "fullscreen", State.ABSENT, "wlr_foreign_toplevel", reason, None
        )
        sensing.sensor.close()


def test_without_a_display_it_cannot_work(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match=r"^DISPLAY is not set$"):
        FullScreen(loop, lambda _on: None)


def test_a_lost_display_is_said_so(
    loop: SelectorLoop, sensing: Sensing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensing.sensor, "_way", _Lost())
    assert sensing.looks() is None
    health = sensing.sensor.health()
    assert (health.state, health.reason, health.value) == (State.LOST, "gone", None)
    turn_until(loop, lambda: sensing.told == [False, None], "no more than that")


class _Lost:
    source, trouble = "x11", (State.LOST, "gone")

    def fills(self) -> None:
        return None

    def close(self) -> None:
        pass
