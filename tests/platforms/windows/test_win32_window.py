"""The real calls, on a real window of this process.  Wine hides none from pictures, and says so."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from ctypes import wintypes

import pytest

from tray_agent.ui.win32_window import WDA_EXCLUDEFROMCAPTURE, hide_from_pictures, motion_unwanted

assert sys.platform == "win32"

user32 = ctypes.WinDLL("user32", use_last_error=True)
user32.CreateWindowExW.argtypes = (
    wintypes.DWORD,
    wintypes.LPCWSTR,
    wintypes.LPCWSTR,
    wintypes.DWORD,
    *(ctypes.c_int,) * 4,
    wintypes.HWND,
    wintypes.HMENU,
    wintypes.HINSTANCE,
    wintypes.LPVOID,
)
user32.CreateWindowExW.restype = wintypes.HWND
user32.DestroyWindow.argtypes = (wintypes.HWND,)
user32.GetWindowDisplayAffinity.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
VISIBLE_AND_FRAMED = 0x10CF0000
SPI_SETCLIENTAREAANIMATION = 0x1043


@pytest.fixture
def shown() -> Iterator[int]:
    handle = user32.CreateWindowExW(
        0, "STATIC", "today", VISIBLE_AND_FRAMED, 0, 0, 200, 100, None, None, None, None
    )
    assert handle
    yield handle
    user32.DestroyWindow(handle)


def test_what_windows_says_of_a_window_is_what_it_does(shown: int) -> None:
    hidden = hide_from_pictures(shown)
    affinity = wintypes.DWORD(99)
    assert user32.GetWindowDisplayAffinity(shown, ctypes.byref(affinity))
    assert affinity.value == (WDA_EXCLUDEFROMCAPTURE if hidden else 0)


@pytest.mark.parametrize("handle", [0, 0x123456])
def test_what_is_no_window_cannot_be_hidden(handle: int) -> None:
    assert not hide_from_pictures(handle)


def test_motion_is_unwanted_once_it_was_switched_off() -> None:
    switch = user32.SystemParametersInfoW
    switch.argtypes = (wintypes.UINT, wintypes.UINT, ctypes.c_void_p, wintypes.UINT)
    assert not motion_unwanted()
    assert switch(SPI_SETCLIENTAREAANIMATION, 0, 0, 0)
    try:
        assert motion_unwanted()
    finally:
        switch(SPI_SETCLIENTAREAANIMATION, 0, 1, 0)
