"""When a look is worth while: what a real X server tells, and what must not wake anybody."""

from __future__ import annotations

import os
import select
import socket
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace

import pytest

from tests.support.shown_windows import Screen, window_manager
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer, xserver
from tray_agent.platforms.linux import x_fullscreen, xcb
from tray_agent.platforms.linux.x_fullscreen import XFullScreen
from tray_agent.ports import State, Unavailable
from tray_agent.shell.loop import SelectorLoop

LONG_ENOUGH_S = 0.6
"""More than a burst and its rest take here."""


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x_fullscreen, "SETTLES_IN_S", 0.1)
    monkeypatch.setattr(x_fullscreen, "RECONNECT_S", 0.1)


class Watcher:
    """Looks whenever it is told to, as the sensor does, and counts."""

    def __init__(self, loop: SelectorLoop, display: str) -> None:
        self.loop, self.looks = loop, 0
        self.answer: bool | None = None
        self.cares = True
        self.way = XFullScreen(loop, self.look, lambda: self.cares, display)
        self.look()

    def look(self) -> None:
        self.looks += 1
        self.answer = self.way.fills()

    def comes_to(self, answer: bool | None) -> None:
        turn_until(self.loop, lambda: self.answer is answer, f"{answer}")

    def rests(self) -> None:
        """Let whatever is going on come to its end, then count from nothing."""
        turn_for(self.loop, LONG_ENOUGH_S)
        self.looks = 0


@pytest.fixture
def display(server: XServer) -> Iterator[str]:
    with window_manager(server.display):
        yield server.display


@pytest.fixture
def screen(display: str) -> Iterator[Screen]:
    with Screen(display) as screen:
        yield screen


@pytest.fixture
def watcher(loop: SelectorLoop, display: str) -> Iterator[Watcher]:
    watcher = Watcher(loop, display)
    with closing(watcher.way):
        yield watcher


def test_full_screen_and_its_end_are_noticed_without_asking(watcher: Watcher, screen: Screen) -> None:
    window = screen.open()
    screen.activate(window)
    watcher.comes_to(False)
    watcher.rests()
    screen.turn(window, "FULLSCREEN")
    watcher.comes_to(True)
    screen.turn(window, "FULLSCREEN", on=False)
    watcher.comes_to(False)


def test_another_window_in_front_is_noticed_and_another_desktop(watcher: Watcher, screen: Screen) -> None:
    other, film = screen.open(place=(300, 200, 300, 300)), screen.open("FULLSCREEN")
    screen.activate(film)
    watcher.comes_to(True)
    screen.activate(other)
    watcher.comes_to(False)
    screen.activate(film)
    watcher.comes_to(True)
    screen.show_desktop(1)
    watcher.comes_to(False)
    screen.show_desktop(0)
    watcher.comes_to(True)
    screen.close(film)
    watcher.comes_to(False)


def test_nothing_wakes_for_titles_and_time_stamps(watcher: Watcher, screen: Screen) -> None:
    """Many programs write one at each key: hearing of them would be heard typing."""
    window = screen.open()
    screen.activate(window)
    watcher.rests()
    x = watcher.way._x
    assert x is not None
    assert watcher.way._active == window.id
    for number in range(50):
        screen.rename(window, f"a title {number}")
    x.focused()  # a round trip: what the server had to tell has come with its answer
    assert list(x.events()) == []


def test_where_nobody_cares_the_first_change_is_the_last_that_is_heard(
    watcher: Watcher, screen: Screen
) -> None:
    windows = [screen.open(place=(20 * n, 30, 100, 100)) for n in range(4)]
    watcher.rests()
    watcher.cares = False
    screen.activate(windows[0])
    watcher.rests()
    x = watcher.way._x
    assert x is not None
    for window in windows:
        screen.activate(window)
    screen.resize(windows[-1], 200, 100)
    assert select.select([x.fd], [], [], LONG_ENOUGH_S)[0] == []
    assert watcher.looks == 0


def test_the_next_look_after_that_is_a_whole_one_and_hears_again(watcher: Watcher, screen: Screen) -> None:
    window, other = screen.open(), screen.open(place=(20, 30, 100, 100))
    watcher.rests()
    watcher.cares = False
    screen.activate(window)
    watcher.rests()
    screen.turn(window, "FULLSCREEN")
    watcher.rests()
    assert watcher.answer is False
    watcher.cares = True
    watcher.look()
    assert watcher.answer is True
    screen.turn(window, "FULLSCREEN", on=False)
    watcher.comes_to(False)
    screen.turn(other, "FULLSCREEN")
    screen.activate(other)
    watcher.comes_to(True)


