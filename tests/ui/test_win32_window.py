"""What Windows is asked, and in which order; the real call is made in tests/platforms/windows."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from tray_agent.ui import win32_window

MONITOR, EXCLUDED = 0x01, 0x11
ANIMATED = 0x1042
HANDLE = 0x7FFF_1234_5678


class User32:
    """A Windows that knows these affinities."""

    def __init__(self, *known: int, animated: int | None = None) -> None:
        self.known, self.animated = known, animated
        self.asked: list[tuple[int | None, int]] = []

    def SetWindowDisplayAffinity(self, window: ctypes.c_void_p, wished: ctypes.c_uint32) -> int:  # noqa: N802
        self.asked.append((window.value, wished.value))
        return int(wished.value in self.known)

    def SystemParametersInfoW(self, asked: int, size: int, answer: Any, change: int) -> int:  # noqa: N802
        assert (asked, size, change) == (ANIMATED, 0, 0)
        if self.animated is None:
            return 0
        answer._obj.value = self.animated
        return 1


@pytest.mark.parametrize(("animated", "unwanted"), [(1, False), (0, True), (None, False)])
def test_motion_is_unwanted_where_windows_says_so(animated: int | None, unwanted: bool) -> None:
    assert win32_window.motion_unwanted(User32(animated=animated)) is unwanted


def test_it_is_left_out_where_windows_can_and_the_whole_handle_is_told() -> None:
    windows = User32(MONITOR, EXCLUDED)
    assert win32_window.hide_from_pictures(HANDLE, windows)
    assert windows.asked == [(HANDLE, EXCLUDED)]


def test_an_older_windows_shows_it_black() -> None:
    windows = User32(MONITOR)
    assert win32_window.hide_from_pictures(HANDLE, windows)
    assert windows.asked == [(HANDLE, EXCLUDED), (HANDLE, MONITOR)]


def test_one_that_can_do_neither_says_so() -> None:
    assert not win32_window.hide_from_pictures(HANDLE, User32())


def test_elsewhere_there_is_nobody_to_ask() -> None:
    with pytest.raises(OSError, match="no user32"):
        win32_window.hide_from_pictures(HANDLE)
