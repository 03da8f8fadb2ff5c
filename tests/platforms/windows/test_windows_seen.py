"""Real windows on a real desktop; the windows are this process's own, which otherwise would not count.

Wine has no layer that a graphics driver puts over the screen, so a window with such a layer's styles is
one; and one monitor.  That a maximised window covers a monitor without a taskbar is arranged by its size.
"""

from __future__ import annotations

import sys

import pytest

from tests.support.waiting import wait_until
from tests.support.win32_windows import (
    MAXIMISED,
    MINIMISED,
    NEVER_ACTIVE,
    ORDINARY,
    SEEN_THROUGH,
    TOOL,
    TOPMOST,
    Looks,
    another_program,
    screen,
    shown,
)
from tray_agent.platforms.windows import windows_seen
from tray_agent.platforms.windows.windows_seen import Monitor, Place, active_fills, some_fills

assert sys.platform == "win32"

SMALL = Looks((100, 100, 300, 200))
WHOLE = Looks()


@pytest.fixture
def ours_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_seen, "is_ours", lambda _process: False)


def test_nothing_fills_an_empty_desktop() -> None:
    assert not active_fills() and not some_fills()


@pytest.mark.usefixtures("ours_count")
def test_a_window_as_large_as_the_screen_fills_it() -> None:
    with shown(WHOLE):
        assert active_fills() and some_fills()
    assert not active_fills() and not some_fills()


@pytest.mark.usefixtures("ours_count")
def test_a_pixel_that_rounding_takes_does_not_matter_and_a_gap_does() -> None:
    width, height = screen()
    with shown(Looks((0, 0, width - 1, height - 1))):
        assert active_fills()
    with shown(Looks((0, 0, width, height - 3))):
        assert not active_fills() and not some_fills()


@pytest.mark.usefixtures("ours_count")
def test_a_film_behind_a_letter_in_the_middle_does_not_count_and_slides_beside_notes_do() -> None:
    width, height = screen()
    with shown(WHOLE, active=False):
        with shown(Looks((width // 2 - 200, height // 2 - 100, 400, 200), extended=TOPMOST)):
            assert not active_fills() and not some_fills()
        with shown(Looks((0, 0, 100, 80), extended=TOPMOST)):
            assert not active_fills()
            assert some_fills()


@pytest.mark.usefixtures("ours_count")
@pytest.mark.parametrize("layer", [SEEN_THROUGH, TOOL, NEVER_ACTIVE])
def test_a_layer_over_other_programs_is_looked_through(layer: int) -> None:
    with shown(Looks(extended=TOPMOST | layer), active=False):
        with shown(SMALL):
            assert not active_fills() and not some_fills()
        with shown(WHOLE):
            assert some_fills()


@pytest.mark.usefixtures("ours_count")
def test_hidden_and_minimised_windows_show_nothing() -> None:
    with shown(Looks(hidden=True), active=False), shown(Looks(style=ORDINARY | MINIMISED), active=False):
        assert not some_fills()


@pytest.mark.usefixtures("ours_count")
def test_a_maximised_window_does_not_fill_a_monitor_with_a_taskbar() -> None:
    with shown(Looks(style=ORDINARY | MAXIMISED)):
        assert not active_fills() and not some_fills()


@pytest.mark.usefixtures("ours_count")
def test_where_the_taskbar_hides_what_is_merely_maximised_is_no_full_screen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No taskbar here hides, so the monitor is said to be as large as what of it can be worked in.
    with shown(Looks(style=ORDINARY | MAXIMISED)):
        (seen,) = windows_seen._monitors()
        monkeypatch.setattr(windows_seen, "_monitor", lambda _handle: Monitor(seen.work, seen.work))
        assert not active_fills() and not some_fills()
        monkeypatch.setattr(windows_seen, "_monitor", lambda _handle: Monitor(seen.work, Place(0, 0, 9, 9)))
        assert active_fills() and some_fills()


def test_another_program_counts() -> None:
    with another_program(started_by_us=False):
        wait_until(active_fills, "who started it to be forgotten")
        assert some_fills()


def test_our_own_windows_do_not() -> None:
    with shown(WHOLE):
        assert not active_fills() and not some_fills()
    with another_program(started_by_us=True):
        assert not active_fills() and not some_fills()


def test_the_shell_does_not() -> None:
    shell = windows_seen._user32.GetShellWindow() or windows_seen._user32.GetDesktopWindow()
    assert not windows_seen._is_programs(shell)
