"""Which window fills a monitor: where windows are and how they are shown, never what they are called.

Everything here is answered by the system and not by the window's program, so that none can hold us up
(Microsoft Learn, "Windows and Messages").
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import POINTER, byref, c_int, c_void_p, wintypes

from msgspec import Struct

from tray_agent.platforms.windows.own_processes import is_ours

assert sys.platform == "win32"

SLACK_PX = 1
"""Where the system scales our view of the screen, it rounds."""

HIDDEN_BAR_PX = 4
"""So much of the screen at most is kept for a taskbar that hides."""

_STYLE, _EXTENDED_STYLE = -16, -20
_FRAMED = 0x00C00000 | 0x00040000
"""WS_CAPTION and WS_THICKFRAME: it can be moved or resized by hand, unless it is maximised."""
_SEEN_THROUGH = 0x00000020 | 0x00000080 | 0x08000000
"""WS_EX_TRANSPARENT, WS_EX_TOOLWINDOW and WS_EX_NOACTIVATE: layers over other programs."""
_CLOAKED = 14
_NEAREST = 2


class _MonitorInfo(ctypes.Structure):
    """MONITORINFO"""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("monitor", wintypes.RECT),
        ("work", wintypes.RECT),
        ("flags", wintypes.DWORD),
    )


_Each = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
_EachMonitor = ctypes.WINFUNCTYPE(
    wintypes.BOOL, wintypes.HMONITOR, wintypes.HDC, POINTER(wintypes.RECT), wintypes.LPARAM
)

_user32 = ctypes.WinDLL("user32", use_last_error=True)
for _name, _gives, *_takes in (
    ("GetForegroundWindow", wintypes.HWND),
    ("GetShellWindow", wintypes.HWND),
    ("GetDesktopWindow", wintypes.HWND),
    ("IsWindowVisible", wintypes.BOOL, wintypes.HWND),
    ("IsIconic", wintypes.BOOL, wintypes.HWND),
    ("IsZoomed", wintypes.BOOL, wintypes.HWND),
    ("GetWindowLongW", wintypes.LONG, wintypes.HWND, c_int),
    ("GetWindowRect", wintypes.BOOL, wintypes.HWND, POINTER(wintypes.RECT)),
    ("GetWindowThreadProcessId", wintypes.DWORD, wintypes.HWND, POINTER(wintypes.DWORD)),
    ("MonitorFromWindow", wintypes.HMONITOR, wintypes.HWND, wintypes.DWORD),
    ("GetMonitorInfoW", wintypes.BOOL, wintypes.HMONITOR, POINTER(_MonitorInfo)),
    ("EnumWindows", wintypes.BOOL, _Each, wintypes.LPARAM),
    ("EnumDisplayMonitors", wintypes.BOOL, wintypes.HDC, c_void_p, _EachMonitor, wintypes.LPARAM),
):
    _function = getattr(_user32, _name)
    _function.argtypes, _function.restype = _takes, _gives

_dwmapi = ctypes.WinDLL("dwmapi")
_dwmapi.DwmGetWindowAttribute.argtypes = (wintypes.HWND, wintypes.DWORD, c_void_p, wintypes.DWORD)
_dwmapi.DwmGetWindowAttribute.restype = ctypes.c_long


class Place(Struct, frozen=True):
    """A rectangle of the desktop, in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def middle(self) -> tuple[int, int]:
        """The point in its middle."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2

    def holds(self, point: tuple[int, int]) -> bool:
        """Whether the point lies in it."""
        return self.left <= point[0] < self.right and self.top <= point[1] < self.bottom

    def covers(self, other: Place, slack_px: int = SLACK_PX) -> bool:
        """Whether the other lies in it, give or take a little."""
        return (
            self.left <= other.left + slack_px
            and self.top <= other.top + slack_px
            and self.right >= other.right - slack_px
            and self.bottom >= other.bottom - slack_px
        )


class Monitor(Struct, frozen=True):
    """A monitor, and what of it a maximised window may take."""

    whole: Place
    work: Place

    @property
    def filled_by_maximised(self) -> bool:
        """Whether no panel keeps a part of it, so that a maximised window covers it as well."""
        return self.work.covers(self.whole, HIDDEN_BAR_PX)


def active_fills() -> bool:
    """Whether the window that has the keys fills the monitor it is on, and is not merely maximised."""
    window: int | None = _user32.GetForegroundWindow()
    monitor = _monitor(_user32.MonitorFromWindow(window, _NEAREST)) if window else None
    return bool(window and monitor and _is_programs(window) and _fills(window, monitor))


def some_fills() -> bool:
    """Whether what one sees in the middle of some monitor is a window that fills it.

    Slides on a projector count while the notes on the laptop have the keys; a film behind the letter
    one writes does not.  Layers that lie over programs are looked through.
    """
    seen = [window for window in _windows() if _is_seen(window)]
    for monitor in _monitors():
        on_top = next((window for window in seen if _place(window).holds(monitor.whole.middle)), None)
        if on_top and _is_programs(on_top) and _fills(on_top, monitor):
            return True
    return False


def _is_programs(window: int) -> bool:
    """Whether it belongs to a program, neither to the shell nor to us."""
    shell: int | None = _user32.GetShellWindow()
    if window in (shell, _user32.GetDesktopWindow()):
        return False
    process = _process(window)
    return (not shell or process != _process(shell)) and not is_ours(process)


def _is_seen(window: int) -> bool:
    if not _user32.IsWindowVisible(window) or _user32.IsIconic(window):
        return False
    if _user32.GetWindowLongW(window, _EXTENDED_STYLE) & _SEEN_THROUGH:
        return False
    cloaked = wintypes.DWORD()
    # On another desktop, or an app that was put to sleep.  Where nobody says, it is not.
    _dwmapi.DwmGetWindowAttribute(window, _CLOAKED, byref(cloaked), ctypes.sizeof(cloaked))
    return not cloaked.value


def _fills(window: int, monitor: Monitor) -> bool:
    if not _place(window).covers(monitor.whole):
        return False
    framed = _user32.GetWindowLongW(window, _STYLE) & _FRAMED
    return not (framed and monitor.filled_by_maximised and _user32.IsZoomed(window))


def _process(window: int) -> int:
    process = wintypes.DWORD()
    _user32.GetWindowThreadProcessId(window, byref(process))
    return process.value


def _place(window: int) -> Place:
    """Where it is; nowhere when it is gone meanwhile."""
    at = wintypes.RECT()
    _user32.GetWindowRect(window, byref(at))
    return _as_place(at)


def _monitor(handle: int | None) -> Monitor | None:
    info = _MonitorInfo(size=ctypes.sizeof(_MonitorInfo))
    if not _user32.GetMonitorInfoW(handle, byref(info)):
        return None
    return Monitor(_as_place(info.monitor), _as_place(info.work))


def _as_place(at: wintypes.RECT) -> Place:
    return Place(at.left, at.top, at.right, at.bottom)


def _windows() -> list[int]:
    """Every window of a program, the topmost first."""
    found: list[int] = []

    def each(window: int, _nothing: int) -> bool:
        found.append(window)
        return True

    _user32.EnumWindows(_Each(each), 0)
    return found


def _monitors() -> list[Monitor]:
    found: list[int] = []

    def each(monitor: int, *_where: object) -> bool:
        found.append(monitor)
        return True

    _user32.EnumDisplayMonitors(None, None, _EachMonitor(each), 0)
    return [monitor for monitor in map(_monitor, found) if monitor]
