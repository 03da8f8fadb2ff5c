"""Messages as the taskbar and the system send them, and a taskbar that takes or refuses what it is given."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from dataclasses import dataclass, field
from typing import Any

import pytest
from pystray._util import win32

assert sys.platform == "win32"

BROADCAST = 0xFFFF
BUTTONS = {"left": (0x0002, 0x0004), "right": (0x0008, 0x0010)}

user32 = ctypes.WinDLL("user32", use_last_error=True)
user32.SendMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
user32.SendMessageW.restype = ctypes.c_ssize_t
user32.SendNotifyMessageW.argtypes = user32.SendMessageW.argtypes
user32.PostMessageW.argtypes = user32.SendMessageW.argtypes
user32.IsWindow.argtypes = (wintypes.HWND,)
user32.FindWindowW.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR)
user32.FindWindowW.restype = wintypes.HWND
user32.GetWindowRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
user32.GetWindowRect.restype = wintypes.BOOL
user32.GetWindowThreadProcessId.argtypes = (wintypes.HWND, wintypes.LPDWORD)
user32.GetGUIThreadInfo.argtypes = (wintypes.DWORD, wintypes.LPVOID)
user32.mouse_event.argtypes = (*[wintypes.DWORD] * 4, ctypes.c_size_t)


class _ThreadState(ctypes.Structure):
    _fields_ = (
        ("size", wintypes.DWORD),
        ("flags", wintypes.DWORD),
        ("active", wintypes.HWND),
        ("focus", wintypes.HWND),
        ("capture", wintypes.HWND),
        ("menu", wintypes.HWND),
        ("moved", wintypes.HWND),
        ("caret", wintypes.HWND),
        ("place", wintypes.RECT),
    )


def open_menu() -> int:
    """The window of the menu that is open and hears mouse and keyboard, else 0."""
    menu = user32.FindWindowW("#32768", None) or 0
    state = _ThreadState(ctypes.sizeof(_ThreadState))
    user32.GetGUIThreadInfo(user32.GetWindowThreadProcessId(menu, None), ctypes.byref(state))
    return menu if state.capture else 0


def send(hwnd: int, message: int, wparam: int = 0, lparam: int = 0) -> int:
    """What the window answers."""
    return int(user32.SendMessageW(hwnd, message, wparam, lparam))


def post(hwnd: int, message: int, wparam: int = 0, lparam: int = 0) -> None:
    """Put the message into the window's queue."""
    assert user32.PostMessageW(hwnd, message, wparam, lparam)


def tell(hwnd: int, message: int, wparam: int = 0, lparam: int = 0) -> None:
    """Send the message without waiting, as the taskbar does."""
    assert user32.SendNotifyMessageW(hwnd, message, wparam, lparam)


def event(hwnd: int, what: int, x: int = 0, y: int = 0) -> None:
    """What the taskbar tells of its icon in version 4; heard when this returns, if not yet on the loop."""
    send(hwnd, win32.WM_NOTIFY, (x & 0xFFFF) | (y & 0xFFFF) << 16, what | 1 << 16)


def old_event(hwnd: int, what: int) -> None:
    """The same from a taskbar that does not know version 4."""
    send(hwnd, win32.WM_NOTIFY, 1, what)


def click_icon(button: str = "left") -> None:
    """Click on the first icon of Wine's taskbar, which is at its right end, with the mouse."""
    place = wintypes.RECT()
    assert user32.GetWindowRect(user32.FindWindowW("Shell_TrayWnd", None), ctypes.byref(place))
    click(place.right - 10, (place.top + place.bottom) // 2, button)


def click(x: int, y: int, button: str = "left") -> None:
    """Move the mouse there, press and let go."""
    user32.SetCursorPos(x, y)
    for flag in BUTTONS[button]:
        user32.mouse_event(flag, 0, 0, 0, 0)


@dataclass
class Told:
    """One call of Shell_NotifyIcon."""

    code: int
    flags: int
    tip: str
    info: str
    title: str
    picture: int


@dataclass
class PlayedTaskbar:
    """Stands for Shell_NotifyIcon; refuses the codes in `refuses`."""

    refuses: set[int] = field(default_factory=set)
    told: list[Told] = field(default_factory=list)

    def __call__(self, code: int, data: Any) -> int:
        self.told.append(Told(code, data.uFlags, data.szTip, data.szInfo, data.szInfoTitle, data.hIcon or 0))
        return int(code not in self.refuses)

    @property
    def codes(self) -> list[int]:
        return [told.code for told in self.told]


@contextmanager
def played_taskbar(monkeypatch: pytest.MonkeyPatch, refuses: set[int]) -> Iterator[PlayedTaskbar]:
    """One in place of the real one."""
    taskbar = PlayedTaskbar(refuses)
    with monkeypatch.context() as patch:
        patch.setattr(win32, "Shell_NotifyIcon", taskbar)
        yield taskbar
