"""Windows as the window server tells of them, and which of them fill a screen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.support.macos import quartz
from tests.support.macos.looking import looking
from tests.support.macos.quartz import Window, server, window
from tray_agent.core.model import Signal
from tray_agent.platforms.macos.fullscreen import fullscreen, some_window_fills
from tray_agent.ports import Health, State, Unavailable

WIDTH, HEIGHT = 1512, 982
NOTCH = 32
MENU_BAR = window(0, 0, WIDTH, 38, layer=24)
DOCK = window(0, 0, WIDTH, HEIGHT, layer=20)
FILM = window(0, 0, WIDTH, HEIGHT)


@pytest.fixture(autouse=True)
def one_display() -> Iterator[None]:
    quartz.begin()
    server.displays = [(0, 0, WIDTH, HEIGHT)]
    yield
    quartz.begin()


@pytest.mark.parametrize(
    ("windows", "fills"),
    [
        pytest.param([], False, id="an empty desktop"),
        pytest.param([MENU_BAR, DOCK], False, id="what the system itself shows"),
        pytest.param([FILM], True, id="a film"),
        pytest.param([window(0, 0, 400, 300), FILM], True, id="a film with a window before it"),
        pytest.param([MENU_BAR, window(0, 38, WIDTH, HEIGHT - 38)], False, id="made as large as can be"),
        pytest.param([window(0, NOTCH, WIDTH, HEIGHT - NOTCH)], True, id="a film below the notch"),
        pytest.param([MENU_BAR, FILM], True, id="a game that lies over the menu bar"),
        pytest.param([window(0, 60, WIDTH, HEIGHT - 60)], False, id="more than any notch is free above it"),
        pytest.param([window(0, 0, WIDTH / 2, HEIGHT)], False, id="half a screen"),
        pytest.param([window(0, 0, WIDTH, HEIGHT, alpha=0)], False, id="one that nobody sees"),
        pytest.param([window(0, 0, WIDTH, HEIGHT, layer=3)], False, id="a layer that floats over all"),
        pytest.param([window(0.5, -0.5, WIDTH - 0.5, HEIGHT)], True, id="half a point aside"),
    ],
)
def test_one_display(windows: list[Window], fills: bool) -> None:
    server.windows = windows
    assert some_window_fills().on is fills


def test_any_display_counts() -> None:
    server.displays.append((WIDTH, -200, 2560, 1440))
    server.windows = [MENU_BAR, window(WIDTH, -200, 2560, 1440)]
    assert some_window_fills().on
    server.windows = [MENU_BAR, window(WIDTH, -200, 2000, 1440)]
    assert not some_window_fills().on


def test_one_window_over_two_displays_fills_both() -> None:
    server.displays.append((WIDTH, 0, WIDTH, HEIGHT))
    server.windows = [window(0, 0, 2 * WIDTH, HEIGHT)]
    assert some_window_fills().on


def test_ours_do_not_count() -> None:
    server.windows = [window(0, 0, WIDTH, HEIGHT, owner=os.getpid())]
    assert not some_window_fills().on


def test_one_whose_program_has_just_ended_counts_once_more() -> None:
    server.windows = [window(0, 0, WIDTH, HEIGHT, owner=2**22 + 1)]
    assert some_window_fills().on


def test_its_health_has_no_permission_since_it_needs_none() -> None:
    server.windows = [FILM]
    with looking(fullscreen) as film:
        assert film.sensor.signal is Signal.FULLSCREEN
        assert film.looks() is True
        assert film.sensor.health() == Health("fullscreen", State.OK, "window_list", None, "on")
        server.windows = []
        assert film.looks() is False


def test_a_window_server_that_says_nothing_is_a_loss() -> None:
    server.refuses = True
    with pytest.raises(Unavailable, match="where windows are"):
        some_window_fills()
    with looking(fullscreen) as film:
        assert film.looks() is None
        assert film.sensor.health().state is State.LOST


def test_displays_that_nobody_lists_are_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    server.refuses = True
    monkeypatch.setattr("tray_agent.platforms.macos.fullscreen.CGWindowListCopyWindowInfo", lambda *_: [FILM])
    with pytest.raises(Unavailable, match="which displays"):
        some_window_fills()
