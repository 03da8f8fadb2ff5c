"""Which tray has the icon, with panels of both kinds coming and going: never two at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from jeepney import DBusAddress
from PIL import Image

from tests.support import screen
from tests.support.desktop import Desktop
from tests.support.peers import Watcher
from tests.support.person import Person
from tests.support.private_bus import PrivateBus
from tests.support.tray_hosts import PlayedPanel, TrayHost
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux import tray_choice
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.messages import method
from tray_agent.platforms.linux.tray_choice import TrayChoice
from tray_agent.ports import Entry, Face, Health, State
from tray_agent.shell.icon import draw
from tray_agent.shell.loop import SelectorLoop

LOOKING = Health("tray", State.DEGRADED, None, "looking for a panel")
NOWHERE = Health("tray", State.ABSENT, None, "no panel collects tray icons here")
SETTLE_S = 0.3
NEVER_S = 3600.0
BACK_WITHIN_S = 5.0
MAGENTA = (255, 0, 255)
SITTING = Face("sitting", 0.5, "Sitting about 20 min")


class Stage:
    """A choice between panels of the test's making, and what it told."""

    def __init__(self, loop: SelectorLoop, bus: PrivateBus, server: XServer, stack: ExitStack) -> None:
        self.loop, self.daemon, self.server, self.stack = loop, bus, server, stack
        self.told: list[Health] = []
        self.tokens: list[str] = []
        self.theirs = self.connect()
        self.begin()

    def begin(self) -> None:
        """Begin to choose, as the agent does when it starts."""
        self.ours = self.connect()
        self.tray = TrayChoice(
            self.loop,
            self.ours,
            lambda: [Entry("Quit", lambda: None)],
            draw,
            activated=lambda: None,
            popup=lambda _x, _y: None,
            changed=lambda: self.told.append(self.tray.health()),
            token=self.tokens.append,
            desktop="XFCE",
            display=self.server.display,
        )
        self.stack.callback(self.tray.close)
        self.tray.show(SITTING)

    def connect(self) -> Bus:
        bus = Bus(self.loop, self.daemon.address)
        self.stack.callback(bus.close)
        return bus

    def watcher(self, *, hosted: bool = True) -> Watcher:
        return Watcher(self.theirs, hosted=hosted)

    def x11_panel(self) -> PlayedPanel:
        panel = PlayedPanel(self.loop, self.server.display)
        self.stack.callback(panel.leave)
        return panel

    def await_source(self, source: str | None, state: State = State.OK) -> None:
        def there() -> bool:
            health = self.tray.health()
            return (health.source, health.state) == (source, state)

        turn_until(self.loop, there, f"{source} to be {state}")


@pytest.fixture
def stage(server: XServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(tray_choice, "SETTLE_S", SETTLE_S)
    with ExitStack() as stack:
        loop = SelectorLoop()
        stack.callback(loop.close)
        yield Stage(loop, stack.enter_context(PrivateBus()), server, stack)


def test_without_any_panel_it_looks_for_a_while_and_then_says_why(stage: Stage) -> None:
    assert stage.tray.health() == LOOKING
    turn_until(stage.loop, lambda: stage.told, "the end of looking")
    assert stage.told == [NOWHERE] == [stage.tray.health()]


def test_status_notifier_is_taken_at_once(stage: Stage) -> None:
    watcher = stage.watcher()
    stage.await_source("status_notifier")
    assert len(watcher.items) == 1
    turn_for(stage.loop, SETTLE_S + 0.1)
    assert [health.source for health in stage.told] == ["status_notifier"]


def test_an_x11_panel_alone_gets_the_icon(stage: Stage) -> None:
    panel = stage.x11_panel()
    stage.await_source("xembed")
    assert len(panel.shown()) == 1


def test_a_panel_that_was_there_before_us_gets_the_icon_at_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray_choice, "SETTLE_S", NEVER_S)
    panel = stage.x11_panel()
    stage.tray.close()
    stage.begin()
    stage.await_source("xembed")
    assert len(panel.shown()) == 1


