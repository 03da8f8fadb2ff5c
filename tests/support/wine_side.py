"""The Windows end of `wine_helper`: looks at windows, posts messages, asks the agent over its pipe.

Each public function is one question; arguments and answers are JSON.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import winreg
from ctypes import wintypes
from pathlib import Path
from typing import Any

from pystray._util import win32

from tray_agent import platforms
from tray_agent.shell import ipc
from tray_agent.shell.messages import CommandError

assert sys.platform == "win32"

SPI_GETNONCLIENTMETRICS = 0x0029
DEFAULT_GUI_FONT = 17
FW_BOLD = 700
RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
PROCESS_TERMINATE = 0x0001
ENUM = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)


class _Look(ctypes.Structure):
    """LOGFONTW."""

    _fields_ = (
        *((name, wintypes.LONG) for name in ("height", "width", "escapement", "orientation", "weight")),
        ("how", wintypes.BYTE * 8),
        ("face", wintypes.WCHAR * 32),
    )


class _Metrics(ctypes.Structure):
    """NONCLIENTMETRICSW."""

    _fields_ = (
        ("size", wintypes.UINT),
        ("frame", ctypes.c_int * 5),
        ("caption", _Look),
        ("small", ctypes.c_int * 2),
        ("small_caption", _Look),
        ("bar", ctypes.c_int * 2),
        ("menu", _Look),
        ("status", _Look),
        ("message", _Look),
        ("padding", ctypes.c_int),
    )


class _Header(ctypes.Structure):
    """BITMAPINFOHEADER."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("width", wintypes.LONG),
        ("height", wintypes.LONG),
        ("planes", wintypes.WORD),
        ("bits", wintypes.WORD),
        ("rest", wintypes.DWORD * 6),
    )


_gdi32 = ctypes.WinDLL("gdi32", use_last_error=True)
for _name in ("CreateCompatibleDC", "CreateFontIndirectW", "CreateDIBSection", "SelectObject"):
    getattr(_gdi32, _name).restype = wintypes.HANDLE
_gdi32.CreateCompatibleDC.argtypes = (wintypes.HDC,)
_gdi32.CreateFontIndirectW.argtypes = (ctypes.c_void_p,)
_gdi32.SelectObject.argtypes = (wintypes.HDC, wintypes.HANDLE)
_gdi32.GetTextExtentPoint32W.argtypes = (wintypes.HDC, wintypes.LPCWSTR, ctypes.c_int, ctypes.c_void_p)
_gdi32.CreateDIBSection.argtypes = (
    wintypes.HDC,
    ctypes.c_void_p,
    wintypes.UINT,
    ctypes.c_void_p,
    wintypes.HANDLE,
    wintypes.DWORD,
)
_gdi32.SetBkMode.argtypes = (wintypes.HDC, ctypes.c_int)
_gdi32.TextOutW.argtypes = (wintypes.HDC, ctypes.c_int, ctypes.c_int, wintypes.LPCWSTR, ctypes.c_int)
_gdi32.DeleteObject.argtypes = (wintypes.HANDLE,)
_gdi32.DeleteDC.argtypes = (wintypes.HDC,)
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
_kernel32.OpenProcess.restype = wintypes.HANDLE
_kernel32.TerminateProcess.argtypes = (wintypes.HANDLE, wintypes.UINT)
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_user32 = ctypes.WinDLL("user32", use_last_error=True)
_user32.PostMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
_user32.SendMessageTimeoutW.argtypes = (
    *_user32.PostMessageW.argtypes,
    wintypes.UINT,
    wintypes.UINT,
    ctypes.POINTER(ctypes.c_size_t),
)
_user32.EnumWindows.argtypes = (ENUM, wintypes.LPARAM)
_user32.GetWindowThreadProcessId.argtypes = (wintypes.HWND, wintypes.LPDWORD)
_user32.GetWindowRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
_user32.GetClassNameW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
_user32.GetWindowTextW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
_user32.IsWindowVisible.argtypes = (wintypes.HWND,)
_user32.GetForegroundWindow.restype = wintypes.HWND


_started: dict[int, subprocess.Popen[bytes]] = {}


def status(home: str) -> dict[str, Any] | None:
    """What the agent of that home answers to `status`; None when nobody answers."""
    try:
        return ask(home, "status")
    except CommandError:
        return None


def ask(home: str, verb: str, **args: Any) -> dict[str, Any]:
    """What the command line would ask the agent of that home."""
    return ipc.ask(Path(home, "runtime", "agent.sock"), verb, args, channel=platforms.select().channel())


def clocks() -> dict[str, float]:
    """What the agent's snapshot holds of the clocks."""
    from tray_agent.platforms.windows.clocks import boot_clocks

    now = boot_clocks()()
    return {"boottime": now.boottime, "monotonic": now.monotonic, "wall": now.wall}


