"""What a real X server and openbox say of windows that another client opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.support.monitors import split
from tests.support.shown_windows import EVERY_DESKTOP, LEFT, RIGHT, Screen, window_manager
from tests.support.waiting import wait_until
from tests.support.xserver import XServer
from tray_agent.platforms.linux import x_windows
from tray_agent.platforms.linux.x_windows import Box, Question, WindowConnection, about
from tray_agent.platforms.linux.xcb import Extension
from tray_agent.ports import Unavailable

WHOLE = Box(0, 0, 800, 600)


@pytest.fixture
def x(server: XServer) -> Iterator[WindowConnection]:
    with closing(WindowConnection(server.display)) as connection:
        yield connection


@pytest.fixture
def screen(server: XServer) -> Iterator[Screen]:
    with window_manager(server.display), Screen(server.display) as screen:
        yield screen


def test_boxes_know_what_is_inside() -> None:
    box = Box(400, 100, 400, 500)
    assert box.middle == (600, 350)
    assert box.holds((400, 100)) and box.holds((799, 599))
    assert not box.holds((399, 100)) and not box.holds((800, 599))
    assert WHOLE.covers(box) and WHOLE.covers(WHOLE)
    assert not box.covers(WHOLE) and not Box(0, 0, 800, 599).covers(WHOLE)


def test_the_monitors_are_the_ones_that_are_plugged_in(server: XServer, x: WindowConnection) -> None:
    assert x.monitors() == (WHOLE,)
    with closing(split(server.display, {"left": LEFT, "right": RIGHT})):
        assert set(x.monitors()) == {Box(*LEFT), Box(*RIGHT)}


def test_without_monitors_the_screen_is_one(server: XServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(x_windows, "Extension", lambda name: Extension(b"NO-" + name))
    with closing(WindowConnection(server.display)) as x:
        assert x.monitors() == (WHOLE,)


def test_a_window_manager_is_seen_and_missed(server: XServer, x: WindowConnection) -> None:
    """What one has written on the root outlives it, and is not believed."""
    assert not x.managed()
    with window_manager(server.display) as process:
        wait_until(x.managed, "the window manager")
        process.kill()
        process.wait(10)
        wait_until(lambda: not x.managed(), "its end")
        assert x.said(x.top, "_NET_SUPPORTED")


def test_how_a_window_is_shown(screen: Screen, x: WindowConnection) -> None:
    window = screen.open("FULLSCREEN", pid=77)
    assert x.states(window.id) == {x.atom("_NET_WM_STATE_FULLSCREEN")} | x.states(window.id)
    wait_until(lambda: x.place(window.id) == WHOLE, "it to fill the screen")
    assert x.viewable(window.id) and not x.unmanaged(window.id)
    assert x.said(window.id, "_NET_WM_PID") == (77,)
    assert not x.is_desktop(window.id) and not x.wants_no_frame(window.id)
    screen.minimise(window)
    assert not x.viewable(window.id)
    assert x.atom("_NET_WM_STATE_HIDDEN") in x.states(window.id)


def test_a_place_is_counted_from_the_corner_of_the_screen_and_not_of_a_frame(
    screen: Screen, x: WindowConnection
) -> None:
    window = screen.open(place=(300, 200, 120, 80))
    place = wait_until(lambda: (at := x.place(window.id)).top > 200 and at, "it to be below its title bar")
    assert place
    assert (place.width, place.height) == (120, 80)


def test_desktops_and_panels_are_known(screen: Screen, x: WindowConnection) -> None:
    kinds = {kind: x.is_desktop(screen.open(kind=kind).id) for kind in ("DESKTOP", "DOCK", "DIALOG")}
    assert kinds == {"DESKTOP": True, "DOCK": True, "DIALOG": False}


def test_frames_can_be_unwanted(screen: Screen, x: WindowConnection) -> None:
    assert x.wants_no_frame(screen.open(frame=False).id)


def test_windows_stay_on_their_desktop(screen: Screen, x: WindowConnection) -> None:
    window, everywhere = screen.open(), screen.open(desktop=EVERY_DESKTOP)
    assert x.on_this_desktop(window.id) and x.on_this_desktop(everywhere.id)
    screen.show_desktop(1)
    assert not x.on_this_desktop(window.id)
    assert x.on_this_desktop(everywhere.id)


def test_what_no_manager_cares_for_may_have_the_keys(screen: Screen, x: WindowConnection) -> None:
    window = screen.open(managed=False)
    assert x.unmanaged(window.id)
    screen.focus(window)
    assert x.focused() == window.id


def test_a_window_that_is_gone_is_said_so(screen: Screen, x: WindowConnection) -> None:
    window = screen.open()
    screen.close(window)
    for question in (x.states, x.viewable, x.place):
        with pytest.raises(Unavailable, match=r"^the X server refused a question$"):
            question(window.id)
    assert not x.broken


def test_long_lists_are_read_whole(screen: Screen, x: WindowConnection) -> None:
    """A list cut at its end would lack the highest windows."""
    windows = [screen.open() for _ in range(70)]
    listed = x.said(x.top, "_NET_CLIENT_LIST_STACKING")
    assert {window.id for window in windows} <= {*listed}


def test_what_was_asked_before_is_asked_at_once_and_answered_anew(
    screen: Screen, x: WindowConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = screen.open()
    asked: list[Question] = []

    def look() -> tuple[frozenset[int], bool, Box]:
        with x.foreseeing(asked):
            assert x.states(window.id) == x.states(window.id)
            return x.states(window.id), x.viewable(window.id), x.place(window.id)

    hidden = x.atom("_NET_WM_STATE_HIDDEN")
    assert look() == look(), "so that all names are known"
    screen.minimise(window)
    waits = _waits(x, monkeypatch)
    states, viewable, _place = look()
    assert not viewable and hidden in states
    assert waits == ["request"] * 4 + ["receive"] * 4, "nothing twice, and nobody waits before all is asked"


def test_what_was_asked_of_one_window_can_be_asked_of_another(
    screen: Screen, x: WindowConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = screen.open(), screen.open(place=(300, 200, 120, 80))
    asked: list[Question] = []
    with x.foreseeing(asked):
        x.place(one.id)
    asked = [about(question, one.id, other.id) for question in asked]
    waits = _waits(x, monkeypatch)
    with x.foreseeing(asked):
        assert x.place(other.id).width == 120
    assert waits == ["request"] * 2 + ["receive"] * 2


def test_answers_that_nobody_wanted_are_forgotten_and_later_ones_are_of_later(
    screen: Screen, x: WindowConnection
) -> None:
    window, gone = screen.open(), screen.open()
    asked: list[Question] = []
    with x.foreseeing(asked):
        assert x.viewable(window.id) and x.viewable(gone.id)
    screen.close(gone)
    with x.foreseeing(asked):
        pass
    assert asked == []
    screen.minimise(window)
    assert not x.viewable(window.id)
    assert list(x.events()) == [], "the refusal of what was asked about a window that is gone"
    assert not x.broken


def test_a_window_that_is_gone_is_said_so_even_when_foreseen(screen: Screen, x: WindowConnection) -> None:
    window = screen.open()
    asked: list[Question] = []
    with x.foreseeing(asked):
        assert x.viewable(window.id)
    screen.close(window)
    with x.foreseeing(asked), pytest.raises(Unavailable, match=r"^the X server refused a question$"):
        x.viewable(window.id)


def _waits(x: WindowConnection, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of the two halves of a question come in which order from now on."""
    came: list[str] = []
    for half in ("request", "receive"):
        real: Callable[..., object] = getattr(x, half)

        def noted(*given: object, half: str = half, real: Callable[..., object] = real) -> object:
            came.append(half)
            return real(*given)

        monkeypatch.setattr(x, half, noted)
    return came