def test_a_storm_of_changes_makes_few_looks(watcher: Watcher, screen: Screen) -> None:
    windows = [screen.open(place=(20 * n, 30, 100, 100)) for n in range(4)]
    watcher.rests()
    for window in windows * 10:
        screen.activate(window)
    for step in range(100):
        screen.resize(windows[0], 100 + step, 100)
    turn_for(watcher.loop, LONG_ENOUGH_S)
    assert 1 <= watcher.looks <= 8


def test_a_look_waits_for_the_server_a_few_times_however_many_windows_there_are(
    watcher: Watcher, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each wait is a sleep and a wake-up, and people change windows all day."""
    windows = [screen.open(place=(20 * n, 30, 100, 100)) for n in range(8)]
    screen.activate(windows[0])
    watcher.rests()
    waits: list[object] = []

    def counted(readable: list[int], *rest: object) -> object:
        waits.append(readable)
        return select.select(readable, [], [], 1.0)

    def look() -> int:
        waits.clear()
        watcher.look()
        return len(waits)

    monkeypatch.setattr(xcb, "select", SimpleNamespace(select=counted))
    assert look() <= 8, "about one, unless the server answers in pieces"
    screen.activate(windows[1])
    assert look() <= 8
    assert watcher.answer is False


def test_without_a_window_manager_it_cannot_tell_until_there_is_one(loop: SelectorLoop) -> None:
    with xserver() as server:
        watcher = Watcher(loop, server.display)
        assert watcher.answer is None
        assert watcher.way.trouble == (State.ABSENT, "no window manager says which window is active")
        with window_manager(server.display):
            watcher.comes_to(False)
            assert watcher.way.trouble is None
        watcher.look()
        assert watcher.answer is None, "it is gone, and what it wrote is not believed"
        watcher.way.close()


def test_a_connection_that_was_cut_is_made_anew(watcher: Watcher, screen: Screen) -> None:
    watcher.comes_to(False)
    cut(watcher)
    watcher.comes_to(None)
    assert watcher.way.trouble == (State.LOST, "the X server closed the connection")
    watcher.comes_to(False)
    assert watcher.way.trouble is None
    screen.activate(screen.open("FULLSCREEN"))
    watcher.comes_to(True)


def test_a_look_before_it_tries_again_by_itself_makes_it_anew_as_well(
    watcher: Watcher, screen: Screen
) -> None:
    watcher.comes_to(False)
    cut(watcher)
    watcher.comes_to(None)
    watcher.look()
    assert watcher.answer is False
    watcher.rests()
    screen.activate(screen.open("FULLSCREEN"))
    watcher.comes_to(True)


@pytest.mark.parametrize("cares", [True, False])
def test_a_server_that_dies_before_the_first_look_is_said_so(loop: SelectorLoop, cares: bool) -> None:
    with (
        xserver() as server,
        closing(XFullScreen(loop, lambda: None, lambda: cares, server.display)) as way,
    ):
        server.kill()
        turn_for(loop, LONG_ENOUGH_S)
        assert way.fills() is None
        assert way.trouble is not None
        assert way.trouble[0] is State.LOST


def cut(watcher: Watcher) -> None:
    """The server has hung up."""
    assert watcher.way._x is not None
    with socket.socket(fileno=os.dup(watcher.way._x.fd)) as end:
        end.shutdown(socket.SHUT_RDWR)


def test_a_server_that_hangs_is_said_so_and_heard_again(
    watcher: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    watcher.comes_to(False)
    x = watcher.way._x
    assert x is not None
    with monkeypatch.context() as patch:
        patch.setattr(x, "managed", _hangs)
        watcher.look()
        assert watcher.answer is None
        assert watcher.way.trouble == (State.LOST, "the X server does not answer")
    watcher.look()
    assert watcher.answer is False
    assert watcher.way._x is x


def _hangs() -> bool:
    raise Unavailable("the X server does not answer")


def test_a_server_that_is_not_there_is_said_so(loop: SelectorLoop) -> None:
    with pytest.raises(Unavailable, match=r"^no X server answers at :987654$"):
        XFullScreen(loop, lambda: None, lambda: True, ":987654")


def test_closed_it_looks_no_more(watcher: Watcher, screen: Screen) -> None:
    watcher.rests()
    screen.open("FULLSCREEN")
    watcher.way.close()
    watcher.way.close()
    turn_for(watcher.loop, LONG_ENOUGH_S)
    assert watcher.looks == 0
