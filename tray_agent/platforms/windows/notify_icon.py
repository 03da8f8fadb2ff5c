"""pystray's icon in the taskbar, in a window it shares with others and with each answer looked at.

pystray takes no notice when the taskbar refuses: at logon it often is not there yet, and then the icon would
stay away for good.  Here `told(taken)` hears of it and somebody calls `again`.  Texts are cut to what fits,
where pystray raises ValueError; pictures come from memory in the right size; the events are those of version
4 (Microsoft Learn: Shell_NotifyIconW, NOTIFYICONDATAW), by which the icon can be used from the keyboard.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any

from msgspec import Struct
from pystray._util import win32
from pystray._win32 import Icon

from tray_agent.platforms.windows.icon_handles import IconHandles, wanted_size
from tray_agent.platforms.windows.message_window import APP, MessageWindow
from tray_agent.ports import Face

assert sys.platform == "win32"

NUMBER = 1
VERSION = 4
TIP_MAX, TITLE_MAX, BODY_MAX = 127, 63, 255
"""UTF-16 units that fit into the taskbar's structure, without the NUL at the end."""
WM_SETTINGCHANGE, WM_CONTEXTMENU, WM_DPICHANGED = 0x001A, 0x007B, 0x02E0
NIN_SELECT, NIN_KEYSELECT, NIN_BALLOONUSERCLICK = 0x0400, 0x0401, 0x0405
NIIF_USER, NIIF_RESPECT_QUIET_TIME = 0x04, 0x80
ANYBODY = 0xFFFFFFFF
WORD, SIGN, TICKS = 0xFFFF, 0x8000, 0xFFFFFFFF

_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.AllowSetForegroundWindow.argtypes = (wintypes.DWORD,)
_user32.GetForegroundWindow.restype = wintypes.HWND
_user32.GetMessageTime.restype = wintypes.LONG
_user32.InSendMessageEx.argtypes = (wintypes.LPVOID,)
_user32.InSendMessageEx.restype = wintypes.DWORD
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.GetTickCount.restype = wintypes.DWORD


class Ears(Struct, frozen=True):
    """Who hears what, on the window's thread: a click, the wish for a menu at a point of the screen, a click
    on the balloon with this number, and whether the taskbar has the icon.
    """

    clicked: Callable[[], object]
    menu_wanted: Callable[[int, int], object]
    balloon_clicked: Callable[[int], object]
    told: Callable[[bool], object]


