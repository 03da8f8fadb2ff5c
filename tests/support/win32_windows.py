"""Windows of a test's own on a Windows desktop, of any style and place, in this process or another."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_int, wintypes
from dataclasses import dataclass

from tests.support.waiting import wait_until

assert sys.platform == "win32"

POPUP, VISIBLE, ORDINARY = 0x80000000, 0x10000000, 0x00CF0000
MAXIMISED, MINIMISED = 0x01000000, 0x20000000
TOPMOST, SEEN_THROUGH, TOOL, NEVER_ACTIVE = 0x8, 0x20, 0x80, 0x08000000

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.CreateWindowExW.argtypes = (
    wintypes.DWORD,
    wintypes.LPCWSTR,
    wintypes.LPCWSTR,
    wintypes.DWORD,
    *[c_int] * 4,
    wintypes.HWND,
    wintypes.HMENU,
    wintypes.HINSTANCE,
    wintypes.LPVOID,
)
_user32.CreateWindowExW.restype = wintypes.HWND
_user32.DestroyWindow.argtypes = _user32.SetForegroundWindow.argtypes = (wintypes.HWND,)
_user32.GetForegroundWindow.argtypes = ()
_user32.GetForegroundWindow.restype = wintypes.HWND
_user32.GetSystemMetrics.argtypes = (c_int,)
_user32.PeekMessageW.argtypes = (POINTER(wintypes.MSG), wintypes.HWND, *[wintypes.UINT] * 3)
_user32.DispatchMessageW.argtypes = (POINTER(wintypes.MSG),)
_user32.DispatchMessageW.restype = wintypes.LPARAM


@dataclass(frozen=True, slots=True)
class Looks:
    """A window's place in pixels, None for the whole screen, and its styles; visible unless `hidden`."""

    place: tuple[int, int, int, int] | None = None
    style: int = POPUP
    extended: int = 0
    hidden: bool = False


def screen() -> tuple[int, int]:
    """Width and height of the first monitor."""
    return _user32.GetSystemMetrics(0), _user32.GetSystemMetrics(1)


@contextmanager
def shown(looks: Looks, *, active: bool = True) -> Iterator[int]:
    """A window of this process, which has the keys unless not `active`."""
    place = looks.place or (0, 0, *screen())
    style = looks.style | (0 if looks.hidden else VISIBLE)
    window: int = _user32.CreateWindowExW(
        looks.extended, "STATIC", "a test", style, *place, None, None, None, None
    )
    assert window, ctypes.WinError(ctypes.get_last_error())
    try:
        pump()
        if active:
            wait_until(lambda: _activated(window), "the window to have the keys")
        yield window
    finally:
        _user32.DestroyWindow(window)
        pump()


def pump() -> None:
    """Handle the messages that wait for this thread's windows."""
    message = wintypes.MSG()
    while _user32.PeekMessageW(ctypes.byref(message), None, 0, 0, 1):
        _user32.DispatchMessageW(ctypes.byref(message))


def _activated(window: int) -> bool:
    _user32.SetForegroundWindow(window)
    pump()
    return bool(_user32.GetForegroundWindow() == window)


PROGRAM = """
import sys, threading
from tests.support.win32_windows import Looks, pump, shown
over = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
with shown(Looks()) as window:
    print(window, flush=True)
    while not over.wait(0.02):
        pump()
"""
STARTS = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', *sys.argv[1:]])"
STARTER = f"{STARTS}.wait()"
"""Of the one between it and the program, whose parent that is, nobody holds a handle when it has ended."""


@contextmanager
def another_program(*, started_by_us: bool) -> Iterator[int]:
    """A program whose active window fills the screen, our child or nobody's."""
    how = ("-c", PROGRAM) if started_by_us else ("-c", STARTER, STARTS, PROGRAM)
    process = subprocess.Popen(
        (sys.executable, *how), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    try:
        window = int(process.stdout.readline())
        if not started_by_us:
            process.wait(10)
        wait_until(lambda: _user32.GetForegroundWindow() == window, "the program's window to have the keys")
        yield window
    finally:
        process.stdin.close()
        process.stdout.read()
        process.stdout.close()
        process.wait(10)
