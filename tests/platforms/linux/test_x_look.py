"""What counts as full screen, with real windows under a real openbox on two monitors."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.support.monitors import split
from tests.support.shown_windows import LEFT, RIGHT, Screen, child, stranger, window_manager
from tests.support.waiting import wait_until
from tests.support.xserver import XServer
from tray_agent.platforms.linux import x_look
from tray_agent.platforms.linux.x_look import Look, is_child
from tray_agent.platforms.linux.x_windows import WindowConnection
from tray_agent.ports import Unavailable

FULL = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.showFullScreen()
app.exec()
"""


@pytest.fixture(scope="module")
def managed(server: XServer) -> Iterator[XServer]:
    with window_manager(server.display), closing(split(server.display, {"left": LEFT, "right": RIGHT})):
        yield server


@pytest.fixture
def screen(managed: XServer) -> Iterator[Screen]:
    with Screen(managed.display) as screen:
        wait_until(lambda: not screen.stacked(), "the windows of the test before to be gone")
        yield screen


@pytest.fixture
def x(managed: XServer) -> Iterator[WindowConnection]:
    with closing(WindowConnection(managed.display)) as connection:
        yield connection


def filled(x: WindowConnection) -> bool:
    (active,) = x.said(x.top, "_NET_ACTIVE_WINDOW")[:1] or (0,)
    return Look(x).fills(active)


def comes(x: WindowConnection) -> None:
    wait_until(lambda: filled(x), "a look that finds full screen")


def goes(x: WindowConnection) -> None:
    wait_until(lambda: not filled(x), "a look that finds none")


def active(screen: Screen, *states: str, **about: Any) -> Any:
    window = screen.open(*states, **about)
    screen.activate(window)
    return window


def test_an_ordinary_window_does_not_fill_a_monitor(screen: Screen, x: WindowConnection) -> None:
    active(screen)
    assert not filled(x)


def test_a_window_goes_full_screen_and_back(screen: Screen, x: WindowConnection) -> None:
    window = active(screen)
    screen.turn(window, "FULLSCREEN")
    comes(x)
    screen.turn(window, "FULLSCREEN", on=False)
    goes(x)


def test_what_is_maximised_is_not_full_screen(screen: Screen, x: WindowConnection) -> None:
    """Programs that draw their own frame then cover all there is, where no panel takes its part."""
    active(screen, "MAXIMIZED_HORZ", "MAXIMIZED_VERT", place=LEFT, frame=False)
    assert not filled(x)


def test_a_minimised_one_is_not_seen(screen: Screen, x: WindowConnection) -> None:
    window = active(screen, "FULLSCREEN")
    comes(x)
    screen.minimise(window)
    goes(x)


def test_one_on_another_desktop_is_not_seen(screen: Screen, x: WindowConnection) -> None:
    active(screen, "FULLSCREEN")
    comes(x)
    screen.show_desktop(1)
    goes(x)
    screen.show_desktop(0)
    comes(x)


@pytest.mark.parametrize("kind", ["DESKTOP", "DOCK"])
def test_the_desktop_itself_is_no_program(screen: Screen, x: WindowConnection, kind: str) -> None:
    screen.open("FULLSCREEN", kind=kind, place=LEFT, frame=False)
    active(screen)
    assert not filled(x)


def test_slides_on_the_other_monitor_count_while_notes_have_the_keys(
    screen: Screen, x: WindowConnection
) -> None:
    screen.open("FULLSCREEN", place=RIGHT)
    active(screen, place=(20, 40, 100, 100))
    comes(x)


def test_a_film_behind_the_letter_one_writes_does_not(screen: Screen, x: WindowConnection) -> None:
    screen.open("FULLSCREEN", place=RIGHT)
    letter = active(screen, place=(450, 100, 300, 400))
    goes(x)
    screen.close(letter)
    comes(x)