def windows() -> list[dict[str, Any]]:
    """Every top-level window."""
    found: list[dict[str, Any]] = []

    def look(hwnd: int, _more: int) -> bool:
        name, title = (ctypes.create_unicode_buffer(200) for _ in range(2))
        place, process = wintypes.RECT(), wintypes.DWORD()
        _user32.GetClassNameW(hwnd, name, 200)
        _user32.GetWindowTextW(hwnd, title, 200)
        _user32.GetWindowRect(hwnd, ctypes.byref(place))
        _user32.GetWindowThreadProcessId(hwnd, ctypes.byref(process))
        found.append(
            {
                "hwnd": hwnd,
                "class": name.value,
                "title": title.value,
                "box": [place.left, place.top, place.right, place.bottom],
                "pid": process.value,
                "visible": bool(_user32.IsWindowVisible(hwnd)),
            }
        )
        return True

    _user32.EnumWindows(ENUM(look), 0)
    return found


def taskbar_says(hwnd: int, event: int) -> bool:
    """What a taskbar posts to the window of an icon in version 4."""
    return post(hwnd, win32.WM_NOTIFY, 0, event | 1 << 16)


def forget_icon(hwnd: int) -> bool:
    """Let the taskbar forget the icon of that window, as one that has started afresh has."""
    from tray_agent.platforms.windows.notify_icon import NUMBER

    size = ctypes.sizeof(win32.NOTIFYICONDATAW)
    icon = win32.NOTIFYICONDATAW(cbSize=size, hWnd=hwnd, uID=NUMBER, uFlags=0)
    return bool(win32.Shell_NotifyIcon(win32.NIM_DELETE, icon))


def taskbar_created(hwnd: int) -> bool:
    """What a taskbar that has just started posts to every window."""
    return post(hwnd, win32.WM_TASKBARCREATED)


def kill(pid: int) -> bool:
    """End a process at once."""
    process = _kernel32.OpenProcess(PROCESS_TERMINATE, False, pid)
    try:
        return bool(_kernel32.TerminateProcess(process, 1))
    finally:
        _kernel32.CloseHandle(process)


def run_at_logon(name: str) -> int:
    """Start what the Run key has under this name as Windows does, without variables of ours; its process."""
    with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as key:
        command = winreg.QueryValueEx(key, name)[0]
    process = subprocess.Popen(
        command,
        cwd=os.environ["SYSTEMROOT"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _started[process.pid] = process
    return process.pid


def exit_code(pid: int) -> int:
    """That of a process started here, once it has ended."""
    return _started.pop(pid).wait(15)


def post(hwnd: int, message: int, wparam: int = 0, lparam: int = 0) -> bool:
    """Put a message into the window's queue."""
    return bool(_user32.PostMessageW(hwnd, message, wparam, lparam))


def send(hwnd: int, message: int, wparam: int = 0, lparam: int = 0, timeout_ms: int = 8000) -> int | None:
    """What the window answers; None when it does not."""
    answer = ctypes.c_size_t()
    done = _user32.SendMessageTimeoutW(hwnd, message, wparam, lparam, 0, timeout_ms, ctypes.byref(answer))
    return answer.value if done else None


def ink(text: str, *, bold: bool = False) -> list[str]:
    """The text as Windows writes it in menus and tips: a row of the picture each, `#` for ink.

    Rows and columns without any are left away.
    """
    screen = _gdi32.CreateCompatibleDC(None)
    metrics = _Metrics(ctypes.sizeof(_Metrics))
    _user32.SystemParametersInfoW(SPI_GETNONCLIENTMETRICS, metrics.size, ctypes.byref(metrics), 0)
    look = metrics.menu
    if bold:
        look.weight = FW_BOLD
    font = _gdi32.CreateFontIndirectW(ctypes.byref(look))
    size = wintypes.SIZE()
    _gdi32.SelectObject(screen, font)
    _gdi32.GetTextExtentPoint32W(screen, text, len(text), ctypes.byref(size))
    width, height = size.cx + 8, size.cy
    bits = ctypes.c_void_p()
    header = _Header(ctypes.sizeof(_Header), width, -height, 1, 32)
    picture = _gdi32.CreateDIBSection(screen, ctypes.byref(header), 0, ctypes.byref(bits), None, 0)
    _gdi32.SelectObject(screen, picture)
    ctypes.memset(bits, 255, width * height * 4)
    _gdi32.SetBkMode(screen, 1)
    _gdi32.TextOutW(screen, 4, 0, text, len(text))
    _gdi32.GdiFlush()
    raw = ctypes.string_at(bits, width * height * 4)
    rows = [
        "".join("#" if raw[4 * (y * width + x) + 1] < 128 else "." for x in range(width))
        for y in range(height)
    ]
    for made in (font, picture):
        _gdi32.DeleteObject(made)
    _gdi32.DeleteDC(screen)
    return rows


def foreground() -> int:
    """The window in front; 0 for none."""
    return _user32.GetForegroundWindow() or 0


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        args = json.loads(line)
        try:
            answer = {"result": globals()[args.pop("what")](**args)}
        except Exception as error:  # noqa: BLE001  it is raised where it was asked
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
