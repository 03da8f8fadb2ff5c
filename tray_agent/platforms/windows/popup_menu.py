"""A menu beside the tray icon, made of entries when it is opened and gone when it is closed."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from ctypes import wintypes

from pystray._util import win32

from tray_agent.platforms.windows.message_window import WM_NULL
from tray_agent.ports import Entry

assert sys.platform == "win32"

SM_MENUDROPALIGNMENT = 40
MENU_CLASS = "#32768"
LOOK_MS = 100
"""How often it is looked for a click outside, where the system does not tell."""
BUTTONS = (0x01, 0x02, 0x04)
PRESSED = 0x8001
"""Down now, or was since it was last asked."""

_TIMERPROC = ctypes.WINFUNCTYPE(
    None, wintypes.HWND, wintypes.UINT, ctypes.c_size_t, wintypes.DWORD, use_last_error=True
)
_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.GetSystemMetrics.argtypes = (ctypes.c_int,)
_user32.GetAsyncKeyState.argtypes = (ctypes.c_int,)
_user32.GetAsyncKeyState.restype = wintypes.SHORT
_user32.GetClassNameW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
_user32.WindowFromPoint.argtypes = (wintypes.POINT,)
_user32.WindowFromPoint.restype = wintypes.HWND
_user32.SetForegroundWindow.argtypes = (wintypes.HWND,)
_user32.SetTimer.argtypes = (wintypes.HWND, ctypes.c_size_t, wintypes.UINT, _TIMERPROC)
_user32.SetTimer.restype = ctypes.c_size_t
_user32.KillTimer.argtypes = (wintypes.HWND, ctypes.c_size_t)


def choose(hwnd: int, entries: Sequence[Entry], x: int, y: int) -> Entry | None:
    """Let the person choose from the menu at this point of the screen; None when it was closed.

    Returns when it is closed.  The window, one of this thread, gets its messages meanwhile.
    """
    listed: list[Entry] = []
    menu = _made(entries, listed)
    try:
        with _Closable(hwnd):
            number = win32.TrackPopupMenuEx(menu, _flags(), x, y, hwnd, None)
        # Else the next menu may close the moment it is opened (Microsoft Learn: TrackPopupMenuEx).
        win32.PostMessage(hwnd, WM_NULL, 0, 0)
    finally:
        win32.DestroyMenu(menu)
    return listed[number - 1] if number > 0 else None


def dismiss() -> None:
    """Close the menu that is open on this thread; harmless when there is none."""
    _user32.EndMenu()


class _Closable:
    """A menu is closed by a click elsewhere if its window is in front; where the system does not let it
    come to the front, clicks are looked for.
    """

    def __init__(self, hwnd: int) -> None:
        self._hwnd = hwnd
        self._look = _TIMERPROC(lambda *_: _close_if_clicked_outside())
        self._timer = 0

    def __enter__(self) -> None:
        if not _user32.SetForegroundWindow(self._hwnd):
            _pressed()  # the click that opened it
            self._timer = _user32.SetTimer(None, 0, LOOK_MS, self._look)

    def __exit__(self, *_error: object) -> None:
        if self._timer:
            _user32.KillTimer(None, self._timer)


def _close_if_clicked_outside() -> None:
    if _pressed():
        place, name = wintypes.POINT(), ctypes.create_unicode_buffer(len(MENU_CLASS) + 2)
        win32.GetCursorPos(ctypes.byref(place))
        _user32.GetClassNameW(_user32.WindowFromPoint(place), name, len(name))
        if name.value != MENU_CLASS:
            dismiss()


def _pressed() -> bool:
    states = [_user32.GetAsyncKeyState(button) for button in BUTTONS]
    return any(state & PRESSED for state in states)


def _flags() -> int:
    side = win32.TPM_RIGHTALIGN if _user32.GetSystemMetrics(SM_MENUDROPALIGNMENT) else win32.TPM_LEFTALIGN
    return int(win32.TPM_RETURNCMD | win32.TPM_RIGHTBUTTON | win32.TPM_BOTTOMALIGN | side)


def _made(entries: Sequence[Entry], listed: list[Entry]) -> int:
    """A menu whose items are numbered as they are `listed`, from 1 on."""
    menu = win32.CreatePopupMenu()
    for place, entry in enumerate(entries):
        listed.append(entry)
        win32.InsertMenuItem(menu, place, True, ctypes.byref(_item(entry, len(listed), listed)))
    return int(menu)


def _item(entry: Entry, number: int, listed: list[Entry]) -> ctypes.Structure:
    item: ctypes.Structure = win32.MENUITEMINFO(cbSize=ctypes.sizeof(win32.MENUITEMINFO))
    if not entry.label:
        item.fMask, item.fType = win32.MIIM_FTYPE, win32.MFT_SEPARATOR
        return item
    item.fMask = win32.MIIM_ID | win32.MIIM_STRING | win32.MIIM_STATE | win32.MIIM_FTYPE
    item.wID, item.dwTypeData = number, shown(entry.label)
    item.fType = win32.MFT_RADIOCHECK if entry.radio else win32.MFT_STRING
    item.fState = (
        (win32.MFS_DEFAULT if entry.default else 0)
        | (win32.MFS_CHECKED if entry.checked else 0)
        | (0 if entry.action or entry.children else win32.MFS_DISABLED)
    )
    if entry.children:
        item.fMask |= win32.MIIM_SUBMENU
        item.hSubMenu = _made(entry.children, listed)
    return item


def shown(label: str) -> str:
    """The label as a menu takes it, where an ampersand underlines what follows and a tab divides columns."""
    return label.replace("&", "&&").replace("\t", " ")