def test_what_lies_over_a_corner_does_not_hide_it(screen: Screen, x: WindowConnection) -> None:
    screen.open("FULLSCREEN", place=RIGHT)
    active(screen, place=(410, 30, 80, 60))
    comes(x)


def test_a_minimised_window_hides_nothing(screen: Screen, x: WindowConnection) -> None:
    screen.open("FULLSCREEN", place=RIGHT)
    screen.minimise(active(screen, place=(450, 100, 300, 400)))
    comes(x)


def test_a_borderless_window_as_large_as_its_monitor_fills_it_while_active(
    screen: Screen, x: WindowConnection
) -> None:
    game = active(screen, place=RIGHT, frame=False)
    comes(x)
    active(screen, place=(20, 40, 100, 100))
    goes(x)
    screen.activate(game)
    comes(x)
    screen.resize(game, 399, 600)
    goes(x)


def test_a_frame_means_that_it_does_not(screen: Screen, x: WindowConnection) -> None:
    active(screen, place=LEFT)
    assert not filled(x)


def test_a_window_behind_the_managers_back_counts_while_it_has_the_keys(
    screen: Screen, x: WindowConnection
) -> None:
    window = screen.open(place=RIGHT, managed=False)
    assert not filled(x)

    def has_the_keys() -> bool:
        screen.focus(window)  # openbox may still be giving them to somebody else
        return filled(x)

    wait_until(has_the_keys, "a look that finds it")
    screen.resize(window, 300, 600)
    assert not filled(x)
    screen.close(window)


def test_a_wallpaper_that_moves_does_not(screen: Screen, x: WindowConnection) -> None:
    screen.open("FULLSCREEN", "BELOW", place=LEFT)
    active(screen, place=(20, 40, 60, 60))
    assert not filled(x)


def test_our_own_windows_are_known_by_their_process(
    managed: XServer, screen: Screen, x: WindowConnection
) -> None:
    """A break fills the screen, too, but is no reason to hold a prompt; others' windows are."""
    with child(managed.display, sys.executable, "-c", FULL) as ours:
        state = x.atom("_NET_WM_STATE_FULLSCREEN")
        wait_until(lambda: any(state in x.states(w) for w in screen.stacked()), "the break")
        assert is_child(ours)
        assert not filled(x)
    wait_until(lambda: not screen.stacked(), "the break to be over")
    with stranger(managed.display, sys.executable, "-c", FULL):
        comes(x)
    goes(x)


def test_our_own_window_does_not_end_the_film_below(
    managed: XServer, screen: Screen, x: WindowConnection
) -> None:
    with child(managed.display, "sleep", "30") as ours:
        screen.open("FULLSCREEN", place=RIGHT)
        active(screen, place=(450, 100, 300, 400), pid=ours)
        comes(x)


def test_a_real_terminal_in_full_screen(managed: XServer, screen: Screen, x: WindowConnection) -> None:
    with stranger(managed.display, "xterm", "-fullscreen", "-e", "sleep 30"):
        comes(x)
    goes(x)


@pytest.mark.parametrize("pid", [os.getpid(), 1, 0, 0x80000000, 0xFFFFFFFF])
def test_nobody_is_taken_for_a_child(pid: int) -> None:
    assert not is_child(pid)


def test_a_server_without_answers_takes_no_longer_than_it_may(
    screen: Screen, x: WindowConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_window: int) -> frozenset[int]:
        time.sleep(0.02)
        raise Unavailable("the X server refused a question")

    monkeypatch.setattr(x_look, "PATIENCE_S", 0.01)
    monkeypatch.setattr(x, "states", slow)
    with pytest.raises(Unavailable, match=r"^the X server does not answer$"):
        Look(x).fills(active(screen).id)


def test_a_server_that_is_gone_is_no_empty_screen(x: WindowConnection) -> None:
    x.close()
    with pytest.raises(Unavailable, match="closed the connection"):
        Look(x).fills(5)