@pytest.mark.parametrize("hosted", [True, False])
def test_whoever_was_there_before_us_and_knows_both_ways_gets_one_icon(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, *, hosted: bool
) -> None:
    monkeypatch.setattr(tray_choice, "SETTLE_S", NEVER_S)
    panel, watcher = stage.x11_panel(), stage.watcher(hosted=hosted)
    stage.tray.close()
    items, requests = len(watcher.items), panel.requests
    stage.begin()
    stage.await_source("status_notifier" if hosted else "xembed")
    assert (len(watcher.items) - items, panel.requests - requests) == (1, 0 if hosted else 1)


def test_a_panel_that_comes_after_us_is_given_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray_choice, "SETTLE_S", NEVER_S)
    stage.tray.close()
    stage.begin()
    panel = stage.x11_panel()
    turn_for(stage.loop, SETTLE_S)
    assert (panel.requests, stage.tray.health()) == (0, LOOKING)


def test_a_panel_that_knows_both_ways_gets_one_icon(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_for(stage.loop, SETTLE_S + 0.1)
    # A busy machine may take a second for what a panel does in a moment.
    monkeypatch.setattr(tray_choice, "SETTLE_S", 4 * SETTLE_S)
    panel = stage.x11_panel()
    turn_for(stage.loop, SETTLE_S / 3)
    stage.watcher()
    stage.await_source("status_notifier")
    turn_for(stage.loop, 4 * SETTLE_S + 0.1)
    assert panel.requests == 0


def test_status_notifier_takes_the_icon_over_and_gives_it_back(stage: Stage) -> None:
    panel = stage.x11_panel()
    stage.await_source("xembed")
    watcher = stage.watcher()
    stage.await_source("status_notifier")
    turn_until(stage.loop, lambda: not panel.shown(), "the X11 panel to be empty")
    watcher.leave()
    stage.await_source("xembed")
    assert len(panel.shown()) == 1


def test_a_watcher_for_no_panel_does_not_hold_the_icon_back(stage: Stage) -> None:
    watcher, panel = stage.watcher(hosted=False), stage.x11_panel()
    stage.await_source("xembed")
    watcher.set_hosted(hosted=True)
    stage.await_source("status_notifier")
    turn_until(stage.loop, lambda: not panel.shown(), "the X11 panel to be empty")


def test_each_new_panel_is_given_time_to_show_what_it_knows(stage: Stage) -> None:
    first = stage.x11_panel()
    stage.await_source("xembed")
    first.leave()
    stage.await_source(None, State.ABSENT)
    second = stage.x11_panel()
    stage.watcher()
    stage.await_source("status_notifier")
    turn_for(stage.loop, SETTLE_S + 0.1)
    assert second.requests == 0


def test_changes_are_told_once_and_in_order(stage: Stage) -> None:
    turn_until(stage.loop, lambda: stage.told == [NOWHERE], "the first word")
    watcher = stage.watcher()
    stage.await_source("status_notifier")
    watcher.leave()
    turn_until(stage.loop, lambda: stage.told[-1] == NOWHERE, "the loss")
    ok = Health("tray", State.OK, "status_notifier")
    assert stage.told == [NOWHERE, LOOKING, ok, LOOKING, NOWHERE]


def test_a_refusal_is_not_looked_into_again_and_again(stage: Stage) -> None:
    Watcher(stage.theirs, refusals=99)
    turn_until(stage.loop, lambda: "refused" in (stage.tray.health().reason or ""), "the refusal")
    before = len(stage.told)
    turn_for(stage.loop, 1.2)  # it is asked again after a second
    assert len(stage.told) == before
    assert stage.tray.health().source is None


def test_without_a_bus_an_x11_panel_does(stage: Stage) -> None:
    panel = stage.x11_panel()
    stage.watcher()
    stage.await_source("status_notifier")
    stage.daemon.kill()
    stage.await_source("xembed")
    stage.daemon.start()
    stage.await_source("status_notifier")
    turn_until(stage.loop, lambda: not panel.shown(), "the X11 panel to be empty")


def test_without_x_status_notifier_does(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    bus = stage.connect()
    tray = TrayChoice(stage.loop, bus, list, draw, activated=lambda: None, popup=lambda _x, _y: None)
    tray.show(SITTING)
    turn_until(stage.loop, lambda: tray.health() == NOWHERE, "the end of looking")
    stage.watcher()
    turn_until(stage.loop, lambda: tray.health().state is State.OK, "the icon")
    tray.close()


def test_an_x_server_that_died_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray_choice, "SETTLE_S", SETTLE_S)
    with ExitStack() as stack:
        loop = SelectorLoop()
        stack.callback(loop.close)
        server = stack.enter_context(xserver())
        stage = Stage(loop, stack.enter_context(PrivateBus()), server, stack)
        panel = stage.x11_panel()
        stage.await_source("xembed")
        panel.leave()
        server.kill()
        reason = "no panel collects tray icons here; the X server closed the connection"
        turn_until(loop, lambda: stage.tray.health().reason == reason, "both reasons")
        stage.watcher()
        stage.await_source("status_notifier")


def test_the_leave_to_take_the_focus_is_passed_on(stage: Stage) -> None:
    watcher = stage.watcher()
    stage.await_source("status_notifier")
    item = DBusAddress("/StatusNotifierItem", watcher.items[0], "org.kde.StatusNotifierItem")
    answers: list[object] = []
    stage.theirs.call(method(item, "ProvideXdgActivationToken", "s", "token-1"), answers.append)
    turn_until(stage.loop, lambda: answers, "the answer")
    assert stage.tokens == ["token-1"]


class OnDesktop:
    """A choice among real panels, its icon a plain patch."""

    def __init__(self, loop: SelectorLoop, desk: Desktop) -> None:
        self.loop, self.desk = loop, desk
        self.did: list[str] = []
        self.bus = Bus(loop, desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self.tray = TrayChoice(
            loop,
            self.bus,
            lambda: [Entry("Quit", lambda: None)],
            lambda _face, size: Image.new("RGBA", (size, size), (*MAGENTA, 255)),
            activated=lambda: self.did.append("activated"),
            popup=lambda x, y: self.did.append(f"menu at {x}, {y}"),
            desktop="XFCE",
            display=desk.display,
        )
        self.tray.show(SITTING)

    def icons(self) -> int:
        """How many patches stand beside each other."""
        picture = screen.picture(self.desk.display)
        patches, before = 0, False
        for x in range(picture.width):
            here = any(picture.getpixel((x, y)) == MAGENTA for y in range(760, picture.height, 8))
            patches, before = patches + (here and not before), here
        return patches

    def await_in(self, source: str, timeout_s: float = BACK_WITHIN_S) -> None:
        def there() -> bool:
            return self.tray.health().source == source and self.icons() == 1

        turn_until(self.loop, there, f"one icon, by {source}", timeout_s)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desktop]:
    with Desktop(without=("dunst", "panel")) as desk:
        yield desk


@pytest.fixture
def shown(desk: Desktop) -> Iterator[OnDesktop]:
    loop = SelectorLoop()
    shown = OnDesktop(loop, desk)
    yield shown
    shown.tray.close()
    shown.bus.close()
    loop.close()


def test_xfces_panel_shows_one_icon_though_it_takes_both_kinds(shown: OnDesktop, desk: Desktop) -> None:
    desk.start("panel")
    shown.await_in("status_notifier")
    turn_for(shown.loop, tray_choice.SETTLE_S + 0.3)
    assert shown.icons() == 1
    desk.kill("panel")
    began = time.monotonic()
    desk.start("panel")
    shown.await_in("status_notifier")
    assert time.monotonic() - began < BACK_WITHIN_S
    desk.kill("panel")


def test_the_desktop_changes_from_one_panel_to_another_and_back(shown: OnDesktop, desk: Desktop) -> None:
    desk.start("panel")
    shown.await_in("status_notifier")
    desk.kill("panel")
    with TrayHost("tint2", desk.display) as host:
        host.start()
        shown.await_in("xembed")
        left = next(x for x in range(1280) if screen.picture(desk.display).getpixel((x, 780)) == MAGENTA)
        with Person(desk.display) as person:
            person.click(left + 5, 780, 3)
            turn_until(shown.loop, lambda: shown.did, "the wish for a menu")
        assert shown.did == [f"menu at {left + 5}, 780"]
    desk.start("panel")
    shown.await_in("status_notifier")
    desk.kill("panel")