class NotifyIcon(Icon):  # type: ignore[misc]
    """pystray's icon, whose `icon` is a `Face`.  All of it belongs to the window's thread, but `begin`."""

    def __init__(self, window: MessageWindow, handles: IconHandles, face: Face, ears: Ears) -> None:
        super().__init__(APP, face, face.title)
        self._window = window
        self._handles = handles
        self._ears = ears
        self._hwnd = window.hwnd
        self._taken = False
        self._modern = False
        self._size = 0
        self._balloon, self._balloon_since = 0, 0
        self._stops: list[Callable[[], object]] = []

    def __del__(self) -> None:
        """Nothing: pystray's own would stop the window's loop."""

    def begin(self) -> None:
        """Hear from the taskbar from now on, and appear in it."""
        heard = {
            win32.WM_NOTIFY: self._on_notify,
            win32.WM_TASKBARCREATED: self._on_taskbarcreated,
            win32.WM_DISPLAYCHANGE: self._on_display_change,
            WM_DPICHANGED: self._on_display_change,
            WM_SETTINGCHANGE: self._on_display_change,
        }
        self._stops = [self._window.on(message, handler) for message, handler in heard.items()]
        self._window.post(self._appear)

    def end(self) -> None:
        """Hear nothing more, and disappear."""
        for stop in self._stops:
            stop()
        self._window.post(self._disappear)

    def again(self) -> None:
        """Try to get into the taskbar, unless the icon is there or was taken away."""
        if self.visible and not self._taken:
            self._show()

    def wear(self, face: Face) -> None:
        """Show this face; what has not changed is not touched."""
        before: Face = self._icon
        if (face.look, face.progress) != (before.look, before.progress):
            self.icon = face
        self.title = face.title

    def show_balloon(self, number: int, title: str, body: str) -> None:
        """Show a balloon in place of the one before it; raises `OSError` when the taskbar refuses."""
        self.remove_notification()
        if not self._taken:
            raise OSError("the icon is not in the taskbar")
        # Until this returns, what comes is a click on the one before.
        self.notify(body, title)
        self._balloon, self._balloon_since = number, _kernel32.GetTickCount()

    def menu_closed(self) -> None:
        """Give the keyboard back to the taskbar, unless the person has gone elsewhere already."""
        _user32.AllowSetForegroundWindow(ANYBODY)  # what was chosen may open a window
        if _user32.GetForegroundWindow() == self._hwnd:
            self._message(win32.NIM_SETFOCUS, 0)

    def _appear(self) -> None:
        self.visible = True

    def _disappear(self) -> None:
        self.visible = False
        self._handles.close()

    def _register_class(self) -> None:
        """Nothing: the window is not ours."""

    def _show(self) -> None:
        flags = win32.NIF_MESSAGE | win32.NIF_ICON | win32.NIF_TIP | win32.NIF_SHOWTIP
        # A taskbar that is slow to answer has it although it seemed to refuse; then it can be changed.
        self._taken = any(
            self._message(
                code,
                flags,
                uCallbackMessage=win32.WM_NOTIFY,
                hIcon=self._picture(),
                szTip=fitting(self.title, TIP_MAX),
            )
            for code in (win32.NIM_ADD, win32.NIM_MODIFY)
        )
        self._modern = self._taken and self._message(win32.NIM_SETVERSION, 0, uVersion=VERSION)
        self._ears.told(self._taken)

    def _hide(self) -> None:
        self._message(win32.NIM_DELETE, 0)
        self._taken = False

    def _update_icon(self) -> None:
        self._icon_valid = True
        self._change(win32.NIF_ICON, hIcon=self._picture())

    def _update_title(self) -> None:
        self._change(win32.NIF_TIP | win32.NIF_SHOWTIP, szTip=fitting(self.title, TIP_MAX))

    def _notify(self, message: str, title: str | None = None) -> None:
        taken = self._message(
            win32.NIM_MODIFY,
            win32.NIF_INFO,
            szInfo=fitting(message, BODY_MAX),
            szInfoTitle=fitting(title or "", TITLE_MAX),
            dwInfoFlags=NIIF_USER | NIIF_RESPECT_QUIET_TIME,
        )
        if not taken:
            raise OSError("the taskbar takes no balloon")

    def _remove_notification(self) -> None:
        self._balloon = 0
        if self._taken:
            self._message(win32.NIM_MODIFY, win32.NIF_INFO, szInfo="")

    def _update_menu(self) -> None:
        """Nothing: the menu is made when it is opened."""

    def _change(self, flags: int, **changes: Any) -> None:
        """An icon that the taskbar no longer knows has to be shown again."""
        if self._taken and not self._message(win32.NIM_MODIFY, flags, **changes):
            self._taken = False
            self._ears.told(False)

    def _message(self, code: int, flags: int, **content: Any) -> bool:
        structure = win32.NOTIFYICONDATAW
        data = structure(
            cbSize=ctypes.sizeof(structure), hWnd=self._hwnd, uID=NUMBER, uFlags=flags, **content
        )
        return bool(win32.Shell_NotifyIcon(code, data))

    def _picture(self) -> int:
        self._size = wanted_size()
        try:
            return self._handles.handle(self.icon, self._size)
        except OSError:  # the system is out of handles; a place without a picture is still one to click
            return 0

    def _on_display_change(self, _wparam: int, _lparam: int) -> None:
        if self.visible and wanted_size() != self._size:
            self._update_icon()

    def _on_taskbarcreated(self, _wparam: int, _lparam: int) -> None:
        self._taken = False
        self.again()

    def _on_notify(self, wparam: int, lparam: int) -> int:
        event = lparam & WORD
        if event == NIN_BALLOONUSERCLICK:
            self._balloon_was_clicked()
        elif event in ((NIN_SELECT, NIN_KEYSELECT) if self._modern else (win32.WM_LBUTTONUP,)):
            # What the click opens is a process of its own, and may come to the front.
            _user32.AllowSetForegroundWindow(ANYBODY)
            self._ears.clicked()
        elif event == (WM_CONTEXTMENU if self._modern else win32.WM_RBUTTONUP):
            self._ears.menu_wanted(*(_point(wparam) if self._modern else _pointer()))
        return 0

    def _balloon_was_clicked(self) -> None:
        # A message that was sent comes at once, and has no time; one that was posted may have waited.
        posted = not _user32.InSendMessageEx(None)
        late = posted and (_user32.GetMessageTime() - self._balloon_since) & TICKS > TICKS // 2
        if self._balloon and not late:
            number, self._balloon = self._balloon, 0
            _user32.AllowSetForegroundWindow(ANYBODY)
            self._ears.balloon_clicked(number)


def fitting(text: str, most: int) -> str:
    """The text in at most `most` UTF-16 units, with an ellipsis when some are missing; NUL would end it."""
    text = text.replace("\0", "")
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * most:
        return units.decode("utf-16-le")
    # Half a character at the cut is dropped.
    return units[: 2 * (most - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def _point(packed: int) -> tuple[int, int]:
    """Screens left of or above the first have negative places."""
    x, y = packed & WORD, packed >> 16 & WORD
    return (x ^ SIGN) - SIGN, (y ^ SIGN) - SIGN


def _pointer() -> tuple[int, int]:
    place = wintypes.POINT()
    win32.GetCursorPos(ctypes.byref(place))
    return place.x, place.y
