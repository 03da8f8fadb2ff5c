"""The first tenth of a second, before a played panel; tests/e2e/test_agent_tray.py has a real one."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tray_agent import arrival, platforms
from tray_agent.arrival import Arrival, Options
from tray_agent.ports import Entry, Face, Health, State, Unavailable
from tray_agent.shell import folders
from tray_agent.shell.ipc import AlreadyRunning
from tray_agent.shell.loop import SelectorLoop

LATER_S = 0.05
LONG_S = 30.0
ROUNDED_S = 1e-6
"""More than the difference of two moments is wrong by: on Windows 0.1 seconds were 0.0999999999985."""


class PlayedTray:
    """An icon that its panel takes when the test says so."""

    def __init__(self, menu: Callable[[], Any], _draw: object, **asked: Callable[..., object]) -> None:
        self.menu, self.asked = menu, asked
        self.state = State.DEGRADED

    def show(self, face: Face) -> None:
        raise AssertionError(f"nobody knows a face yet: {face}")

    def health(self) -> Health:
        return Health("tray", self.state)

    def close(self) -> None:
        self.state = State.OFF


@pytest.fixture
def system() -> Any:
    return SimpleNamespace(
        desktop=lambda _loop: SimpleNamespace(tray=PlayedTray, icon_takes_turns=True, close=lambda: None),
        channel=platforms.select().channel,
    )


@pytest.fixture
def begin(
    loop: SelectorLoop, system: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Arrival]]:
    monkeypatch.setenv("TRAY_AGENT_HOME", str(tmp_path))
    places = folders.find(platforms.select().places)
    places.make()
    begun: list[Arrival] = []

    def begin(**options: Any) -> Arrival:
        begun.append(Arrival(system, loop, Options(**options), places))
        return begun[-1]

    yield begin
    for each in begun:
        if each.tray.health().state is not State.OFF or each.options.no_tray:
            each.close()


def waited_s(here: Arrival) -> float:
    began = time.monotonic()
    here.await_icon()
    return time.monotonic() - began


def test_it_waits_for_the_panel_and_then_for_the_picture(
    loop: SelectorLoop, begin: Callable[..., Arrival], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "ICON_WITHIN_S", LONG_S)
    here, asked_for = begin(), []
    assert isinstance(here.tray, PlayedTray)
    loop.call_later(LATER_S, lambda: setattr(here.tray, "state", State.OK))
    loop.call_later(LATER_S + arrival.PICTURE_WITHIN_S / 2, lambda: asked_for.append("picture"))
    assert LATER_S <= waited_s(here) < LONG_S
    assert asked_for == ["picture"]


def test_without_a_panel_it_soon_goes_on(begin: Callable[..., Arrival]) -> None:
    assert arrival.ICON_WITHIN_S - ROUNDED_S <= waited_s(begin()) < LONG_S


def test_without_an_icon_there_is_nothing_to_wait_for(
    begin: Callable[..., Arrival], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrival, "ICON_WITHIN_S", LONG_S)
    here = begin(no_tray=True)
    assert (here.tray.health().state, here.tray.health().reason) == (State.OFF, "started with --no-tray")
    assert waited_s(here) < LONG_S


def test_a_click_on_an_icon_that_came_by_itself_waits_for_who_can_answer(
    loop: SelectorLoop, begin: Callable[..., Arrival]
) -> None:
    here, clicked = begin(), []
    here.desktop.icon_takes_turns = False
    loop.call_soon(lambda: clicked.append("too soon"))
    here.await_icon()
    assert not clicked


def test_what_the_icon_is_asked_before_anybody_is_there_harms_nobody(begin: Callable[..., Arrival]) -> None:
    here = begin()
    icon = here.tray
    assert isinstance(icon, PlayedTray)
    assert list(icon.menu()) == []
    for name, place in (("activated", ()), ("popup", (3, 4)), ("changed", ())):
        icon.asked[name](*place)


def test_what_the_icon_is_asked_later_reaches_whoever_came(begin: Callable[..., Arrival]) -> None:
    heard: list[object] = []
    here = begin()
    here.entries = lambda: [Entry("Quit", lambda: None)]
    here.clicked = lambda: heard.append("click")
    here.popup = lambda x, y: heard.append((x, y))
    here.changed = lambda: heard.append("health")
    icon = here.tray
    assert isinstance(icon, PlayedTray)
    assert [entry.label for entry in icon.menu()] == ["Quit"]
    icon.asked["activated"]()
    icon.asked["popup"](3, 4)
    icon.asked["changed"]()
    assert heard == ["click", (3, 4), "health"]


def test_there_is_one_at_a_time_from_the_first_moment(begin: Callable[..., Arrival]) -> None:
    begin()
    with pytest.raises(AlreadyRunning):
        begin()


def test_where_nobody_takes_over_the_icon_goes_and_the_place_is_free(begin: Callable[..., Arrival]) -> None:
    here = begin()
    here.close()
    assert here.tray.health().state is State.OFF
    begin()


def test_where_there_is_no_desktop_the_place_is_free_again(
    begin: Callable[..., Arrival], system: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_here(_loop: SelectorLoop) -> None:
        raise Unavailable("no desktop here")

    with monkeypatch.context() as nowhere:
        nowhere.setattr(system, "desktop", none_here)
        with pytest.raises(Unavailable):
            begin()
    begin()


def test_what_the_icon_can_do_without_is_not_loaded_before_it() -> None:
    """In a Python of its own, since this one has loaded it all."""
    code = (
        "import sys\n"
        "from tray_agent import wiring, platforms\n"
        "before = set(sys.modules)\n"
        "import tray_agent.running\n"
        "print(*(sys.modules.keys() - before))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert set(done.stdout.split()) >= {
        "apscheduler",
        "sqlite3",
        "tray_agent.core.engine",
        "tray_agent.shell.agent",
        "tray_agent.shell.child_windows",
        "tray_agent.shell.menu",
        "tray_agent.shell.settings",
        "tray_agent.shell.watchers",
    }
